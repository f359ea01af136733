//! Reads a pack in place, and checks each block the first time it is read.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ownedbytes::OwnedBytes;

use super::{BLOCK, CHECKSUM, CONTENTS_ROW, FORMAT_VERSION, HEAD_LENGTH, MAGIC, NAME_LENGTH, checksum, ends_checksum};
use crate::error::{PackError, damaged};

/// An open pack.
///
/// Cloning is cheap; clones share the record of checked blocks.
#[derive(Clone)]
pub(crate) struct Pack {
    inner: Arc<PackParts>,
}

struct PackParts {
    bytes: OwnedBytes,
    sections: Vec<(String, Range<usize>)>,
    data: Range<usize>,
    table_checksums: Range<usize>,
    checked_blocks: Bits,
    checked_table: Bits,
}

/// A part of a pack, under a name.
#[derive(Clone)]
pub(crate) struct PackSection {
    pack: Pack,
    range: Range<usize>,
}

impl Pack {
    /// Reads and checks the ends of a pack; the rest is checked when it is read.
    pub(crate) fn parse(bytes: &OwnedBytes) -> Result<Pack, PackError> {
        if bytes.len() < MAGIC.len() || bytes[..MAGIC.len()] != MAGIC {
            return Err(PackError::NotAPack);
        }
        let length = bytes.len() as u64;
        if bytes.len() < HEAD_LENGTH {
            return Err(PackError::Length { expected: HEAD_LENGTH as u64, found: length });
        }
        let found = u32_at(bytes, 8);
        if found != FORMAT_VERSION {
            return Err(PackError::FormatVersion { found });
        }
        let expected = u64_at(bytes, 16);
        if expected != length {
            return Err(PackError::Length { expected, found: length });
        }
        Pack::parse_contents(bytes)
    }

    fn parse_contents(bytes: &OwnedBytes) -> Result<Pack, PackError> {
        let too_short = || damaged("the tail is longer than the pack");
        let rows = u32_at(bytes, 12) as usize;
        let contents = rows.checked_mul(CONTENTS_ROW).and_then(|length| bytes.len().checked_sub(length));
        let contents = contents.ok_or_else(too_short)?..bytes.len();
        let (blocks, table_blocks) = block_counts(contents.start).ok_or_else(|| damaged("no data of this length"))?;
        let table_checksums = contents.start - table_blocks * CHECKSUM..contents.start;
        let data = HEAD_LENGTH..table_checksums.start - blocks * CHECKSUM;
        if ends_checksum(&bytes[..HEAD_LENGTH], &bytes[table_checksums.start..]) != u64_at(bytes, 24) {
            return Err(damaged("the head and the tail do not match their checksum"));
        }
        let sections = sections(&bytes[contents], &data)?;
        let (checked_blocks, checked_table) = (Bits::new(blocks), Bits::new(table_blocks));
        let inner = PackParts { bytes: bytes.clone(), sections, data, table_checksums, checked_blocks, checked_table };
        Ok(Pack { inner: Arc::new(inner) })
    }

    /// Returns the section of this name.
    pub(crate) fn section(&self, name: &str) -> Option<PackSection> {
        let (_, range) = self.inner.sections.iter().find(|(known, _)| known == name)?;
        Some(PackSection { pack: self.clone(), range: range.clone() })
    }

    /// Returns the section of this name, which every pack has.
    pub(crate) fn required(&self, name: &str) -> Result<PackSection, PackError> {
        self.section(name).ok_or_else(|| damaged(format!("no section `{name}`")).within(name))
    }

    /// Returns the names and lengths of all sections.
    pub(crate) fn sections(&self) -> impl Iterator<Item = (&str, usize)> {
        self.inner.sections.iter().map(|(name, range)| (name.as_str(), range.len()))
    }

    /// Returns the number of bytes outside all sections: the head and the checksums.
    pub(crate) fn head_length(&self) -> usize {
        self.inner.bytes.len() - self.inner.data.len()
    }

    /// Returns the checksum in the head. It covers the tail, which has the checksums of the checksums of all blocks.
    pub(crate) fn checksum(&self) -> u64 {
        u64_at(&self.inner.bytes, 24)
    }

    /// Returns the bytes of the pack with `filler` in place of each block that was never checked.
    #[cfg(all(test, feature = "build"))]
    pub(crate) fn without_unchecked(&self, filler: u8) -> Vec<u8> {
        let mut bytes = self.inner.bytes.to_vec();
        let data = &self.inner.data;
        for at in data.clone().filter(|at| !self.inner.checked_blocks.holds(at / BLOCK)) {
            bytes[at] = filler;
        }
        bytes
    }

    /// Checks every block.
    pub(crate) fn verify(&self) -> Result<(), PackError> {
        self.inner.check(self.inner.data.clone()).map_err(|error| match error {
            PackError::Damaged { offset: Some(offset), .. } => {
                let start = usize::try_from(offset).unwrap_or(usize::MAX);
                self.within(&(start..start.saturating_add(BLOCK)), error)
            }
            error => error,
        })
    }

    /// Names in `error` the first section with bytes in `range`, an absolute range.
    fn within(&self, range: &Range<usize>, error: PackError) -> PackError {
        let mut sections = self.inner.sections.iter();
        match sections.find(|(_, own)| own.start < range.end && range.start < own.end) {
            Some((name, _)) => error.within(name),
            None => error,
        }
    }
}

impl PackParts {
    /// Checks the blocks that hold `range`, an absolute range within the data, unless they were checked before.
    fn check(&self, range: Range<usize>) -> Result<(), PackError> {
        if range.is_empty() {
            return Ok(());
        }
        for block in range.start / BLOCK..=(range.end - 1) / BLOCK {
            if !self.checked_blocks.holds(block) {
                self.check_block(block)?;
                self.checked_blocks.set(block);
            }
        }
        Ok(())
    }

