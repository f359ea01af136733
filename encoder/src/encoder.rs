//! The encoder: a model, opened, and the vectors of texts by it.

use std::fmt;
use std::path::Path;

use crate::bytes::Bytes;
use crate::error::{ModelError, OpenError};
use crate::file::load;
use crate::forward::Forward;
use crate::head::{HEAD_LENGTH, Head, MAGIC, VECTORS_HASH_START};
use crate::kernel::InstructionSet;
use crate::layout::Layout;
use crate::model::Model;
use crate::parts::Parts;
use crate::tokeniser::Tokeniser;
use crate::vocabulary::Vocabulary;
use crate::vocabulary_head::VocabularyHead;

/// An opened model, which turns texts into vectors.
///
/// An encoder holds no state between calls and can be used from several threads at a time.
///
/// # Examples
///
/// ```no_run
/// use faqt_encoder::Encoder;
///
/// let encoder = Encoder::open("all-MiniLM-L6-v2.encoder")?;
/// let vector = encoder.encode("How do I reset my password?");
/// assert_eq!(vector.len(), encoder.dimensions());
/// # Ok::<(), faqt_encoder::OpenError>(())
/// ```
pub struct Encoder {
    bytes: Bytes,
    pub(crate) head: Head,
    pub(crate) layout: Layout,
}

impl Encoder {
    /// Opens a model file. With the feature `mmap` the file is mapped, so that only the parts in use are read.
    ///
    /// The file must not be changed while it is open, only replaced by another: a process that reads a mapped file
    /// behind its new end is ended by the system.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or whose bytes [`Encoder::from_bytes`] refuses.
    pub fn open(path: impl AsRef<Path>) -> Result<Encoder, OpenError> {
        let path = path.as_ref();
        let bytes = load(path).map_err(|source| OpenError::Read { path: path.to_owned(), source })?;
        Encoder::new(bytes).map_err(|source| OpenError::Model { path: path.to_owned(), source })
    }

