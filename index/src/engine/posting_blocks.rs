//! A posting list, block by block.
//!
//! ```text
//!     with 128 postings or more: length of the skip entries (varint); for each whole block an entry: its last position
//!         (4 bytes), the width of its gaps and 0x40 (1), and with frequencies their width, the length of the shortest
//!         entry and the highest frequency (1 each)
//!     whole blocks of 128 postings, bit-packed: the gaps between positions less one, then the frequencies less one
//!     the postings behind, as varints: all gaps, then all frequencies
//! ```
//!
//! A varint has 7 bits a byte, the lowest first, and 0x80 in its last byte. Blocks are unpacked when they are reached.
//! Positions ascend and lie below the number of entries in every block that is handed out; a list that breaks this
//! ends, and [`PostingBlocks::check`] reports it.

use bitpacking::{BitPacker as _, BitPacker4x};
use tantivy::directory::OwnedBytes;

use crate::error::{PackError, damaged};
use crate::pack::read::u32_at;
use crate::steps;

/// The postings of a whole block.
const BLOCK: usize = BitPacker4x::BLOCK_LEN;
/// The length of a skip entry without frequencies, and with them.
const SKIP: usize = 5;
const SKIP_WITH_FREQUENCIES: usize = 8;
/// The mark of gaps less one in a skip entry, and the bits of the width.
const STRICT: u8 = 0x40;
const WIDTH: u8 = 0x1f;
/// The longest varint of 32 bits.
const VARINT_MAX: usize = 5;

/// The choice to read frequencies or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frequencies {
    /// Reads the frequency of each posting, if the list stores them.
    Read,
    /// Skips the frequencies; each counts as 1.
    Skipped,
}

/// A posting list, with the current block unpacked.
pub(crate) struct PostingBlocks {
    bytes: OwnedBytes,
    /// The postings of a list that a database returned, whose bytes are empty.
    unpacked: Vec<(u32, u32)>,
    /// The start of the skip entries.
    skips: usize,
    /// The number of whole blocks, and of the postings behind them.
    blocks: usize,
    tail: usize,
    has_frequencies: bool,
    frequencies_wanted: Frequencies,
    /// The number of entries.
    entries: u32,
    /// The number of the current block, and where its bytes start.
    block: usize,
    start: usize,
    /// The last position of the block before.
    previous: Option<u32>,
    positions: [u32; BLOCK],
    frequencies: [u32; BLOCK],
    /// The number of postings in the current block.
    length: usize,
    /// False until the current block is unpacked.
    is_loaded: bool,
    /// The end of the bytes that were read.
    end: usize,
    is_damaged: bool,
}

impl PostingBlocks {
    /// Opens a list of `count` postings, and unpacks its first block.
    pub(crate) fn open(
        bytes: OwnedBytes,
        count: u32,
        entries: u32,
        has_frequencies: bool,
        frequencies_wanted: Frequencies,
    ) -> Result<PostingBlocks, PackError> {
        let mut list = PostingBlocks::open_packed(bytes, count, entries, has_frequencies, frequencies_wanted)?;
        list.load();
        Ok(list)
    }

    /// Opens a list of `count` postings; no block is unpacked until [`PostingBlocks::seek`] or
    /// [`PostingBlocks::rewind`].
    pub(crate) fn open_packed(
        bytes: OwnedBytes,
        count: u32,
        entries: u32,
        has_frequencies: bool,
        frequencies_wanted: Frequencies,
    ) -> Result<PostingBlocks, PackError> {
        let (blocks, tail) = (count as usize / BLOCK, count as usize % BLOCK);
        let skip = if has_frequencies { SKIP_WITH_FREQUENCIES } else { SKIP };
        let mut skips = 0;
        if blocks > 0 {
            let length = varint(&bytes, &mut skips).ok_or_else(broken)?;
            if length as usize != blocks * skip || length as usize > bytes.len() - skips {
                return Err(broken());
            }
        }
        let start = skips + blocks * skip;
        let list = PostingBlocks { skips, blocks, tail, start, end: start, ..PostingBlocks::empty(bytes, entries) };
        Ok(PostingBlocks { has_frequencies, frequencies_wanted, ..list })
    }

