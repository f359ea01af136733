//! Small tables, written by the description in `src/table.rs`.

use twox_hash::XxHash3_128;

pub(crate) const HEAD: usize = 52;
pub(crate) const ROW: usize = 66;
const BUCKET_BITS: u32 = 3;
pub(crate) const DIRECTORY: usize = ((1 << BUCKET_BITS) + 1) * 4;

/// The pieces of a small table, `##` in front of those that continue a word.
pub(crate) const PIECES: &[&str] =
    &["reset", "re", "##set", "##s", "a", "##a", "password", "?", "ü", "жук", "##ук", "x"];
pub(crate) const WORDS: &[&str] = &["备案", "备", "密码", "怎么办"];

/// Returns a table of word pieces, or of words with their mean.
pub(crate) fn table(lines: &[&str], is_words: bool) -> Vec<u8> {
    let mut buckets = vec![Vec::new(); 1 << BUCKET_BITS];
    for (row, line) in (0_u32..).zip(lines) {
        let piece = line.strip_prefix("##").unwrap_or(line);
        let length = u32::try_from(piece.len()).unwrap();
        let head = row | length << 24 | u32::from(piece != *line) << 31;
        buckets[bucket(line)].extend([&head.to_le_bytes()[..], piece.as_bytes()].concat());
    }
    let starts = buckets.iter().scan(0, |end: &mut u32, bucket| {
        *end += u32::try_from(bucket.len()).unwrap();
        Some(*end)
    });
    let directory: Vec<u8> = std::iter::once(0).chain(starts).flat_map(u32::to_le_bytes).collect();
    let buckets = buckets.concat();
    let longest = lines.iter().map(|line| line.strip_prefix("##").unwrap_or(line).len()).max().unwrap();

    let [count, longest, length] = [lines.len(), longest, buckets.len()].map(|number| u32::try_from(number).unwrap());
    let head = [1, 1 + u32::from(is_words), 128, count, longest, BUCKET_BITS, length].map(u32::to_le_bytes).concat();
    let mean = if is_words { 0.125_f32.to_le_bytes().repeat(128) } else { Vec::new() };
    let row = |row: u8| [&0x3c00_u16.to_le_bytes()[..], &[0x19 + row % 7; 64]].concat();
    let rows: Vec<u8> = (0..u8::try_from(lines.len()).unwrap()).flat_map(row).collect();
    sealed([&b"\x89FAQTM\r\n"[..], &[0; 16], &head, &directory, &buckets, &mean, &rows].concat())
}

/// Returns the table with the content hash of its content.
pub(crate) fn sealed(mut table: Vec<u8>) -> Vec<u8> {
    let hash = XxHash3_128::oneshot(&table[24..]);
    table[8..24].copy_from_slice(&hash.to_le_bytes());
    table
}

fn bucket(line: &str) -> usize {
    let hash = line.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash.wrapping_mul(0x9e37_79b1) >> (32 - BUCKET_BITS)) as usize
}
