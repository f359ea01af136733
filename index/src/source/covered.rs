//! The files that an entry is about: `covers` and `verified` in front matter.

use super::asked::FrontMatterPlace;
use super::front_matter_values::{Loose, Placed};

/// The files that an entry is about, and the state of them that it was compared with.
///
/// # Examples
///
/// ```
/// use faqt::build::Builder;
///
/// let text = "---\nquestion: Is it loud?\ncovers: [../src/horn.rs]\nverified: 2026-05-01\n---\nNo.\n";
/// let checked = Builder::from_files("help", [("loud.md", text)])
///     .freshness(|covered| {
///         let covered = &covered[0];
///         assert_eq!((covered.id.as_str(), covered.path.as_str(), covered.line), ("loud", "loud.md", 3));
///         assert_eq!(covered.globs, [("../src/horn.rs".to_owned(), 3)]);
///         assert_eq!(covered.verified, Some(("2026-05-01".to_owned(), 4)));
///         Vec::new()
///     })
///     .check()?;
/// assert!(checked.problems.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Covered {
    /// The id of the entry, or of the first of its file.
    pub id: String,
    /// The file of the entry, relative to the content folder.
    pub path: String,
    /// The line of `covers`, counted from 1.
    pub line: u32,
    /// The paths and globs, each with its line. They count from the content folder, or from the top of the repository if they
    /// begin with `/`.
    pub globs: Vec<(String, u32)>,
    /// The revision or the date under `verified`, with its line.
    pub verified: Option<(String, u32)>,
}

/// A fault that a history shows, for [`Builder::freshness`](crate::build::Builder::freshness) and
/// [`Builder::translations`](crate::build::Builder::translations).
///
/// # Examples
///
/// ```
/// use faqt::build::{Check, FreshnessProblem};
///
/// let problem = FreshnessProblem::new(Check::Stale, "loud.md", 3, "`src/horn.rs` changed").with_hint("read it again");
/// assert_eq!(problem.line, 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FreshnessProblem {
    /// The check that it is of: [`Check::Stale`](crate::build::Check::Stale), [`Check::Covers`](crate::build::Check::Covers) or
    /// [`Check::OutdatedTranslation`](crate::build::Check::OutdatedTranslation).
    pub check: crate::problem::check::Check,
    /// The file, relative to the content folder.
    pub path: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The message: a lowercase phrase without a full stop.
    pub message: String,
    /// The remedy.
    pub hint: Option<String>,
}

impl FreshnessProblem {
    /// Makes a problem without a remedy.
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt::build::{Check, FreshnessProblem};
    /// assert_eq!(FreshnessProblem::new(Check::Covers, "a.md", 1, "`x` names no file").hint, None);
    /// ```
    pub fn new(
        check: crate::problem::check::Check,
        path: impl Into<String>,
        line: u32,
        message: impl Into<String>,
    ) -> FreshnessProblem {
        FreshnessProblem { check, path: path.into(), line, message: message.into(), hint: None }
    }

    /// Sets the remedy.
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt::build::{Check, FreshnessProblem};
    /// let problem = FreshnessProblem::new(Check::Covers, "a.md", 1, "`x` names no file").with_hint("name a file");
    /// assert_eq!(problem.hint.as_deref(), Some("name a file"));
    /// ```
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> FreshnessProblem {
        self.hint = Some(hint.into());
        self
    }
}

/// Reads `covers` and `verified`. Without `covers`, no file is covered: `verified` may be that of a translation.
pub(crate) fn covered(
    covers: Option<Placed>,
    verified: Option<Placed>,
    place: FrontMatterPlace<'_>,
) -> Option<Covered> {
    let line = covers.as_ref().or(verified.as_ref()).map(|placed| place.line_of(placed))?;
    let values = match covers {
        Some(Placed { value: Loose::Many(values), .. }) => values,
        one => one.into_iter().collect(),
    };
    let text = |placed: Placed| {
        let line = place.line_of(&placed);
        Some((placed.value.into_text()?, line))
    };
    let globs: Vec<(String, u32)> = values.into_iter().filter_map(text).collect();
    let verified = verified.and_then(text);
    (!globs.is_empty() || verified.is_some()).then(|| Covered { line, globs, verified, ..Covered::default() })
}
