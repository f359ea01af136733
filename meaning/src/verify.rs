//! Checks everything in a table that opening and reading leave open.

use twox_hash::XxHash3_128;

use crate::buckets::Record;
use crate::error::{TableError, damaged};
use crate::kind::Kind;
use crate::nibbles::unpack;
use crate::table::Table;

impl Table<'_> {
    /// Checks the whole table: its content hash, each piece, each row and the mean.
    ///
    /// # Errors
    ///
    /// [`TableError::Damaged`] names the first fault.
    pub fn verify(&self) -> Result<(), TableError> {
        if XxHash3_128::oneshot(self.hashed()) != self.content_hash() {
            return Err(damaged("the content does not match its hash"));
        }
        let is_words = self.kind() == Kind::Words;
        let check = |record: Record<'_>| {
            if record.continues && is_words { Err("a word continues a word") } else { Ok(()) }
        };
        self.buckets.verify(self.row_count(), check).map_err(damaged)?;
        self.verify_rows()?;
        match self.mean() {
            Some(mean) if !mean.is_finite() => Err(damaged("the mean is not finite")),
            _ => Ok(()),
        }
    }

    /// Checks that scales are finite, and that no value is -8, which has no opposite.
    fn verify_rows(&self) -> Result<(), TableError> {
        for row in (0..self.row_count()).filter_map(|row| self.row(row)) {
            if !row.has_scale() {
                return Err(damaged("a scale is negative or not finite"));
            }
            if row.values.iter().any(|&byte| unpack(byte).contains(&-8)) {
                return Err(damaged("a value is below -7"));
            }
        }
        Ok(())
    }
}
