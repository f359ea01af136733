//! Front matter: the YAML between two lines `---` at the top of a file, or the TOML between two lines `+++`.
//!
//! The keys of this project are typed and checked. Keys shared with other tools (`title`, `tags`) may hold any value,
//! and an unusable value is ignored. Keys of other tools alone (`layout`, `weight`) are ignored, so that a folder
//! written for a site generator can be read unchanged.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_saphyr::Spanned;

use super::fences::{self, Fenced, Format};
use crate::model::entry::{Kind, Status};
use crate::problem::Problems;
use crate::problem::check::Check;

/// The keys of a file's front matter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FrontMatter {
    pub(crate) id: Option<String>,
    pub(crate) question: Option<String>,
    pub(crate) title: Option<Loose>,
    pub(crate) kind: Option<Kind>,
    pub(crate) section: Option<Loose>,
    pub(crate) aliases: Option<OneOrMany>,
    pub(crate) keywords: Option<Loose>,
    pub(crate) tags: Option<Loose>,
    pub(crate) help_ids: Option<OneOrMany>,
    #[serde(deserialize_with = "related")]
    pub(crate) related: Vec<Spanned<RelatedSource>>,
    pub(crate) lang: Option<Loose>,
    pub(crate) language: Option<Loose>,
    #[serde(alias = "Draft", alias = "DRAFT")]
    draft: Option<Loose>,
    #[serde(alias = "Published", alias = "PUBLISHED")]
    published: Option<Loose>,
}

impl FrontMatter {
    /// Returns true if the file is unpublished; an unclear value counts as unpublished.
    pub(crate) fn is_draft(&self) -> bool {
        self.hides().unwrap_or(true)
    }

    /// Returns true if a key hides the file; the error names a key whose value is neither true nor false.
    fn hides(&self) -> Result<bool, &'static str> {
        let truth = |value: &Option<Loose>, key| value.as_ref().map(|value| value.truth().ok_or(key)).transpose();
        let is_draft = truth(&self.draft, "draft")?.unwrap_or(false);
        // Some tools write the date of publication here.
        let published = self.published.as_ref().filter(|value| !value.is_date());
        let is_published = published.map_or(Ok(true), |value| value.truth().ok_or("published"))?;
        Ok(is_draft || !is_published)
    }

    /// Returns the front matter of `source` if it is clear whether it hides the file.
    fn checked(self, source: &str) -> Result<FrontMatter, Fault> {
        let Err(key) = self.hides() else { return Ok(self) };
        let is_of_key = |line: &str| line.get(..key.len()).is_some_and(|start| start.eq_ignore_ascii_case(key));
        let line = source.lines().position(is_of_key).unwrap_or_default() + 1;
        Err((line as u64, format!("`{key}` is neither `true` nor `false`")))
    }

    /// Returns true if a key marks the file as an entry, not as a page with a title.
    pub(crate) fn is_of_entry(&self) -> bool {
        self.question.is_some() || self.kind.is_some() || self.help_ids.is_some() || !self.related.is_empty()
    }

    /// Takes the keywords and tags; commas separate several in one text.
    pub(crate) fn take_keywords(&mut self) -> Vec<String> {
        let mut keywords = Vec::new();
        for value in [self.keywords.take(), self.tags.take()].into_iter().flatten() {
            match value {
                Loose::Text(text) => keywords.extend(list_of(text.split(',').map(str::to_owned))),
                value => keywords.extend(value.into_list()),
            }
        }
        keywords
    }

    /// Takes the language that the author named.
    pub(crate) fn take_language(&mut self) -> Option<String> {
        self.lang.take().or_else(|| self.language.take()).and_then(Loose::into_text)
    }
}

/// The value of a key shared with other tools, which may be of any type.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Loose {
    /// `true` or `false`.
    Truth(bool),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(String),
    /// Several values.
    Many(Vec<Loose>),
    /// A value of any other type.
    Other(IgnoredAny),
}

