//! A model file: the facts that it has about itself, and its faults.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use faqt_encoder::Encoder;

use super::name_note;

/// The digits of a hash that are shown to people: 32 bits, by which a few models can be told apart.
const SHOWN_DIGITS: usize = 8;
/// The most characters of a name that are shown to people. A name in a model file has up to 1 MB.
const SHOWN_CHARS_MAX: usize = 60;

/// A model file.
#[derive(Debug)]
pub(crate) struct Model {
    /// The hash of the vectors, by the name of the file.
    pub(crate) vectors_hash: u128,
    pub(crate) path: PathBuf,
    /// The length of the file in bytes.
    pub(crate) bytes: u64,
    /// The facts that the file has about itself, if it can be opened.
    pub(crate) facts: Option<Facts>,
    /// The fault that was found.
    pub(crate) fault: Option<anyhow::Error>,
}

/// The facts about a model, see [`faqt_encoder::Model`].
#[derive(Debug)]
pub(crate) struct Facts {
    /// The name that was chosen at its import, else that of the model.
    pub(crate) name: String,
    pub(crate) source: String,
    /// The name of the licence.
    pub(crate) licence: String,
    /// The text of the licence, if the source of the model had it.
    pub(crate) licence_text: Option<String>,
    pub(crate) dimensions: usize,
    /// The greatest number of word pieces of a text.
    pub(crate) length_max: usize,
}

impl Model {
    /// Opens the model file at `path`, whose name has the hash.
    pub(super) fn open(vectors_hash: u128, path: PathBuf) -> Model {
        let bytes = path.metadata().map_or(0, |found| found.len());
        let (facts, fault) = match open_encoder(vectors_hash, &path) {
            Ok(encoder) => (Some(Facts::of(&encoder, &path)), None),
            Err(fault) => (None, Some(fault)),
        };
        Model { vectors_hash, path, bytes, facts, fault }
    }

    /// Checks the whole file, and adds its fault.
    pub(crate) fn verify(&mut self) {
        let verified = open_encoder(self.vectors_hash, &self.path)
            .and_then(|encoder| encoder.verify().with_context(|| self.path.display().to_string()));
        self.fault = verified.err();
    }

    /// Returns the name; none if the file cannot be opened, or has none.
    pub(crate) fn name(&self) -> Option<&str> {
        self.facts.as_ref().map(|facts| facts.name.as_str()).filter(|name| !name.is_empty())
    }

    /// Returns the beginning of the hash, by which the model is found.
    pub(crate) fn short_hash(&self) -> String {
        short_hash(self.vectors_hash)
    }

    /// Returns the name for a person, in one line, or the beginning of the hash of a model without one.
    pub(crate) fn title(&self) -> String {
        self.name().map_or_else(|| self.short_hash(), one_line)
    }
}

impl Facts {
    fn of(encoder: &Encoder, path: &Path) -> Facts {
        let model = encoder.model();
        let (licence, text) = model.licence.split_once('\n').unwrap_or((model.licence, ""));
        Facts {
            name: name_note::read(path).unwrap_or_else(|| model.name.to_owned()),
            source: model.source.to_owned(),
            licence: licence.to_owned(),
            licence_text: Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            dimensions: model.dimensions,
            length_max: model.length_max,
        }
    }
}

/// Returns a name as one line of at most 60 characters.
pub(crate) fn one_line(name: &str) -> String {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SHOWN_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// Returns a hash as the name of a file has it.
pub(crate) fn hash_digits(hash: u128) -> String {
    format!("{hash:032x}")
}

/// Returns the beginning of a hash, by which its model is found.
pub(super) fn short_hash(hash: u128) -> String {
    hash_digits(hash)[..SHOWN_DIGITS].to_owned()
}

/// Opens a model whose file is named by a hash.
fn open_encoder(vectors_hash: u128, path: &Path) -> Result<Encoder, anyhow::Error> {
    let encoder = Encoder::open(path)?;
    let found = encoder.model().vectors_hash;
    if found == vectors_hash {
        Ok(encoder)
    } else {
        Err(anyhow!("{} has the vectors of another model, {}", path.display(), hash_digits(found)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_for_people_is_one_short_line() {
        assert_eq!(one_line(" all\n MiniLM\t"), "all MiniLM");
        assert_eq!(one_line(&"é".repeat(61)), "é".repeat(60) + "…");
        assert_eq!(one_line(&"é".repeat(60)), "é".repeat(60));
    }
}
