//! Phrasings of a knowledge base that are near each other by their vectors.

use faqt_meaning::QueryVector;

use super::vectors::{Stored, Vectors, without_passages};
use crate::engine::top_k::top;
use crate::error::PackError;

/// The least cosine of phrasings that are near: that of two quantised vectors, whose own is 0.6. The mean is not taken off:
/// in a small knowledge base, it holds what two phrasings have in common.
const NEAR_MIN: f32 = 0.52;
/// The phrasings that are compared with each other, at most: 8 million pairs.
const PHRASINGS_MAX: usize = 4_000;
/// The phrasings near one that are returned, so that all together are in proportion to the knowledge base.
const NEAREST_MAX: usize = 8;

/// The phrasings of all entries that have a vector and are not Chinese.
pub(crate) struct PhrasingVectors {
    /// Each with the position of its entry and its number there.
    stored: Vec<(u32, usize, Stored)>,
}

/// Two phrasings of two entries that are near each other: for each, the position of its entry and its number there.
pub(crate) struct Near {
    pub(crate) earlier: (u32, usize),
    pub(crate) later: (u32, usize),
    pub(crate) cosine: f32,
}

impl Vectors {
    /// Returns the phrasings of all entries; nothing if there are too many to compare each with all others.
    pub(crate) fn phrasings(&self) -> Result<Option<PhrasingVectors>, PackError> {
        if self.entries() > PHRASINGS_MAX {
            return Ok(None);
        }
        let mut stored = Vec::new();
        for (position, vectors) in (0..).zip(self.every()?) {
            let phrasings = without_passages(vectors?).skip(1).enumerate();
            let phrasings = phrasings.filter(|(_, stored)| stored.has_vector() && !stored.is_words);
            stored.extend(phrasings.map(|(number, phrasing)| (position, number, phrasing)));
        }
        Ok((stored.len() <= PHRASINGS_MAX).then_some(PhrasingVectors { stored }))
    }
}

impl PhrasingVectors {
    /// Returns the number of phrasings.
    pub(crate) fn len(&self) -> usize {
        self.stored.len()
    }

    /// Returns the nearest phrasings of earlier entries to the phrasing number `at`.
    pub(crate) fn near(&self, at: usize) -> Vec<Near> {
        let (position, number, own) = &self.stored[at];
        let query = QueryVector::new(&own.vector());
        let mut near = Vec::new();
        for (earlier, other, stored) in self.stored[..at].iter().take_while(|(earlier, ..)| earlier < position) {
            let cosine = query.cosine(&stored.values);
            if cosine >= NEAR_MIN {
                near.push((cosine, (*earlier, *other)));
            }
        }
        let pair = |(cosine, earlier)| Near { earlier, later: (*position, *number), cosine };
        top(near, NEAREST_MAX).into_iter().map(pair).collect()
    }
}
