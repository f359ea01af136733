//! The section of a pack that stores the entries, to be shown.
//!
//! ```text
//! 0  4  entries of a block; the last block may have fewer
//! 4  4  length of the dictionary
//! 8     the dictionary: some of the entries, unpacked
//!       blocks: length unpacked (4 bytes), then the entries as lines of JSON, in the block format of LZ4 with the
//!       dictionary before them
//!       start of each block, counted from the end of the dictionary, and end of the last one; 8 bytes each
//! ```
//!
//! Few entries are shown and each is unpacked with its block, so a block is small: about 1 KiB of JSON. A block that
//! small has few repetitions of its own; the dictionary holds the text that entries have in common.

#[cfg(feature = "build")]
pub(crate) mod lz4;
#[cfg(feature = "build")]
pub(crate) mod write;

use std::collections::HashMap;
use std::iter::{FusedIterator, Map};
use std::ops::Range;
use std::sync::Arc;

use super::ENTRIES;
use super::read::{PackSection, u32_at, u64_at};
use crate::database::fetched::Fetched;
use crate::error::{PackError, SearchError, damaged};
use crate::model::entry::Entry;
use crate::steps;

const HEAD: usize = 8;
const START: usize = 8;
const LENGTH: usize = 4;
/// The entries that a database returns at once where many are read.
const ENTRIES_AT_ONCE: usize = 500;
/// The greatest expansion of LZ4, which limits the memory for a block.
const EXPANSION_MAX: usize = 255;
/// The unpacked length above which a block may expand only [`LONG_EXPANSION_MAX`] times. A list of empty texts takes 24
/// bytes of memory for 3 bytes of JSON, so a block of a small forged pack takes less than 100 MB.
const LONG: usize = 4 << 20;
const LONG_EXPANSION_MAX: usize = 4;

/// Returns true if `packed` bytes may unpack to `length` bytes.
fn is_plausible(length: usize, packed: usize) -> bool {
    let expansion = if length > LONG { LONG_EXPANSION_MAX } else { EXPANSION_MAX };
    length <= packed.saturating_mul(expansion)
}

/// The entries, unpacked where they are read.
#[derive(Clone)]
pub(crate) struct Entries {
    source: Source,
    count: u32,
}

#[derive(Clone)]
enum Source {
    Packed(Blocks),
    Fetched(Arc<Fetched>),
}

/// The blocks of a pack.
#[derive(Clone)]
struct Blocks {
    section: PackSection,
    per_block: u32,
    /// The end of the dictionary.
    dictionary: usize,
    /// The start of the table of blocks.
    table: usize,
}

/// Reads entries, and keeps the last block unpacked, or the last entries that a database returned.
struct EntryReader<'a> {
    entries: &'a Entries,
    unpacked: Option<(u32, Result<UnpackedLines, PackError>)>,
    returned: HashMap<u32, Vec<u8>>,
}

impl EntryReader<'_> {
    fn entry(&mut self, position: u32) -> Result<Entry, SearchError> {
        steps::count(1);
        match &self.entries.source {
            Source::Packed(blocks) => {
                let block = position / blocks.per_block;
                if self.unpacked.as_ref().is_none_or(|(known, _)| *known != block) {
                    self.unpacked = None;
                }
                let unpack = || (block, blocks.block(block).map(UnpackedLines::new));
                let (_, lines) = self.unpacked.get_or_insert_with(unpack);
                let lines = lines.as_mut().map_err(|error| error.clone())?;
                read(lines.at(position % blocks.per_block))
            }
            // An entry that is not known yet stands for itself until the question is asked again.
            Source::Fetched(rows) => rows.entry(position).map_or_else(|| Ok(Entry::default()), read),
        }
    }

    /// Returns an entry of many that are read in order; a database returns the next ones with it.
    fn next_of_many(&mut self, position: u32, end: u32) -> Result<Entry, SearchError> {
        let Source::Fetched(rows) = &self.entries.source else { return self.entry(position) };
        if !self.returned.contains_key(&position) {
            let positions: Vec<u32> = (position..end).take(ENTRIES_AT_ONCE).collect();
            self.returned = rows.entries_at(&positions)?;
        }
        read(self.returned.get(&position).map_or(&[], Vec::as_slice))
    }
}

/// Reads an entry from its line.
fn read(line: &[u8]) -> Result<Entry, SearchError> {
    let entry = serde_json::from_slice(line);
    Ok(entry.map_err(|error| damaged(format!("an entry cannot be read: {error}")).within(ENTRIES))?)
}

/// All entries, in order. Those that are passed over are not read.
struct AllEntries<'a, F> {
    reader: EntryReader<'a>,
    positions: Range<u32>,
    shown: F,
}

impl<F: FnMut(Entry) -> Entry> AllEntries<'_, F> {
    fn at(&mut self, position: u32) -> Result<Entry, SearchError> {
        let end = self.positions.end.max(position.saturating_add(1));
        self.reader.next_of_many(position, end).map(&mut self.shown)
    }
}

impl<F: FnMut(Entry) -> Entry> Iterator for AllEntries<'_, F> {
    type Item = Result<Entry, SearchError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.nth(0)
    }

    fn nth(&mut self, count: usize) -> Option<Self::Item> {
        self.positions.nth(count).map(|position| self.at(position))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.positions.size_hint()
    }
}

