//! Word vectors in 2 MB: texts that mean the same become alike, offline, in microseconds.
//!
//! A text is cut into units, the units' vectors are added, and two texts are compared by their cosine:
//!
//! ```
//! use faqt_meaning::{Quantised, QueryVector, Tables, english};
//!
//! let tables = Tables::new(english(), None)?;
//! let embed = |text| tables.embed(tables.units(text), |_| 1.0);
//! let question = QueryVector::new(&embed("How do I reset my password?"));
//! let cosine = |text| question.cosine(&Quantised::new(&embed(text)));
//! assert!(cosine("I forgot my login credentials") > 0.5);
//! assert!(cosine("Where to eat pizza in Rome") < 0.1);
//! # Ok::<(), faqt_meaning::TableError>(())
//! ```
//!
//! # Words
//!
//! - A **word piece** is a word, or the beginning or continuation of one, in the vocabulary of BERT uncased.
//! - A **unit** is a word piece or a Chinese word, by the number of its row: [`Unit`].
//! - A [`Table`] has a row for each unit of one [`Kind`]: 128 values of 4 bits and a scale. The length of a row is the
//!   general weight of its unit.
//! - [`Tables`] are a table of word pieces and, for Chinese, one of words in the same space.
//! - A [`Vector`] is the weighted sum of rows, of unit length. The caller knows the weights; inverse document
//!   frequencies in its own texts are good ones.
//! - **Centring** takes off the mean of all texts, which tells none of them apart ([`Vector::centred`]).
//! - A [`Quantised`] vector has 32 bytes, to be stored; a [`QueryVector`] is compared with many of them.
//!
//! # How the parts meet
//!
//! ```text
//! text -> runs -> words -> units -> Vector -> centred -> Quantised, stored
//!                           |                   |
//!                          Table                `-> QueryVector -> dot, cosine
//! ```
//!
//! Tables are read in place. Opening takes constant time, and a question touches the rows of its units only, because it
//! is asked in a process that lives for a millisecond. Bytes are the same on every machine: arithmetic of IEEE 754 in a
//! fixed order up to quantising, whole numbers behind it. No bytes make reading panic; [`Table::verify`] finds damage.
//!
//! Left out on purpose: training, which `evaluation/meaning/` describes; an index of vectors, because thousands are
//! compared in tens of microseconds; floating-point vectors in storage, which rank no better.

pub mod buckets;
mod error;
mod kind;
mod letters;
mod nibbles;
mod quantised;
mod row;
mod table;
mod tables;
mod units;
mod vector;
mod verify;
mod words;

pub use error::TableError;
pub use kind::Kind;
pub use letters::Letters;
pub use quantised::{QUANTISED_BYTES, Quantised, QueryVector, cosine};
pub use table::Table;
pub use tables::{Tables, Unit};
pub use units::Units;
pub use vector::{DIMENSIONS, Vector};

/// Returns the table of 30,522 English word pieces that is linked into the program.
#[cfg(feature = "english")]
#[expect(clippy::missing_panics_doc, reason = "a test opens the table")]
pub fn english() -> Table<'static> {
    Table::open(include_bytes!("../english.table")).expect("a test opens the table")
}
