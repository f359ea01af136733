//! Adds texts to a list in the front matter of a file, or in the settings, and changes no other byte.
//!
//! A change counts only if the file, read again, has the list with the new texts and everything else as before. So a
//! form that is not understood here is an error, not a damaged file.

use toml_edit::{Array, DocumentMut, Item, Table, Value};

use super::edit_yaml;
use crate::problem::Problems;
use crate::source::fences::{self, Format};
use crate::source::front_matter;
use crate::source::settings::Settings;
use crate::source::settings_file::SETTINGS_FILE;

/// A list of texts of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Aliases,
    Keywords,
}

impl List {
    pub(super) fn key(self) -> &'static str {
        match self {
            List::Aliases => "aliases",
            List::Keywords => "keywords",
        }
    }
}

/// The reason that a list cannot be extended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum EditFault {
    /// The front matter has a form in which nothing is added here.
    #[error("its front matter has a form that is not edited; add it by hand")]
    Form,
    /// The settings are no TOML, or the key has another type.
    #[error("it has a form that is not edited; add it by hand")]
    Settings,
}

/// Returns true if the file has front matter of a single entry, so that its lists are those of the entry.
pub(super) fn is_of_one_entry(path: &str, text: &str) -> bool {
    let parts = front_matter::split(path, text, &mut Problems::default());
    parts.is_some_and(|mut parts| {
        let is_of_entry = parts.front_matter.is_of_entry();
        is_of_entry && fences::fenced(bare(text)).is_some() && {
            parts.front_matter.take_question().is_some() || parts.front_matter.take_title().is_some()
        }
    })
}

/// Returns the text of a file with `new` behind the list of its front matter.
pub(super) fn in_front_matter(path: &str, text: &str, list: List, new: &[String]) -> Result<String, EditFault> {
    let changed = with_source(text, |format, source| match format {
        Format::Yaml => edit_yaml::with_items(source, list.key(), new),
        Format::Toml => with_items(source, list.key(), new),
    });
    let changed = changed.ok_or(EditFault::Form)?;
    let before = lists(path, text).ok_or(EditFault::Form)?;
    let mut expected = before;
    expected.list(list).extend(new.iter().cloned());
    if lists(path, &changed) == Some(expected) { Ok(changed) } else { Err(EditFault::Form) }
}

/// Returns the text of a file whose front matter `edit` changes.
pub(super) fn with_source(text: &str, edit: impl FnOnce(Format, &str) -> Option<String>) -> Option<String> {
    let fenced = fences::fenced(bare(text))?;
    let start = fenced.source.as_ptr() as usize - text.as_ptr() as usize;
    let source = edit(fenced.format, fenced.source)?;
    Some(format!("{}{source}{}", &text[..start], &text[start + fenced.source.len()..]))
}

/// Returns the text of the settings with `new` behind the aliases of the entry `id`.
pub(super) fn aliases_in_settings(text: &str, id: &str, new: &[String]) -> Result<String, EditFault> {
    let mut document: DocumentMut = text.parse().map_err(|_| EditFault::Settings)?;
    let table = document.entry("aliases").or_insert_with(|| Item::Table(Table::new()));
    let table = table.as_table_like_mut().ok_or(EditFault::Settings)?;
    let list = table.entry(id).or_insert_with(|| Item::Value(Value::Array(Array::new())));
    let list = list.as_array_mut().ok_or(EditFault::Settings)?;
    list.extend(new.iter().map(String::as_str));
    checked_settings(document.to_string())
}

/// Returns the text of the settings with another group of synonyms.
pub(super) fn synonyms_in_settings(text: &str, group: &[String]) -> Result<String, EditFault> {
    let mut document: DocumentMut = text.parse().map_err(|_| EditFault::Settings)?;
    let groups = document.entry("synonyms").or_insert_with(|| Item::Value(Value::Array(Array::new())));
    let groups = groups.as_array_mut().ok_or(EditFault::Settings)?;
    groups.push(group.iter().map(String::as_str).collect::<Array>());
    checked_settings(document.to_string())
}

fn checked_settings(text: String) -> Result<String, EditFault> {
    let settings = Settings::parse(SETTINGS_FILE, &text, &mut Problems::default());
    settings.map(|_| text).ok_or(EditFault::Settings)
}

/// Returns TOML with `new` behind the list `key`.
fn with_items(source: &str, key: &str, new: &[String]) -> Option<String> {
    let mut document: DocumentMut = source.parse().ok()?;
    let list = document.entry(key).or_insert_with(|| Item::Value(Value::Array(Array::new())));
    list.as_array_mut()?.extend(new.iter().map(String::as_str));
    Some(written(&document, source))
}

/// Writes a document with the line ends of `source`, which it was read from.
pub(super) fn written(document: &DocumentMut, source: &str) -> String {
    let text = document.to_string();
    if source.contains("\r\n") && !text.contains("\r\n") { text.replace('\n', "\r\n") } else { text }
}

