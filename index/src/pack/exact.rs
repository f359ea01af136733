//! A table from the hash of each phrasing to its entry, for questions that are typed as an author wrote them.
//!
//! ```text
//! row: hash of the phrasing's term numbers in their order (4 bytes), position of its entry (4 bytes)
//! ```
//!
//! Rows are in ascending order, each once. A hash says where to look; the caller compares the terms themselves, so two
//! phrasings of one hash are told apart.

use twox_hash::XxHash3_64;

use super::read::{PackSection, u32_at};
use crate::error::{PackError, damaged};

const ROW: usize = 8;
/// Steps of interpolation before the search falls back to halving: hashes are uniform, so 3 steps leave a few dozen
/// rows of a million, each step one block of the pack.
const INTERPOLATIONS: usize = 3;

/// Returns the hash of a sequence of term numbers.
pub(crate) fn hash(numbers: &[u32]) -> u32 {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    (XxHash3_64::oneshot(&bytes) >> 32) as u32
}

/// The table of a pack.
#[derive(Clone)]
pub(crate) struct ExactPhrasings {
    rows: PackSection,
    count: usize,
}

impl ExactPhrasings {
    /// Opens the section.
    pub(crate) fn open(rows: PackSection) -> Result<ExactPhrasings, PackError> {
        if !rows.len().is_multiple_of(ROW) {
            return Err(damaged("the table of exact phrasings ends within a row"));
        }
        let count = rows.len() / ROW;
        Ok(ExactPhrasings { rows, count })
    }

    /// Returns the first entry from `position` on that has a phrasing of this hash.
    pub(crate) fn first_from(&self, hash: u32, position: u32) -> Result<Option<u32>, PackError> {
        let at = self.lower_bound(key(hash, position))?;
        if at == self.count {
            return Ok(None);
        }
        let found = self.row(at)?;
        Ok((found >> 32 == u64::from(hash)).then_some(position_of(found)))
    }

    /// Returns the number of rows before the first that is not less than `key`.
    fn lower_bound(&self, key: u64) -> Result<usize, PackError> {
        let (mut start, mut end) = (0, self.count);
        let (mut least, mut most) = (0, u64::MAX);
        for step in 0.. {
            if start == end {
                break;
            }
            let length = end - start;
            let middle = if step < INTERPOLATIONS && length > ROW {
                let (distance, span) = (key.saturating_sub(least), most.saturating_sub(least).max(1));
                let expected = u128::from(distance) * length as u128 / u128::from(span);
                start + usize::try_from(expected).unwrap_or(length).min(length - 1)
            } else {
                start + length / 2
            };
            let row = self.row(middle)?;
            if row < key {
                (start, least) = (middle + 1, row);
            } else {
                (end, most) = (middle, row);
            }
        }
        Ok(start)
    }

    /// Returns a row as one number.
    fn row(&self, at: usize) -> Result<u64, PackError> {
        let bytes = self.rows.bytes(at * ROW..(at + 1) * ROW)?;
        Ok(key(u32_at(bytes, 0), u32_at(bytes, 4)))
    }

    /// Returns the hash and the position of every row, in order.
    #[cfg(feature = "build")]
    pub(crate) fn rows(&self) -> impl Iterator<Item = Result<(u32, u32), PackError>> + '_ {
        (0..self.count).map(|at| self.row(at).map(|row| ((row >> 32) as u32, position_of(row))))
    }

    /// Checks that the rows are these, in this order.
    pub(crate) fn verify(&self, rows: &[u64]) -> Result<(), PackError> {
        for (at, &row) in rows.iter().enumerate() {
            if at >= self.count || self.row(at)? != row {
                return Err(damaged("the table of exact phrasings does not have each phrasing"));
            }
        }
        if self.count > rows.len() {
            Err(damaged("the table of exact phrasings has phrasings of no entry"))
        } else {
            Ok(())
        }
    }
}

/// Returns a row as one number, so that rows are in the order of numbers.
pub(crate) fn key(hash: u32, position: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(position)
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half")]
fn position_of(key: u64) -> u32 {
    key as u32
}

/// Puts rows in ascending order, each once.
pub(crate) fn sorted(mut keys: Vec<u64>) -> Vec<u64> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Returns the section of these rows.
#[cfg(feature = "build")]
pub(crate) fn section(keys: Vec<u64>) -> Vec<u8> {
    let row = |key: u64| [((key >> 32) as u32).to_le_bytes(), position_of(key).to_le_bytes()].concat();
    sorted(keys).into_iter().flat_map(row).collect()
}

#[cfg(all(test, feature = "build"))]
mod tests {
    use ownedbytes::OwnedBytes;
    use proptest::prelude::*;

    use super::*;
    use crate::pack::read::Pack;
    use crate::pack::write::PackWriter;

    fn table(keys: &[u64]) -> ExactPhrasings {
        let mut pack = PackWriter::new(std::io::Cursor::new(Vec::new())).unwrap();
        pack.section("exact", &section(keys.to_vec())).unwrap();
        let bytes = pack.finish().unwrap().into_inner();
        let pack = Pack::parse(&OwnedBytes::new(bytes)).unwrap();
        ExactPhrasings::open(pack.required("exact").unwrap()).unwrap()
    }

    proptest! {
        #[test]
        fn a_row_is_found_wherever_it_stands(
            mut keys in prop::collection::vec(prop_oneof![any::<u64>(), (0_u64..4).prop_map(|low| 7 << 32 | low)], 0..300),
            other in any::<u64>(),
        ) {
            let table = table(&keys);
            keys.sort_unstable();
            for key in keys.iter().copied().chain([other, 0, u64::MAX]) {
                let expected = keys.iter().copied().find(|&known| known >= key && known >> 32 == key >> 32);
                let found = table.first_from((key >> 32) as u32, position_of(key)).unwrap();
                prop_assert_eq!(found, expected.map(position_of));
            }
        }
    }
}
