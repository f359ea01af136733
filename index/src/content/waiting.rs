//! Drafts that wait until all are known, in little room.
//!
//! Where a link leads is not known before the last file was read. Until then a draft is a line of JSON in a part of a
//! thousand that is compressed: the drafts of a million entries take half a gigabyte, as they are they would take two.

use super::draft::Unlinked;

/// Drafts of a part: enough for most of their words to come again, and whole blocks of entries.
pub(crate) const PART: usize = 1_024;
/// What is compressed in one piece: LZ4 counts with 32 bits.
const PIECE_BYTES: usize = 64 << 20;

/// All drafts, in order.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    parts: Vec<Part>,
    /// The lines of the part that is not full.
    lines: Vec<u8>,
    in_lines: usize,
}

/// Neighbouring drafts, packed.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// The position of the first.
    pub(crate) first: usize,
    pieces: Vec<Vec<u8>>,
}

impl Waiting {
    /// Adds the next draft, as [`write_line`] has written it.
    pub(crate) fn push(&mut self, line: &[u8]) {
        self.lines.extend_from_slice(line);
        self.in_lines += 1;
        if self.in_lines == PART {
            self.end_part();
        }
    }

    /// Returns the parts; each but the last has [`PART`] drafts.
    pub(crate) fn into_parts(mut self) -> Vec<Part> {
        if self.in_lines > 0 {
            self.end_part();
        }
        self.parts
    }

    fn end_part(&mut self) {
        // The longest that a piece may become is reserved for it, of which half is used.
        let packed = |piece| lz4_flex::block::compress_prepend_size(piece).as_slice().to_vec();
        let pieces = self.lines.chunks(PIECE_BYTES).map(packed).collect();
        self.parts.push(Part { first: self.parts.len() * PART, pieces });
        self.lines.clear();
        self.in_lines = 0;
    }
}

impl Part {
    /// Returns the drafts whose position `is_wanted`, each with its position.
    pub(crate) fn drafts(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<(usize, Unlinked)> {
        let unpacked =
            |piece: &Vec<u8>| lz4_flex::block::decompress_size_prepended(piece).expect("this module has packed it");
        let lines = self.pieces.iter().map(unpacked).collect::<Vec<_>>().concat();
        let lines = lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        let wanted = lines.enumerate().map(|(at, line)| (self.first + at, line)).filter(|&(at, _)| is_wanted(at));
        let draft = |line| serde_json::from_slice(line).expect("this module has written it");
        wanted.map(|(at, line)| (at, draft(line))).collect()
    }
}

/// Adds a draft to `lines` as a line.
pub(crate) fn write_line(lines: &mut Vec<u8>, draft: &Unlinked) {
    serde_json::to_writer(&mut *lines, draft).expect("texts and numbers can be written to memory");
    lines.push(b'\n');
}