impl<F: FnMut(Entry) -> Entry> DoubleEndedIterator for AllEntries<'_, F> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.positions.next_back().map(|position| self.at(position))
    }
}

impl<F: FnMut(Entry) -> Entry> ExactSizeIterator for AllEntries<'_, F> {}

impl<F: FnMut(Entry) -> Entry> FusedIterator for AllEntries<'_, F> {}

/// The lines of a block, read in their order.
struct UnpackedLines {
    bytes: Vec<u8>,
    /// The number of the next line, and its start.
    next: u32,
    start: usize,
}

impl UnpackedLines {
    fn new(bytes: Vec<u8>) -> UnpackedLines {
        UnpackedLines { bytes, next: 0, start: 0 }
    }

    /// Returns the line of this number, or an empty line if there is none.
    fn at(&mut self, number: u32) -> &[u8] {
        if number < self.next {
            (self.next, self.start) = (0, 0);
        }
        loop {
            let rest = self.bytes.get(self.start..).unwrap_or_default();
            let length = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
            let (is_it, line) = (self.next == number || rest.is_empty(), self.start..self.start + length);
            self.next = self.next.saturating_add(1);
            self.start = self.start.saturating_add(length + 1);
            if is_it {
                return self.bytes.get(line).unwrap_or_default();
            }
        }
    }
}

impl Entries {
    pub(crate) fn open(section: PackSection, count: u32) -> Result<Entries, PackError> {
        let head = section.bytes(0..HEAD)?;
        let (per_block, dictionary) = (u32_at(head, 0), u32_at(head, 4));
        if per_block == 0 {
            return Err(damaged("the block size is 0"));
        }
        let dictionary = HEAD.saturating_add(dictionary as usize);
        let blocks = count.div_ceil(per_block) as usize;
        let table = (blocks + 1).checked_mul(START).and_then(|length| section.len().checked_sub(length));
        match table {
            Some(table) if dictionary <= table => {
                Ok(Entries { source: Source::Packed(Blocks { section, per_block, dictionary, table }), count })
            }
            _ => Err(damaged("it has more entries than their section")),
        }
    }

    /// Returns the `count` entries of a generation in a database.
    pub(crate) fn fetched(rows: &Arc<Fetched>, count: u32) -> Entries {
        Entries { source: Source::Fetched(Arc::clone(rows)), count }
    }

    /// Returns the entry at `position`.
    pub(crate) fn at(&self, position: u32) -> Result<Entry, SearchError> {
        self.reader().entry(position)
    }

    /// Returns all of them, in order.
    pub(crate) fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = Result<Entry, SearchError>> + DoubleEndedIterator + FusedIterator {
        self.iter_as(|entry| entry)
    }

    /// Returns all of them, in order, each as `shown` returns it.
    pub(crate) fn iter_as<F: FnMut(Entry) -> Entry>(
        &self,
        shown: F,
    ) -> impl ExactSizeIterator<Item = Result<Entry, SearchError>> + DoubleEndedIterator + FusedIterator {
        AllEntries { reader: self.reader(), positions: 0..self.count, shown }
    }

    /// Returns the entries at `positions`; consecutive entries of a block unpack it once.
    pub(crate) fn all_at<I: IntoIterator<Item = u32>>(
        &self,
        positions: I,
    ) -> Map<I::IntoIter, impl FnMut(u32) -> Result<Entry, SearchError>> {
        let mut reader = self.reader();
        positions.into_iter().map(move |position| reader.entry(position))
    }

    fn reader(&self) -> EntryReader<'_> {
        EntryReader { entries: self, unpacked: None, returned: HashMap::new() }
    }
}

impl Blocks {
    fn block(&self, block: u32) -> Result<Vec<u8>, PackError> {
        let unusable = || damaged(format!("block {block} of its entries cannot be unpacked")).within(ENTRIES);
        let row = (block as usize).saturating_mul(START).saturating_add(self.table);
        let starts = self.section.bytes(row..row.saturating_add(2 * START))?;
        let start = |at: usize| {
            let start = usize::try_from(u64_at(starts, at)).ok();
            start.and_then(|start| start.checked_add(self.dictionary)).unwrap_or(usize::MAX)
        };
        let (length, packed) =
            self.section.bytes(start(0)..start(START))?.split_at_checked(LENGTH).ok_or_else(unusable)?;
        let length = u32_at(length, 0) as usize;
        if !is_plausible(length, packed.len()) {
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

#[cfg(test)]
mod tests {
    use crate::{KnowledgeBase, steps};

    #[test]
    fn entries_that_are_passed_over_are_not_read() {
        let text: Vec<String> =
            (0..1_000).map(|number| format!("# Question {number}?\n\nAnswer {number}.\n\n")).collect();
        let kb = KnowledgeBase::from_markdown(text.concat()).expect("it builds");
        let questions = |from: usize, count: usize| -> Vec<String> {
            let some = kb.entries().skip(from).take(count);
            some.map(|entry| entry.expect("the pack is sound").question).collect()
        };
        let mut page = Vec::new();
        assert_eq!(steps::of(|| page = questions(900, 3)), 3);
        assert_eq!(page, questions(0, 1_000)[900..903]);
        let mut entries = kb.entries();
        assert_eq!((entries.nth(997).is_some(), entries.len()), (true, 2));
        assert!(entries.next_back().is_some() && entries.nth(1).is_none() && entries.next().is_none());
    }
}
