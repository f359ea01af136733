//! Checks everything in a model that opening and reading leave open.

use crate::encoder::Encoder;
use crate::error::{ModelError, damaged};
use crate::hashes::{content_hash, vectors_hash};
use crate::parts::are_finite;
use crate::vocabulary::{BUCKET_MAX, PieceHash, Record, Records, Vocabulary};

impl Encoder {
    /// Checks the whole model: its hashes, its texts, each piece, each row and each position.
    ///
    /// # Errors
    ///
    /// [`ModelError::Damaged`] names the first fault.
    pub fn verify(&self) -> Result<(), ModelError> {
        if content_hash(self.bytes()) != self.model().content_hash {
            return Err(damaged("the content does not match its hash"));
        }
        if self.texts().iter().any(|text| str::from_utf8(text).is_err()) {
            return Err(damaged("the name, the source or the licence is no text"));
        }
        verify_vocabulary(&self.vocabulary())?;
        let embeddings = self.parts().embeddings;
        if !are_finite(embeddings.positions) {
            return Err(damaged("a position is not finite"));
        }
        let scales = embeddings.rows.chunks_exact(embeddings.hidden + 4).map(|row| &row[embeddings.hidden..]);
        for scale in scales.filter_map(|scale| scale.first_chunk()) {
            if !(f32::from_le_bytes(*scale) >= 0.0 && are_finite(&[*scale])) {
                return Err(damaged("a scale is negative or not finite"));
            }
        }
        if vectors_hash(self.bytes(), &self.layout) != self.model().vectors_hash {
            return Err(damaged("the vectors do not match their hash"));
        }
        Ok(())
    }
}

/// Checks that buckets follow each other without a gap, and that each number has one piece.
fn verify_vocabulary(vocabulary: &Vocabulary<'_>) -> Result<(), ModelError> {
    let mut named = vec![false; vocabulary.count as usize];
    let (mut longest, mut start) = (0, 0);
    for number in 0..vocabulary.directory.len() - 1 {
        let bucket = bucket_from(vocabulary, start, number)?;
        start += bucket.len();
        for record in sound_records(vocabulary, bucket, number)? {
            match named.get_mut(record.piece as usize) {
                Some(named) if !*named => *named = true,
                _ => return Err(damaged("a piece has no row, or the row of another")),
            }
            longest = longest.max(record.text.len());
        }
    }
    if start != vocabulary.buckets.len() {
        return Err(damaged("something follows the last bucket"));
    }
    if longest != vocabulary.longest || named.contains(&false) {
        return Err(damaged("a piece is missing"));
    }
    Ok(())
}

/// Returns a bucket, which must begin at `start`.
fn bucket_from<'a>(vocabulary: &Vocabulary<'a>, start: usize, number: usize) -> Result<&'a [u8], ModelError> {
    let [from, to] = vocabulary.range(number);
    if from != start {
        return Err(damaged("a bucket does not begin where the one before it ends"));
    }
    match vocabulary.buckets.get(from..to) {
        Some(bucket) if bucket.len() <= BUCKET_MAX => Ok(bucket),
        _ => Err(damaged("a bucket is too long, or ends before it begins")),
    }
}

/// Returns the pieces of a bucket: each is text, belongs here and stands once.
fn sound_records<'a>(
    vocabulary: &Vocabulary<'a>,
    bucket: &'a [u8],
    number: usize,
) -> Result<Vec<Record<'a>>, ModelError> {
    let mut records = Records(bucket);
    let mut sound: Vec<Record<'a>> = Vec::new();
    for record in &mut records {
        if record.text.is_empty() || str::from_utf8(record.text).is_err() {
            return Err(damaged("a piece is no text"));
        }
        if PieceHash::of(record.text, record.continues).bucket(vocabulary.directory.len()) != number {
            return Err(damaged("a piece stands in the bucket of others"));
        }
        if sound.iter().any(|other| (other.text, other.continues) == (record.text, record.continues)) {
            return Err(damaged("a piece stands twice"));
        }
        sound.push(record);
    }
    if records.0.is_empty() { Ok(sound) } else { Err(damaged("a bucket ends within a piece")) }
}
