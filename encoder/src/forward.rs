//! The forward pass of BERT: the vector of a text from its pieces.
//!
//! Loops are `for` loops: the closures of iterators would be compiled for the oldest processor.
#![expect(
    clippy::inline_always,
    reason = "callers are compiled for the instructions of the processor, and so must these be"
)]

use crate::arithmetic::{exp, gelu, greatest, normalise, sum, to_unit_length};
use crate::embeddings::Embeddings;
use crate::kernel::{Kernel, Work};
use crate::linear::Activations;
use crate::numbers::value;
use crate::parts::{Layer, Parts};

/// The number of keys that are scored at a time.
const KEYS: usize = 16;

/// The computation of the vector of a text.
pub(crate) struct Forward<'a> {
    pub(crate) parts: &'a Parts<'a>,
    pub(crate) heads: usize,
    pub(crate) intermediate: usize,
    pub(crate) epsilon: f32,
    /// The pieces of the text, in the vocabulary, and no more than there are positions.
    pub(crate) pieces: &'a [u32],
}

impl Work for Forward<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) -> Vec<f32> {
        let hidden = self.parts.embeddings.hidden;
        let mut states = embed(&self.parts.embeddings, self.pieces, self.epsilon);
        let mut scratch = Scratch::new(self.pieces.len(), hidden, self.intermediate);
        for layer in &self.parts.layers {
            match hidden / self.heads {
                32 => self.attend::<K, 32>(kernel, layer, &mut states, &mut scratch),
                _ => self.attend::<K, 64>(kernel, layer, &mut states, &mut scratch),
            }
            self.transform(kernel, layer, &mut states, &mut scratch);
        }
        pool(&states, hidden)
    }
}

/// Memory for the values between two matrices, the same for all layers.
struct Scratch {
    activations: Activations,
    /// Queries, keys and values of each piece.
    query_key_value: Vec<f32>,
    context: Vec<f32>,
    change: Vec<f32>,
    inner: Vec<f32>,
}

impl Scratch {
    fn new(count: usize, hidden: usize, intermediate: usize) -> Scratch {
        Scratch {
            activations: Activations::default(),
            query_key_value: vec![0.0; count * 3 * hidden],
            context: vec![0.0; count * hidden],
            change: vec![0.0; count * hidden],
            inner: vec![0.0; count * intermediate],
        }
    }
}

impl Forward<'_> {
    /// Adds what each piece learns from the others.
    #[inline(always)]
    fn attend<K: Kernel, const SIZE: usize>(
        &self,
        kernel: K,
        layer: &Layer<'_>,
        states: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let hidden = self.heads * SIZE;
        scratch.activations.quantise(kernel, states, hidden);
        scratch.activations.multiply(kernel, layer.query_key_value, &mut scratch.query_key_value);
        for head in 0..self.heads {
            attend_head::<SIZE>(&scratch.query_key_value, hidden, head * SIZE, &mut scratch.context);
        }
        scratch.activations.quantise(kernel, &scratch.context, hidden);
        scratch.activations.multiply(kernel, layer.attention_output, &mut scratch.change);
        add(states, &scratch.change);
        for state in states.chunks_exact_mut(hidden) {
            normalise(state, layer.attention_norm, self.epsilon);
        }
    }

    /// Adds what each piece yields by itself.
    #[inline(always)]
    fn transform<K: Kernel>(&self, kernel: K, layer: &Layer<'_>, states: &mut [f32], scratch: &mut Scratch) {
        let hidden = self.parts.embeddings.hidden;
        scratch.activations.quantise(kernel, states, hidden);
        scratch.activations.multiply(kernel, layer.intermediate, &mut scratch.inner);
        for x in &mut scratch.inner {
            *x = gelu(*x);
        }
        scratch.activations.quantise(kernel, &scratch.inner, self.intermediate);
        scratch.activations.multiply(kernel, layer.output, &mut scratch.change);
        add(states, &scratch.change);
        for state in states.chunks_exact_mut(hidden) {
            normalise(state, layer.output_norm, self.epsilon);
        }
    }
}

