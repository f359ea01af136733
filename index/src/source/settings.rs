//! The settings of a knowledge base: the file `faqt.toml` at the top of its content folder.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::exclude::Exclude;
use super::generators::dialect::Dialect;
use super::language_folders::LanguageFolders;
use super::page_rules::PageRules;
use crate::coverage::settings::CoverageSettings;
use crate::model::address;
use crate::model::manifest::Credit;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::problem::severity::Level;
use crate::text::language::Language;
use crate::text::suggest;

/// The settings in `faqt.toml`; every key may be left out.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// The name of the knowledge base; else the name of its folder.
    pub(crate) name: Option<String>,
    /// The language of entries that name none, as a BCP 47 tag.
    pub(crate) language: Option<String>,
    /// The top folders that are named for languages, if their files are editions.
    languages: Option<Spanned<LanguageFolders>>,
    /// Groups of terms that mean the same thing.
    pub(crate) synonyms: Vec<Vec<String>>,
    /// The dialects of site generators in use; else what the folder and its files show.
    pub(crate) dialects: Option<Vec<Dialect>>,
    /// Globs of files that are not content, relative to the content folder.
    pub(crate) exclude: Exclude,
    /// The numbers of entries that pages become.
    pub(crate) pages: PageRules,
    /// The page that the content draws on, to be credited.
    #[serde(deserialize_with = "source")]
    source: Option<Source>,
    /// Aliases of entries that have no front matter of their own, by the ids of these.
    aliases: BTreeMap<Spanned<String>, Vec<String>>,
    /// Ids and help ids that were renamed, each with its new name.
    redirects: BTreeMap<Spanned<String>, String>,
    /// The confidence from which on the first hit is shown as the answer.
    answered_min: Option<Spanned<f64>>,
    /// The name of the sentence encoder that packs are built with.
    model: Option<Spanned<String>>,
    /// Questions that must not be answered.
    unanswerable: Vec<Spanned<String>>,
    /// The programs whose commands, flags and codes should have entries.
    pub(crate) coverage: CoverageSettings,
    /// The levels of checks, by their names.
    checks: BTreeMap<Spanned<String>, Level>,
    /// True if every warning is an error.
    pub(crate) strict: bool,
    /// The start of each line of the file but the first.
    #[serde(skip)]
    line_starts: Vec<usize>,
}

/// A page to be credited, as an author writes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    title: String,
    url: Spanned<String>,
}

