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
    pub(crate) fn of(globs: &[String]) -> Result<Exclude, globset::Error> {
        let compiled = |glob: &String| {
            // Globs count from the content folder, with or without a leading `./` or `/`.
            let glob = glob.trim_start_matches("./").trim_matches('/');
            GlobBuilder::new(glob).literal_separator(true).build()
        };
        let globs: Vec<Glob> = globs.iter().map(compiled).collect::<Result<_, _>>()?;
        let mut set = GlobSetBuilder::new();
        for glob in &globs {
            set.add(glob.clone());
        }
        Ok(Exclude { set: set.build()?, globs })
    }
}

impl<'de> Deserialize<'de> for Exclude {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Exclude, D::Error> {
        Exclude::of(&Vec::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
