//! The pieces of a model: a hash table whose buckets hold the texts, so that a match is exact and opening parses none.
//!
//! ```text
//! directory: the start of each bucket, and the end of the last, 4 bytes each
//! buckets:   for each piece its number (24 bits), length in bytes (7 bits), 1 if it continues a word (1 bit), and its
//!            text
//! ```

use crate::words::Word;

/// The greatest length of a piece in bytes, of 7 bits.
pub(crate) const PIECE_MAX: usize = 127;
/// The greatest length of a bucket in bytes; the longest of all-MiniLM-L6-v2 has 94. A longer bucket of a forged model
/// counts as empty, so that a lookup takes bounded time.
pub(crate) const BUCKET_MAX: usize = 512;

/// The word pieces of a model, in place.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary<'a> {
    /// The length of the longest piece in bytes, from 1 to [`PIECE_MAX`].
    pub(crate) longest: usize,
    /// The number of pieces.
    pub(crate) count: u32,
    /// The piece of a word that others do not make up.
    pub(crate) unknown: u32,
    /// Starts of the buckets, and the end of the last; always 2^n + 1, and n from 1 to 24.
    pub(crate) directory: &'a [[u8; 4]],
    pub(crate) buckets: &'a [u8],
}

impl<'a> Vocabulary<'a> {
    /// Appends the pieces of a word by greedy longest match, or the unknown piece.
    pub(crate) fn append_pieces(&self, word: Word<'_>, pieces: &mut Vec<u32>) {
        let start = pieces.len();
        if let Word::Short(word) = word
            && self.append_matches(word, pieces).is_some()
        {
            return;
        }
        pieces.truncate(start);
        pieces.push(self.unknown);
    }

    fn append_matches(&self, word: &str, pieces: &mut Vec<u32>) -> Option<()> {
        let mut start = 0;
        while start < word.len() {
            let (piece, length) = self.longest_match(&word[start..], start > 0)?;
            pieces.push(piece);
            start += length;
        }
        Some(())
    }

    /// Returns the longest piece at the beginning of `text`, and its length in bytes, at least 1.
    ///
    /// Hashes of all prefixes are computed in one pass.
    fn longest_match(&self, text: &str, continues: bool) -> Option<(u32, usize)> {
        let mut hashes = [PieceHash(0); PIECE_MAX];
        let mut hash = PieceHash::new(continues);
        let limit = text.len().min(self.longest);
        for (place, &byte) in hashes.iter_mut().zip(&text.as_bytes()[..limit]) {
            hash = hash.with(byte);
            *place = hash;
        }
        let ends = (1..=limit).rev().filter(|&end| text.is_char_boundary(end));
        for end in ends {
            let piece = &text.as_bytes()[..end];
            let mut records = Records(self.bucket(hashes[end - 1].bucket(self.directory.len())));
            if let Some(found) = records.find(|record| record.text == piece && record.continues == continues) {
                return (found.piece < self.count).then_some((found.piece, end));
            }
        }
        None
    }

    /// Returns the start and the end of a bucket as the directory has them.
    pub(crate) fn range(&self, number: usize) -> [usize; 2] {
        [number, number + 1].map(|number| u32::from_le_bytes(self.directory[number]) as usize)
    }

    /// Returns a bucket; an offset that leads elsewhere makes it empty.
    fn bucket(&self, number: usize) -> &'a [u8] {
        let [start, end] = self.range(number);
        self.buckets.get(start..end).filter(|bucket| bucket.len() <= BUCKET_MAX).unwrap_or_default()
    }
}

/// The hash of a piece: FNV-1a of 32 bits, which needs one multiplication a byte and yields those of all prefixes.
#[derive(Clone, Copy)]
pub(crate) struct PieceHash(u32);

impl PieceHash {
    /// Returns the hash of nothing, or of the `##` in front of a piece that continues a word.
    pub(crate) fn new(continues: bool) -> PieceHash {
        const START: PieceHash = PieceHash(0x811c_9dc5);
        const CONTINUES: PieceHash = START.with(b'#').with(b'#');
        if continues { CONTINUES } else { START }
    }

    /// Returns the hash of a whole piece.
    pub(crate) fn of(text: &[u8], continues: bool) -> PieceHash {
        text.iter().fold(PieceHash::new(continues), |hash, &byte| hash.with(byte))
    }

    /// Returns the hash with a byte behind.
    const fn with(self, byte: u8) -> PieceHash {
        PieceHash((self.0 ^ byte as u32).wrapping_mul(0x0100_0193))
    }

    /// Returns the number of the bucket in a directory of 2^n + 1 offsets: the upper bits of the product with 2^32 / φ.
    pub(crate) fn bucket(self, directory_length: usize) -> usize {
        (self.0.wrapping_mul(0x9e37_79b1) >> (32 - directory_length.ilog2())) as usize
    }
}

/// A piece as it stands in a bucket.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) piece: u32,
    pub(crate) continues: bool,
    pub(crate) text: &'a [u8],
}

/// The pieces of a bucket; a piece that is cut off ends it.
pub(crate) struct Records<'a>(pub(crate) &'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (head, rest) = self.0.split_first_chunk()?;
        let head = u32::from_le_bytes(*head);
        let (text, rest) = rest.split_at_checked((head >> 24 & 0x7f) as usize)?;
        self.0 = rest;
        Some(Record { piece: head & 0x00ff_ffff, continues: head >> 31 == 1, text })
    }
}
