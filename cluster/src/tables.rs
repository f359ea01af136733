//! The tables of a generation.

use std::fmt;

use crate::error::ClusterError;

/// The table of generations.
pub(crate) const GENERATIONS: &str = "faqt_generations";

/// The names of the tables of one generation: `faqt_<name>_<hash>_<table>`.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    hash: String,
    prefix: String,
}

/// A table of a generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    Postings,
    Names,
    Phrasings,
    Entries,
    /// The planning pack in parts.
    Planning,
}

/// All tables, in the order in which they are filled.
pub(crate) const ALL: [Table; 5] = [Table::Planning, Table::Postings, Table::Names, Table::Phrasings, Table::Entries];

impl Table {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Table::Postings => "postings",
            Table::Names => "names",
            Table::Phrasings => "phrasings",
            Table::Entries => "entries",
            Table::Planning => "planning",
        }
    }

    /// Returns the place of the column `position` in a row, by which a row is placed on a server.
    pub(crate) fn position_column(self) -> Option<usize> {
        match self {
            Table::Postings | Table::Names | Table::Phrasings => Some(1),
            Table::Entries => Some(0),
            Table::Planning => None,
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Tables {
    /// Returns the names for a generation of the knowledge base `name`, whose characters are those of identifiers.
    pub(crate) fn new(name: &str, hash: &str) -> Tables {
        Tables { hash: hash.to_owned(), prefix: format!("faqt_{name}_{hash}") }
    }

    pub(crate) fn of(&self, table: Table) -> String {
        format!("{}_{table}", self.prefix)
    }

    /// Returns an error of a statement on these tables. If one of them is gone, it names the hash of this generation, which the
    /// message of the server may lack.
    pub(crate) fn failed(&self, error: ClusterError) -> ClusterError {
        match error {
            ClusterError::Dropped { server, .. } => ClusterError::Dropped { server, hash: self.hash.clone() },
            error => error,
        }
    }
}

/// Returns the hash in the name of a table that a message holds, or words for a message without one.
pub(crate) fn hash_in(message: &str) -> String {
    let is_hash = |word: &&str| word.len() == 16 && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let mut words = message.split(|c: char| !c.is_ascii_alphanumeric());
    words.find(is_hash).unwrap_or("of this question").to_owned()
}
