//! The phrasings of each entry: its question and each alias, as the terms in them.
//!
//! The inverted index finds entries that hold the terms of a question anywhere. A comparison with one phrasing needs
//! the terms of each phrasing by itself. This section of the pack holds, for each entry:
//!
//! ```text
//! offsets: start of each entry's phrasings, counted from the end of the offsets; one more than entries, 4 bytes each
//! phrasing: number of distinct terms (2 bytes), sum of their weights (4 bytes, IEEE 754), each term by its number
//! ```
//!
//! The number of a term is its place in the dictionary of the index: 3 bytes, or 4 where the dictionary has more than
//! 2^24 terms. A hash would take as much space, and an author could construct a collision.

use std::ops::Range;
use std::sync::Arc;

use super::exact;
use super::read::{PackSection, u32_at};
use crate::database::fetched::Fetched;
use crate::error::{PackError, damaged};

const OFFSET: usize = 4;
const PHRASING_HEAD: usize = 6;

/// Returns the bytes of a term's number, among `terms` terms.
pub(crate) fn number_width(terms: u64) -> usize {
    if terms <= 1 << 24 { 3 } else { 4 }
}

/// A phrasing, as the pack holds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrasing<'a> {
    /// The sum of the weights of all its terms.
    pub(crate) weight: f32,
    numbers: &'a [u8],
    width: usize,
}

impl Phrasing<'_> {
    /// Returns true if its terms are these, in this order.
    pub(crate) fn is(&self, numbers: &[u32]) -> bool {
        let (mut at, mut is_same) = (0, true);
        self.each_number(|number| {
            is_same &= numbers.get(at) == Some(&number);
            at += 1;
        });
        is_same && at == numbers.len()
    }

    /// Calls `take` with the number of each of its distinct terms, in the order of their first use.
    #[inline]
    pub(crate) fn each_number(&self, mut take: impl FnMut(u32)) {
        // A loop for each width: the length of a chunk is known at compile time.
        if self.width == 3 {
            self.numbers
                .chunks_exact(3)
                .for_each(|number| take(u32::from_le_bytes([number[0], number[1], number[2], 0])));
        } else {
            self.numbers.chunks_exact(4).for_each(|number| take(u32_at(number, 0)));
        }
    }
}

/// The phrasings of all entries.
#[derive(Clone)]
pub(crate) struct Phrasings {
    source: Source,
    width: usize,
}

#[derive(Clone)]
enum Source {
    Packed { offsets: PackSection, data: PackSection },
    Fetched(Arc<Fetched>),
}

impl Phrasings {
    /// Opens the section of `entries` entries, in an index of `terms` terms. It has an offset for each entry, so no
    /// pack has more entries than bytes.
    pub(crate) fn open(section: &PackSection, entries: u32, terms: u64) -> Result<Phrasings, PackError> {
        let offsets = (entries as usize).checked_add(1).and_then(|rows| rows.checked_mul(OFFSET));
        let offsets = offsets.filter(|&offsets| offsets <= section.len());
        let offsets = offsets.ok_or_else(|| damaged("it has more entries than questions"))?;
        let (offsets, data) = (section.part(0..offsets)?, section.part(offsets..section.len())?);
        Ok(Phrasings { source: Source::Packed { offsets, data }, width: number_width(terms) })
    }

    /// Returns the phrasings of the entries whose rows are known, in an index of `terms` terms.
    pub(crate) fn fetched(rows: &Arc<Fetched>, terms: u64) -> Phrasings {
        Phrasings { source: Source::Fetched(Arc::clone(rows)), width: number_width(terms) }
    }

    /// Returns the bytes of the phrasings of the entry at `position`.
    pub(crate) fn bytes_of(&self, position: u32) -> Result<&[u8], PackError> {
        match &self.source {
            Source::Packed { offsets, data } => data.bytes(range(offsets, position)?),
            Source::Fetched(rows) => Ok(rows.row(position).map_or(&[], |row| &row.phrasings)),
        }
    }

    /// Returns the phrasings of the entry at `position`, the question first.
    pub(crate) fn of(&self, position: u32) -> Result<impl Iterator<Item = Phrasing<'_>>, PackError> {
        let mut rest = self.bytes_of(position)?;
        Ok(std::iter::from_fn(move || {
            let (phrasing, behind) = first(rest, self.width)?;
            rest = behind;
            Some(phrasing)
        }))
    }

    /// Reads the phrasings of all entries.
    pub(crate) fn verify(&self) -> Result<(), PackError> {
        let Source::Packed { offsets, data } = &self.source else { return Ok(()) };
        let mut end = 0;
        for position in (0..).take(offsets.len() / OFFSET - 1) {
            let range = range(offsets, position)?;
            let phrasings = self.of(position)?;
            let length: usize = phrasings.map(|phrasing| PHRASING_HEAD + phrasing.numbers.len()).sum();
            if range.start != end || length != range.len() {
                return Err(damaged(format!("the questions of entry {position} cannot be read")));
            }
            end = range.end;
        }
        if end == data.len() { Ok(()) } else { Err(damaged("there are questions of no entry")) }
    }

    /// Returns the rows of the table of exact phrasings.
    pub(crate) fn exact_rows(&self) -> Result<Vec<u64>, PackError> {
        let (mut rows, mut numbers) = (Vec::new(), Vec::new());
        let Source::Packed { offsets, .. } = &self.source else { return Ok(rows) };
        for position in (0..).take(offsets.len() / OFFSET - 1) {
            for phrasing in self.of(position)? {
                numbers.clear();
                phrasing.each_number(|number| numbers.push(number));
                rows.push(exact::key(exact::hash(&numbers), position));
            }
        }
        Ok(exact::sorted(rows))
    }
}

