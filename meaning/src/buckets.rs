//! Word pieces in place: a hash table whose buckets hold the texts, so that a match is exact and opening parses none. Tables
//! of this package have one, and so have the models of `faqt-encoder`.
//!
//! ```text
//! directory: the start of each bucket, and the end of the last, 4 bytes each
//! buckets:   for each piece its number (24 bits), length in bytes (7 bits), 1 if it continues a word (1 bit), and its
//!            text
//! ```

/// The greatest length of a piece in bytes, of 7 bits.
pub const PIECE_MAX: usize = 127;
/// The greatest length of a bucket in bytes; the longest of the shipped tables has 103. A longer bucket of a forged
/// table counts as empty, so that a lookup takes bounded time.
pub const BUCKET_MAX: usize = 512;

/// The pieces of a table, in place.
#[derive(Clone, Copy, Debug)]
pub struct Buckets<'a> {
    /// The length of the longest piece in bytes, from 1 to [`PIECE_MAX`].
    pub longest: usize,
    /// Starts of the buckets, and the end of the last; always 2^n + 1, and n from 1 to 31.
    pub directory: &'a [[u8; 4]],
    /// The buckets, one behind the other.
    pub bytes: &'a [u8],
}

impl<'a> Buckets<'a> {
    /// Returns the number of the longest piece at the beginning of `text`, and its length in bytes, at least 1.
    ///
    /// Hashes of all prefixes are computed in one pass.
    pub fn longest_match(&self, text: &str, continues: bool) -> Option<(u32, usize)> {
        // Room for the hashes of the longest piece is made only for a long text.
        const SHORT: usize = 24;
        let limit = text.len().min(self.longest);
        if limit <= SHORT {
            self.longest_match_within::<SHORT>(text, continues, limit)
        } else {
            self.longest_match_within::<PIECE_MAX>(text, continues, limit)
        }
    }

    /// Returns the longest piece at the beginning of `text` of at most `limit` bytes, of which there are hashes for `MAX`.
    fn longest_match_within<const MAX: usize>(
        &self,
        text: &str,
        continues: bool,
        limit: usize,
    ) -> Option<(u32, usize)> {
        let mut hashes = [PieceHash(0); MAX];
        let mut hash = PieceHash::new(continues);
        for (place, &byte) in hashes.iter_mut().zip(&text.as_bytes()[..limit]) {
            hash = hash.with(byte);
            *place = hash;
        }
        let ends = (1..=limit).rev().filter(|&end| text.is_char_boundary(end));
        for end in ends {
            let piece = &text.as_bytes()[..end];
            let mut records = Records(self.bucket(hashes[end - 1].bucket(self.directory.len())));
            if let Some(found) = records.find(|record| record.text == piece && record.continues == continues) {
                return Some((found.number, end));
            }
        }
        None
    }

    /// Returns all pieces.
    pub(crate) fn records(&self) -> impl Iterator<Item = Record<'a>> + use<'a> {
        Records(self.bytes)
    }

    /// Returns true if `text` is a piece that begins a word.
    pub(crate) fn has(&self, text: &str) -> bool {
        let hash = PieceHash::of(text.as_bytes(), false);
        let mut records = Records(self.bucket(hash.bucket(self.directory.len())));
        text.len() <= self.longest && records.any(|record| record.text == text.as_bytes() && !record.continues)
    }

    /// Checks that buckets follow each other without a gap, that each of `count` numbers has one piece, and that each piece
    /// passes `check`, which returns what is wrong.
    ///
    /// # Errors
    ///
    /// The first fault, in words.
    pub fn verify(
        &self,
        count: u32,
        check: impl Fn(Record<'_>) -> Result<(), &'static str>,
    ) -> Result<(), &'static str> {
        let mut named = vec![false; count as usize];
        let (mut longest, mut start) = (0, 0);
        for number in 0..self.directory.len() - 1 {
            let bucket = self.bucket_from(start, number)?;
            start += bucket.len();
            for record in self.sound_records(bucket, number, &check)? {
                match named.get_mut(record.number as usize) {
                    Some(named) if !*named => *named = true,
                    _ => return Err("a piece names no row, or the row of another"),
                }
                longest = longest.max(record.text.len());
            }
        }
        if start != self.bytes.len() {
            return Err("something follows the last bucket");
        }
        if longest != self.longest || named.contains(&false) {
            return Err("a piece is missing");
        }
        Ok(())
    }

