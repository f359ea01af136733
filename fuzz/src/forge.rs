//! The layout of a pack, written down a second time, so that what is below its checksums can be forged.

use std::hash::Hasher as _;
use std::ops::Range;

use twox_hash::XxHash3_64;

/// The length of the head.
pub const HEAD: usize = 32;
/// The length of a row of the table of contents.
pub const ROW: usize = 32;
const BLOCK: usize = 4096;

fn number(bytes: &[u8], at: usize) -> usize {
    usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))).expect("a length")
}

/// Where the table of contents lies.
pub fn contents(pack: &[u8]) -> Range<usize> {
    let count = u32::from_le_bytes(pack[12..16].try_into().expect("four bytes")) as usize;
    pack.len() - count * ROW..pack.len()
}

/// Where each section lies.
pub fn sections(pack: &[u8]) -> Vec<Range<usize>> {
    let range = |row: &[u8]| number(row, 16)..number(row, 16) + number(row, 24);
    pack[contents(pack)].chunks(ROW).map(range).collect()
}

/// Where the data lies; a small pack has one block of checksums.
pub fn data(pack: &[u8]) -> Range<usize> {
    let end = contents(pack).start - 8;
    let blocks = end.div_ceil(BLOCK + 8);
    HEAD..end - blocks * 8
}

/// Makes all checksums match what the pack holds.
pub fn sealed(mut pack: Vec<u8>) -> Vec<u8> {
    let data = data(&pack);
    let tail = contents(&pack).start - 8;
    // The first block has no head.
    let blocks = pack[..data.end].chunks(BLOCK).enumerate();
    let sum = |(at, block): (usize, &[u8])| XxHash3_64::oneshot(&block[if at == 0 { HEAD } else { 0 }..]).to_le_bytes();
    let sums: Vec<u8> = blocks.flat_map(sum).collect();
    pack[data.end..tail].copy_from_slice(&sums);
    pack[tail..tail + 8].copy_from_slice(&XxHash3_64::oneshot(&sums).to_le_bytes());
    let mut ends = XxHash3_64::new();
    ends.write(&pack[..24]);
    ends.write(&pack[tail..]);
    let sum = ends.finish().to_le_bytes();
    pack[24..HEAD].copy_from_slice(&sum);
    pack
}
