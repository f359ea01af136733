//! The rules of `[[pages]]` in the settings: into how many entries the pages of a folder are split.

use globset::Glob;
use serde::{Deserialize, Deserializer, de};

use super::exclude::{self, Exclude};
use crate::steps;

/// The number of entries that a page becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Split {
    /// One entry, whose answer is the whole page.
    Page,
    /// An entry for each heading with text of its own.
    Headings,
}

/// A rule for the pages that a glob matches, as an author writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageRule {
    /// The pages, or the folders that hold them.
    #[serde(deserialize_with = "globs")]
    files: Vec<Glob>,
    split: Split,
}

/// The rules for pages, as one set of globs: a path is looked at once for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageRules {
    files: Exclude,
    /// The split that each glob asks for.
    splits: Vec<Split>,
}

impl PageRules {
    /// Returns what the last rule that matches the file at `path` says.
    pub(crate) fn split_of(&self, path: &str) -> Option<Split> {
        steps::count(1);
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let last = ends.filter_map(|end| self.files.set.matches(&path[..end]).into_iter().max()).max();
        last.map(|last| self.splits[last])
    }

    fn of(rules: Vec<PageRule>) -> Result<PageRules, globset::Error> {
        let (mut globs, mut splits) = (Vec::new(), Vec::new());
        for rule in rules {
            splits.extend(rule.files.iter().map(|_| rule.split));
            globs.extend(rule.files);
        }
        Ok(PageRules { files: Exclude::of(globs)?, splits })
    }
}

impl<'de> Deserialize<'de> for PageRules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PageRules, D::Error> {
        PageRules::of(Vec::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// Reads a glob, or a list of globs.
fn globs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Glob>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a glob, or a list of globs")]
    enum Globs {
        One(String),
        Many(Vec<String>),
    }
    let globs = match Globs::deserialize(deserializer)? {
        Globs::One(glob) => vec![glob],
        Globs::Many(globs) => globs,
    };
    exclude::parsed(&globs).map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_rule_that_matches_a_page_or_its_folder_counts() {
        let rule = |globs: &[&str], split| {
            let globs: Vec<String> = globs.iter().map(|&glob| glob.to_owned()).collect();
            PageRule { files: exclude::parsed(&globs).expect("sound globs"), split }
        };
        let rules = vec![rule(&["pages/", "*.mdx"], Split::Page), rule(&["**/faq.md"], Split::Headings)];
        let rules = PageRules::of(rules).expect("sound globs");
        for (path, expected) in [
            ("pages/a/b.md", Some(Split::Page)),
            ("a.mdx", Some(Split::Page)),
            ("pages/faq.md", Some(Split::Headings)),
            ("other/a.md", None),
        ] {
            assert_eq!(rules.split_of(path), expected, "{path}");
        }
    }
}
