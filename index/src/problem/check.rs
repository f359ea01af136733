//! The checks by name, and their levels in `faqt.toml`.

use serde::Deserialize;

/// A check that content goes through.
///
/// # Examples
///
/// ```
/// let check = faqt::build::CHECKS.iter().find(|check| check.name == "broken-link").expect("there is one");
/// assert_eq!(check.finds, "a link leads to nothing");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// Its stable name, used in `faqt.toml` and in every [`Problem`](crate::build::Problem).
    pub name: &'static str,
    /// The fault that it finds.
    pub finds: &'static str,
}

/// Every check, in the order of their names.
///
/// # Examples
///
/// ```
/// assert!(faqt::build::CHECKS.iter().any(|check| check.name == "shadowed"));
/// ```
pub const CHECKS: &[Check] = &[
    check("answered", "a question that must not be answered is answered"),
    check("bad-address", "an address under `related` or `source` is not of https, http or mailto"),
    check(
        "bad-id",
        "an id, a help id or a redirected id holds other characters than ids may, or is a path that climbs",
    ),
    check("broken-link", "a link leads to nothing"),
    check("control-character", "a file, or a name in it, holds a control character"),
    check("duplicate-alias", "two entries have the same alias"),
    check("duplicate-help-id", "two entries have the same help id"),
    check("duplicate-id", "two entries have the same id"),
    check("duplicate-question", "two entries ask the same question"),
    check("empty-answer", "an entry has no answer"),
    check("front-matter", "front matter cannot be read"),
    check("near-duplicate", "two questions differ in nothing but small words"),
    check("never-verified", "nobody says how sure an outside address is"),
    check("no-keywords", "an entry has no keywords, though others have"),
    check("not-a-file", "a symbolic link or a device stands where a file would be read"),
    check("not-utf8", "a file is not UTF-8"),
    check("redirect", "a redirect leads to nothing, or hides an id"),
    check("settings", "the settings cannot be read"),
    check("shadowed", "the words of an entry's own question or alias find another entry first"),
    check("unlinked-procedure", "no entry points to a procedure"),
    check("unreadable", "a file cannot be read, or is larger than 256 MiB"),
];

const fn check(name: &'static str, finds: &'static str) -> Check {
    Check { name, finds }
}

/// Returns true if there is a check of this name.
pub(crate) fn is_known(name: &str) -> bool {
    CHECKS.iter().any(|check| check.name == name)
}

/// The level that an author gives a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// Its problems are dropped.
    Off,
    /// Its problems are warnings.
    Warning,
    /// Its problems are errors.
    Error,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_stand_in_order() {
        assert!(CHECKS.is_sorted_by(|a, b| a.name < b.name));
    }
}
