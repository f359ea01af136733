//! Writes a vocabulary as the hash table that [`faqt_meaning::buckets`] reads.

use faqt_meaning::buckets::{BUCKET_MAX, PieceHash};

/// A vocabulary, written.
pub(super) struct Buckets {
    pub(super) bits: u32,
    /// The length of the longest piece in bytes.
    pub(super) longest: usize,
    pub(super) directory: Vec<u8>,
    pub(super) bytes: Vec<u8>,
}

impl Buckets {
    /// Writes the pieces into 1 bucket for 2 of them, or into more if one would become too long; none if hashes of very
    /// many pieces are the same.
    pub(super) fn new(pieces: &[String]) -> Option<Buckets> {
        let smallest = (pieces.len() / 2).max(2).ilog2().max(1);
        (smallest..=20.max(smallest)).find_map(|bits| Buckets::with_bits(pieces, bits))
    }

    fn with_bits(pieces: &[String], bits: u32) -> Option<Buckets> {
        let mut buckets = vec![Vec::new(); 1 << bits];
        let mut longest = 0;
        for (number, piece) in (0_u32..).zip(pieces) {
            let (text, continues) = split_mark(piece);
            longest = longest.max(text.len());
            let head = number | u32::try_from(text.len()).ok()? << 24 | u32::from(continues) << 31;
            let bucket = &mut buckets[PieceHash::of(text.as_bytes(), continues).bucket((1 << bits) + 1)];
            bucket.extend_from_slice(&head.to_le_bytes());
            bucket.extend_from_slice(text.as_bytes());
        }
        if buckets.iter().any(|bucket| bucket.len() > BUCKET_MAX) {
            return None;
        }
        let mut directory = vec![0; 4];
        let mut end = 0;
        for bucket in &buckets {
            end += u32::try_from(bucket.len()).ok()?;
            directory.extend_from_slice(&end.to_le_bytes());
        }
        Some(Buckets { bits, longest, directory, bytes: buckets.concat() })
    }
}

/// Returns the text of a piece, and true if `##` in front says that it continues a word.
fn split_mark(piece: &str) -> (&str, bool) {
    match piece.strip_prefix("##") {
        Some(text) if !text.is_empty() => (text, true),
        _ => (piece, false),
    }
}
