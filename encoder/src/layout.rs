//! The sections of a model, by their places.
//!
//! ```text
//! head          152 bytes
//! prefixes      of questions and of passages
//! texts         name, source, licence
//! vocabulary    at a multiple of 64
//!     WordPiece: directory, buckets
//!     Unigram:   units of the trie of pieces, scores (f32), units of the trie of rules, replacements
//! parameters    f32, at a multiple of 64: scales, biases and factors of all layers, see `crate::parts`
//! positions     f32, at a multiple of 64: [greatest number of pieces][hidden], the first token type added
//! rows          at a multiple of 4096, for each piece
//!     8 bits:    hidden values, and their scale (f32)
//!     4 bits:    for each 32 values their scale (2 bytes); values 0 and 16 less 8 in a byte, 1 and 17, to 15 and 31
//! weights       u8, at a multiple of 4096: for each layer the matrices q|k|v, attention output, intermediate and output
//! ```
//!
//! A matrix of n rows and k columns is \[n/16\]\[k/4\]\[16\]\[4\], each value plus 128. What a question needs of
//! vocabulary and parameters stands together, in few pages.

use std::ops::Range;

use crate::head::{HEAD_LENGTH, Head};
use crate::vocabulary_head::VocabularyHead;

/// The places of the sections of a model.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// The prefixes of questions and of passages.
    pub(crate) prefixes: [Range<usize>; 2],
    /// Name, source and licence.
    pub(crate) texts: [Range<usize>; 3],
    pub(crate) vocabulary: VocabularyLayout,
    pub(crate) parameters: Range<usize>,
    pub(crate) positions: Range<usize>,
    pub(crate) rows: Range<usize>,
    pub(crate) weights: Range<usize>,
}

/// The places of the sections of a vocabulary; those of the other tokeniser are empty.
#[derive(Clone, Debug)]
pub(crate) struct VocabularyLayout {
    pub(crate) directory: Range<usize>,
    pub(crate) buckets: Range<usize>,
    pub(crate) units: Range<usize>,
    pub(crate) scores: Range<usize>,
    pub(crate) rule_units: Range<usize>,
    pub(crate) replacements: Range<usize>,
}

impl Layout {
    /// Returns the layout that follows from a head, or the length of a file that memory cannot address.
    pub(crate) fn of(head: &Head) -> Result<Layout, u64> {
        let mut places = Places { end: HEAD_LENGTH as u64, fits: true };
        let [layers, hidden, intermediate] = [head.layers, head.hidden, head.intermediate].map(u64::from);
        let piece_count = u64::from(head.piece_count);
        let layout = Layout {
            prefixes: head.prefix_lengths.map(|length| places.next(1, length.into())),
            texts: head.text_lengths.map(|length| places.next(1, length.into())),
            vocabulary: places.vocabulary(&head.vocabulary, piece_count),
            parameters: places.next(64, 4 * (2 * hidden + layers * (14 * hidden + 2 * intermediate))),
            positions: places.next(64, 4 * u64::from(head.length_max) * hidden),
            rows: places.next(4096, piece_count * head.embedding_bits.row_length(hidden)),
            weights: places.next(4096, layers * (4 * hidden * hidden + 2 * hidden * intermediate)),
        };
        if places.fits { Ok(layout) } else { Err(places.end) }
    }

    /// Returns the sections that vectors depend on, parameters and weights included.
    pub(crate) fn of_vectors(&self) -> [Range<usize>; 12] {
        let [question, passage] = self.prefixes.clone();
        let VocabularyLayout { directory, buckets, units, scores, rule_units, replacements } = self.vocabulary.clone();
        let Layout { parameters, positions, rows, weights, .. } = self.clone();
        [
            question,
            passage,
            directory,
            buckets,
            units,
            scores,
            rule_units,
            replacements,
            parameters,
            positions,
            rows,
            weights,
        ]
    }

    /// Returns the length of the model in bytes.
    pub(crate) fn length(&self) -> usize {
        self.weights.end
    }
}

/// The end of the sections so far; far below 2^64, because a head has numbers of 32 bits at most.
struct Places {
    end: u64,
    /// True while memory can address all places.
    fits: bool,
}

impl Places {
    fn next(&mut self, alignment: u64, length: u64) -> Range<usize> {
        let start = self.end.next_multiple_of(alignment);
        self.end = start + length;
        let range = usize::try_from(start).ok().zip(usize::try_from(self.end).ok());
        self.fits &= range.is_some();
        range.map_or(0..0, |(start, end)| start..end)
    }

    fn vocabulary(&mut self, head: &VocabularyHead, piece_count: u64) -> VocabularyLayout {
        let lengths = match *head {
            VocabularyHead::WordPiece { bucket_bits, buckets_length, .. } => {
                [((1 << bucket_bits) + 1) * 4, buckets_length.into(), 0, 0, 0, 0]
            }
            VocabularyHead::Unigram { unit_count, rule_unit_count, replacements_length, .. } => {
                let [units, rule_units] = [unit_count, rule_unit_count].map(|count| 4 * u64::from(count));
                [0, 0, units, 4 * piece_count, rule_units, replacements_length.into()]
            }
        };
        let mut alignments = [64, 1, 1, 1, 1, 1].into_iter();
        let [directory, buckets, units, scores, rule_units, replacements] =
            lengths.map(|length| self.next(alignments.next().unwrap_or(1), length));
        VocabularyLayout { directory, buckets, units, scores, rule_units, replacements }
    }
}