impl Settings {
    /// Reads the settings from the text of the file at `path`; if it is invalid, adds the reason to `problems` and
    /// returns `None`.
    pub(crate) fn parse(path: &str, text: &str, problems: &mut Problems) -> Option<Settings> {
        let line_starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let settings: Settings = match toml::from_str(text) {
            Ok(settings) => Settings { line_starts, ..settings },
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(&line_starts, span.start));
                problems.error((path, line), Check::Settings, error.message().replace('\n', ", "));
                return None;
            }
        };
        if let Some(tag) = settings.language.as_deref().filter(|tag| Language::from_tag(tag).is_none()) {
            let message = format!("`{tag}` is not a language tag");
            problems.error((path, 1), Check::Settings, message).hint("write a tag such as `en` or `zh-CN`");
        }
        if let Some((folders, tag)) =
            settings.languages.as_ref().and_then(|folders| Some((folders, folders.get_ref().fault()?)))
        {
            let place = (path, line_of(&settings.line_starts, folders.span().start));
            let message = format!("`{tag}` under `languages` is not a language tag");
            problems.error(place, Check::Settings, message).hint("name top folders such as `en` or `zh-CN`");
        }
        if let Some((url, fault)) = settings.source.as_ref().and_then(|source| Some((&source.url, source.fault()?))) {
            let place = (path, line_of(&settings.line_starts, url.span().start));
            let message = format!("the address `{}` {fault}", url.get_ref());
            problems.error(place, Check::BadAddress, message).hint(address::REMEDY);
        }
        if let Some(answered_min) = settings.answered_min.as_ref().filter(|value| !is_probability(value)) {
            let place = (path, line_of(&settings.line_starts, answered_min.span().start));
            let message = format!("`answered_min` is {}, which is no probability", answered_min.get_ref());
            problems.error(place, Check::Settings, message).hint("write a number from 0 to 1, such as 0.7");
        }
        for name in settings.checks.keys().filter(|name| name.get_ref().parse::<Check>().is_err()) {
            let place = (path, line_of(&settings.line_starts, name.span().start));
            let problem = problems.error(place, Check::Settings, format!("there is no check `{}`", name.get_ref()));
            if let Some(near) = suggest::first(name.get_ref(), Check::ALL.iter().map(|check| check.name())) {
                problem.hint(format!("nearest: `{near}`"));
            }
        }
        Some(settings)
    }

    /// Returns the tag of the language of entries that name none.
    pub(crate) fn default_language(&self) -> String {
        let named = self.language.as_deref().filter(|tag| Language::from_tag(tag).is_some());
        named.map_or_else(|| Language::DEFAULT.tag().to_owned(), |tag| tag.trim().replace('_', "-"))
    }

    /// Returns the top folders whose files are editions in the language that the folder is named for.
    pub(crate) fn language_folders(&self) -> Option<&LanguageFolders> {
        self.languages.as_ref().map(Spanned::get_ref)
    }

    /// Returns the page that the content draws on, if its address may be linked to.
    pub(crate) fn credit(&self) -> Option<Credit> {
        let source = self.source.as_ref().filter(|source| source.fault().is_none())?;
        Some(Credit { title: source.title.clone(), url: source.url.get_ref().clone() })
    }

    /// Returns the confidence from which on the first hit is shown as the answer, if it is set.
    #[expect(clippy::cast_possible_truncation, reason = "a probability needs no more places")]
    pub(crate) fn answered_min(&self) -> Option<f32> {
        self.answered_min.as_ref().filter(|value| is_probability(value)).map(|value| *value.get_ref() as f32)
    }

    /// Returns the name of the sentence encoder that packs are built with, and its line.
    pub(crate) fn model(&self) -> Option<(&str, u32)> {
        let model = self.model.as_ref().filter(|model| !model.get_ref().is_empty())?;
        Some((model.get_ref(), line_of(&self.line_starts, model.span().start)))
    }

    /// Lists the questions that must not be answered, each with its line.
    pub(crate) fn unanswerable(&self) -> impl Iterator<Item = (&str, u32)> {
        let line = |question: &Spanned<String>| line_of(&self.line_starts, question.span().start);
        self.unanswerable.iter().map(move |question| (question.get_ref().as_str(), line(question)))
    }

    /// Lists the ids of entries that have aliases here, each with its aliases and its line.
    pub(crate) fn aliases(&self) -> impl Iterator<Item = (&str, &[String], u32)> {
        let line = |id: &Spanned<String>| line_of(&self.line_starts, id.span().start);
        self.aliases.iter().map(move |(id, aliases)| (id.get_ref().as_str(), aliases.as_slice(), line(id)))
    }

    /// Lists the ids and help ids that were renamed, each with its new name and its line.
    pub(crate) fn redirects(&self) -> impl Iterator<Item = (&str, &str, u32)> {
        let line = |from: &Spanned<String>| line_of(&self.line_starts, from.span().start);
        self.redirects.iter().map(move |(from, to)| (from.get_ref().as_str(), to.as_str(), line(from)))
    }

    /// Returns the line of the file for an offset.
    pub(crate) fn line_at(&self, offset: usize) -> u32 {
        line_of(&self.line_starts, offset)
    }

    /// Returns the level that the settings give a check.
    pub(crate) fn level(&self, check: Check) -> Option<Level> {
        self.checks.iter().find(|(name, _)| name.get_ref() == check.name()).map(|(_, &level)| level)
    }
}

impl Source {
    fn fault(&self) -> Option<&'static str> {
        address::fault(self.url.get_ref())
    }
}

/// Reads the page to be credited from a table alone: a derived `Deserialize` would also accept a list of the values.
fn source<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Source>, D::Error> {
    struct Table;
    impl<'de> Visitor<'de> for Table {
        type Value = Option<Source>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a table `{ title = \"...\", url = \"...\" }`")
        }

        fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Self::Value, A::Error> {
            Source::deserialize(MapAccessDeserializer::new(table)).map(Some)
        }
    }
    deserializer.deserialize_any(Table)
}

fn is_probability(value: &Spanned<f64>) -> bool {
    (0.0..=1.0).contains(value.get_ref())
}

fn line_of(line_starts: &[usize], offset: usize) -> u32 {
    let before = line_starts.partition_point(|&start| start <= offset);
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::settings_file::SETTINGS_FILE;

    #[test]
    fn a_credit_is_a_table_with_an_address_of_the_web() {
        for (text, expected) in [
            ("[source]\ntitle = 'T'\nurl = 'https://a.b'\n", None),
            ("source = { title = 'T', url = 'https://a.b' }\n", None),
            ("\nsource = ['T', 'https://a.b']\n", Some((2, "invalid type: sequence, expected a table"))),
            ("source = 'https://a.b'\n", Some((1, "invalid type: string \"https://a.b\", expected a table"))),
            ("[source]\ntitle = 'T'\nurl = 'javascript:x'\n", Some((3, "the address `javascript:x` is of no scheme"))),
        ] {
            let mut problems = Problems::default();
            let settings = Settings::parse(SETTINGS_FILE, text, &mut problems);
            let credit = settings.and_then(|settings| settings.credit());
            assert_eq!(credit.is_some(), expected.is_none(), "{text}");
            let problem = problems.into_sorted().into_iter().next();
            match (problem, expected) {
                (None, None) => {}
                (Some(problem), Some((line, message)))
                    if problem.line == line && problem.message.starts_with(message) => {}
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
