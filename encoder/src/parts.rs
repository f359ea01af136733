//! The parameters and weights of a model, in place.
//!
//! The section of parameters has, each with as many numbers as it has rows:
//!
//! ```text
//! norm of the embeddings: factors, offsets
//! for each layer:
//!     q|k|v: scales, biases
//!     attention output: scales, biases
//!     norm of the attention: factors, offsets
//!     intermediate: scales, biases
//!     output: scales, biases
//!     norm of the output: factors, offsets
//! ```
//!
//! Queries are divided by the root of the size of a head already.

use crate::embeddings::Embeddings;
use crate::error::{ModelError, damaged};
use crate::head::Head;
use crate::layout::Layout;
use crate::numbers::{Norm, Number, are_finite, value};

/// A matrix of 8-bit weights with a scale and a bias for each row.
#[derive(Clone, Copy)]
pub(crate) struct Linear<'a> {
    pub(crate) scales: &'a [Number],
    pub(crate) biases: &'a [Number],
    /// Four columns of 16 rows at a time, the columns of a row beside each other; each value plus 128.
    pub(crate) weights: &'a [[u8; 64]],
}

/// A layer of a model.
#[derive(Clone, Copy)]
pub(crate) struct Layer<'a> {
    pub(crate) query_key_value: Linear<'a>,
    pub(crate) attention_output: Linear<'a>,
    pub(crate) attention_norm: Norm<'a>,
    pub(crate) intermediate: Linear<'a>,
    pub(crate) output: Linear<'a>,
    pub(crate) output_norm: Norm<'a>,
}

/// The parameters and weights of a model.
pub(crate) struct Parts<'a> {
    pub(crate) embeddings: Embeddings<'a>,
    pub(crate) layers: Vec<Layer<'a>>,
}

impl<'a> Parts<'a> {
    /// Returns the parts of a model whose length is that of its layout.
    pub(crate) fn new(head: &Head, layout: &Layout, bytes: &'a [u8]) -> Parts<'a> {
        let hidden = head.hidden as usize;
        let mut numbers = Numbers(bytes[layout.parameters.clone()].as_chunks().0);
        let mut weights = Weights(bytes[layout.weights.clone()].as_chunks().0);
        let embeddings = Embeddings {
            hidden,
            bits: head.embedding_bits,
            rows: &bytes[layout.rows.clone()],
            positions: bytes[layout.positions.clone()].as_chunks().0,
            norm: numbers.norm(hidden),
        };
        let layer = |_| Layer::read(hidden, head.intermediate as usize, &mut numbers, &mut weights);
        Parts { embeddings, layers: (0..head.layers).map(layer).collect() }
    }

    /// Checks that numbers are finite and scales not negative.
    pub(crate) fn check(&self) -> Result<(), ModelError> {
        self.embeddings.norm.check()?;
        for layer in &self.layers {
            for norm in [layer.attention_norm, layer.output_norm] {
                norm.check()?;
            }
            for linear in [layer.query_key_value, layer.attention_output, layer.intermediate, layer.output] {
                linear.check()?;
            }
        }
        Ok(())
    }
}

impl<'a> Layer<'a> {
    fn read(hidden: usize, intermediate: usize, numbers: &mut Numbers<'a>, weights: &mut Weights<'a>) -> Layer<'a> {
        let mut linear = |numbers: &mut Numbers<'a>, rows, columns| Linear {
            scales: numbers.take(rows),
            biases: numbers.take(rows),
            weights: weights.take(rows, columns),
        };
        Layer {
            query_key_value: linear(numbers, 3 * hidden, hidden),
            attention_output: linear(numbers, hidden, hidden),
            attention_norm: numbers.norm(hidden),
            intermediate: linear(numbers, intermediate, hidden),
            output: linear(numbers, hidden, intermediate),
            output_norm: numbers.norm(hidden),
        }
    }
}

impl Linear<'_> {
    fn check(&self) -> Result<(), ModelError> {
        if !are_finite(self.biases) {
            return Err(damaged("a bias is not finite"));
        }
        let is_sound = are_finite(self.scales) && self.scales.iter().all(|&scale| value(scale) >= 0.0);
        if is_sound { Ok(()) } else { Err(damaged("a scale is negative or not finite")) }
    }
}

/// The parameters that were not taken yet.
struct Numbers<'a>(&'a [Number]);

impl<'a> Numbers<'a> {
    fn take(&mut self, count: usize) -> &'a [Number] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn norm(&mut self, count: usize) -> Norm<'a> {
        Norm { factors: self.take(count), offsets: self.take(count) }
    }
}

/// The weights that were not taken yet.
struct Weights<'a>(&'a [[u8; 64]]);

impl<'a> Weights<'a> {
    fn take(&mut self, rows: usize, columns: usize) -> &'a [[u8; 64]] {
        let (taken, rest) = self.0.split_at(rows * columns / 64);
        self.0 = rest;
        taken
    }
}