    /// Opens a model in memory: checks its head, its length, and that scales and other parameters are finite, which are
    /// 1 % of it. [`Encoder::verify`] checks the rest.
    ///
    /// # Errors
    ///
    /// Bytes that are no model, have another version or an architecture that cannot be computed, or another length than
    /// the head says; parameters that are not finite.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Encoder, ModelError> {
        Encoder::new(Bytes::Owned(bytes))
    }

    /// Opens a model that is linked into the program.
    ///
    /// # Errors
    ///
    /// Bytes that [`Encoder::from_bytes`] refuses.
    pub fn from_static(bytes: &'static [u8]) -> Result<Encoder, ModelError> {
        Encoder::new(Bytes::Static(bytes))
    }

    fn new(bytes: Bytes) -> Result<Encoder, ModelError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let found = bytes.len() as u64;
        let Some(head) = bytes.first_chunk() else {
            return Err(ModelError::Length { expected: HEAD_LENGTH as u64, found });
        };
        let head = Head::read(head)?;
        let layout = Layout::of(&head).map_err(|expected| ModelError::Length { expected, found })?;
        if layout.length() != bytes.len() {
            return Err(ModelError::Length { expected: layout.length() as u64, found });
        }
        let encoder = Encoder { bytes, head, layout };
        encoder.parts().check()?;
        Ok(encoder)
    }

    /// Returns the vector of a text: [`Encoder::dimensions`] numbers from -1 to 1, of unit length.
    ///
    /// The cosine of two texts is the sum of the products of their vectors. A text of more pieces than
    /// [`Model::length_max`] counts as its beginning; a text without words has a vector too. The same bits come from
    /// every processor. Only a damaged model yields zeros.
    ///
    /// Questions are compared with passages by [`Encoder::encode_question`] and [`Encoder::encode_passage`].
    pub fn encode(&self, text: &str) -> Vec<f32> {
        let pieces = self.pieces(text);
        InstructionSet::run_fastest(self.forward(&self.parts(), &pieces))
    }

    /// Returns the vector of a question: that of [`Model::question_prefix`] and the question behind it.
    ///
    /// Models such as multilingual-e5-small were trained with prefixes; others have none, and yield the vector of the
    /// question alone.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use faqt_encoder::Encoder;
    ///
    /// let encoder = Encoder::open("multilingual-e5-small.encoder")?;
    /// let question = encoder.encode_question("Wie setze ich mein Passwort zurück?");
    /// let passage = encoder.encode_passage("Open the settings to choose another password.");
    /// let cosine: f32 = question.iter().zip(&passage).map(|(x, y)| x * y).sum();
    /// # let _ = cosine;
    /// # Ok::<(), faqt_encoder::OpenError>(())
    /// ```
    pub fn encode_question(&self, question: &str) -> Vec<f32> {
        self.encode_behind(self.model().question_prefix, question)
    }

    /// Returns the vector of a passage, such as an entry that may answer questions: that of [`Model::passage_prefix`]
    /// and the passage behind it.
    pub fn encode_passage(&self, passage: &str) -> Vec<f32> {
        self.encode_behind(self.model().passage_prefix, passage)
    }

    fn encode_behind(&self, prefix: &str, text: &str) -> Vec<f32> {
        if prefix.is_empty() { self.encode(text) } else { self.encode(&[prefix, text].concat()) }
    }

    /// Returns the vector of a text by a set of instructions, for tests and measurements; none if the processor does not
    /// have it.
    pub fn encode_with(&self, instructions: InstructionSet, text: &str) -> Option<Vec<f32>> {
        let pieces = self.pieces(text);
        instructions.run(self.forward(&self.parts(), &pieces)).ok()
    }

    /// Returns the numbers of the pieces of a text, that in front of each text (`[CLS]`, `<s>`) and that behind (`[SEP]`,
    /// `</s>`) included, as Hugging Face's `tokenizers` has them. A longer text is cut at [`Model::length_max`].
    pub fn pieces(&self, text: &str) -> Vec<u32> {
        let length_max = self.head.length_max as usize;
        Tokeniser { vocabulary: self.vocabulary(), special: self.head.special, length_max }.pieces(text)
    }

    /// Returns the number of dimensions of a vector.
    pub fn dimensions(&self) -> usize {
        self.head.hidden as usize
    }

    /// Returns what the model says about itself.
    pub fn model(&self) -> Model<'_> {
        let [question_prefix, passage_prefix, name, source, licence] =
            // Texts that are damaged are found by `verify`.
            self.texts().map(|text| str::from_utf8(text).unwrap_or_default());
        let [content_hash, vectors_hash] = [MAGIC.len(), VECTORS_HASH_START].map(|start| {
            let hash: [u8; 16] = std::array::from_fn(|at| self.bytes[start + at]);
            u128::from_le_bytes(hash)
        });
        let length_max = self.head.length_max as usize;
        Model {
            name,
            source,
            licence,
            question_prefix,
            passage_prefix,
            reads_all_scripts: matches!(self.head.vocabulary, VocabularyHead::Unigram { .. }),
            content_hash,
            vectors_hash,
            dimensions: self.dimensions(),
            length_max,
        }
    }

    /// Returns the bytes of the model.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the bytes of both prefixes and of the texts about the model.
    pub(crate) fn texts(&self) -> [&[u8]; 5] {
        let [question, passage] = self.layout.prefixes.each_ref();
        let [name, source, licence] = self.layout.texts.each_ref();
        [question, passage, name, source, licence].map(|range| &self.bytes[range.clone()])
    }

    pub(crate) fn parts(&self) -> Parts<'_> {
        Parts::new(&self.head, &self.layout, &self.bytes)
    }

    pub(crate) fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary::new(&self.head, &self.layout.vocabulary, &self.bytes)
    }

    fn forward<'a>(&self, parts: &'a Parts<'a>, pieces: &'a [u32]) -> Forward<'a> {
        let [heads, intermediate] = [self.head.heads, self.head.intermediate].map(|number| number as usize);
        Forward { parts, heads, intermediate, epsilon: self.head.epsilon, pieces }
    }
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let model = self.model();
        f.debug_struct("Encoder")
            .field("name", &model.name)
            .field("content_hash", &format_args!("{:032x}", model.content_hash))
            .finish_non_exhaustive()
    }
}
