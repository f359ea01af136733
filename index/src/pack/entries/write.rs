//! Writes the section of the entries.

use std::io::{self, Seek, Write};

use serde::ser::Error;

use super::is_plausible;
use super::lz4::{self, Chains, Lz4Dictionary};
use crate::model::entry::Entry;
use crate::pack;
use crate::pack::write::PackWriter;

/// The bytes of JSON in a block. Blocks of 4 KiB make the pack of 100,000 entries 1 % smaller.
const BLOCK_BYTES: usize = 1_024;
/// The bytes of an entry's JSON beside its texts.
const FIELDS_BYTES: usize = 120;
/// The bytes of entries for each byte of dictionary: a larger dictionary costs a small pack more than it saves.
const DICTIONARY_PART: usize = 8;
/// The longest dictionary in bytes: LZ4 reaches back 64 KiB, and some of that is the block itself.
const DICTIONARY_BYTES_MAX: usize = 60 << 10;

/// Packs the entries of one pack.
pub(crate) struct Packer {
    per_block: usize,
    dictionary: Lz4Dictionary,
}

/// Neighbouring entries as blocks.
pub(crate) struct PackedBlocks {
    /// The entries as lines of JSON.
    pub(crate) lines: Vec<u8>,
    /// The packed blocks, concatenated.
    packed: Vec<u8>,
    /// The end of each block in `packed`.
    ends: Vec<usize>,
}

/// The section, while blocks are added.
pub(crate) struct EntriesWriter {
    /// The start of each block, and the end of the last one.
    starts: Vec<u8>,
    length: usize,
}

impl Packer {
    /// Makes the dictionary for `count` entries with `text_bytes` of text; `sample(n)` returns every n-th entry. A
    /// block will hold a power of 2 of entries, at most `most`, itself a power of 2.
    pub(crate) fn new(
        count: usize,
        text_bytes: usize,
        most: usize,
        sample: impl FnOnce(usize) -> Vec<Entry>,
    ) -> Result<Packer, serde_json::Error> {
        let bytes = text_bytes + count * FIELDS_BYTES;
        let fit = (BLOCK_BYTES * count).checked_div(bytes).unwrap_or(1);
        let per_block = (1 << fit.max(1).ilog2()).min(most);
        // Samples entries that are as far apart as possible.
        let length = (bytes / DICTIONARY_PART).min(DICTIONARY_BYTES_MAX);
        let step = bytes.checked_div(length).unwrap_or(1);
        let (mut dictionary, mut line) = (Vec::new(), Vec::new());
        for entry in sample(step) {
            write_line(&mut line, &entry)?;
            if dictionary.len() + line.len() <= length {
                dictionary.append(&mut line);
            }
            line.clear();
        }
        Ok(Packer { per_block, dictionary: Lz4Dictionary::new(&dictionary) })
    }

    /// Packs neighbouring entries, which fill whole blocks unless they are the last.
    pub(crate) fn blocks(&self, entries: &[Entry]) -> Result<PackedBlocks, serde_json::Error> {
        let (mut lines, mut packed, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        let mut chains = Chains::default();
        for block in entries.chunks(self.per_block) {
            let start = lines.len();
            for entry in block {
                write_line(&mut lines, entry)?;
            }
            let lines = &lines[start..];
            let length = u32::try_from(lines.len()).map_err(|_| Error::custom("an entry of more than 4 GiB"))?;
            packed.extend(length.to_le_bytes());
            let start = packed.len();
            self.dictionary.compress(lines, &mut chains, &mut packed);
            if !is_plausible(lines.len(), packed.len() - start) {
                packed.truncate(start);
                lz4::store(lines, &mut packed);
            }
            ends.push(packed.len());
        }
        Ok(PackedBlocks { lines, packed, ends })
    }

    /// Starts the section in `pack`.
    pub(crate) fn start<W: Write + Seek>(&self, pack: &mut PackWriter<W>) -> io::Result<EntriesWriter> {
        let number = |number: usize| u32::try_from(number).expect("both are small").to_le_bytes();
        let dictionary = self.dictionary.bytes();
        pack.start(pack::ENTRIES);
        pack.write(&number(self.per_block))?;
        pack.write(&number(dictionary.len()))?;
        pack.write(dictionary)?;
        Ok(EntriesWriter { starts: 0_u64.to_le_bytes().to_vec(), length: 0 })
    }
}

impl EntriesWriter {
    /// Appends the next blocks.
    pub(crate) fn write<W: Write + Seek>(&mut self, blocks: &PackedBlocks, pack: &mut PackWriter<W>) -> io::Result<()> {
        let ends = blocks.ends.iter().map(|end| (self.length + end) as u64);
        self.starts.extend(ends.flat_map(u64::to_le_bytes));
        self.length += blocks.packed.len();
        pack.write(&blocks.packed)
    }

    /// Ends the section.
    pub(crate) fn finish<W: Write + Seek>(self, pack: &mut PackWriter<W>) -> io::Result<()> {
        pack.write(&self.starts)
    }
}

fn write_line(lines: &mut Vec<u8>, entry: &Entry) -> Result<(), serde_json::Error> {
    serde_json::to_writer(&mut *lines, entry)?;
    lines.push(b'\n');
    Ok(())
}
