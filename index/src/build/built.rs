//! The results of a build and of a check.

use crate::coverage::Coverage;
use crate::problem::Problem;

/// A pack that was built, and what is worth saying about it.
///
/// # Examples
///
/// ```
/// # let text = "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";
/// let built = faqt::build::Builder::from_files("help", [("faq.md", text)]).build()?;
/// assert_eq!((built.entries, built.sections, built.links), (2, 0, 0));
/// assert!(faqt::KnowledgeBase::from_vec(built.pack).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Built {
    /// The bytes of the pack; none where it was [written to a file](super::Builder::write_to).
    pub pack: Vec<u8>,
    /// The length of the pack in bytes.
    pub bytes: usize,
    /// The number of entries.
    pub entries: usize,
    /// The number of sections that hold entries.
    pub sections: usize,
    /// The number of links in answers and of related procedures.
    pub links: usize,
    /// The help ids of all entries, and those that they had once.
    pub help_ids: Vec<String>,
    /// The warnings: faults that may serve a reader badly.
    pub warnings: Vec<Problem>,
}

/// The findings of the checks of a folder.
///
/// # Examples
///
/// ```
/// # let text = "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";
/// let checked = faqt::build::Builder::from_files("help", [("faq.md", text)]).check()?;
/// assert_eq!(checked.entries, 2);
/// assert!(checked.problems.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The number of entries.
    pub entries: usize,
    /// The number of sections that hold entries.
    pub sections: usize,
    /// The number of links in answers and of related procedures.
    pub links: usize,
    /// Everything that is wrong, errors and warnings, in the order of their places.
    pub problems: Vec<Problem>,
    /// The coverage of each program that was [given](super::Builder::covering) or that the settings name.
    pub coverage: Vec<Coverage>,
}
