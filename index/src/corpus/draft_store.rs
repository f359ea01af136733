//! A compact store for drafts until all files are read.
//!
//! Links can be resolved only after the last file was read. Until then a draft is a line of JSON in a chunk of about
//! 1,000, and all chunks but the first are compressed by LZ4. The drafts of 1,000,000 entries take 0.5 GB instead of 2
//! GB.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::draft::UnresolvedEntry;
use crate::steps;

/// The most drafts in a chunk: enough for most of their words to recur.
const CHUNK_DRAFTS: usize = 1_024;
/// The bytes that end a chunk of long drafts early, because a few chunks are unpacked at the same time.
const CHUNK_BYTES: usize = 8 << 20;
/// The number of drafts in every chunk but the last is a multiple of this.
pub(crate) const MULTIPLE: usize = 8;
/// The bytes of all chunks that stay uncompressed: enough for 100,000 entries (−5 % of a build).
const PLAIN_BYTES: usize = 96 << 20;
/// The bytes compressed in one piece: LZ4 lengths have 32 bits.
const PIECE_BYTES: usize = 64 << 20;

/// All drafts, in order.
#[derive(Debug, Default)]
pub(crate) struct DraftStore {
    chunks: Vec<Chunk>,
    /// The lines of the chunk that is not full.
    lines: Vec<u8>,
    /// The end of each line.
    ends: Vec<usize>,
    /// The number of drafts in full chunks.
    in_chunks: usize,
    /// The bytes of all uncompressed chunks.
    plain_bytes: usize,
}

/// Neighbouring drafts.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    /// The position of the first draft.
    first: usize,
    lines: ChunkLines,
    /// The end of each draft in the lines.
    ends: Vec<usize>,
}

#[derive(Debug)]
enum ChunkLines {
    Plain(Vec<u8>),
    Packed(Vec<Vec<u8>>),
}

impl Default for ChunkLines {
    fn default() -> ChunkLines {
        ChunkLines::Plain(Vec::new())
    }
}

impl DraftStore {
    /// Adds the next draft, as [`write_line`] has written it.
    pub(crate) fn push(&mut self, line: &[u8]) {
        self.lines.extend_from_slice(line);
        self.ends.push(self.lines.len());
        let is_long = self.lines.len() >= CHUNK_BYTES && self.ends.len().is_multiple_of(MULTIPLE);
        if self.ends.len() == CHUNK_DRAFTS || is_long {
            self.end_chunk();
        }
    }

    /// Returns the chunks in order.
    pub(crate) fn into_chunks(mut self) -> Vec<Chunk> {
        if !self.ends.is_empty() {
            self.end_chunk();
        }
        self.chunks
    }

    fn end_chunk(&mut self) {
        let lines = if self.plain_bytes + self.lines.len() <= PLAIN_BYTES {
            let next = Vec::with_capacity(self.lines.len());
            let mut lines = std::mem::replace(&mut self.lines, next);
            lines.shrink_to_fit();
            self.plain_bytes += lines.len();
            ChunkLines::Plain(lines)
        } else {
            // The compressor reserves the worst-case length, of which half is used.
            let packed = |piece| lz4_flex::block::compress_prepend_size(piece).as_slice().to_vec();
            ChunkLines::Packed(self.lines.chunks(PIECE_BYTES).map(packed).collect())
        };
        let (first, ends) = (self.in_chunks, std::mem::take(&mut self.ends));
        self.in_chunks += ends.len();
        self.chunks.push(Chunk { first, lines, ends });
        self.lines.clear();
    }
}

impl Chunk {
    /// Returns the positions of its drafts.
    pub(crate) fn positions(&self) -> Range<usize> {
        self.first..self.first + self.ends.len()
    }

    /// Returns the drafts whose position `is_wanted`, each with its position.
    pub(crate) fn drafts(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<(usize, UnresolvedEntry)> {
        let unpacked =
            |piece: &Vec<u8>| lz4_flex::block::decompress_size_prepended(piece).expect("this module has packed it");
        let lines = match &self.lines {
            ChunkLines::Plain(lines) => Cow::Borrowed(lines),
            ChunkLines::Packed(pieces) => Cow::Owned(pieces.iter().map(unpacked).collect::<Vec<_>>().concat()),
        };
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let places = self.positions().zip(starts.zip(&self.ends)).filter(|&(position, _)| is_wanted(position));
        let draft = |line| serde_json::from_slice(line).expect("this module has written it");
        places.map(|(position, (start, &end))| (position, draft(&lines[start..end]))).collect()
    }
}

/// Adds a draft to `lines` as a line.
pub(crate) fn write_line(lines: &mut Vec<u8>, draft: &UnresolvedEntry) {
    let before = lines.len();
    serde_json::to_writer(&mut *lines, draft).expect("texts and numbers can be written to memory");
    lines.push(b'\n');
    steps::count((lines.len() - before) / 16);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::Entry;

    #[test]
    fn drafts_come_out_as_they_went_in() {
        // Leaves room for some uncompressed chunks.
        let mut draft_store = DraftStore { plain_bytes: PLAIN_BYTES - (32 << 20), ..DraftStore::default() };
        // Every 100th draft is long enough to end a chunk early.
        let answer = |number: usize| "a\n\"b\" ".repeat(if number.is_multiple_of(100) { 1 << 18 } else { number % 7 });
        let mut line = Vec::new();
        for number in 0..3_000 {
            line.clear();
            let entry = Entry { answer: answer(number), ..Entry::default() };
            write_line(&mut line, &UnresolvedEntry { entry, related: Vec::new(), links: Vec::new() });
            draft_store.push(&line);
        }
        let chunks = draft_store.into_chunks();
        assert!(chunks.iter().any(|chunk| matches!(chunk.lines, ChunkLines::Packed(_))));
        let (last, whole) = chunks.split_last().expect("there are some");
        assert!(
            whole.iter().all(|chunk| chunk.ends.len().is_multiple_of(MULTIPLE)) && whole.len() > 3_000 / CHUNK_DRAFTS
        );
        assert_eq!(last.positions().end, 3_000);
        let drafts: Vec<_> = chunks.iter().flat_map(|chunk| chunk.drafts(|_| true)).collect();
        assert!(drafts.iter().map(|(position, _)| *position).eq(0..3_000));
        assert!(drafts.iter().all(|(position, draft)| draft.entry.answer == answer(*position)));
    }
}