    /// Opens a list of postings that are in ascending order of their entries, each below `entries`.
    pub(crate) fn unpacked(postings: Vec<(u32, u32)>, entries: u32) -> PostingBlocks {
        let (blocks, tail) = (postings.len() / BLOCK, postings.len() % BLOCK);
        PostingBlocks { blocks, tail, unpacked: postings, ..PostingBlocks::empty(OwnedBytes::empty(), entries) }
    }

    /// Returns a list without postings, with room for those of `bytes`.
    fn empty(bytes: OwnedBytes, entries: u32) -> PostingBlocks {
        PostingBlocks {
            bytes,
            unpacked: Vec::new(),
            skips: 0,
            blocks: 0,
            tail: 0,
            has_frequencies: true,
            frequencies_wanted: Frequencies::Read,
            entries,
            block: 0,
            start: 0,
            previous: None,
            positions: [0; BLOCK],
            frequencies: [1; BLOCK],
            length: 0,
            is_loaded: false,
            end: 0,
            is_damaged: false,
        }
    }

    /// Goes back to the first block, without unpacking it.
    pub(crate) fn restart(&mut self) {
        if self.block > 0 && !self.is_damaged {
            let skip = if self.has_frequencies { SKIP_WITH_FREQUENCIES } else { SKIP };
            (self.block, self.start, self.previous) = (0, self.skips + self.blocks * skip, None);
            (self.length, self.is_loaded) = (0, false);
        }
    }

    /// Goes back to the first block.
    pub(crate) fn rewind(&mut self) {
        self.restart();
        if !self.is_loaded {
            self.load();
        }
    }

    /// Returns the positions in the current block, in ascending order; none at the end of the list.
    pub(crate) fn positions(&self) -> &[u32] {
        &self.positions[..self.length]
    }

    /// Returns the term frequency in the entry at the place `at` of the current block.
    pub(crate) fn frequency(&self, at: usize) -> u32 {
        self.frequencies[at]
    }

    /// Goes to the next block.
    pub(crate) fn advance(&mut self) {
        self.pass();
        self.load();
    }

    /// Goes to the block that holds `position`, which is not before the current block, and returns its place there.
    pub(crate) fn seek(&mut self, position: u32) -> Option<usize> {
        self.skip_to(position);
        self.positions().binary_search(&position).ok()
    }

    /// Goes to the block of the first position from `position` on, which is not before the current block. Returns its
    /// place there, or the length of the block if the list ends before.
    pub(crate) fn lower_bound(&mut self, position: u32) -> usize {
        self.skip_to(position);
        self.positions().partition_point(|&other| other < position)
    }

    /// Goes to the block that may hold `position`, which is not before the current block.
    fn skip_to(&mut self, position: u32) {
        let block = self.block;
        while self.block < self.blocks && self.skip().0 < position {
            self.pass();
        }
        if self.block != block || !self.is_loaded {
            self.load();
        }
    }

    /// Returns an error if the list ended because it is damaged.
    pub(crate) fn check(&self) -> Result<(), PackError> {
        if self.is_damaged { Err(broken()) } else { Ok(()) }
    }

    /// Reads the list to its end, which must be that of its bytes.
    pub(crate) fn verify(mut self) -> Result<(), PackError> {
        while self.length > 0 {
            self.advance();
        }
        self.check()?;
        if self.end == self.bytes.len() { Ok(()) } else { Err(broken()) }
    }

    /// Returns the last position, the width of the gaps and the width of the frequencies of the current block, a whole
    /// one.
    fn skip(&self) -> (u32, u8, u8) {
        if !self.unpacked.is_empty() {
            return (self.unpacked[(self.block + 1) * BLOCK - 1].0, 0, 0);
        }
        let length = if self.has_frequencies { SKIP_WITH_FREQUENCIES } else { SKIP };
        let entry = &self.bytes[self.skips + self.block * length..][..length];
        (u32_at(entry, 0), entry[4], if self.has_frequencies { entry[5] } else { 0 })
    }

