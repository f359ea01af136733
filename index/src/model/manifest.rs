//! The manifest: the description of a pack that the pack holds.

use serde::{Deserialize, Deserializer, Serialize};

use super::address;
use crate::error::{PackError, damaged};
use crate::text;

/// The manifest of a knowledge base.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let manifest = kb.manifest();
/// assert_eq!((manifest.entries, manifest.languages.as_slice()), (2, &["en".to_owned()][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    /// The name of the knowledge base.
    pub name: String,
    /// The language of entries that name none, as a BCP 47 tag: from the settings, or else by the scripts of their texts
    /// `zh`, `ja` or `ko`, or else `en`.
    pub language: String,
    /// The languages of the entries as primary subtags, the most common first.
    pub languages: Vec<String>,
    /// The number of entries.
    pub entries: u32,
    /// The version of the analyser that made the pack.
    pub analyser: u32,
    /// A hash, in hexadecimal, of the terms that the analyser makes of fixed texts.
    #[serde(default)]
    pub analyser_fingerprint: String,
    /// A hash of the content, in hexadecimal: it changes whenever an entry does.
    pub content_hash: String,
    /// True if Chinese characters stand for Japanese words: more entries are in Japanese than in Chinese, or the texts
    /// hold enough Kana.
    #[serde(default)]
    pub is_japanese: bool,
    /// The content hashes of the tables that its vectors were made with, in hexadecimal; none without vectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meaning: Vec<String>,
    /// The weight that these vectors have in the ranking, from 0 to 1, as a share of their usual one; none if it is the usual
    /// one. A build lowers it where they make aliases harder to find.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "probability")]
    pub meaning_weight: Option<f32>,
    /// The model that its sentence vectors were made with; none without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoder: Option<EncoderModel>,
    /// The confidence from which on the first hit is shown as the answer, from 0 to 1; none if the settings leave it at
    /// [`ANSWERED_MIN`](crate::ANSWERED_MIN).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "probability")]
    pub answered_min: Option<f32>,
    /// The page that the content draws on, left out if its address is not of `http`, `https` or `mailto`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "known_credit")]
    pub source: Option<Credit>,
}

/// No number in a manifest is NaN.
impl Eq for Manifest {}

/// The part that manifests of all versions share.
#[derive(Deserialize)]
struct Maker {
    analyser: u32,
    #[serde(default)]
    analyser_fingerprint: String,
}

impl Manifest {
    /// Reads the manifest of a pack that this analyser has made.
    pub(crate) fn read(json: &[u8]) -> Result<Manifest, PackError> {
        let unreadable = |error| damaged(format!("the manifest cannot be read: {error}"));
        match serde_json::from_slice::<Manifest>(json) {
            Ok(manifest) => {
                check_maker(manifest.analyser, &manifest.analyser_fingerprint)?;
                Ok(manifest)
            }
            Err(error) => {
                let maker: Maker = serde_json::from_slice(json).map_err(unreadable)?;
                check_maker(maker.analyser, &maker.analyser_fingerprint)?;
                Err(unreadable(error))
            }
        }
    }
}

/// Refuses a pack that another analyser has made: its terms would not match those of questions.
fn check_maker(version: u32, fingerprint: &str) -> Result<(), PackError> {
    if version != text::VERSION {
        return Err(PackError::AnalyserVersion { found: version });
    }
    if fingerprint != text::fingerprint() {
        return Err(PackError::AnalyserFingerprint { found: fingerprint.to_owned() });
    }
    Ok(())
}

/// The model of a sentence encoder, as a pack names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EncoderModel {
    /// Its name, for people.
    pub name: String,
    /// The hash of its vectors in hexadecimal; models of other names may have the same.
    pub vectors_hash: String,
}

/// A page that the content draws on.
///
/// # Examples
///
/// ```
/// let files = [
///     ("faqt.toml", "[source]\ntitle = \"The manual\"\nurl = \"https://example.com/manual\"\n"),
///     ("faq.md", "# How do I reset the lamp?\n\nHold the button.\n"),
/// ];
/// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", files).build()?.pack)?;
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

/// Reads a credit from a pack; a credit whose address has a fault is left out.
fn known_credit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Credit>, D::Error> {
    let credit = Option::<Credit>::deserialize(deserializer)?;
    Ok(credit.filter(|credit| address::fault(&credit.url).is_none()))
}

/// Reads a probability from a pack; one that is none is left out.
fn probability<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f32>, D::Error> {
    let value = Option::<f32>::deserialize(deserializer)?;
    Ok(value.filter(|value| (0.0..=1.0).contains(value)))
}

#[cfg(all(test, feature = "build"))]
mod tests {
    use crate::error::OpenError;
    use std::io::Cursor;

    use ownedbytes::OwnedBytes;

    use super::*;
    use crate::build::builder::Builder;
    use crate::knowledge_base::KnowledgeBase;
    use crate::pack;
    use crate::pack::read::Pack;
    use crate::pack::write::PackWriter;

    /// Opens a sound pack with another manifest.
    fn open_with(change: impl Fn(&mut serde_json::Value)) -> Result<KnowledgeBase, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("faq.md"), "# Is it loud?\n\nNo.\n").unwrap();
        let made = Pack::parse(&OwnedBytes::new(Builder::new(folder.path()).build().unwrap().pack)).unwrap();
        let mut writer = PackWriter::new(Cursor::new(Vec::new())).unwrap();
        for (name, _) in made.sections() {
            let mut bytes = made.required(name).unwrap().all().unwrap().to_vec();
            if name == pack::MANIFEST {
                let mut manifest = serde_json::from_slice(&bytes).unwrap();
                change(&mut manifest);
                bytes = serde_json::to_vec(&manifest).unwrap();
            }
            writer.start(name);
            writer.write(&bytes).unwrap();
        }
        let opened = KnowledgeBase::from_vec(writer.finish().unwrap().into_inner());
        opened.map_err(|error: OpenError| error.to_string())
    }

    #[test]
    fn packs_of_another_analyser_are_refused_by_name() {
        open_with(|_| {}).expect("a sound pack");
        let (version, fingerprint) = (text::VERSION, text::fingerprint());
        let message = |change: &dyn Fn(&mut serde_json::Value)| open_with(change).expect_err("another analyser");
        for other in [version - 1, version + 1] {
            let expected = format!("pack made by analyser version {other}; this program has version {version}");
            assert_eq!(message(&|manifest| manifest["analyser"] = other.into()), expected);
            // The rest of another version's manifest does not matter.
            assert_eq!(message(&|manifest| *manifest = serde_json::json!({ "analyser": other })), expected);
        }
        for other in ["0123456789abcdef", ""] {
            let expected = format!(
                "pack made by another analyser of version {version}: `{other}`; this program has `{fingerprint}`"
            );
            assert_eq!(message(&|manifest| manifest["analyser_fingerprint"] = other.into()), expected);
        }
        let damaged = message(&|manifest| drop(manifest["entries"].take()));
        assert!(damaged.starts_with("damaged pack: the manifest cannot be read"), "{damaged}");
    }
}
