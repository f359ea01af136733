//! Matrices of 8 bits times activations of 14 bits.
//!
//! The activations of a piece are whole multiples of one scale, up to 8191 of it. With 2,048 columns and fewer, sums of
//! their products with weights stay below 2^31; longer rows have a smaller greatest multiple.
#![expect(
    clippy::inline_always,
    reason = "callers are compiled for the instructions of the processor, and so must these be"
)]

use crate::arithmetic::{greatest, rounded};
use crate::kernel::{Kernel, Quad, ROWS};
use crate::parts::{Linear, value};

/// The greatest multiple of a scale.
const MULTIPLE_MAX: u32 = 8191;
/// The offset of all weights.
const WEIGHT_OFFSET: i32 = 128;
/// The greatest number of pieces in a tile of any kernel.
const TILE_MAX: usize = 12;

/// Activations, quantised and packed for a kernel.
#[derive(Default)]
pub(crate) struct Activations {
    columns: usize,
    /// For each tile: 4 activations of each of its pieces, then the next 4.
    quads: Vec<Quad>,
    /// The scale of each piece.
    scales: Vec<f32>,
    /// For each piece the sum of its activations times 128, which the offset of the weights adds to each product.
    surpluses: Vec<i32>,
    row: Vec<i16>,
}

impl Activations {
    /// Quantises rows of this many columns, a multiple of 16.
    #[inline(always)]
    pub(crate) fn quantise<K: Kernel>(&mut self, kernel: K, rows: &[f32], columns: usize) {
        let count = rows.len() / columns;
        self.columns = columns;
        self.quads.resize(rows.len() / 4, Quad::default());
        self.scales.resize(count, 0.0);
        self.surpluses.resize(count, 0);
        self.row.resize(columns, 0);
        for (start, length) in tiles::<K>(count) {
            let tile = &mut self.quads[start * columns / 4..][..length * columns / 4];
            for at in 0..length {
                let row = &rows[(start + at) * columns..][..columns];
                let (scale, sum) = quantise_row(row, &mut self.row);
                self.scales[start + at] = scale;
                self.surpluses[start + at] = sum.wrapping_mul(WEIGHT_OFFSET);
                for (quad, &values) in tile[at..].iter_mut().step_by(length).zip(self.row.as_chunks().0) {
                    *quad = kernel.pack(values);
                }
            }
        }
    }

    /// Multiplies a matrix with the activations of each piece and adds its biases.
    #[inline(always)]
    pub(crate) fn multiply<K: Kernel>(&self, kernel: K, linear: Linear<'_>, output: &mut [f32]) {
        let blocks = linear.weights.chunks_exact(self.columns / 4);
        let numbers = linear.scales.as_chunks::<ROWS>().0.iter().zip(linear.biases.as_chunks::<ROWS>().0);
        for (block, (weights, (scales, biases))) in blocks.zip(numbers).enumerate() {
            let block = Block {
                weights,
                scales: scales.map(value),
                biases: biases.map(value),
                start: block * ROWS,
                row_count: linear.scales.len(),
            };
            for (start, length) in tiles::<K>(self.scales.len()) {
                self.multiply_tile(kernel, &block, start, length, output);
            }
        }
    }

    /// Multiplies 16 rows of a matrix with the activations of a tile.
    #[inline(always)]
    fn multiply_tile<K: Kernel>(&self, kernel: K, block: &Block<'_>, start: usize, length: usize, output: &mut [f32]) {
        let quads = &self.quads[start * self.columns / 4..][..length * self.columns / 4];
        macro_rules! multiply {
            ($($length:literal)*) => {
                match length {
                    $($length if $length <= K::TILE => {
                        let sums = kernel.dots::<$length>(block.weights, quads);
                        self.write(&sums, block, start, output);
                    })*
                    _ => unreachable!("no tile is longer"),
                }
            };
        }
        multiply!(1 2 3 4 5 6 7 8 9 10 11 12);
    }

    #[inline(always)]
    fn write(&self, sums: &[[i32; ROWS]], block: &Block<'_>, start: usize, output: &mut [f32]) {
        for (at, sums) in (start..).zip(sums) {
            let (scale, surplus) = (self.scales[at], self.surpluses[at]);
            let output = output[at * block.row_count + block.start..].first_chunk_mut::<ROWS>();
            let output = output.expect("each piece has a place for each row");
            for row in 0..ROWS {
                let sum = sums[row].wrapping_sub(surplus) as f32;
                output[row] = sum * scale * block.scales[row] + block.biases[row];
            }
        }
    }
}

/// Sixteen rows of a matrix.
struct Block<'a> {
    weights: &'a [[u8; 64]],
    scales: [f32; ROWS],
    biases: [f32; ROWS],
    /// The number of the first row.
    start: usize,
    /// The number of rows of the matrix.
    row_count: usize,
}

/// Returns the first piece and the number of pieces of each tile: as few tiles as can be, of nearly the same length.
#[inline(always)]
fn tiles<K: Kernel>(count: usize) -> impl Iterator<Item = (usize, usize)> {
    const { assert!(K::TILE <= TILE_MAX) };
    let tile_count = count.div_ceil(K::TILE);
    (0..tile_count).map(move |tile| {
        let start = tile * count / tile_count;
        (start, (tile + 1) * count / tile_count - start)
    })
}

/// Quantises a row, and returns its scale and the sum of its multiples.
#[inline(always)]
fn quantise_row(row: &[f32], quantised: &mut [i16]) -> (f32, i32) {
    let multiple_max = multiple_max(row.len());
    let greatest = greatest(row, 1e-9, f32::abs);
    let factor = multiple_max / greatest;
    let mut sum = 0_i32;
    for (place, &x) in quantised.iter_mut().zip(row) {
        // Rows that are finite have no number outside the range; of others the lower 14 bits will do.
        #[expect(clippy::cast_possible_truncation, reason = "the number is below 2^13, or any number will do")]
        let multiple = rounded(x * factor) as i16;
        *place = multiple.clamp(-8191, 8191);
        sum = sum.wrapping_add(i32::from(*place));
    }
    (greatest / multiple_max, sum)
}

/// Returns the greatest multiple of a scale at which no sum of products with weights exceeds 2^31.
fn multiple_max(columns: usize) -> f32 {
    let columns = u32::try_from(columns).unwrap_or(u32::MAX);
    ((1 << 24) / columns - 1).min(MULTIPLE_MAX) as f32
}