impl Loose {
    /// Reads the value as a boolean; YAML 1.1 has several words for each.
    fn truth(&self) -> Option<bool> {
        match self {
            Loose::Truth(truth) => Some(*truth),
            Loose::Whole(number @ (0 | 1)) => Some(*number == 1),
            Loose::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "y" | "1" => Some(true),
                "false" | "no" | "off" | "n" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns true if the value may be a date: a number above 1, or a text that starts with a digit.
    fn is_date(&self) -> bool {
        match self {
            Loose::Whole(number) => *number > 1,
            Loose::Text(text) => text.len() > 1 && text.trim_start().starts_with(|c: char| c.is_ascii_digit()),
            _ => false,
        }
    }

    /// Returns the value as one text, if it is one.
    pub(crate) fn into_text(self) -> Option<String> {
        let text = match self {
            Loose::Truth(truth) => truth.to_string(),
            Loose::Whole(number) => number.to_string(),
            Loose::Number(number) => number.to_string(),
            Loose::Text(text) => text.trim().to_owned(),
            Loose::Many(_) | Loose::Other(_) => String::new(),
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// Returns the texts of a value or of a list of values.
    pub(crate) fn into_list(self) -> Vec<String> {
        match self {
            Loose::Many(values) => values.into_iter().filter_map(Loose::into_text).collect(),
            value => value.into_text().into_iter().collect(),
        }
    }
}

/// A related procedure as an author writes it: the id of an entry, or an outside page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        /// The status of the address.
        status: Option<Status>,
    },
}

/// Reads the list of related procedures; a table, which other tools keep under this key, is ignored.
fn related<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Spanned<RelatedSource>>, D::Error> {
    struct Related;
    impl<'de> Visitor<'de> for Related {
        type Value = Vec<Spanned<RelatedSource>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of entry ids and of `{title, url, status}`")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut related = Vec::new();
            while let Some(named) = list.next_element()? {
                related.push(named);
            }
            Ok(related)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Self::Value, A::Error> {
            while table.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(Vec::new())
        }
    }
    deserializer.deserialize_any(Related)
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
        list_of(values)
    }
}

fn list_of(values: impl IntoIterator<Item = String>) -> Vec<String> {
    values.into_iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

/// A file's text, split into front matter and body.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// The front matter; the default where there is none.
    pub(crate) front_matter: FrontMatter,
    /// The text below it.
    pub(crate) body: &'a str,
    /// The line of the file on which `body` starts, counted from 1.
    pub(crate) body_line: u32,
}

/// Takes the front matter off the top of a file.
///
/// Returns `None` if the front matter cannot be read, and adds the reason to `problems`.
pub(crate) fn split<'a>(path: &str, text: &'a str, problems: &mut Problems) -> Option<Parts<'a>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(Fenced { format, above, source, body }) = fences::fenced(text) else {
        if let Some(fence) = fences::unclosed(text) {
            let problem = problems.error((path, 1), Check::FrontMatter, "front matter without an end");
            problem.hint(format!("end it with a line `{fence}`"));
            return None;
        }
        return Some(Parts { front_matter: FrontMatter::default(), body: text, body_line: 1 });
    };
    let body_line = fences::line_count(&text[..text.len() - body.len()]) + 1;
    if source.trim().is_empty() {
        return Some(Parts { front_matter: FrontMatter::default(), body, body_line });
    }
    let read = match format {
        Format::Yaml => from_yaml(source),
        Format::Toml => from_toml(source),
    };
    match read.and_then(|front_matter| front_matter.checked(source)) {
        Ok(front_matter) => Some(Parts { front_matter, body, body_line }),
        Err((line, message)) => {
            let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(above);
            problems.error((path, line), Check::FrontMatter, format!("bad front matter: {message}"));
            None
        }
    }
}

/// The line of a fault, counted from 1, and its message.
type Fault = (u64, String);

fn from_yaml(source: &str) -> Result<FrontMatter, Fault> {
    serde_saphyr::from_str(source).map_err(|error| {
        let line = error.location().map_or(1, |location| location.line());
        (line, first_line(&error))
    })
}

/// Reads TOML by way of JSON, which is also YAML, so that both formats obey the same rules.
fn from_toml(source: &str) -> Result<FrontMatter, Fault> {
    let table: serde_json::Value = toml::from_str(source).map_err(|error| {
        let before = error.span().and_then(|span| source.get(..span.start)).unwrap_or_default();
        (u64::from(fences::line_count(before)) + 1, error.message().replace('\n', ", "))
    })?;
    from_yaml(&table.to_string())
}

