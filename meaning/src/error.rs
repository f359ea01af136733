//! The reasons that bytes are refused as a table.

use crate::kind::Kind;
use crate::vector::DIMENSIONS;

/// The version of the layout of tables that this crate reads.
pub(crate) const VERSION: u32 = 1;

/// The reason that bytes cannot be read as a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The bytes do not start as a table does.
    #[error("not a table of vectors")]
    NotATable,
    /// The table has a layout that this version of the crate does not know.
    #[error("table of format version {found}; this program reads version {VERSION}")]
    Version {
        /// The version that the table names.
        found: u32,
    },
    /// The table has neither word pieces nor words.
    #[error("table of the unknown kind {found}")]
    UnknownKind {
        /// The kind that the table names.
        found: u32,
    },
    /// The table has vectors of another length.
    #[error("table of {found} dimensions; this program reads {DIMENSIONS}")]
    Dimensions {
        /// The number of dimensions that the table names.
        found: u32,
    },
    /// The table ends too early, or something follows it.
    #[error("table of {found} bytes that should have {expected}")]
    Length {
        /// The length that follows from the head, in bytes.
        expected: u64,
        /// The length that it has, in bytes.
        found: u64,
    },
    /// A table of words stands in the place of one of word pieces, or the other way round.
    #[error("table of {found} in the place of one of {expected}")]
    Kind {
        /// The kind that belongs there.
        expected: Kind,
        /// The kind of the table.
        found: Kind,
    },
    /// The table contradicts itself or its content hash.
    #[error("damaged table: {reason}")]
    Damaged {
        /// The contradiction, as a phrase.
        reason: &'static str,
    },
}

/// Returns the error of a table that contradicts itself.
pub(crate) fn damaged(reason: &'static str) -> TableError {
    TableError::Damaged { reason }
}
