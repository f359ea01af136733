//! Moves `verified` in the front matter of a file, and changes no other byte.

use toml_edit::{DocumentMut, value};

use super::edit::{lists, with_source, written};
use crate::problem::Problems;
use crate::source::covered::Covered;
use crate::source::fences::Format;
use crate::source::front_matter;

/// The key of the revision or the date.
const KEY: &str = "verified";

/// Returns the text of a file with `revision` under `verified` in its front matter; nothing if that has neither `covers` nor
/// `verified`, or a form that is not edited.
///
/// # Examples
///
/// ```
/// let text = "---\nquestion: Is it loud?\ncovers: [../src/horn.rs]\nverified: 1a2b3c4 # by hand\n---\nNo.\n";
/// let moved = faqt::gaps::with_verified("loud.md", text, "5d6e7f8").expect("front matter");
/// assert_eq!(moved, text.replace("1a2b3c4", "5d6e7f8"));
/// assert_eq!(faqt::gaps::with_verified("loud.md", "# Is it loud?\n\nNo.\n", "5d6e7f8"), None);
/// ```
pub fn with_verified(path: &str, text: &str, revision: &str) -> Option<String> {
    covered(path, text)?;
    let changed = with_source(text, |format, source| match format {
        Format::Yaml => in_yaml(source, revision),
        Format::Toml => in_toml(source, revision),
    })?;
    let is_moved = covered(path, &changed)?.verified.is_some_and(|(verified, _)| verified == revision);
    (is_moved && lists(path, text)? == lists(path, &changed)?).then_some(changed)
}

/// Returns the values under `covers` and `verified`; nothing if neither is there.
fn covered(path: &str, text: &str) -> Option<Covered> {
    front_matter::split(path, text, &mut Problems::default())?.front_matter.covered
}

fn in_yaml(source: &str, revision: &str) -> Option<String> {
    let line_end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix(KEY).and_then(|rest| rest.strip_prefix(':')) {
            let stop = start + line.len();
            let is_continued = source[stop..].starts_with([' ', '\t']);
            let comment = rest.find(" #").map_or(line_end, |at| &rest[at..]);
            let moved = format!("{}{KEY}: {revision}{comment}{}", &source[..start], &source[stop..]);
            return (!is_continued).then_some(moved);
        }
        start += line.len();
    }
    Some(format!("{source}{KEY}: {revision}{line_end}"))
}

fn in_toml(source: &str, revision: &str) -> Option<String> {
    let mut document: DocumentMut = source.parse().ok()?;
    let decor = document.get(KEY).and_then(|item| item.as_value()).map(|value| value.decor().clone());
    document[KEY] = value(revision);
    if let (Some(decor), Some(value)) = (decor, document[KEY].as_value_mut()) {
        *value.decor_mut() = decor;
    }
    Some(written(&document, source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_revision_changes() {
        for (front, expected) in [
            ("---\nquestion: Q?\ncovers: a\n---\n", "---\nquestion: Q?\ncovers: a\nverified: 0123\n---\n"),
            (
                "---\r\nverified: x\r\ncovers:\r\n  - a\r\n---\r\n",
                "---\r\nverified: 0123\r\ncovers:\r\n  - a\r\n---\r\n",
            ),
            (
                "+++\ncovers = ['a'] # b\nverified = 'x' # c\n+++\n",
                "+++\ncovers = ['a'] # b\nverified = \"0123\" # c\n+++\n",
            ),
        ] {
            assert_eq!(with_verified("a.md", &format!("{front}Body.\n"), "0123"), Some(format!("{expected}Body.\n")));
        }
        for front in
            ["---\nquestion: Q?\n---\n", "---\n{covers: a}\n---\n", "---\ncovers: a\nverified:\n  x\n---\n", ""]
        {
            assert_eq!(with_verified("a.md", &format!("{front}Body.\n"), "0123"), None, "{front}");
        }
    }
}
