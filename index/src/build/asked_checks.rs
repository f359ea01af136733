//! The checks that ask the finished pack.

use super::content::Content;
use super::progress::Reporter;
use crate::error::SearchError;
use crate::lint::{contradictions, expected, findability, quotes, same_meaning};
use crate::problem::Problem;
use crate::problem::check::Check;
use crate::reader::Reader;

/// The checks that a build makes of its pack.
#[derive(Clone, Copy, Debug)]
pub(super) struct AskedChecks {
    /// True if entries and expected questions are asked for.
    pub(super) findability: bool,
    /// True if golden questions are compared with titles, whatever the settings say.
    pub(super) quotes: bool,
}

impl Default for AskedChecks {
    fn default() -> AskedChecks {
        AskedChecks { findability: true, quotes: false }
    }
}

impl AskedChecks {
    /// Asks the finished pack for each entry, and the questions that the content is tested with.
    pub(super) fn problems(
        self,
        reader: &Reader,
        content: &Content,
        reporter: &Reporter,
    ) -> Result<Vec<Problem>, SearchError> {
        let mut problems = findability::problems(reader, content, reporter)?;
        let same = same_meaning::pairs(reader, content)?;
        problems.extend(same_meaning::problems(&same, content));
        problems.extend(contradictions::problems(reader, content, &same)?);
        problems.extend(contradictions::translations::differing(reader, content)?);
        problems.extend(expected::problems(reader, content, reporter)?);
        if self.quotes || content.settings.level(Check::GoldenQuote).is_some() {
            problems.extend(quotes::problems(reader, content)?);
        }
        Ok(problems)
    }
}