/// Returns the range of an entry's phrasings in the data.
fn range(offsets: &PackSection, position: u32) -> Result<Range<usize>, PackError> {
    let row = (position as usize).saturating_mul(OFFSET);
    let offsets = offsets.bytes(row..row.saturating_add(2 * OFFSET))?;
    Ok(u32_at(offsets, 0) as usize..u32_at(offsets, OFFSET) as usize)
}

/// Splits off the first phrasing; an invalid length or weight ends the list.
fn first(bytes: &[u8], width: usize) -> Option<(Phrasing<'_>, &[u8])> {
    let (head, rest) = bytes.split_at_checked(PHRASING_HEAD)?;
    let count = u16::from_le_bytes([head[0], head[1]]) as usize;
    let weight = f32::from_le_bytes([head[2], head[3], head[4], head[5]]);
    if !(0.0..=f32::MAX).contains(&weight) {
        return None;
    }
    let (numbers, rest) = rest.split_at_checked(count * width)?;
    Some((Phrasing { weight, numbers, width }, rest))
}

/// The phrasings of neighbouring entries on their way to a pack.
#[cfg(feature = "build")]
pub(crate) struct Written {
    /// The bytes of the number of a term.
    width: usize,
    data: Vec<u8>,
    /// The end of each entry in `data`.
    ends: Vec<u64>,
    /// The rows of the table of exact phrasings; positions count from the first of these entries.
    keys: Vec<u64>,
}

#[cfg(feature = "build")]
impl Written {
    /// Starts without entries.
    pub(crate) fn new(width: usize) -> Written {
        Written { width, data: Vec::new(), ends: Vec::new(), keys: Vec::new() }
    }

    /// Adds an entry whose phrasings are the slots of their terms; `term` returns the number and the weight of the term
    /// in a slot.
    pub(crate) fn push<'a>(&mut self, phrasings: impl Iterator<Item = &'a [u32]>, term: impl Fn(u32) -> (u32, f32)) {
        let position = self.ends.len() as u64;
        for slots in phrasings {
            let count = u16::try_from(slots.len()).unwrap_or(u16::MAX);
            let slots = &slots[..usize::from(count)];
            let sum: f32 = slots.iter().map(|&slot| term(slot).1).sum();
            self.data.extend(count.to_le_bytes());
            self.data.extend(sum.to_le_bytes());
            let numbers: Vec<u32> = slots.iter().map(|&slot| term(slot).0).collect();
            self.data.extend(numbers.iter().flat_map(|number| number.to_le_bytes().into_iter().take(self.width)));
            self.keys.push(exact::key(exact::hash(&numbers), 0) + position);
        }
        self.ends.push(self.data.len() as u64);
    }

    /// Appends the next entries.
    pub(crate) fn append(&mut self, next: &Written) {
        let before = self.data.len() as u64;
        let entries = self.ends.len() as u64;
        self.keys.extend(next.keys.iter().map(|key| entries + key));
        self.data.extend(&next.data);
        self.ends.extend(next.ends.iter().map(|end| before + end));
    }

    /// Takes the rows of the table of exact phrasings out.
    pub(crate) fn take_keys(&mut self) -> Vec<u64> {
        std::mem::take(&mut self.keys)
    }

    /// Returns the two halves of the section; `None` if it would be too large.
    pub(crate) fn section(self) -> Option<[Vec<u8>; 2]> {
        let mut offsets = 0_u32.to_le_bytes().to_vec();
        for end in self.ends {
            offsets.extend(u32::try_from(end).ok()?.to_le_bytes());
        }
        Some([offsets, self.data])
    }
}

#[cfg(all(test, feature = "build"))]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_out_as_they_went_in_in_either_width() {
        for (terms, numbers) in [(1 << 24, [0, 1, 0x00ff_ffff]), ((1 << 24) + 1, [0, 0x0100_0000, u32::MAX])] {
            let width = number_width(terms);
            let mut written = Written::new(width);
            written.push([&[0, 1, 2][..]].into_iter(), |slot| (numbers[slot as usize], 0.5));
            let [_, data] = written.section().expect("a small one");
            let (phrasing, rest) = first(&data, width).expect("a phrasing");
            let mut found = Vec::new();
            phrasing.each_number(|number| found.push(number));
            assert_eq!((found.as_slice(), phrasing.weight, rest.len()), (&numbers[..], 1.5, 0));
        }
    }
}
