//! The section of a pack that holds the entries, for what is shown of them.
//!
//! ```text
//! 0  4  entries of a block; the last block may have fewer
//! 4  4  length of the dictionary
//! 8     the dictionary: some of the entries, as all blocks are before they are packed
//!       blocks: length unpacked (4 bytes), then the entries as lines of JSON, in the block format of LZ4 with the
//!       dictionary before them
//!       where each block starts, counted from the end of the dictionary, and where the last one ends; 8 bytes each
//! ```
//!
//! Few entries are shown and each is unpacked with its block, so a block is small: about 1 KiB of JSON. Alone that would
//! hold little that repeats; what entries have in common is in the dictionary.

#[cfg(feature = "build")]
mod lz4;
#[cfg(feature = "build")]
mod write;

#[cfg(feature = "build")]
pub(crate) use write::{Blocks, Packer};

use crate::entry::Entry;
use crate::pack::{PackError, Section, damaged, u32_at, u64_at};
use crate::search::SearchError;

const HEAD: usize = 8;
const START: usize = 8;
const LENGTH: usize = 4;
/// What LZ4 makes of one byte at most: the room that a block may ask for.
const EXPANSION_MAX: usize = 255;

/// The entries, unpacked where they are read.
#[derive(Clone, Debug)]
pub(crate) struct Entries {
    section: Section,
    count: u32,
    per_block: u32,
    /// Where the dictionary ends.
    dictionary: usize,
}

impl Entries {
    pub(crate) fn open(section: Section, count: u32) -> Result<Entries, PackError> {
        let head = section.bytes(0..HEAD)?;
        let (per_block, dictionary) = (u32_at(head, 0), u32_at(head, 4));
        if per_block == 0 {
            return Err(damaged("its entries are in blocks of none"));
        }
        Ok(Entries { section, count, per_block, dictionary: HEAD.saturating_add(dictionary as usize) })
    }

    /// Returns the entry at `position`.
    pub(crate) fn at(&self, position: u32) -> Result<Entry, SearchError> {
        let lines = self.block(position / self.per_block)?;
        let number = (position % self.per_block) as usize;
        let line = lines.split(|&byte| byte == b'\n').nth(number).unwrap_or_default();
        Ok(serde_json::from_slice(line)?)
    }

    /// Returns all of them, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Result<Entry, SearchError>> {
        let blocks = self.count.div_ceil(self.per_block);
        (0..blocks).flat_map(move |block| {
            let count = self.per_block.min(self.count - block * self.per_block) as usize;
            match self.block(block) {
                Ok(lines) => {
                    let lines = lines.split(|&byte| byte == b'\n').take(count);
                    lines.map(|line| Ok(serde_json::from_slice(line)?)).collect()
                }
                Err(error) => vec![Err(error.into())],
            }
        })
    }

    fn block(&self, block: u32) -> Result<Vec<u8>, PackError> {
        let blocks = self.count.div_ceil(self.per_block) as usize;
        let unusable = || damaged(format!("block {block} of its entries cannot be unpacked"));
        let table = self.section.len().checked_sub((blocks + 1) * START).ok_or_else(unusable)?;
        let row = table + block as usize * START;
        let starts = self.section.bytes(row..row + 2 * START)?;
        let start = |at: usize| {
            let start = usize::try_from(u64_at(starts, at)).ok();
            start.and_then(|start| start.checked_add(self.dictionary)).unwrap_or(usize::MAX)
        };
        let (length, packed) =
            self.section.bytes(start(0)..start(START))?.split_at_checked(LENGTH).ok_or_else(unusable)?;
        let length = u32_at(length, 0) as usize;
        if length > packed.len().saturating_mul(EXPANSION_MAX) {
            return Err(unusable());
        }
        let mut lines = vec![0; length];
        let dictionary = self.section.bytes(HEAD..self.dictionary)?;
        match lz4_flex::block::decompress_into_with_dict(packed, &mut lines, dictionary) {
            Ok(unpacked) if unpacked == length => Ok(lines),
            _ => Err(unusable()),
        }
    }
}
