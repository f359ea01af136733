//! A sentence encoder that is opened by the first question that needs it.

use std::fmt;
use std::path::PathBuf;
use std::sync::OnceLock;

use faqt_encoder::{Encoder, OpenError};
use faqt_meaning::Letters;

use super::codes::{Bits, Shape};
use super::scale::Scale;
use super::state::EncoderState;

/// The least share of a text that an encoder must read for the text to have a vector.
const READABLE_MIN: f32 = 0.5;

/// A sentence encoder, which one or more knowledge bases share: a model file, opened when a question first needs it.
///
/// # Examples
///
/// ```no_run
/// use std::sync::Arc;
///
/// use faqt::{KnowledgeBase, SentenceEncoder};
///
/// let encoder = Arc::new(SentenceEncoder::at("all-MiniLM-L6-v2.encoder"));
/// let kb = KnowledgeBase::open("help.faqt")?;
/// kb.attach_encoder(&encoder);
/// let found = kb.ask("I forgot how to log in")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SentenceEncoder {
    path: PathBuf,
    opened: OnceLock<Result<Encoder, OpenError>>,
}

impl SentenceEncoder {
    /// Takes the model file at `path`, which is opened when a question first needs it.
    ///
    /// # Examples
    ///
    /// ```
    /// let encoder = faqt::SentenceEncoder::at("no such file");
    /// assert!(encoder.open().is_err());
    /// ```
    pub fn at(path: impl Into<PathBuf>) -> SentenceEncoder {
        SentenceEncoder { path: path.into(), opened: OnceLock::new() }
    }

    /// Takes an encoder that is open.
    pub fn of(encoder: Encoder) -> SentenceEncoder {
        SentenceEncoder { path: PathBuf::new(), opened: OnceLock::from(Ok(encoder)) }
    }

    /// Opens the model file, or returns the encoder that was opened before.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is no model; the same error each time.
    pub fn open(&self) -> Result<&Encoder, &OpenError> {
        self.opened.get_or_init(|| Encoder::open(&self.path)).as_ref()
    }

    /// Returns the readiness of the encoder for vectors of `shape` by the model whose hash is `model`.
    pub(super) fn state(&self, model: u128, shape: Shape) -> EncoderState {
        match self.open() {
            Err(error) => EncoderState::Unusable(message(error)),
            Ok(opened) if (opened.model().vectors_hash, shape_of(opened)) != (model, shape) => {
                EncoderState::Unusable(format!("the pack was built with another model than {}", opened.model().name))
            }
            Ok(_) => EncoderState::Ready,
        }
    }

    /// Returns the name and hash of the model, and the shape of its vectors.
    #[cfg(feature = "build")]
    pub(crate) fn facts(&self) -> Result<(&str, u128, Shape), String> {
        let opened = self.open().map_err(message)?;
        let model = opened.model();
        Ok((model.name, model.vectors_hash, shape_of(opened)))
    }

    /// Returns the vector of a question; none if the model does not read it, or cannot be opened.
    pub(super) fn question(&self, question: &str) -> Option<Vec<f32>> {
        Some(self.reading(question)?.encode_question(question))
    }

    /// Returns the vector of a text that may answer questions; none if the model does not read it, or cannot be opened.
    #[cfg(feature = "build")]
    pub(super) fn passage(&self, text: &str) -> Option<Vec<f32>> {
        Some(self.reading(text)?.encode_passage(text))
    }

    /// Returns the encoder, if it reads the text. A model of word pieces is taken for one of English.
    fn reading(&self, text: &str) -> Option<&Encoder> {
        let encoder = self.open().ok()?;
        let is_read = encoder.model().reads_all_scripts || Letters::of(text).latin_share() >= READABLE_MIN;
        is_read.then_some(encoder)
    }

    /// Returns true if the model reads the languages of all scripts, so that a question may be in another language than its answer.
    pub(super) fn reads_all_languages(&self) -> bool {
        self.open().is_ok_and(|encoder| encoder.model().reads_all_scripts)
    }

    /// Returns the scale of the model's cosines.
    pub(super) fn scale(&self) -> Scale {
        match self.open() {
            Ok(encoder) if has_prefixes(encoder) => Scale::E5,
            _ => Scale::PLAIN,
        }
    }
}

impl fmt::Debug for SentenceEncoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentenceEncoder").field("path", &self.path).field("opened", &self.opened.get()).finish()
    }
}

/// Returns the shape of the vectors of a model: with more bits where cosines lie close together.
fn shape_of(encoder: &Encoder) -> Shape {
    let bits = if has_prefixes(encoder) { Bits::Four } else { Bits::Two };
    Shape { dimensions: encoder.dimensions(), bits }
}

/// Returns true for a model that was trained with prefixes, as E5 is ([`Scale::E5`]).
fn has_prefixes(encoder: &Encoder) -> bool {
    !encoder.model().passage_prefix.is_empty()
}

/// Returns the message of an error with those of its causes.
fn message(error: &OpenError) -> String {
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        message = format!("{message}: {error}");
        cause = error.source();
    }
    message
}
