//! The settings of a knowledge base: the file `faqt.toml` at the top of its content folder.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::checks::{self, CHECKS, Level};
use super::problem::Problems;
use super::walk::Exclude;
use crate::analysis::Language;
use crate::manifest::Credit;
use crate::nearest;

/// What `faqt.toml` says; every key may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// The name of the knowledge base; else the name of its folder.
    pub(crate) name: Option<String>,
    /// The language of entries that do not say theirs, as a BCP 47 tag.
    pub(crate) language: Option<String>,
    /// Groups of terms that mean the same thing.
    pub(crate) synonyms: Vec<Vec<String>>,
    /// Globs of files that are no content, counted from the content folder.
    pub(crate) exclude: Exclude,
    /// The page that the content draws on, to be credited.
    pub(crate) source: Option<Credit>,
    /// Ids and help ids that were renamed, each with what it is now.
    redirects: BTreeMap<Spanned<String>, String>,
    /// Questions that must not be answered.
    unanswerable: Vec<Spanned<String>>,
    /// How checks are to be taken, by their names.
    checks: BTreeMap<Spanned<String>, Level>,
    /// Whether every warning is an error.
    pub(crate) strict: bool,
    /// Where each line of the file starts but the first.
    #[serde(skip)]
    line_starts: Vec<usize>,
}

impl Settings {
    /// Reads the settings from the text of the file at `path`; none if it cannot be understood, for a reason that is added.
    pub(crate) fn parse(path: &str, text: &str, problems: &mut Problems) -> Option<Settings> {
        let line_starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let settings: Settings = match toml::from_str(text) {
            Ok(settings) => Settings { line_starts, ..settings },
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(&line_starts, span.start));
                problems.error((path, line), "settings", error.message().replace('\n', ", "));
                return None;
            }
        };
        if let Some(tag) = settings.language.as_deref().filter(|tag| Language::from_tag(tag).is_none()) {
            let message = format!("`{tag}` is not a language tag");
            problems.error((path, 1), "settings", message).hint("write a tag such as `en` or `zh-CN`");
        }
        for name in settings.checks.keys().filter(|name| !checks::is_known(name.get_ref())) {
            let place = (path, line_of(&settings.line_starts, name.span().start));
            let problem = problems.error(place, "settings", format!("there is no check `{}`", name.get_ref()));
            if let Some(near) = nearest::first(name.get_ref(), CHECKS.iter().map(|check| check.name)) {
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

    /// Lists the questions that must not be answered, each with its line.
    pub(crate) fn unanswerable(&self) -> impl Iterator<Item = (&str, u32)> {
        let line = |question: &Spanned<String>| line_of(&self.line_starts, question.span().start);
        self.unanswerable.iter().map(move |question| (question.get_ref().as_str(), line(question)))
    }

    /// Lists the ids and help ids that were renamed, each with what it is now and its line.
    pub(crate) fn redirects(&self) -> impl Iterator<Item = (&str, &str, u32)> {
        let line = |from: &Spanned<String>| line_of(&self.line_starts, from.span().start);
        self.redirects.iter().map(move |(from, to)| (from.get_ref().as_str(), to.as_str(), line(from)))
    }

    /// Returns how the author wants a check to be taken, if the settings say so.
    pub(crate) fn level(&self, check: &str) -> Option<Level> {
        self.checks.iter().find(|(name, _)| name.get_ref() == check).map(|(_, &level)| level)
    }
}

fn line_of(line_starts: &[usize], offset: usize) -> u32 {
    let before = line_starts.partition_point(|&start| start <= offset);
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}
