//! The pieces of a table: a hash table whose buckets hold the texts, so that a match is exact.

/// The greatest length of a piece in bytes, of 7 bits.
pub(crate) const PIECE_MAX: usize = 127;
/// The greatest length of a bucket in bytes; the longest of the shipped tables has 103. A longer bucket of a forged
/// table counts as empty, so that a lookup takes bounded time.
pub(crate) const BUCKET_MAX: usize = 512;

/// The buckets of a table, in place; see [`crate::table`] for their bytes.
#[derive(Clone, Copy)]
pub(crate) struct Buckets<'a> {
    /// The length of the longest piece in bytes, from 1 to [`PIECE_MAX`].
    pub(crate) longest: usize,
    /// Starts of the buckets, and the end of the last; always 2^n + 1, and n from 1 to 31.
    pub(crate) directory: &'a [[u8; 4]],
    pub(crate) bytes: &'a [u8],
}

impl<'a> Buckets<'a> {
    /// Returns the row of the longest piece at the beginning of `text`, and the length of the piece in bytes.
    ///
    /// Hashes of all prefixes are computed in one pass.
    pub(crate) fn longest_match(&self, text: &str, continues: bool) -> Option<(u32, usize)> {
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
            let mut records = Records(self.bucket(self.number(hashes[end - 1])));
            if let Some(found) = records.find(|record| record.piece == piece && record.continues == continues) {
                return Some((found.row, end));
            }
        }
        None
    }

    /// Returns true if `text` is a piece that begins a word.
    pub(crate) fn has(&self, text: &str) -> bool {
        let hash = text.bytes().fold(PieceHash::new(false), PieceHash::with);
        let mut records = Records(self.bucket(self.number(hash)));
        text.len() <= self.longest && records.any(|record| record.piece == text.as_bytes() && !record.continues)
    }

    /// Returns the number of the bucket for a hash: its product with 2^32 / φ, the upper bits.
    pub(crate) fn number(&self, hash: PieceHash) -> usize {
        (hash.0.wrapping_mul(0x9e37_79b1) >> (32 - self.directory.len().ilog2())) as usize
    }

    /// Returns the start and the end of a bucket as the directory has them.
    pub(crate) fn range(&self, number: usize) -> [usize; 2] {
        [number, number + 1].map(|number| u32::from_le_bytes(self.directory[number]) as usize)
    }

    /// Returns a bucket; an offset that leads elsewhere makes it empty.
    fn bucket(&self, number: usize) -> &'a [u8] {
        let [start, end] = self.range(number);
        self.bytes.get(start..end).filter(|bucket| bucket.len() <= BUCKET_MAX).unwrap_or_default()
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

    /// Returns the hash with a byte behind.
    pub(crate) const fn with(self, byte: u8) -> PieceHash {
        PieceHash((self.0 ^ byte as u32).wrapping_mul(0x0100_0193))
    }
}

/// A piece as it stands in a bucket.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) row: u32,
    pub(crate) continues: bool,
    pub(crate) piece: &'a [u8],
}

/// The pieces of a bucket; a piece that is cut off ends it.
pub(crate) struct Records<'a>(pub(crate) &'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (head, rest) = self.0.split_first_chunk()?;
        let head = u32::from_le_bytes(*head);
        let (piece, rest) = rest.split_at_checked((head >> 24 & 0x7f) as usize)?;
        self.0 = rest;
        Some(Record { row: head & 0x00ff_ffff, continues: head >> 31 == 1, piece })
    }
}
