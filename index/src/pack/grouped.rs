//! Records of a fixed length, those of each entry together.
//!
//! ```text
//! starts    the first record of each entry, and the number of records, 4 bytes each
//! records   of each entry, in the order of positions
//! ```

use std::ops::Range;

use super::read::{PackSection, u32_at};
use crate::error::{PackError, damaged};

const NUMBER: usize = 4;

/// See [`Grouped::are_few`]. 4,000 vectors are compared in 0.1 ms.
const FEW: usize = 4_000;

/// The records of all entries.
#[derive(Clone)]
pub(crate) struct Grouped {
    starts: PackSection,
    records: PackSection,
    /// The bytes of a record.
    length: usize,
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
        Ok(Grouped { starts, records, length })
    }

    /// Returns the number of records.
    fn len(&self) -> usize {
        self.records.len() / self.length.max(1)
    }

    /// Returns true if there are so few records that a question is compared with all of them. Otherwise it is compared with those
    /// of the first entries that words find: in a large knowledge base, hardly an answer shares no word with its question.
    pub(crate) fn are_few(&self) -> bool {
        self.len() <= FEW
    }

    /// Returns the number of entries.
    pub(crate) fn entries(&self) -> usize {
        self.starts.len() / NUMBER - 1
    }

    /// Returns the records of the entry at `position`.
    pub(crate) fn of(&self, position: u32) -> Result<&[u8], PackError> {
        self.records.bytes(self.range(position)?)
    }

    /// Returns the records of every entry, in the order of positions.
    ///
    /// The bytes are checked once for all entries: −13 % of the instructions of a question to 947 entries.
    pub(crate) fn every(&self) -> Result<impl Iterator<Item = Result<&[u8], PackError>> + '_, PackError> {
        let (starts, records) = (self.starts.all()?.as_chunks::<NUMBER>().0, self.records.all()?);
        Ok(starts.windows(2).map(|ends| {
            let [start, end] = [ends[0], ends[1]].map(|end| self.byte(u32::from_le_bytes(end)));
            records.get(start..end).ok_or_else(|| damaged("records reach beyond their section"))
        }))
    }

    /// Checks that the records of each entry follow those of the one before, and that `is_sound` is true for them.
    pub(crate) fn verify(&self, is_sound: impl Fn(&[u8]) -> bool) -> Result<(), PackError> {
        let mut end = 0;
        for position in (0..).take(self.entries()) {
            let range = self.range(position)?;
            if range.start != end || !is_sound(self.of(position)?) {
                return Err(damaged(format!("the records of entry {position} cannot be read")));
            }
            end = range.end;
        }
        if end == self.records.len() { Ok(()) } else { Err(damaged("there are records of no entry")) }
    }

    /// Returns the range of an entry's records.
    fn range(&self, position: u32) -> Result<Range<usize>, PackError> {
        let row = (position as usize).saturating_mul(NUMBER);
        let starts = self.starts.bytes(row..row.saturating_add(2 * NUMBER))?;
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
