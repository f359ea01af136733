//! Front matter: the YAML between two lines `---` at the top of a file.
//!
//! The keys of this project are typed and checked; keys of other tools (`layout`, `weight`, `sidebar_position`) are
//! passed over, so that a folder written for a site generator can be read as it is.

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::problem::Problems;
use crate::entry::{Kind, Status};

/// What the front matter of a file says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FrontMatter {
    pub(crate) id: Option<String>,
    pub(crate) question: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) section: Option<OneOrMany>,
    pub(crate) aliases: Option<OneOrMany>,
    #[serde(alias = "tags")]
    pub(crate) keywords: Option<OneOrMany>,
    pub(crate) help_ids: Option<OneOrMany>,
    pub(crate) related: Vec<Spanned<RelatedSource>>,
    #[serde(alias = "language")]
    pub(crate) lang: Option<String>,
}

/// A related procedure as an author writes it: the id of an entry, or an outside page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "an entry id, or `{title, url, status}`")]
pub(crate) enum RelatedSource {
    /// The id of an entry.
    Entry(String),
    /// An outside page.
    Page {
        /// Its title.
        title: String,
        /// Its address.
        url: String,
        /// How sure the address is.
        status: Option<Status>,
    },
}

/// A value, or a list of values.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a text, or a list of texts")]
pub(crate) enum OneOrMany {
    /// One value.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// Returns the values without surrounding space, empty ones left out.
    pub(crate) fn into_list(self) -> Vec<String> {
        let values = match self {
            OneOrMany::One(value) => vec![value],
            OneOrMany::Many(values) => values,
        };
        values.into_iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
    }
}

/// A file's text, taken apart.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// The front matter; the default where there is none.
    pub(crate) front_matter: FrontMatter,
    /// What follows it.
    pub(crate) body: &'a str,
    /// The line of the file on which `body` starts, counted from 1.
    pub(crate) body_line: u32,
}

/// Takes the front matter off the top of a file.
///
/// Returns `None` if it cannot be read, having said why.
pub(crate) fn split<'a>(path: &str, text: &'a str, problems: &mut Problems) -> Option<Parts<'a>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some((yaml, body)) = fenced(text) else {
        return Some(Parts { front_matter: FrontMatter::default(), body: text, body_line: 1 });
    };
    let body_line = line_count(&text[..text.len() - body.len()]) + 1;
    if yaml.trim().is_empty() {
        return Some(Parts { front_matter: FrontMatter::default(), body, body_line });
    }
    match serde_saphyr::from_str::<FrontMatter>(yaml) {
        Ok(front_matter) => Some(Parts { front_matter, body, body_line }),
        Err(error) => {
            let line = error.location().map_or(1, |location| location.line());
            let message = format!("bad front matter: {}", first_line(&error));
            problems.error((path, u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1)), "front-matter", message);
            None
        }
    }
}

/// Returns the text between the fences and the text after them.
fn fenced(text: &str) -> Option<(&str, &str)> {
    let first_end = text.find('\n')?;
    if text[..first_end].trim_end() != "---" {
        return None;
    }
    let mut start = first_end + 1;
    for line in text[start..].split_inclusive('\n') {
        let end = start + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[first_end + 1..start], &text[end..]));
        }
        start = end;
    }
    None
}

fn line_count(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX - 1)
}

fn first_line(error: &serde_saphyr::Error) -> String {
    let message = error.without_snippet().to_string();
    let line = message.lines().next().unwrap_or_default();
    // The place is said once, counted from the top of the file.
    line.split(" at line ").next().unwrap_or(line).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn read(text: &str) -> Parts<'_> {
        let mut problems = Problems::default();
        let parts = split("a.md", text, &mut problems);
        assert!(problems.into_sorted().is_empty());
        parts.expect("the front matter is sound")
    }

    #[test]
    fn front_matter_is_taken_off() {
        let parts = read("---\r\nquestion: Why?\r\ntags: one\r\nweight: 3\r\n---\r\nBecause.\r\n");
        assert_eq!(parts.front_matter.question.as_deref(), Some("Why?"));
        assert_eq!(parts.front_matter.keywords, Some(OneOrMany::One("one".into())));
        assert_eq!(parts.body, "Because.\r\n");
        assert_eq!(parts.body_line, 6);
    }

    #[test]
    fn a_rule_at_the_top_is_not_front_matter() {
        assert_eq!(read("---\n\ntext").body, "---\n\ntext");
        assert_eq!(read("\u{feff}# Title").body, "# Title");
    }

    #[test]
    fn related_pages_carry_their_line() {
        let parts = read("---\nrelated:\n  - other\n  - {title: T, url: 'https://example.org', status: seen}\n---\n");
        let related = parts.front_matter.related;
        assert_eq!(related[0].value, RelatedSource::Entry("other".into()));
        assert_eq!(related[1].referenced.line(), 3);
    }

    #[test]
    fn bad_front_matter_names_its_line() {
        let mut problems = Problems::default();
        assert!(split("a.md", "---\nid: a\nkind: recipe\n---\n", &mut problems).is_none());
        let problems = problems.into_sorted();
        assert_eq!((problems[0].line, problems[0].check), (3, "front-matter"), "{problems:?}");
    }
}
