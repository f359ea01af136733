//! The settings of a knowledge base: the file `faqt.toml` at the top of its content folder.

use serde::Deserialize;

use super::problem::Problems;
use super::walk::SETTINGS_FILE;
use crate::analysis::Language;
use crate::manifest::Credit;

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
    /// The page that the content draws on, to be credited.
    pub(crate) source: Option<Credit>,
}

impl Settings {
    /// Reads the settings from the text of `faqt.toml`.
    pub(crate) fn parse(text: &str, problems: &mut Problems) -> Settings {
        let settings: Settings = match toml::from_str(text) {
            Ok(settings) => settings,
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(text, span.start));
                problems.error((SETTINGS_FILE, line), "settings", error.message().replace('\n', ", "));
                return Settings::default();
            }
        };
        if let Some(tag) = settings.language.as_deref().filter(|tag| Language::from_tag(tag).is_none()) {
            let message = format!("`{tag}` is not a language tag");
            problems.error((SETTINGS_FILE, 1), "settings", message).hint("write a tag such as `en` or `zh-CN`");
        }
        settings
    }
}

fn line_of(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or(text);
    u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
}
