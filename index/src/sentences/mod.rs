//! Sentence vectors: phrasings and whole entries by a sentence encoder, compared with a question by the same model.
//!
//! A pack that was built with a model (`faqt-encoder`) holds its [`SentenceVectors`] and names it by a hash. A question is
//! encoded only where words and the vectors of [`meaning`](crate::meaning) leave a doubt
//! ([`reorder`](crate::search::reorder)), because a forward pass takes longer than all else that an answer needs.
//! Without the model, a pack answers as if it had no such vectors.

mod codes;
#[cfg(feature = "encoder")]
mod encoder;
#[cfg(not(feature = "encoder"))]
#[path = "no_encoder.rs"]
mod encoder;
mod question;
mod scale;
mod similar;
mod state;
#[cfg(feature = "build")]
pub(crate) mod unfinished;
mod vectors;
#[cfg(feature = "build")]
pub(crate) mod write;

#[cfg(feature = "encoder")]
pub use encoder::SentenceEncoder;
#[cfg(not(feature = "encoder"))]
pub(crate) use encoder::SentenceEncoder;
pub(crate) use question::{QuestionSentence, SentenceLikeness};
pub use state::EncoderState;
pub(crate) use vectors::SentenceVectors;
