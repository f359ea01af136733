//! The globs of `exclude` in the settings.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Deserializer, de};

/// The globs of files that are not content.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exclude {
    pub(crate) globs: Vec<Glob>,
    pub(crate) set: GlobSet,
}

impl PartialEq for Exclude {
    fn eq(&self, other: &Exclude) -> bool {
        self.globs == other.globs
    }
}

impl Eq for Exclude {}

impl Exclude {
    pub(crate) fn of(globs: Vec<Glob>) -> Result<Exclude, globset::Error> {
        let mut set = GlobSetBuilder::new();
        for glob in &globs {
            set.add(glob.clone());
        }
        Ok(Exclude { set: set.build()?, globs })
    }
}

/// Parses globs, which count from the content folder, with or without a leading `./` or `/`.
pub(crate) fn parsed(globs: &[String]) -> Result<Vec<Glob>, globset::Error> {
    let glob = |glob: &String| {
        GlobBuilder::new(glob.trim_start_matches("./").trim_matches('/')).literal_separator(true).build()
    };
    globs.iter().map(glob).collect()
}

impl<'de> Deserialize<'de> for Exclude {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Exclude, D::Error> {
        let globs = parsed(&Vec::deserialize(deserializer)?).map_err(de::Error::custom)?;
        Exclude::of(globs).map_err(de::Error::custom)
    }
}