    /// Leaves the current block.
    fn pass(&mut self) {
        steps::count(1);
        if self.block < self.blocks {
            let (last, gaps, frequencies) = self.skip();
            self.previous = Some(last);
            self.start = self.start.saturating_add(packed(gaps & WIDTH) + packed(frequencies));
        }
        self.block += 1;
        self.length = 0;
    }

    /// Unpacks the current block.
    fn load(&mut self) {
        self.is_loaded = true;
        let loaded = match self.block {
            _ if !self.unpacked.is_empty() => self.load_unpacked(),
            block if block < self.blocks => self.load_block(),
            block if block == self.blocks && self.tail > 0 => self.load_tail(),
            _ => return,
        };
        if loaded.is_none() {
            (self.is_damaged, self.length, self.block) = (true, 0, self.blocks + 1);
        }
    }

    fn load_unpacked(&mut self) -> Option<()> {
        let block = self.unpacked.chunks(BLOCK).nth(self.block).unwrap_or_default();
        for (at, &(position, frequency)) in block.iter().enumerate() {
            (self.positions[at], self.frequencies[at]) = (position, frequency);
        }
        self.length = block.len();
        block.iter().all(|&(position, _)| position < self.entries).then_some(())
    }

    fn load_block(&mut self) -> Option<()> {
        let (last, gaps, frequencies) = self.skip();
        let width = gaps & WIDTH;
        if gaps != STRICT | width || frequencies > 32 || last >= self.entries {
            return None;
        }
        let bytes = self.bytes.get(self.start..)?;
        let (gaps, bytes) = bytes.split_at_checked(packed(width))?;
        let frequencies_bytes = bytes.get(..packed(frequencies))?;
        let packer = BitPacker4x::new();
        let previous = self.previous.filter(|&previous| previous > 0);
        packer.decompress_strictly_sorted(previous, gaps, &mut self.positions, width);
        // Positions are in order if the gaps cannot overflow 32 bits.
        let highest = u64::from(previous.unwrap_or(0)) + ((BLOCK as u64) << width);
        let is_sorted = u32::try_from(highest).is_ok() || self.positions.is_sorted_by(|a, b| a < b);
        let is_behind = self.previous.is_none_or(|previous| previous < self.positions[0]);
        if !is_sorted || !is_behind || self.positions[BLOCK - 1] != last {
            return None;
        }
        if self.has_frequencies && self.frequencies_wanted == Frequencies::Read {
            packer.decompress(frequencies_bytes, &mut self.frequencies, frequencies);
            self.frequencies.iter_mut().for_each(|frequency| *frequency = frequency.wrapping_add(1));
        }
        self.length = BLOCK;
        self.end = self.start + packed(width) + packed(frequencies);
        Some(())
    }

    fn load_tail(&mut self) -> Option<()> {
        let mut at = self.start;
        let mut previous = self.previous;
        for position in &mut self.positions[..self.tail] {
            let gap = varint(&self.bytes, &mut at)?;
            *position = previous.unwrap_or(0).checked_add(gap)?;
            if *position >= self.entries || previous.is_some() && gap == 0 {
                return None;
            }
            previous = Some(*position);
        }
        if self.has_frequencies && self.frequencies_wanted == Frequencies::Read {
            for frequency in &mut self.frequencies[..self.tail] {
                *frequency = varint(&self.bytes, &mut at)?;
            }
        }
        self.length = self.tail;
        self.end = at;
        Some(())
    }
}

/// Returns the bytes of a block of numbers of `width` bits.
fn packed(width: u8) -> usize {
    usize::from(width) * BLOCK / 8
}

/// Reads a varint of 32 bits and moves `at` behind it.
fn varint(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let mut number = 0_u64;
    for (place, &byte) in bytes.get(*at..)?.iter().take(VARINT_MAX).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 != 0 {
            *at += place + 1;
            return u32::try_from(number).ok();
        }
    }
    None
}

fn broken() -> PackError {
    damaged("a posting list does not fit its term")
}
