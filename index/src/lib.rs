//! An FAQ as a library: Markdown entries compiled into one searchable pack, linked into a program and asked in a
//! reader's own words.
//!
//! Markdown becomes a knowledge base, and the program asks it:
//!
//! ```
//! use faqt::KnowledgeBase;
//!
//! let kb = KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
//! let found = kb.ask("reset lamp")?;
//! assert_eq!(found.answer().expect("an answer").entry.answer, "Hold the button.");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A program that has a folder of help links its pack in with [`embed!`]; the build script is one line:
//! `faqt::build::Builder::new("help").emit();`.
//!
//! # Words
//!
//! - An [`Entry`] is one question with its answer, or one procedure; its id never changes.
//! - A **question** is the entry's title as a reader would ask it, an **alias** another way to ask it; both are
//!   **phrasings**. A **keyword** is an exact term under which the entry is filed.
//! - A [`KnowledgeBase`] is all the entries of one content folder, ready to search; a **pack** is a knowledge base as
//!   one file or one byte string.
//! - A [`Hit`] is an entry with its score, an [`Outcome`] says whether the question was answered, and [`Findings`] hold
//!   both.
//!
//! # How the parts meet
//!
//! ```text
//! folder -> drafts -> entries -> terms -> index and phrasings -> pack      (feature `build`)
//!                                                                 |
//! question -> terms -> plan -> retrieve -> rank -> confidence -> outcome   (always)
//! ```
//!
//! One analyser splits content and questions into terms, and a pack made by another version of it is refused by name. A
//! question is text, never query syntax: no question is an error, and none is a wildcard. The library never prints
//! (except in [`build::Builder::emit`], for build scripts), never reads the clock or the home directory, and never
//! opens a socket. The same content gives the same bytes.
//!
//! # Features
//!
//! `build`, on by default, compiles Markdown to packs. A program that only opens packs does without it:
//! `faqt = { version = "0.1", default-features = false }`.
//!
//! `mmap`, on by default, maps the file of a pack into memory where [`KnowledgeBase::open`] opens it. Without it the file is
//! read, and no code of this library is `unsafe`.
//!
//! `text` brings [`render::text`] and its like, which lay an answer out for a terminal; `html` brings [`render::html`],
//! which makes it a fragment of a page. The words alone ([`render::plain`]) need neither.
//!
//! `meaning` links the English table of word pieces: entries are also found by vectors, without a shared word. `meaning-zh`
//! links the Chinese one, which is licensed CC BY-SA 4.0. A pack with vectors that a program without the table opens answers
//! by words.
//!
//! `log` brings [`log`], the records of questions with secrets masked. It writes no file.
//!
//! # What is left out
//!
//! There is no query language. A pack is not updated in place: a new one is built and takes the old one's name. No type
//! of the search engine stands in the interface.

#[cfg(feature = "build")]
pub mod build;
#[cfg(feature = "build")]
pub mod comparison;
#[cfg(feature = "build")]
mod corpus;
#[cfg(feature = "build")]
pub mod coverage;
pub mod database;
mod engine;
mod error;
pub mod evaluation;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
#[cfg(all(feature = "build", feature = "log"))]
pub mod gaps;
mod knowledge_base;
#[cfg(feature = "build")]
mod lint;
#[cfg(feature = "log")]
pub mod log;
mod markdown;
mod meaning;
mod model;
mod pack;
#[cfg(feature = "build")]
mod parallel;
#[cfg(feature = "build")]
mod problem;
mod reader;
pub mod render;
mod search;
mod sentences;
mod similarity;
#[cfg(feature = "build")]
mod source;
mod steps;
mod text;

pub use crate::error::{OpenError, PackError, SearchError};
pub use crate::knowledge_base::KnowledgeBase;
pub use crate::knowledge_base::embedded::Embedded;
#[doc(hidden)]
pub use crate::knowledge_base::embedded::is_listed;
pub use crate::knowledge_base::live::LiveKnowledgeBase;
pub use crate::knowledge_base::several::{KnowledgeBases, qualified};
pub use crate::model::edition::plain_id;
pub use crate::model::entry::{ENTRY_SCHEME, Entry, Kind, Related, SECTION_SEPARATOR, Section, Status, qualified_id};
pub use crate::model::expected::{Expectation, ExpectedQuestion};
pub use crate::model::keyword_index::by_keyword;
pub use crate::model::manifest::{Credit, EncoderModel, Manifest};
pub use crate::model::names::UnknownName;
pub use crate::render::json;
pub use crate::search::complete::Completion;
pub use crate::search::editions::{ChosenBy, Edition};
pub use crate::search::entry_words::Place;
pub use crate::search::explain::{NearWord, Why, WhyEdition, WhyTerm};
pub use crate::search::findings::{Correction, Findings, Hit};
pub use crate::search::options::SearchOptions;
pub use crate::search::outcome::{ANSWERED_MIN, Outcome, UNSURE_MIN};
pub use crate::search::passage::Passage;
pub use crate::search::similar::SimilarEntry;
pub use crate::sentences::EncoderState;
#[cfg(feature = "encoder")]
pub use crate::sentences::SentenceEncoder;
pub use crate::text::fold::folded;
pub use crate::text::version::is_version;
