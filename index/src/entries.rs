//! The section of a pack that holds the entries, for what is shown of them.
//!
//! ```text
//! 0  4  entries of a block; the last block may have fewer
//! 4     where each block starts, counted from the end of these, and where the last one ends; 8 bytes each
//!       blocks: the entries as lines of JSON, in raw deflate (RFC 1951)
//! ```
//!
//! Few entries are shown and each is unpacked with its block, so a block is small: about 4 KiB of JSON.

use crate::entry::Entry;
use crate::pack::{PackError, Section, damaged, u32_at, u64_at};
use crate::search::SearchError;

const HEAD: usize = 4;
const START: usize = 8;
/// What deflate makes of one byte at most (RFC 1951: 258 bytes of two bits): the room that a block may ask for.
const EXPANSION_MAX: usize = 1_032;

/// The entries, unpacked where they are read.
#[derive(Clone, Debug)]
pub(crate) struct Entries {
    section: Section,
    count: u32,
    per_block: u32,
}

impl Entries {
    pub(crate) fn open(section: Section, count: u32) -> Result<Entries, PackError> {
        let per_block = u32_at(section.bytes(0..HEAD)?, 0);
        if per_block == 0 {
            return Err(damaged("its entries are in blocks of none"));
        }
        Ok(Entries { section, count, per_block })
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
        let row = HEAD + block as usize * START;
        let starts = self.section.bytes(row..row + 2 * START)?;
        let blocks = self.count.div_ceil(self.per_block) as usize;
        let base = HEAD + (blocks + 1) * START;
        let start = |at: usize| {
            usize::try_from(u64_at(starts, at)).ok().and_then(|start| start.checked_add(base)).unwrap_or(usize::MAX)
        };
        let packed = self.section.bytes(start(0)..start(START))?;
        miniz_oxide::inflate::decompress_to_vec_with_limit(packed, packed.len().saturating_mul(EXPANSION_MAX))
            .map_err(|_| damaged(format!("block {block} of its entries cannot be unpacked")))
    }
}

#[cfg(feature = "build")]
pub(crate) use writing::{Blocks, per_block, write};

#[cfg(feature = "build")]
mod writing {
    use tantivy::directory::OwnedBytes;

    use crate::entry::Entry;

    /// The JSON of a block. Twice as much makes the pack of 100,000 entries a twenty-fifth smaller, and the median question
    /// to it a quarter slower.
    const BLOCK_BYTES: usize = 4_096;
    /// What an entry's JSON has beside its texts.
    const FIELDS_BYTES: usize = 120;
    /// The effort of the compression, from 0 to 10: more gives less than a hundredth.
    const LEVEL: u8 = 6;

    /// Returns how many entries make a block: a power of two, at most `most`, which is one.
    pub(crate) fn per_block(entries: &[Entry], most: usize) -> usize {
        let texts = |entry: &Entry| {
            let aliases: usize = entry.aliases.iter().map(String::len).sum();
            entry.question.len() + entry.answer.len() + aliases + FIELDS_BYTES
        };
        let bytes: usize = entries.iter().map(texts).sum();
        let fit = (BLOCK_BYTES * entries.len()).checked_div(bytes).unwrap_or(1);
        (1 << fit.max(1).ilog2()).min(most)
    }

    /// Neighbouring entries as blocks.
    pub(crate) struct Blocks {
        /// The entries as lines of JSON.
        pub(crate) lines: Vec<u8>,
        /// Each block, compressed.
        pub(crate) packed: Vec<Vec<u8>>,
    }

    impl Blocks {
        pub(crate) fn of(entries: &[Entry], per_block: usize) -> Result<Blocks, serde_json::Error> {
            let (mut lines, mut packed) = (Vec::new(), Vec::new());
            for block in entries.chunks(per_block) {
                let start = lines.len();
                for entry in block {
                    serde_json::to_writer(&mut lines, entry)?;
                    lines.push(b'\n');
                }
                let mut block = miniz_oxide::deflate::compress_to_vec(&lines[start..], LEVEL);
                // Its room is half of what went in and then twice that, and there are hundreds of thousands.
                block.shrink_to_fit();
                packed.push(block);
            }
            Ok(Blocks { lines, packed })
        }
    }

    /// Writes the section, in pieces.
    pub(crate) fn write(per_block: usize, blocks: Vec<Vec<u8>>) -> Vec<OwnedBytes> {
        let mut head = Vec::with_capacity(super::HEAD + (blocks.len() + 1) * super::START);
        let per_block = u32::try_from(per_block).expect("a block has at most a part of the entries");
        head.extend(per_block.to_le_bytes());
        let mut start = 0_u64;
        head.extend(start.to_le_bytes());
        for block in &blocks {
            start += block.len() as u64;
            head.extend(start.to_le_bytes());
        }
        std::iter::once(head).chain(blocks).map(OwnedBytes::new).collect()
    }
}