fn bare(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The lists of front matter, and what else must not change.
#[derive(PartialEq)]
pub(super) struct Lists {
    aliases: Vec<String>,
    keywords: Vec<String>,
    id: Option<String>,
    question: Option<String>,
    title: Option<String>,
    section: Option<Vec<String>>,
    help_ids: Vec<String>,
    body: String,
}

impl Lists {
    fn list(&mut self, list: List) -> &mut Vec<String> {
        match list {
            List::Aliases => &mut self.aliases,
            List::Keywords => &mut self.keywords,
        }
    }
}

pub(super) fn lists(path: &str, text: &str) -> Option<Lists> {
    let mut problems = Problems::default();
    let parts = front_matter::split(path, text, &mut problems).filter(|_| problems.is_empty())?;
    let (mut front, body) = (parts.front_matter, parts.body.to_owned());
    let (aliases, keywords) = (front.take_aliases(), front.take_keywords());
    Some(Lists {
        aliases,
        keywords,
        id: front.take_id(),
        question: front.take_question(),
        title: front.take_title(),
        section: front.take_section(),
        help_ids: front.take_help_ids(),
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(front: &str, expected: Option<&str>) {
        let text = format!("---\n{front}---\nBody.\n");
        let changed = in_front_matter("a.md", &text, List::Aliases, &["new one".to_owned()]);
        assert_eq!(changed.ok(), expected.map(|front| format!("---\n{front}---\nBody.\n")), "{front}");
    }

    #[test]
    fn an_alias_is_added_in_the_form_of_the_list() {
        check("question: Q?\n", Some("question: Q?\naliases:\n  - new one\n"));
        check(
            "aliases:\n  - a\n  - \"b: c\"\nquestion: Q?\n",
            Some("aliases:\n  - a\n  - \"b: c\"\n  - new one\nquestion: Q?\n"),
        );
        check("aliases:\n- a\nquestion: Q?\n", Some("aliases:\n- a\n- new one\nquestion: Q?\n"));
        check(
            "aliases:\n  - a long\n    alias\n\n# note\nid: x\n",
            Some("aliases:\n  - a long\n    alias\n  - new one\n\n# note\nid: x\n"),
        );
        check("aliases: [a, 'b]']  # two\n", Some("aliases: [a, 'b]', new one]  # two\n"));
        check("aliases: []\nid: x\n", Some("aliases: [new one]\nid: x\n"));
        check("aliases: [\n  a,\n  b,\n]\n", Some("aliases: [\n  a,\n  b, new one,\n]\n"));
        check("aliases: reset it # once\n", Some("aliases:\n  - reset it # once\n  - new one\n"));
        check("aliases:\nid: x\n", Some("aliases:\n  - new one\nid: x\n"));
        check("{question: Q?}\n", None);
        check("aliases: >\n  folded\n  text\n", None);
        check("aliases: *anchor\n", None);
    }

    #[test]
    fn texts_are_quoted_where_yaml_would_read_them_otherwise() {
        for (new, written) in [
            ("how: why", "\"how: why\""),
            ("yes", "\"yes\""),
            ("12", "\"12\""),
            ("a # b", "\"a # b\""),
            ("what's \"it\"", "\"what's \\\"it\\\"\""),
            ("百度注册的域名可以绑定吗", "百度注册的域名可以绑定吗"),
            ("- a", "\"- a\""),
        ] {
            let changed = in_front_matter("a.md", "---\nquestion: Q?\n---\n", List::Aliases, &[new.to_owned()]);
            assert_eq!(changed.expect("it is written"), format!("---\nquestion: Q?\naliases:\n  - {written}\n---\n"));
        }
    }

    #[test]
    fn line_ends_toml_and_settings_keep_their_form() {
        let new = ["new one".to_owned()];
        let text = "---\r\nquestion: Q?\r\naliases:\r\n  - a\r\n---\r\nBody.\r\n";
        let changed = in_front_matter("a.md", text, List::Aliases, &new).expect("it is written");
        assert_eq!(changed, "---\r\nquestion: Q?\r\naliases:\r\n  - a\r\n  - new one\r\n---\r\nBody.\r\n");
        let text = "+++\nquestion = 'Q?'  # note\naliases = ['a']\n+++\nBody.\n";
        let changed = in_front_matter("a.md", text, List::Aliases, &new).expect("it is written");
        assert_eq!(changed, "+++\nquestion = 'Q?'  # note\naliases = ['a', \"new one\"]\n+++\nBody.\n");
        let text = "# mine\nname = \"Lamp\"\n\n[checks]\nshadowed = \"off\"\n";
        let changed = aliases_in_settings(text, "faq#loud", &new).expect("it is written");
        assert_eq!(changed, format!("{text}\n[aliases]\n\"faq#loud\" = [\"new one\"]\n"));
        assert!(aliases_in_settings("aliases = 1\n", "a", &new).is_err());
    }
}
