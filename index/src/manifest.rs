//! What a pack says of itself.

use serde::{Deserialize, Serialize};

use crate::address;

/// The manifest of a knowledge base.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// # let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
/// let manifest = kb.manifest();
/// assert_eq!((manifest.entries, manifest.languages.as_slice()), (2, &["en".to_owned()][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    /// The name of the knowledge base.
    pub name: String,
    /// The languages of the entries as primary subtags, the most common first.
    pub languages: Vec<String>,
    /// How many entries there are.
    pub entries: u32,
    /// The version of the analyser that made the pack.
    pub analyser: u32,
    /// A hash of the content, in hexadecimal: it changes whenever an entry does.
    pub content_hash: String,
    /// Whether the texts hold Hiragana, so that Chinese characters stand for Japanese words.
    #[serde(default)]
    pub has_hiragana: bool,
    /// The page that the content draws on, left out if its address is not of `http`, `https` or `mailto`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "address::known_credit")]
    pub source: Option<Credit>,
}

/// A page that the content draws on.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// std::fs::write(
///     folder.path().join("faqt.toml"),
///     "[source]\ntitle = \"The manual\"\nurl = \"https://example.com/manual\"\n",
/// )?;
/// let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
/// assert_eq!(kb.manifest().source.as_ref().map(|credit| credit.title.as_str()), Some("The manual"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Credit {
    /// The title of the page.
    pub title: String,
    /// Its address.
    pub url: String,
}