fn first_line(error: &serde_saphyr::Error) -> String {
    let message = error.without_snippet().to_string();
    let line = message.lines().next().unwrap_or_default();
    // Drops the parser's own line number, which does not count from the top of the file, and its hints about its
    // options.
    let line = line.split(", set ").next().unwrap_or(line);
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
        assert_eq!(parts.body, "Because.\r\n");
        assert_eq!(parts.body_line, 6);
        let FrontMatter { mut question, .. } = parts.front_matter;
        assert_eq!(question.take().as_deref(), Some("Why?"));
    }

    #[test]
    fn toml_is_read_between_plus_signs() {
        let parts = read("+++\r\ntitle = 'Why?'\r\ndate = 2024-01-02\r\ntags = ['a']\r\ndraft = true\r\n+++\r\nx");
        let mut front = parts.front_matter;
        assert!(front.is_draft());
        assert_eq!(front.title.take().and_then(Loose::into_text).as_deref(), Some("Why?"));
        assert_eq!(front.take_keywords(), ["a"]);
        assert_eq!((parts.body, parts.body_line), ("x", 7));
        let mut problems = Problems::default();
        assert!(split("a.md", "+++\na = 1\nb = \n+++\n", &mut problems).is_none());
        assert_eq!(problems.into_sorted()[0].line, 3);
    }

    #[test]
    fn shared_keys_may_hold_anything() {
        for (yaml, title, keywords) in [
            ("title: 404\ntags: [1, x, true]", Some("404"), vec!["1", "x", "true"]),
            ("title: [a]\nkeywords: 'a, b,, c'", None, vec!["a", "b", "c"]),
            ("title: {a: b}\ntags: {a: [b]}", None, vec![]),
            ("title:\ntags:\n  - a: b\n  - c\nkeywords: d\nlanguage: 3\nsection: 1.5", None, vec!["d", "c"]),
            ("title: ' '\ndraft:\npublished: 2024-01-01", None, vec![]),
        ] {
            let mut front = read(&format!("---\n{yaml}\n---\n")).front_matter;
            assert!(!front.is_draft(), "{yaml}");
            assert_eq!(front.title.take().and_then(Loose::into_text).as_deref(), title, "{yaml}");
            assert_eq!(front.take_keywords(), keywords, "{yaml}");
        }
        assert!(read("---\npublished: false\n---\n").front_matter.is_draft());
    }

    /// Asserts that front matter hides the file or not, or that it has a problem.
    #[track_caller]
    fn check_hidden(text: &str, expected: Result<bool, &str>) {
        let mut problems = Problems::default();
        let found = split("a.md", text, &mut problems).map(|parts| parts.front_matter.is_draft());
        let problems: Vec<String> = problems.into_sorted().iter().map(ToString::to_string).collect();
        let found = found.ok_or_else(|| problems.join(" "));
        assert_eq!(found.as_ref().map_err(String::as_str), expected.as_ref().map_err(|problem| *problem));
    }

    #[test]
    fn what_hides_a_file_is_understood_or_an_error() {
        for truth in ["true", "True", "TRUE", "yes", "Yes", "on", "y", "1", "'true'", "\" true \""] {
            check_hidden(&format!("---\ndraft: {truth}\n---\nx"), Ok(true));
            check_hidden(&format!("---\nDraft : {truth}\n---\nx"), Ok(true));
            check_hidden(&format!("---\npublished: {truth}\n---\nx"), Ok(false));
        }
        for falsehood in ["false", "FALSE", "no", "off", "n", "0", "'false'"] {
            check_hidden(&format!("---\npublished: {falsehood}\n---\nx"), Ok(true));
            check_hidden(&format!("---\ndraft: {falsehood}\n---\nx"), Ok(false));
        }
        for unclear in ["ture", "[true]", "{a: b}", "2.5", "maybe"] {
            for key in ["draft", "published"] {
                let text = format!("---\ntitle: x\n{key}: {unclear}\n---\nx");
                let said = format!("a.md:3: bad front matter: `{key}` is neither `true` nor `false`");
                check_hidden(&text, Err(&said));
            }
        }
        check_hidden("---\npublished: 2024-01-01\n---\nx", Ok(false));
        check_hidden("---\npublished: 2024\n---\nx", Ok(false));
        check_hidden("---\ndraft:\npublished:\n---\nx", Ok(false));
        check_hidden("+++\ndraft = 'yes'\n+++\nx", Ok(true));
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
    fn a_table_of_related_pages_is_for_other_tools() {
        let front = read("---\ntitle: T\nrelated:\n  title: Next\n  links: [a/b, c]\n---\n").front_matter;
        assert!(front.related.is_empty() && !front.is_of_entry());
        assert!(read("---\nrelated:\n---\n").front_matter.related.is_empty());
        assert!(split("a.md", "---\nrelated: x\n---\n", &mut Problems::default()).is_none());
    }

    #[test]
    fn bad_front_matter_names_its_line() {
        let mut problems = Problems::default();
        assert!(split("a.md", "---\nid: a\nkind: recipe\n---\n", &mut problems).is_none());
        let problems = problems.into_sorted();
        assert_eq!((problems[0].line, problems[0].check), (3, Check::FrontMatter), "{problems:?}");
    }
}
