//! Writing the section of the entries.

use serde::ser::Error;
use tantivy::directory::OwnedBytes;

use super::lz4::Dictionary;
use crate::entry::Entry;

/// The JSON of a block. Four times as much makes the pack of 100,000 entries a hundredth smaller.
const BLOCK_BYTES: usize = 1_024;
/// What an entry's JSON has beside its texts.
const FIELDS_BYTES: usize = 120;
/// The dictionary is this part of what it is to shorten: one that is larger costs a small pack more than it saves.
const DICTIONARY_PART: usize = 8;
/// The longest dictionary: LZ4 reaches back 64 KiB, and some of that is the block itself.
const DICTIONARY_BYTES_MAX: usize = 60 << 10;

/// Packs the entries of one pack.
pub(crate) struct Packer {
    per_block: usize,
    dictionary: Dictionary,
}

/// Neighbouring entries as blocks.
pub(crate) struct Blocks {
    /// The entries as lines of JSON.
    pub(crate) lines: Vec<u8>,
    /// Each block, packed.
    pub(crate) packed: Vec<Vec<u8>>,
}

impl Packer {
    /// Looks at all entries; a block will hold a power of two of them, at most `most`, which is one.
    pub(crate) fn new(entries: &[Entry], most: usize) -> Result<Packer, serde_json::Error> {
        let texts = |entry: &Entry| {
            let aliases: usize = entry.aliases.iter().map(String::len).sum();
            entry.question.len() + entry.answer.len() + aliases + FIELDS_BYTES
        };
        let bytes: usize = entries.iter().map(texts).sum();
        let fit = (BLOCK_BYTES * entries.len()).checked_div(bytes).unwrap_or(1);
        let per_block = (1 << fit.max(1).ilog2()).min(most);

        // Some of the entries, as far apart as they can be.
        let length = (bytes / DICTIONARY_PART).min(DICTIONARY_BYTES_MAX);
        let step = bytes.checked_div(length).unwrap_or(1);
        let (mut dictionary, mut line) = (Vec::new(), Vec::new());
        for entry in entries.iter().step_by(step) {
            write_line(&mut line, entry)?;
            if dictionary.len() + line.len() <= length {
                dictionary.append(&mut line);
            }
            line.clear();
        }
        Ok(Packer { per_block, dictionary: Dictionary::new(dictionary) })
    }

    /// Packs neighbours, whole blocks of them unless they are the last.
    pub(crate) fn blocks(&self, entries: &[Entry]) -> Result<Blocks, serde_json::Error> {
        let (mut lines, mut packed) = (Vec::new(), Vec::new());
        for block in entries.chunks(self.per_block) {
            let start = lines.len();
            for entry in block {
                write_line(&mut lines, entry)?;
            }
            let lines = &lines[start..];
            let length = u32::try_from(lines.len()).map_err(|_| Error::custom("an entry of more than 4 GiB"))?;
            let mut block = length.to_le_bytes().to_vec();
            self.dictionary.compress(lines, &mut block);
            // There are hundreds of thousands.
            block.shrink_to_fit();
            packed.push(block);
        }
        Ok(Blocks { lines, packed })
    }

    /// Writes the section with all blocks, in pieces.
    pub(crate) fn section(self, blocks: Vec<Vec<u8>>) -> Vec<OwnedBytes> {
        let dictionary = self.dictionary.into_bytes();
        let mut head = Vec::with_capacity(super::HEAD + dictionary.len() + (blocks.len() + 1) * super::START);
        let number = |number: usize| u32::try_from(number).expect("both are small").to_le_bytes();
        head.extend(number(self.per_block));
        head.extend(number(dictionary.len()));
        head.extend(dictionary);
        let mut start = 0_u64;
        head.extend(start.to_le_bytes());
        for block in &blocks {
            start += block.len() as u64;
            head.extend(start.to_le_bytes());
        }
        std::iter::once(head).chain(blocks).map(OwnedBytes::new).collect()
    }
}

fn write_line(lines: &mut Vec<u8>, entry: &Entry) -> Result<(), serde_json::Error> {
    serde_json::to_writer(&mut *lines, entry)?;
    lines.push(b'\n');
    Ok(())
}
