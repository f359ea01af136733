//! The versions that an author says a text is for.

use crate::text::version::{self, VersionRange};

/// The remedy for versions that cannot be read.
pub(super) const REMEDY: &str = "write `since: 2.4`, `until: 3.0` or `versions: \">=2.4, <3\"`";

/// The versions that a text is for: those from `since` on, before `until`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Versions {
    pub(crate) since: Option<String>,
    pub(crate) until: Option<String>,
}

impl Versions {
    /// Reads the values of `since`, `until` and `versions`; the error is the reason that they are none.
    pub(super) fn read([since, until, requirement]: [Option<String>; 3]) -> Result<Versions, String> {
        let (since, until) = match requirement {
            Some(_) if since.is_some() || until.is_some() => {
                return Err("`versions` stands beside `since` or `until`".to_owned());
            }
            Some(text) => version::bounds(&text).ok_or_else(|| format!("`{text}` is no requirement of versions"))?,
            None => (since, until),
        };
        let bare = |text: String| text.trim().trim_start_matches(['v', 'V']).to_owned();
        let versions = Versions { since: since.map(bare), until: until.map(bare) };
        for text in versions.since.iter().chain(&versions.until) {
            if VersionRange::of(Some(text), None).is_none() {
                return Err(format!("`{text}` is no version"));
            }
        }
        if versions.range().is_empty() {
            return Err("`until` is not after `since`".to_owned());
        }
        Ok(versions)
    }

    /// Returns the range; the bounds are known to be versions.
    pub(crate) fn range(&self) -> VersionRange {
        VersionRange::of(self.since.as_deref(), self.until.as_deref()).unwrap_or_default()
    }
}
