//! The severity of a problem, and the severity that an author wants for a check.

use serde::Deserialize;

use crate::model::names::named;

/// The severity of a problem.
///
/// # Examples
///
/// ```
/// use faqt::build::Severity;
///
/// assert!(Severity::Error > Severity::Warning);
/// assert_eq!(Severity::Error.to_string(), "error");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The pack can be built; a reader may be served badly.
    Warning,
    /// No pack is built.
    Error,
}

named!(Severity, "severity": Warning = "warning", Error = "error");

/// The level that an author gives a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// Nothing is reported.
    Off,
    /// Problems are warnings.
    Warning,
    /// Problems are errors.
    Error,
}
