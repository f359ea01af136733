//! Knowledge bases whose rows are in a database: one that outgrew a machine, or that stands beside other data.
//!
//! A pack is written as rows, which a database stores and shares out, and a small **planning pack** with what every
//! question needs: the dictionary, the document frequencies, the synonyms, the manifest. A question is planned here. The database
//! chooses the entries that hold its terms by one sum, and returns their rows; they are ranked by the code that ranks a pack.
//! So the answers are those of the pack, bit for bit.
//!
//! [`Generation`] makes the rows, [`Database`] is what a database must be able to do, and
//! [`KnowledgeBase::over`](crate::KnowledgeBase::over) asks it. This library opens no connection; the package `faqt-cluster`
//! does so, for ClickHouse, PostgreSQL and Elasticsearch.
//!
//! # Rows
//!
//! | table | row |
//! |---|---|
//! | postings | number of a term, position of an entry that holds it, times that it does, length of the entry |
//! | names | a name (id, keyword, help id, section, language, kind), position of an entry that has it |
//! | phrasings | hash of a phrasing, position of its entry |
//! | entries | position, length, phrasings and vectors as bytes, the entry as JSON |
//!
//! All tables have the position, so a row can be placed on a server by it alone.

pub(crate) mod asking;
pub(crate) mod contract;
pub(crate) mod fetched;
#[cfg(feature = "build")]
mod generation;
pub(crate) mod known;
#[cfg(feature = "build")]
mod planning_pack;

pub use contract::{AnyOf, Choice, Condition, Count, Database, Row};
#[cfg(feature = "build")]
pub use generation::{EntryRow, Generation, NameRow, PhrasingRow, Posting};

pub use crate::engine::bm25::distinct_lengths;
pub use crate::engine::denominator::denominator;
pub use crate::error::DatabaseError;