    /// Returns a bucket, which must begin at `start`.
    fn bucket_from(&self, start: usize, number: usize) -> Result<&'a [u8], &'static str> {
        let [from, to] = self.range(number);
        if from != start {
            return Err("a bucket does not begin where the one before it ends");
        }
        match self.bytes.get(from..to) {
            Some(bucket) if bucket.len() <= BUCKET_MAX => Ok(bucket),
            _ => Err("a bucket is too long, or ends before it begins"),
        }
    }

    /// Returns the pieces of a bucket: each is text, passes `check`, belongs here and stands once.
    fn sound_records(
        &self,
        bucket: &'a [u8],
        number: usize,
        check: impl Fn(Record<'_>) -> Result<(), &'static str>,
    ) -> Result<Vec<Record<'a>>, &'static str> {
        let mut records = Records(bucket);
        let mut sound: Vec<Record<'a>> = Vec::new();
        for record in &mut records {
            if record.text.is_empty() || str::from_utf8(record.text).is_err() {
                return Err("a piece is no text");
            }
            check(record)?;
            if PieceHash::of(record.text, record.continues).bucket(self.directory.len()) != number {
                return Err("a piece stands in the bucket of others");
            }
            if sound.iter().any(|other| (other.text, other.continues) == (record.text, record.continues)) {
                return Err("a piece stands twice");
            }
            sound.push(record);
        }
        if records.0.is_empty() { Ok(sound) } else { Err("a bucket ends within a piece") }
    }

    /// Returns the start and the end of a bucket as the directory has them.
    fn range(&self, number: usize) -> [usize; 2] {
        [number, number + 1].map(|number| u32::from_le_bytes(self.directory[number]) as usize)
    }

    /// Returns a bucket; an offset that leads elsewhere makes it empty.
    fn bucket(&self, number: usize) -> &'a [u8] {
        let [start, end] = self.range(number);
        self.bytes.get(start..end).filter(|bucket| bucket.len() <= BUCKET_MAX).unwrap_or_default()
    }
}

/// The hash of a piece: FNV-1a of 32 bits, which needs one multiplication a byte and yields those of all prefixes.
#[derive(Clone, Copy, Debug)]
pub struct PieceHash(u32);

impl PieceHash {
    /// Returns the hash of nothing, or of the `##` in front of a piece that continues a word.
    fn new(continues: bool) -> PieceHash {
        const START: PieceHash = PieceHash(0x811c_9dc5);
        const CONTINUES: PieceHash = START.with(b'#').with(b'#');
        if continues { CONTINUES } else { START }
    }

    /// Returns the hash of a whole piece.
    pub fn of(text: &[u8], continues: bool) -> PieceHash {
        text.iter().fold(PieceHash::new(continues), |hash, &byte| hash.with(byte))
    }

    /// Returns the hash with a byte behind.
    const fn with(self, byte: u8) -> PieceHash {
        PieceHash((self.0 ^ byte as u32).wrapping_mul(0x0100_0193))
    }

    /// Returns the number of the bucket in a directory of 2^n + 1 offsets: the upper bits of the product with 2^32 / φ.
    pub fn bucket(self, directory_length: usize) -> usize {
        (self.0.wrapping_mul(0x9e37_79b1) >> (32 - directory_length.ilog2())) as usize
    }
}

/// A piece as it stands in a bucket.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Its number, that of a row.
    pub number: u32,
    /// True if it continues a word.
    pub continues: bool,
    /// Its text.
    pub text: &'a [u8],
}

/// The pieces of a bucket; a piece that is cut off ends it.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (head, rest) = self.0.split_first_chunk()?;
        let head = u32::from_le_bytes(*head);
        let (text, rest) = rest.split_at_checked((head >> 24 & 0x7f) as usize)?;
        self.0 = rest;
        Some(Record { number: head & 0x00ff_ffff, continues: head >> 31 == 1, text })
    }
}
