//! The rules of `[[pages]]` in the settings: into how many entries the pages of a folder are split.

use serde::{Deserialize, Deserializer, de};

use super::exclude::Exclude;

/// The number of entries that a page becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Split {
    /// One entry, whose answer is the whole page.
    Page,
    /// An entry for each heading with text of its own.
    Headings,
}

/// A rule for the pages that a glob matches.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageRule {
    /// The pages, or the folders that hold them.
    #[serde(deserialize_with = "globs")]
    files: Exclude,
    split: Split,
}

/// Returns what the last of `rules` that matches the file at `path` says.
pub(crate) fn split_of(rules: &[PageRule], path: &str) -> Option<Split> {
    let ends = || path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    let rule = rules.iter().rev().find(|rule| ends().any(|end| rule.files.set.is_match(&path[..end])));
    rule.map(|rule| rule.split)
}

/// Reads a glob, or a list of globs.
fn globs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Exclude, D::Error> {
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
    Exclude::of(&globs).map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_rule_that_matches_a_page_or_its_folder_counts() {
        let rule = |globs: &[&str], split| {
            let globs: Vec<String> = globs.iter().map(|&glob| glob.to_owned()).collect();
            PageRule { files: Exclude::of(&globs).expect("sound globs"), split }
        };
        let rules = [rule(&["pages/", "*.mdx"], Split::Page), rule(&["**/faq.md"], Split::Headings)];
        for (path, expected) in [
            ("pages/a/b.md", Some(Split::Page)),
            ("a.mdx", Some(Split::Page)),
            ("pages/faq.md", Some(Split::Headings)),
            ("other/a.md", None),
        ] {
            assert_eq!(split_of(&rules, path), expected, "{path}");
        }
    }
}
