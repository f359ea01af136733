//! The sections of a model, by their places.
//!
//! ```text
//! head        128 bytes
//! texts       name, source, licence
//! directory   of the vocabulary, at a multiple of 64
//! buckets     of the vocabulary
//! parameters  f32, at a multiple of 64: scales, biases and factors of all layers, see `crate::parts`
//! positions   f32, at a multiple of 64: [greatest number of pieces][hidden], the first token type added
//! rows        at a multiple of 4096: for each piece hidden values of 8 bits, and their scale (f32)
//! weights     u8, at a multiple of 4096: for each layer the matrices q|k|v, attention output, intermediate and output
//! ```
//!
//! A matrix of n rows and k columns is \[n/16\]\[k/4\]\[16\]\[4\], each value plus 128. What a question needs of
//! vocabulary and parameters stands together, in few pages.

use std::ops::Range;

use crate::head::{HEAD_LENGTH, Head};

/// The places of the sections of a model.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// Name, source and licence.
    pub(crate) texts: [Range<usize>; 3],
    pub(crate) directory: Range<usize>,
    pub(crate) buckets: Range<usize>,
    pub(crate) parameters: Range<usize>,
    pub(crate) positions: Range<usize>,
    pub(crate) rows: Range<usize>,
    pub(crate) weights: Range<usize>,
}

impl Layout {
    /// Returns the layout that follows from a head, or the length of a file that memory cannot address.
    pub(crate) fn of(head: &Head) -> Result<Layout, u64> {
        let mut places = Places { end: HEAD_LENGTH as u64 };
        let [name, source, licence] = head.text_lengths.map(|length| places.next(1, length.into()));
        let directory = places.next(64, ((1 << head.bucket_bits) + 1) * 4);
        let buckets = places.next(1, head.buckets_length.into());
        let [layers, hidden, intermediate] = [head.layers, head.hidden, head.intermediate].map(u64::from);
        let parameters = places.next(64, 4 * (2 * hidden + layers * (14 * hidden + 2 * intermediate)));
        let positions = places.next(64, 4 * u64::from(head.length_max) * hidden);
        let rows = places.next(4096, u64::from(head.piece_count) * (hidden + 4));
        let weights = places.next(4096, layers * (4 * hidden * hidden + 2 * hidden * intermediate));

        let fits = |[start, end]: [u64; 2]| Some(usize::try_from(start).ok()?..usize::try_from(end).ok()?);
        let layout = || {
            let texts = [fits(name)?, fits(source)?, fits(licence)?];
            let (directory, buckets) = (fits(directory)?, fits(buckets)?);
            let (parameters, positions) = (fits(parameters)?, fits(positions)?);
            Some(Layout {
                texts,
                directory,
                buckets,
                parameters,
                positions,
                rows: fits(rows)?,
                weights: fits(weights)?,
            })
        };
        layout().ok_or(places.end)
    }

    /// Returns the length of the model in bytes.
    pub(crate) fn length(&self) -> usize {
        self.weights.end
    }
}

/// The end of the sections so far; far below 2^64, because a head has numbers of 32 bits at most.
struct Places {
    end: u64,
}

impl Places {
    fn next(&mut self, alignment: u64, length: u64) -> [u64; 2] {
        let start = self.end.next_multiple_of(alignment);
        self.end = start + length;
        [start, self.end]
    }
}
