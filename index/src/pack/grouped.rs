//! Records of a fixed length, those of each entry together.
//!
//! ```text
//! starts    the first record of each entry, and the number of records, 4 bytes each
//! records   of each entry, in the order of positions
//! ```

use std::ops::Range;
use std::sync::Arc;

use super::read::{PackSection, u32_at};
use crate::database::contract::Row;
use crate::database::fetched::Fetched;
use crate::error::{PackError, damaged};

const NUMBER: usize = 4;

/// The bytes of records that are few, see [`Grouped::are_few`]: 42,666 vectors of word pieces, 16,000 of sentences in 384
/// dimensions, 8,000 of E5.
const FEW: usize = 1_536_000;

/// The records of all entries.
#[derive(Clone)]
pub(crate) struct Grouped {
    source: Source,
    /// The bytes of a record.
    length: usize,
}

#[derive(Clone)]
enum Source {
    Packed {
        starts: PackSection,
        records: PackSection,
    },
    /// Those of the rows that are known, of so many entries; `of_row` takes them out of a row.
    Fetched {
        rows: Arc<Fetched>,
        entries: u32,
        of_row: fn(&Row) -> &[u8],
    },
}

impl Grouped {
    /// Opens what follows byte `start` of a section: `records` records of `length` bytes, in groups for `entries` entries.
    pub(crate) fn open(
        section: &PackSection,
        start: usize,
        entries: u32,
        records: u32,
        length: usize,
    ) -> Result<Grouped, PackError> {
        let after = |start: usize, count: usize, bytes: usize| {
            let length = count.checked_mul(bytes).and_then(|length| start.checked_add(length));
            length.ok_or_else(|| damaged("records of no length"))
        };
        let middle = after(start, (entries as usize).saturating_add(1), NUMBER)?;
        if after(middle, records as usize, length)? != section.len() {
            return Err(damaged("the records do not fill their section"));
        }
        let (starts, records) = (section.part(start..middle)?, section.part(middle..section.len())?);
        Ok(Grouped { source: Source::Packed { starts, records }, length })
    }

    /// Returns the records of the rows that are known, among those of `entries` entries; `of_row` takes them out of a row.
    pub(crate) fn fetched(rows: &Arc<Fetched>, entries: u32, of_row: fn(&Row) -> &[u8]) -> Grouped {
        Grouped { source: Source::Fetched { rows: Arc::clone(rows), entries, of_row }, length: 0 }
    }

    /// Returns the same records, with those of `rows` where a database has them.
    pub(crate) fn with_rows(&self, rows: &Arc<Fetched>) -> Grouped {
        match self.source {
            Source::Packed { .. } => self.clone(),
            Source::Fetched { entries, of_row, .. } => Grouped::fetched(rows, entries, of_row),
        }
    }

    /// Returns true unless a database has them.
    pub(crate) fn are_here(&self) -> bool {
        matches!(self.source, Source::Packed { .. })
    }

    /// Returns true if there are so few records that a question is compared with all of them. Otherwise it is compared with those
    /// of the first entries that words find: in a large knowledge base, hardly an answer shares no word with its question.
    pub(crate) fn are_few(&self) -> bool {
        match &self.source {
            Source::Packed { records, .. } => records.len() <= FEW,
            // A planning pack has all records if they are few.
            Source::Fetched { .. } => false,
        }
    }

    /// Returns the number of entries.
    pub(crate) fn entries(&self) -> usize {
        match &self.source {
            Source::Packed { starts, .. } => starts.len() / NUMBER - 1,
            Source::Fetched { entries, .. } => *entries as usize,
        }
    }

    /// Returns the records of the entry at `position`.
    pub(crate) fn of(&self, position: u32) -> Result<&[u8], PackError> {
        match &self.source {
            Source::Packed { starts, records } => records.bytes(self.range(starts, position)?),
            Source::Fetched { rows, of_row, .. } => Ok(rows.row(position).map_or(&[], of_row)),
        }
    }

    /// Returns the records of the entry at `position` for a row of a database; none if they are few, so that a planning pack has
    /// all of them.
    #[cfg(feature = "build")]
    pub(crate) fn of_row(&self, position: u32) -> Result<&[u8], PackError> {
        if self.are_few() { Ok(&[]) } else { self.of(position) }
    }

    /// Returns the records of every entry, in the order of positions.
    ///
    /// The bytes are checked once for all entries: −13 % of the instructions of a question to 947 entries.
    pub(crate) fn every(&self) -> Result<impl Iterator<Item = Result<&[u8], PackError>> + '_, PackError> {
        let (starts, records) = match &self.source {
            Source::Packed { starts, records } => (starts.all()?.as_chunks::<NUMBER>().0, records.all()?),
            Source::Fetched { .. } => Default::default(),
        };
        Ok(starts.windows(2).map(|ends| {
            let [start, end] = [ends[0], ends[1]].map(|end| self.byte(u32::from_le_bytes(end)));
            records.get(start..end).ok_or_else(|| damaged("records reach beyond their section"))
        }))
    }

    /// Checks that the records of each entry follow those of the one before, and that `is_sound` is true for them.
    pub(crate) fn verify(&self, is_sound: impl Fn(&[u8]) -> bool) -> Result<(), PackError> {
        let Source::Packed { starts, records } = &self.source else { return Ok(()) };
        let mut end = 0;
        for position in (0..).take(self.entries()) {
            let range = self.range(starts, position)?;
            if range.start != end || !is_sound(self.of(position)?) {
                return Err(damaged(format!("the records of entry {position} cannot be read")));
            }
            end = range.end;
        }
        if end == records.len() { Ok(()) } else { Err(damaged("there are records of no entry")) }
    }

    /// Returns the range of an entry's records.
    fn range(&self, starts: &PackSection, position: u32) -> Result<Range<usize>, PackError> {
        let row = (position as usize).saturating_mul(NUMBER);
        let starts = starts.bytes(row..row.saturating_add(2 * NUMBER))?;
        let [start, end] = [0, NUMBER].map(|at| self.byte(u32_at(starts, at)));
        Ok(start..end)
    }

    fn byte(&self, record: u32) -> usize {
        (record as usize).saturating_mul(self.length)
    }
}

/// Returns the starts of groups that end at `ends`, and the number of all records; `None` if there are too many.
#[cfg(feature = "build")]
pub(crate) fn starts(ends: &[usize]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity((ends.len() + 1) * NUMBER);
    for start in std::iter::once(0).chain(ends.iter().copied()) {
        bytes.extend(u32::try_from(start).ok()?.to_le_bytes());
    }
    Some(bytes)
}