/// Returns the sum of the embedding and of the position of each piece, normalised.
#[inline(always)]
fn embed(embeddings: &Embeddings<'_>, pieces: &[u32], epsilon: f32) -> Vec<f32> {
    let hidden = embeddings.hidden;
    let mut states = vec![0.0; pieces.len() * hidden];
    let positions = embeddings.positions.chunks_exact(hidden);
    for ((state, &piece), position) in states.chunks_exact_mut(hidden).zip(pieces).zip(positions) {
        embeddings.write(piece, state);
        for (x, &position) in state.iter_mut().zip(position) {
            *x += value(position);
        }
        normalise(state, embeddings.norm, epsilon);
    }
    states
}

/// Computes one head of an attention: for each piece the mean of all values, weighted by the softmax of its query's
/// products with all keys.
#[inline(always)]
fn attend_head<const SIZE: usize>(query_key_value: &[f32], hidden: usize, start: usize, context: &mut [f32]) {
    let pieces = || query_key_value.chunks_exact(3 * hidden);
    let count = pieces().len();
    // Keys stand in columns, so that a query meets 16 of them at a time: 16 keys' first values, their second ones.
    let mut keys = vec![[0.0; KEYS]; count.div_ceil(KEYS) * SIZE];
    for (at, piece) in pieces().enumerate() {
        let columns = &mut keys[at / KEYS * SIZE..][..SIZE];
        for (column, &key) in columns.iter_mut().zip(&piece[hidden + start..]) {
            column[at % KEYS] = key;
        }
    }
    let mut weights = vec![0.0; count.next_multiple_of(KEYS)];
    for (query, context) in pieces().zip(context.chunks_exact_mut(hidden)) {
        score::<SIZE>(&query[start..][..SIZE], &keys, &mut weights);
        let total = softmax(&mut weights, count);
        let mut mean = [0.0; SIZE];
        for (piece, &weight) in pieces().zip(&weights) {
            let weight = weight * total;
            for (sum, &x) in mean.iter_mut().zip(&piece[2 * hidden + start..][..SIZE]) {
                *sum += weight * x;
            }
        }
        context[start..][..SIZE].copy_from_slice(&mean);
    }
}

/// Computes the products of a query with all keys.
#[inline(always)]
fn score<const SIZE: usize>(query: &[f32], keys: &[[f32; KEYS]], scores: &mut [f32]) {
    for (scores, keys) in scores.as_chunks_mut::<KEYS>().0.iter_mut().zip(keys.as_chunks::<SIZE>().0) {
        let mut sums = [0.0; KEYS];
        for (&x, column) in query.iter().zip(keys) {
            for (sum, &key) in sums.iter_mut().zip(column) {
                *sum += x * key;
            }
        }
        *scores = sums;
    }
}

/// Replaces the first `count` scores by their exponentials and the rest by 0; returns what they are to be multiplied
/// with for a sum of 1.
#[inline(always)]
fn softmax(scores: &mut [f32], count: usize) -> f32 {
    scores[count..].fill(f32::MIN);
    let greatest = greatest(scores, f32::MIN, |x| x);
    for score in scores.iter_mut() {
        *score = exp(*score - greatest);
    }
    scores[count..].fill(0.0);
    1.0 / sum(scores, |x| x)
}

#[inline(always)]
fn add(states: &mut [f32], changes: &[f32]) {
    for (state, change) in states.iter_mut().zip(changes) {
        *state += change;
    }
}

/// Returns the mean of all pieces at unit length.
#[inline(always)]
fn pool(states: &[f32], hidden: usize) -> Vec<f32> {
    let mut total = vec![0.0; hidden];
    for state in states.chunks_exact(hidden) {
        add(&mut total, state);
    }
    to_unit_length(&mut total);
    total
}
