//! The table: a vector for each word piece or word, read in place.
//!
//! ```text
//! 0   8   magic: 89 "FAQTM" 0D 0A
//! 8   16  content hash: XXH3 of 128 bits over all that follows
//! 24  4   format version
//! 28  4   kind: 1 word pieces, 2 words
//! 32  4   dimensions: 128
//! 36  4   number of rows
//! 40  4   bytes of the longest piece
//! 44  4   bits of a bucket number, 1 to 24
//! 48  4   bytes of all buckets
//! 52      directory: the start of each bucket, and the end of the last, 4 bytes each
//!         buckets: for each piece its row (24 bits), length in bytes (7 bits), 1 if it continues a word (1 bit), and
//!         its text
//!         mean: 128 numbers of 4 bytes, only in a table of words
//!         rows: scale (f16), values of 4 bits (64 bytes, as in a quantised vector)
//! ```
//!
//! Numbers are little-endian. A value is its 4 bits, less 8, times the scale of its row. A piece stands in the bucket
//! of its hash ([`crate::buckets`]). Directory and buckets take 0.4 MB, so a lookup touches few pages beside its row.
//!
//! Opening checks the head and the length. Reading trusts nothing: an offset that leads out of the table finds no
//! piece, and a scale that is not finite counts as 0. [`Table::verify`] checks the rest.

use std::fmt;

use crate::buckets::{Buckets, PIECE_MAX, Record};
use crate::error::{TableError, VERSION, damaged};
use crate::kind::Kind;
use crate::row::{ROW_LENGTH, Row};
use crate::vector::{DIMENSIONS, Vector};

/// The first bytes of a table. The first byte is no text; the line end reveals a transfer that converted it.
const MAGIC: [u8; 8] = *b"\x89FAQTM\r\n";
/// The end of the content hash, where the hashed bytes begin.
const HASHED_START: usize = 24;
const HEAD_LENGTH: usize = 52;
const MEAN_LENGTH: usize = DIMENSIONS * 4;
/// The greatest number of bits of a bucket number.
const BUCKET_BITS_MAX: u32 = 24;

/// A vector for each word piece or word, read in place from bytes.
///
/// Opening allocates nothing and reads the first 52 bytes; copies are cheap.
///
/// # Examples
///
/// ```
/// use faqt_meaning::{Kind, Table};
///
/// let table = Table::open(include_bytes!("../english.table"))?;
/// table.verify()?;
/// assert_eq!((table.kind(), table.row_count()), (Kind::Pieces, 30_522));
/// # Ok::<(), faqt_meaning::TableError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Table<'a> {
    bytes: &'a [u8],
    kind: Kind,
    row_count: u32,
    pub(crate) buckets: Buckets<'a>,
    mean: Option<&'a [u8; MEAN_LENGTH]>,
    rows: &'a [[u8; ROW_LENGTH]],
}

impl<'a> Table<'a> {
    /// Opens a table in constant time: checks its head and its length.
    ///
    /// # Errors
    ///
    /// Bytes that are no table, have another version, kind or number of dimensions, or another length than the head
    /// says.
    pub fn open(bytes: &'a [u8]) -> Result<Table<'a>, TableError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(TableError::NotATable);
        }
        let found = bytes.len() as u64;
        let Some((head, rest)) = bytes.split_first_chunk() else {
            return Err(TableError::Length { expected: HEAD_LENGTH as u64, found });
        };
        let head = Head::read(head)?;
        let expected = head.table_length();
        if expected != found {
            return Err(TableError::Length { expected, found });
        }
        // The sum of these lengths is that of `rest`.
        let (directory, rest) = rest.split_at(head.directory_length);
        let (buckets, rest) = rest.split_at(head.buckets_length);
        let (mean, rows) = match head.kind {
            Kind::Pieces => (None, rest),
            Kind::Words => rest.split_first_chunk().map_or((None, rest), |(mean, rows)| (Some(mean), rows)),
        };
        let buckets = Buckets { longest: head.longest, directory: directory.as_chunks().0, bytes: buckets };
        Ok(Table { bytes, kind: head.kind, row_count: head.row_count, buckets, mean, rows: rows.as_chunks().0 })
    }

    /// Returns the bytes that the table was opened from.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Returns what the table has vectors for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns the number of vectors.
    pub fn row_count(&self) -> u32 {
        self.row_count
    }

    /// Returns the content hash as the table states it, a name for its vectors.
    pub fn content_hash(&self) -> u128 {
        let bytes: [u8; 16] = std::array::from_fn(|at| self.bytes[MAGIC.len() + at]);
        u128::from_le_bytes(bytes)
    }

    /// Returns the pieces, in the order in which they stand in the table.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "english")]
    /// assert!(faqt_meaning::english().pieces().any(|piece| piece.text == b"password" && !piece.continues));
    /// ```
    pub fn pieces(&self) -> impl Iterator<Item = Record<'a>> + use<'a> {
        self.buckets.records()
    }

    /// Returns the mean vector of sentences in the language of a table of words.
    pub fn mean(&self) -> Option<Vector> {
        self.mean.map(Vector::from_le_bytes)
    }

    /// Returns a row.
    pub(crate) fn row(&self, row: u32) -> Option<Row<'a>> {
        self.rows.get(row as usize).map(Row::new)
    }

    /// Returns the bytes that the content hash is of.
    pub(crate) fn hashed(&self) -> &'a [u8] {
        &self.bytes[HASHED_START..]
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("kind", &self.kind)
            .field("row_count", &self.row_count)
            .field("content_hash", &format_args!("{:032x}", self.content_hash()))
            .finish_non_exhaustive()
    }
}

/// The lengths of the parts of a table.
struct Head {
    kind: Kind,
    row_count: u32,
    longest: usize,
    directory_length: usize,
    buckets_length: usize,
}

impl Head {
    fn read(bytes: &[u8; HEAD_LENGTH]) -> Result<Head, TableError> {
        let (fields, _) = bytes[HASHED_START..].as_chunks();
        let [version, kind, dimensions, row_count, longest, bucket_bits, buckets_length]: [u32; 7] =
            std::array::from_fn(|at| u32::from_le_bytes(fields[at]));
        if version != VERSION {
            return Err(TableError::Version { found: version });
        }
        let kind = match kind {
            1 => Kind::Pieces,
            2 => Kind::Words,
            found => return Err(TableError::UnknownKind { found }),
        };
        if dimensions as usize != DIMENSIONS {
            return Err(TableError::Dimensions { found: dimensions });
        }
        if !(1..=BUCKET_BITS_MAX).contains(&bucket_bits) {
            return Err(damaged("a bucket number has 1 to 24 bits"));
        }
        let longest = longest as usize;
        if !(1..=PIECE_MAX).contains(&longest) {
            return Err(damaged("the longest piece has 1 to 127 bytes"));
        }
        let directory_length = ((1 << bucket_bits) + 1) * 4;
        Ok(Head { kind, row_count, longest, directory_length, buckets_length: buckets_length as usize })
    }

    /// Returns the length of the whole table in bytes, below 2^39.
    fn table_length(&self) -> u64 {
        let mean_length = if self.kind == Kind::Words { MEAN_LENGTH } else { 0 };
        let fixed = HEAD_LENGTH + self.directory_length + mean_length;
        fixed as u64 + self.buckets_length as u64 + u64::from(self.row_count) * ROW_LENGTH as u64
    }
}
