//! The layout of a pack, implemented a second time, to forge packs with matching checksums.

use std::hash::Hasher as _;
use std::ops::Range;

use twox_hash::XxHash3_64;

/// The length of the head.
pub const HEAD: usize = 32;
/// The length of a row of the table of contents.
pub const ROW: usize = 32;
const NAME: usize = 16;
const BLOCK: usize = 4096;
const CHECKSUM: usize = 8;

fn number(bytes: &[u8], at: usize) -> usize {
    usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))).expect("a length")
}

/// Returns the range of the table of contents.
pub fn contents(pack: &[u8]) -> Range<usize> {
    let count = u32::from_le_bytes(pack[12..16].try_into().expect("four bytes")) as usize;
    pack.len() - count * ROW..pack.len()
}

/// Returns the range of each section.
pub fn sections(pack: &[u8]) -> Vec<Range<usize>> {
    let range = |row: &[u8]| number(row, NAME)..number(row, NAME) + number(row, NAME + 8);
    pack[contents(pack)].chunks(ROW).map(range).collect()
}

/// Returns the range of the data, for a small pack with one block of checksums.
pub fn data(pack: &[u8]) -> Range<usize> {
    let end = contents(pack).start - CHECKSUM;
    let blocks = end.div_ceil(BLOCK + CHECKSUM);
    HEAD..end - blocks * CHECKSUM
}

/// Recomputes all checksums of a pack.
pub fn sealed(mut pack: Vec<u8>) -> Vec<u8> {
    let data = data(&pack);
    let tail = contents(&pack).start - CHECKSUM;
    let sums = sums(&pack[..data.end]);
    pack[data.end..tail].copy_from_slice(&sums);
    pack[tail..tail + CHECKSUM].copy_from_slice(&XxHash3_64::oneshot(&sums).to_le_bytes());
    seal_ends(&mut pack, tail);
    pack
}

/// Returns the checksums of the blocks of head and data; the checksum of the first block leaves the head out.
fn sums(pack: &[u8]) -> Vec<u8> {
    let blocks = pack.chunks(BLOCK).enumerate();
    let sum = |(at, block): (usize, &[u8])| XxHash3_64::oneshot(&block[if at == 0 { HEAD } else { 0 }..]).to_le_bytes();
    blocks.flat_map(sum).collect()
}

fn seal_ends(pack: &mut [u8], tail: usize) {
    let mut ends = XxHash3_64::new();
    ends.write(&pack[..24]);
    ends.write(&pack[tail..]);
    pack[24..HEAD].copy_from_slice(&ends.finish().to_le_bytes());
}

/// A pack as its sections, in their order.
#[derive(Clone)]
pub struct Parts {
    head: Vec<u8>,
    sections: Vec<(String, Vec<u8>)>,
}

impl Parts {
    /// Splits a pack into its sections.
    pub fn of(pack: &[u8]) -> Parts {
        let name = |row: &[u8]| String::from_utf8_lossy(&row[..NAME]).trim_end_matches('\0').to_owned();
        let names = pack[contents(pack)].chunks(ROW).map(name);
        let sections = names.zip(sections(pack)).map(|(name, range)| (name, pack[range].to_vec()));
        Parts { head: pack[..HEAD].to_vec(), sections: sections.collect() }
    }

    /// Returns the bytes of a section.
    pub fn get(&self, name: &str) -> &[u8] {
        let section = self.sections.iter().find(|(known, _)| known == name);
        section.map(|(_, bytes)| bytes.as_slice()).expect("a section that every pack has")
    }

    /// Returns the pack with other bytes in a section.
    pub fn with(&self, name: &str, bytes: Vec<u8>) -> Parts {
        let mut parts = self.clone();
        let section = parts.sections.iter_mut().find(|(known, _)| known == name);
        section.expect("a section that every pack has").1 = bytes;
        parts
    }

    /// Returns the pack with another section.
    pub fn and(&self, name: &str, bytes: Vec<u8>) -> Parts {
        let mut parts = self.clone();
        parts.sections.push((name.to_owned(), bytes));
        let count = u32::try_from(parts.sections.len()).expect("a handful");
        parts.head[12..16].copy_from_slice(&count.to_le_bytes());
        parts
    }

    /// Returns the pack with tables of its own, by which it says that its vectors were made.
    pub fn with_tables(&self, pieces: Vec<u8>, words: Vec<u8>) -> Parts {
        let mut vectors = self.get("vectors").to_vec();
        vectors[..16].copy_from_slice(&pieces[8..24]);
        vectors[16..32].copy_from_slice(&words[8..24]);
        self.with("vectors", vectors).and("pieces", pieces).and("chinese-words", words)
    }

    /// Assembles a pack with matching checksums.
    pub fn pack(&self) -> Vec<u8> {
        let mut pack = self.head.clone();
        let mut contents = Vec::new();
        for (name, bytes) in &self.sections {
            let mut row = name.clone().into_bytes();
            row.resize(NAME, 0);
            contents.extend(row);
            contents.extend((pack.len() as u64).to_le_bytes());
            contents.extend((bytes.len() as u64).to_le_bytes());
            pack.extend(bytes);
        }
        let sums = sums(&pack);
        pack.extend(&sums);
        let tail = pack.len();
        pack.extend(sums.chunks(BLOCK).flat_map(|block| XxHash3_64::oneshot(block).to_le_bytes()));
        pack.extend(contents);
        let length = pack.len() as u64;
        pack[16..24].copy_from_slice(&length.to_le_bytes());
        seal_ends(&mut pack, tail);
        pack
    }
}
