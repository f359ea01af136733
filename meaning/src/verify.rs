//! Checks everything in a table that opening and reading leave open.

use twox_hash::XxHash3_128;

use crate::buckets::{BUCKET_MAX, PieceHash, Record, Records};
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
        self.verify_buckets()?;
        self.verify_rows()?;
        match self.mean() {
            Some(mean) if !mean.is_finite() => Err(damaged("the mean is not finite")),
            _ => Ok(()),
        }
    }

    /// Checks that buckets follow each other without a gap, and that each row has one piece.
    fn verify_buckets(&self) -> Result<(), TableError> {
        let mut named = vec![false; self.row_count() as usize];
        let mut longest = 0;
        let mut start = 0;
        for number in 0..self.buckets.directory.len() - 1 {
            let bucket = self.bucket_from(start, number)?;
            start += bucket.len();
            for record in self.sound_records(bucket, number)? {
                match named.get_mut(record.row as usize) {
                    Some(named) if !*named => *named = true,
                    _ => return Err(damaged("a piece names no row, or the row of another")),
                }
                longest = longest.max(record.piece.len());
            }
        }
        if start != self.buckets.bytes.len() {
            return Err(damaged("something follows the last bucket"));
        }
        if longest != self.buckets.longest || named.contains(&false) {
            return Err(damaged("a piece is missing"));
        }
        Ok(())
    }

    /// Returns a bucket, which must begin at `start`.
    fn bucket_from(&self, start: usize, number: usize) -> Result<&[u8], TableError> {
        let [from, to] = self.buckets.range(number);
        if from != start {
            return Err(damaged("a bucket does not begin where the one before it ends"));
        }
        match self.buckets.bytes.get(from..to) {
            Some(bucket) if bucket.len() <= BUCKET_MAX => Ok(bucket),
            _ => Err(damaged("a bucket is too long, or ends before it begins")),
        }
    }

    /// Returns the pieces of a bucket: each is text, belongs here and stands once.
    fn sound_records<'b>(&self, bucket: &'b [u8], number: usize) -> Result<Vec<Record<'b>>, TableError> {
        let mut records = Records(bucket);
        let mut sound: Vec<Record<'b>> = Vec::new();
        for record in &mut records {
            self.verify_record(record, number)?;
            if sound.iter().any(|other| (other.piece, other.continues) == (record.piece, record.continues)) {
                return Err(damaged("a piece stands twice"));
            }
            sound.push(record);
        }
        if records.0.is_empty() { Ok(sound) } else { Err(damaged("a bucket ends within a piece")) }
    }

    fn verify_record(&self, record: Record<'_>, bucket: usize) -> Result<(), TableError> {
        if record.piece.is_empty() || str::from_utf8(record.piece).is_err() {
            return Err(damaged("a piece is no text"));
        }
        if record.continues && self.kind() == Kind::Words {
            return Err(damaged("a word continues a word"));
        }
        let hash = record.piece.iter().fold(PieceHash::new(record.continues), |hash, &byte| hash.with(byte));
        if self.buckets.number(hash) != bucket {
            return Err(damaged("a piece stands in the bucket of others"));
        }
        Ok(())
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
