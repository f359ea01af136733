//! The layout of a pack, written down a second time, so that what is below its checksums can be forged.

use std::hash::Hasher as _;
use std::ops::Range;

use twox_hash::XxHash3_64;

/// The length of the head up to the table of contents.
pub const HEAD: usize = 32;
/// The length of a row of the table of contents.
pub const ROW: usize = 32;
const BLOCK: usize = 4096;

fn number(bytes: &[u8], at: usize) -> usize {
    usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))).expect("a length")
}

/// Where each section lies.
pub fn sections(pack: &[u8]) -> Vec<Range<usize>> {
    let count = u32::from_le_bytes(pack[12..16].try_into().expect("four bytes")) as usize;
    let start = data(pack).start;
    let row = |row: usize| HEAD + row * ROW + 16;
    (0..count)
        .map(|at| start + number(pack, row(at))..start + number(pack, row(at)) + number(pack, row(at) + 8))
        .collect()
}

/// Where the data lies; a small pack has one block of checksums.
pub fn data(pack: &[u8]) -> Range<usize> {
    let count = u32::from_le_bytes(pack[12..16].try_into().expect("four bytes")) as usize;
    let start = HEAD + count * ROW + 8;
    let blocks = (pack.len() - start).div_ceil(BLOCK + 8);
    start..pack.len() - blocks * 8
}

/// Makes all checksums match what the pack holds.
pub fn sealed(mut pack: Vec<u8>) -> Vec<u8> {
    let data = data(&pack);
    let sums: Vec<u8> =
        pack[data.clone()].chunks(BLOCK).flat_map(|block| XxHash3_64::oneshot(block).to_le_bytes()).collect();
    pack[data.end..].copy_from_slice(&sums);
    pack[data.start - 8..data.start].copy_from_slice(&XxHash3_64::oneshot(&sums).to_le_bytes());
    let mut head = XxHash3_64::new();
    head.write(&pack[..24]);
    head.write(&pack[HEAD..data.start]);
    let sum = head.finish().to_le_bytes();
    pack[24..HEAD].copy_from_slice(&sum);
    pack
}