    fn check_block(&self, block: usize) -> Result<(), PackError> {
        let row = block * CHECKSUM / BLOCK;
        let table = &self.bytes[self.data.end..self.table_checksums.start];
        if !self.checked_table.holds(row) {
            let rows = &table[row * BLOCK..table.len().min((row + 1) * BLOCK)];
            if checksum(rows) != u64_at(&self.bytes[self.table_checksums.clone()], row * CHECKSUM) {
                let start = self.data.end + row * BLOCK;
                return Err(damaged(format!("block {row} of the block table does not match its checksum")).at(start));
            }
            self.checked_table.set(row);
        }
        let start = self.data.start.max(block * BLOCK);
        let bytes = &self.bytes[start..self.data.end.min((block + 1) * BLOCK)];
        if checksum(bytes) != u64_at(table, block * CHECKSUM) {
            return Err(damaged(format!("the block at byte {start} does not match its checksum")).at(start));
        }
        Ok(())
    }
}

impl PackSection {
    /// Returns the length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.range.len()
    }

    /// Returns the bytes of `range`, after their blocks were checked.
    pub(crate) fn bytes(&self, range: Range<usize>) -> Result<&[u8], PackError> {
        let range = self.checked(range)?;
        Ok(&self.pack.inner.bytes[range])
    }

    /// Returns the bytes of `range` in a form that keeps the pack open.
    pub(crate) fn owned_bytes(&self, range: Range<usize>) -> Result<OwnedBytes, PackError> {
        let range = self.checked(range)?;
        Ok(self.pack.inner.bytes.slice(range))
    }

    /// Returns the part of the section at `range`.
    pub(crate) fn part(&self, range: Range<usize>) -> Result<PackSection, PackError> {
        Ok(PackSection { pack: self.pack.clone(), range: self.absolute(range)? })
    }

    /// Returns all bytes.
    pub(crate) fn all(&self) -> Result<&[u8], PackError> {
        self.bytes(0..self.len())
    }

    fn checked(&self, range: Range<usize>) -> Result<Range<usize>, PackError> {
        let absolute = self.absolute(range)?;
        self.pack.inner.check(absolute.clone()).map_err(|error| self.pack.within(&self.range, error))?;
        Ok(absolute)
    }

    fn absolute(&self, range: Range<usize>) -> Result<Range<usize>, PackError> {
        if range.start > range.end || range.end > self.len() {
            return Err(damaged("a part reaches beyond its section"));
        }
        Ok(self.range.start + range.start..self.range.start + range.end)
    }
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pack").field("length", &self.inner.bytes.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for PackSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PackSection").field("range", &self.range).finish_non_exhaustive()
    }
}

/// A bit for each block. Several threads may set it, because all of them set it after the same check.
struct Bits(Vec<AtomicU64>);

impl Bits {
    fn new(count: usize) -> Bits {
        Bits((0..count.div_ceil(64)).map(|_| AtomicU64::new(0)).collect())
    }

    fn holds(&self, bit: usize) -> bool {
        self.0[bit / 64].load(Ordering::Relaxed) & (1 << (bit % 64)) != 0
    }

    fn set(&self, bit: usize) {
        self.0[bit / 64].fetch_or(1 << (bit % 64), Ordering::Relaxed);
    }
}

/// Returns the number of blocks of the data and of the block table, where the table of contents starts at `end`.
///
/// Data that ends at `d` has `b = ceil(d / BLOCK)` blocks, and the table has `t = ceil(8 b / BLOCK)` blocks. So
/// `d + 8 b + 8 t = end`. The left side grows with `d`, so there is at most one answer; `b` is found by binary search.
fn block_counts(end: usize) -> Option<(usize, usize)> {
    let table_blocks = |blocks: usize| (blocks * CHECKSUM).div_ceil(BLOCK);
    let overhead = |blocks: usize| (blocks + table_blocks(blocks)) * CHECKSUM;
    let (mut low, mut high) = (0, end / BLOCK + 1);
    while low < high {
        let blocks = low.midpoint(high);
        if blocks * BLOCK + overhead(blocks) < end { low = blocks + 1 } else { high = blocks }
    }
    let data = end.checked_sub(overhead(low))?;
    (data >= HEAD_LENGTH && data.div_ceil(BLOCK) == low).then(|| (low, table_blocks(low)))
}

fn sections(contents: &[u8], data: &Range<usize>) -> Result<Vec<(String, Range<usize>)>, PackError> {
    let mut sections = Vec::with_capacity(contents.len() / CONTENTS_ROW);
    let mut free = data.start;
    for row in contents.chunks_exact(CONTENTS_ROW) {
        let name = row[..NAME_LENGTH].split(|&byte| byte == 0).next().unwrap_or_default();
        let name = std::str::from_utf8(name).map_err(|_| damaged("a section's name is not UTF-8"))?;
        let bounds = section_bounds(u64_at(row, NAME_LENGTH), u64_at(row, NAME_LENGTH + 8));
        match bounds {
            Some((start, end)) if start >= free && end <= data.end => {
                sections.push((name.to_owned(), start..end));
                free = end;
            }
            _ => return Err(damaged(format!("the section `{name}` reaches beyond its bounds")).within(name)),
        }
    }
    Ok(sections)
}

fn section_bounds(start: u64, length: u64) -> Option<(usize, usize)> {
    let start = usize::try_from(start).ok()?;
    Some((start, start.checked_add(usize::try_from(length).ok()?)?))
}

/// Reads a little-endian number; the caller has checked the bounds.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

/// Reads a little-endian number; the caller has checked the bounds.
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}
