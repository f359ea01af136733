//! Knowledge bases of `faqt` whose rows are in ClickHouse, PostgreSQL or Elasticsearch.
//!
//! Questions are planned in this process and ranked by the code that ranks a pack; the database chooses entries by one sum and
//! returns their rows. So the answers are those of the pack (see [`faqt::database`]).
//!
//! ```no_run
//! use faqt::KnowledgeBase;
//! use faqt_cluster::{Address, Loader, Remote};
//!
//! let address: Address = "postgres://faqt:secret@db.example/support?name=lamp".parse()?;
//! let pack = KnowledgeBase::open("lamp.faqt")?;
//! Loader::connect(&address)?.load(&pack.generation()?, |_| ())?;
//!
//! let remote = Remote::connect(&address)?;
//! let answer = remote.ask(|kb| kb.ask("How do I reset the lamp?"))?;
//! # let _ = answer;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Generations
//!
//! Each state of a knowledge base is a **generation**, named by the hash of its pack. It has tables of its own, and the table
//! `faqt_generations` says which one is current. [`Loader`] loads one beside the current one and switches by one row; [`Remote`]
//! follows. A question is answered wholly from one generation.
//!
//! | table | columns | key |
//! |---|---|---|
//! | `faqt_generations` | name, hash, entries, serial, state (`loading`, `ready`, `dropped`), shard, shards | name, serial |
//! | `faqt_<name>_<hash>_planning` | part, bytes (1 MiB of the planning pack) | part |
//! | `…_postings` | term, position, count, length | term, position |
//! | `…_names` | name, position | name, position |
//! | `…_phrasings` | hash, position | hash, position |
//! | `…_entries` | position, length, id, phrasings, vectors, sentences, json | position |
//!
//! In Elasticsearch each of these is an index, and `…_entries` has a document for each entry with its postings, names and phrasings.
//!
//! The state of a generation is that of its row with the greatest serial; the current generation is the one that is ready with the
//! greatest serial.
//!
//! # Several servers
//!
//! With `shards=HOST:PORT,…` in the URL, the server of the URL and those are asked at the same time. The entry at position p is with
//! all its rows on server p modulo their number. The servers need not know of each other; each has the same user, password and
//! database. The first one has the planning pack and says which generation is current; each says which number it has, so a server
//! that is left out or named twice is an error. Over a cluster of `ClickHouse` (`cluster=NAME`, `replicated=yes`), one server is asked
//! and asks the others.
//!
//! # Errors
//!
//! A database that is away, slow, too old or refuses the user, a table that is gone, an answer that is cut off: each is a
//! [`ClusterError`] that names the server as `host:port/database` and a remedy, and no password. An answer is never made from a part
//! of the rows.

#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
mod address;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
mod cached;
#[cfg(feature = "clickhouse")]
mod clickhouse;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
mod connect;
mod documents;
#[cfg(feature = "elasticsearch")]
mod elasticsearch;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
mod engine;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
mod error;
pub mod files;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch"))]
mod http;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
mod loader;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
mod remote;
mod rows;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
mod sharded;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
mod tables;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
mod tls;
mod varint;

#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
pub use address::Address;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
pub use error::ClusterError;
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
pub use loader::{Loaded, Loader, Progress};
#[cfg(any(feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]
pub use remote::Remote;
pub use rows::{Rows, RowsError, Take};
