//! The rows of a generation, wherever they come from.

use std::path::PathBuf;

use faqt::database::{EntryRow, Generation, NameRow, PhrasingRow, Posting};
use faqt::{PackError, SearchError};

/// The reason that rows could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RowsError {
    /// The pack is damaged.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// An entry of the pack cannot be read.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{}: {what}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// The fault, with its line where it has one.
        what: String,
    },
    /// Who takes the rows has failed.
    #[error(transparent)]
    Taken(Box<dyn std::error::Error + Send + Sync>),
}

/// A function that takes rows one after another.
pub type Take<'a, R> = &'a mut dyn FnMut(R) -> Result<(), RowsError>;

/// The rows of a generation, each table in the order of its key.
pub trait Rows {
    /// Returns the name of the knowledge base.
    fn name(&self) -> String;

    /// Returns the hash that names the generation: 16 hexadecimal digits.
    fn hash(&self) -> String;

    /// Returns the number of entries.
    fn count(&self) -> u32;

    /// Returns the planning pack.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    fn planning_pack(&self) -> Result<Vec<u8>, RowsError>;

    /// Calls `take` with each posting.
    ///
    /// # Errors
    ///
    /// If the rows cannot be read, or `take` returns an error.
    fn postings(&self, take: Take<'_, Posting>) -> Result<(), RowsError>;

    /// Calls `take` with each name.
    ///
    /// # Errors
    ///
    /// As [`Rows::postings`].
    fn names(&self, take: Take<'_, NameRow>) -> Result<(), RowsError>;

    /// Calls `take` with each phrasing.
    ///
    /// # Errors
    ///
    /// As [`Rows::postings`].
    fn phrasings(&self, take: Take<'_, PhrasingRow>) -> Result<(), RowsError>;

    /// Calls `take` with each entry.
    ///
    /// # Errors
    ///
    /// As [`Rows::postings`].
    fn entries(&self, take: Take<'_, EntryRow>) -> Result<(), RowsError>;
}

impl Rows for Generation {
    fn name(&self) -> String {
        self.manifest().name.clone()
    }

    fn hash(&self) -> String {
        Generation::hash(self)
    }

    fn count(&self) -> u32 {
        self.manifest().entries
    }

    fn planning_pack(&self) -> Result<Vec<u8>, RowsError> {
        Ok(Generation::planning_pack(self)?)
    }

    fn postings(&self, take: Take<'_, Posting>) -> Result<(), RowsError> {
        Generation::postings(self).try_for_each(|row| take(row?))
    }

    fn names(&self, take: Take<'_, NameRow>) -> Result<(), RowsError> {
        self.each_name(take)
    }

    fn phrasings(&self, take: Take<'_, PhrasingRow>) -> Result<(), RowsError> {
        Generation::phrasings(self).try_for_each(|row| take(row?))
    }

    fn entries(&self, take: Take<'_, EntryRow>) -> Result<(), RowsError> {
        Generation::entries(self).try_for_each(|row| take(row?))
    }
}
