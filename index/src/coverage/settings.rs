//! The table `coverage` of the settings: texts of `--help`, and codes in sources.

use serde::Deserialize;
use toml::Spanned;

/// The table `coverage`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CoverageSettings {
    /// Globs of files that hold the text of `--help`.
    pub(super) help: Vec<Spanned<String>>,
    /// The codes of messages.
    pub(super) codes: Option<Codes>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Codes {
    /// Codes, each by itself.
    pub(super) list: Vec<String>,
    /// Globs of sources.
    pub(super) files: Vec<Spanned<String>>,
    /// A regular expression, whose first group, or whole, is a code.
    pub(super) pattern: Option<Spanned<String>>,
}
