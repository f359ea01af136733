//! Postings in blocks: a row of PostgreSQL costs 28 bytes beside its values, and as many again in an index.
//!
//! A block holds up to [`BLOCK`] postings of one term, in the order of their positions. It has the position and the count of its
//! first posting, and two arrays. An element of `places` is the distance from the first position, times 256, plus the number of
//! the length of the entry among [`distinct_lengths`]; one of `counts` is the difference from the first count. A posting
//! whose difference does not fit begins the next block.

use faqt::database::distinct_lengths;

use crate::error::ClusterError;

/// Postings of a block, at most. Blocks of 128 take 651 bytes an entry of 76 terms, of 64 take 707, of 256 take 658.
const BLOCK: usize = 128;
/// The bits of `places` that number the length.
pub(super) const LENGTH_BITS: u32 = 8;
/// The greatest number of a length.
pub(super) const LENGTH_MAX: i32 = (1 << LENGTH_BITS) - 1;
/// The greatest distance from the first position, with which an element of `places` is not below 0.
pub(super) const DISTANCE_MAX: i32 = i32::MAX >> LENGTH_BITS;

/// A block on its way into the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) term: i32,
    pub(super) position: i32,
    pub(super) count: i32,
    pub(super) places: Vec<i32>,
    pub(super) counts: Vec<i8>,
}

/// The postings that are no block yet.
pub(super) struct Blocks {
    lengths: [u32; 256],
    block: Option<Block>,
}

impl Blocks {
    pub(super) fn new() -> Blocks {
        Blocks { lengths: distinct_lengths(), block: None }
    }

    /// Adds a posting: term, position, count, length. Returns the block before it, if that is complete.
    pub(super) fn push(&mut self, posting: [u32; 4]) -> Result<Option<Block>, ClusterError> {
        let [term, position, count] = [posting[0], posting[1], posting[2]].map(i32::try_from);
        let (Ok(term), Ok(position), Ok(count)) = (term, position, count) else {
            return Err(ClusterError::Number("PostgreSQL"));
        };
        let length = self.lengths.partition_point(|&length| length <= posting[3]).saturating_sub(1);
        let length = i32::try_from(length).unwrap_or(0);
        if let Some(block) = &mut self.block
            && block.add(term, position, count, length)
        {
            return Ok(None);
        }
        let next = Block { term, position, count, places: vec![length], counts: vec![0] };
        Ok(self.block.replace(next))
    }

    /// Returns the last block.
    pub(super) fn end(&mut self) -> Option<Block> {
        self.block.take()
    }
}

impl Block {
    /// Adds a posting, or returns false if it does not fit.
    fn add(&mut self, term: i32, position: i32, count: i32, length: i32) -> bool {
        let distance = position - self.position;
        let Ok(difference) = i8::try_from(count - self.count) else { return false };
        if term != self.term || self.places.len() == BLOCK || !(0..=DISTANCE_MAX).contains(&distance) {
            return false;
        }
        self.places.push(distance << LENGTH_BITS | length);
        self.counts.push(difference);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the blocks of postings.
    fn blocks(postings: &[[u32; 4]]) -> Vec<Block> {
        let mut blocks = Blocks::new();
        let mut all: Vec<Block> = postings.iter().filter_map(|&posting| blocks.push(posting).unwrap()).collect();
        all.extend(blocks.end());
        all
    }

    /// Returns the postings of blocks, as the statements read them.
    fn postings(blocks: &[Block]) -> Vec<[u32; 4]> {
        let lengths = distinct_lengths();
        let mut postings = Vec::new();
        for block in blocks {
            for (place, count) in block.places.iter().zip(&block.counts) {
                let (position, count) = (block.position + (place >> LENGTH_BITS), block.count + i32::from(*count));
                let [term, position, count] = [block.term, position, count].map(i32::unsigned_abs);
                let length = lengths[usize::try_from(place & LENGTH_MAX).unwrap()];
                postings.push([term, position, count, length]);
            }
        }
        postings
    }

    #[test]
    fn postings_come_back_from_blocks() {
        let many = (0..300).map(|position| [7, position * 3, 1 + position % 5, 30 + position % 3]);
        let all: Vec<[u32; 4]> = many.chain([[8, 0, 1, 0], [9, 0, 1, 40], [9, 1, 200, 40]]).collect();
        let blocks = blocks(&all);
        assert!(postings(&blocks) == all);
        let sizes: Vec<usize> = blocks.iter().map(|block| block.places.len()).collect();
        assert_eq!(sizes, [128, 128, 44, 1, 1, 1]);
    }

    #[test]
    fn differences_that_do_not_fit_begin_a_block() {
        let last = i32::MAX.unsigned_abs();
        let long = distinct_lengths()[255];
        let all = [
            [1, 0, 100, long],
            [1, 8_388_607, 227, 0],
            [1, 8_388_608, 228, 1],
            [1, 8_388_609, 100, 1],
            [1, 8_388_610, 99, 1],
            [1, last, last, long],
        ];
        let blocks = blocks(&all);
        assert_eq!(postings(&blocks), all);
        let sizes: Vec<usize> = blocks.iter().map(|block| block.places.len()).collect();
        assert_eq!(sizes, [2, 2, 1, 1]);
        assert!(Blocks::new().push([1, last + 1, 1, 1]).is_err());
    }
}
