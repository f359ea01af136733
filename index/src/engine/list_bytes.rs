//! The bytes of posting lists under construction: varints, linked from each part to the part before.

/// The place of a list; its head has the place of the list before it.
#[derive(Clone, Copy, Default)]
pub(super) struct ListPosition {
    /// The number of its part, from 1; 0 is no list.
    pub(super) part: u32,
    pub(super) at: u32,
}

/// The posting list of a term in one part.
#[derive(Clone)]
pub(super) struct List<'a> {
    /// The position of the part's first entry.
    pub(super) first: u32,
    /// The number of entries.
    pub(super) entries: u32,
    pub(super) bytes: &'a [u8],
}

/// Writes a list as varints: for each posting twice the gap, plus 1 if the frequency is above 1, and then the frequency
/// less 2.
pub(super) fn write_list(list: &[(u32, u32)], bytes: &mut Vec<u8>) {
    let mut before = 0;
    for &(entry, times) in list {
        let distance = (entry - before) << 1;
        if times == 1 {
            write_varint(distance, bytes);
        } else {
            write_varint(distance | 1, bytes);
            write_varint(times - 2, bytes);
        }
        before = entry;
    }
}

impl List<'_> {
    /// Adds its postings to `found`.
    pub(super) fn read(mut self, found: &mut Vec<(u32, u32)>) {
        let mut entry = self.first;
        for _ in 0..self.entries {
            let distance = read_varint(&mut self.bytes);
            entry += distance >> 1;
            let times = if distance & 1 == 0 { 1 } else { read_varint(&mut self.bytes) + 2 };
            found.push((entry, times));
        }
    }
}

/// Writes the head of a list in `part` as varints: twice the number of parts back to the list before it, plus 1 if this
/// list has several entries. The place of the list before follows, then the number of entries less 2; each only where
/// it applies.
pub(super) fn write_head(before: ListPosition, part: u32, entries: u32, bytes: &mut Vec<u8>) {
    let parts = if before.part == 0 { 0 } else { part - before.part };
    write_varint(parts << 1 | u32::from(entries > 1), bytes);
    if parts > 0 {
        write_varint(before.at, bytes);
    }
    if entries > 1 {
        write_varint(entries - 2, bytes);
    }
}

/// Reads the head that [`write_head`] has written.
pub(super) fn read_head(part: u32, bytes: &mut &[u8]) -> (ListPosition, u32) {
    let head = read_varint(bytes);
    let before = if head > 1 {
        ListPosition { part: part - (head >> 1), at: read_varint(bytes) }
    } else {
        ListPosition::default()
    };
    (before, if head & 1 == 1 { read_varint(bytes) + 2 } else { 1 })
}

/// Writes a varint: 7 bits a byte, the lowest first, with 0x80 in every byte but the last.
#[expect(clippy::cast_possible_truncation, reason = "the low bits are written")]
pub(super) fn write_varint(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads a varint that [`write_varint`] has written.
pub(super) fn read_varint(bytes: &mut &[u8]) -> u32 {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, rest) = bytes.split_first().expect("this module has written it");
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return number;
        }
        shift += 7;
    }
}
