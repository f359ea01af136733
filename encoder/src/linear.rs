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
use crate::numbers::value;
use crate::parts::Linear;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Activations, multiple_max, quantise_row};
    use crate::kernel::{InstructionSet, Kernel, Quad, ROWS, Work, pack_split};
    use crate::numbers::Number;
    use crate::parts::Linear;

    /// A matrix of weights with 128 added, and rows of activations.
    #[derive(Clone, Debug)]
    struct Product {
        weights: Vec<[u8; 64]>,
        scales: Vec<Number>,
        biases: Vec<Number>,
        columns: usize,
        activations: Vec<f32>,
    }

    impl Work for &Product {
        type Output = Vec<u32>;

        #[inline(always)]
        fn run<K: Kernel>(self, kernel: K) -> Vec<u32> {
            let mut activations = Activations::default();
            activations.quantise(kernel, &self.activations, self.columns);
            let linear = Linear { scales: &self.scales, biases: &self.biases, weights: &self.weights };
            let mut output = vec![0.0; self.activations.len() / self.columns * self.scales.len()];
            activations.multiply(kernel, linear, &mut output);
            output.into_iter().map(f32::to_bits).collect()
        }
    }

    impl Product {
        /// Returns the product, one sum of whole numbers after the other.
        fn expected(&self) -> Vec<u32> {
            let mut multiples = vec![0; self.columns];
            let mut output = Vec::new();
            for row in self.activations.chunks_exact(self.columns) {
                let (scale, _) = quantise_row(row, &mut multiples);
                for number in 0..self.scales.len() {
                    let sum: i64 = (0..self.columns)
                        .map(|column| self.weight(number, column) * i64::from(multiples[column]))
                        .sum();
                    let sum = i32::try_from(sum).expect("sums have 32 bits");
                    let [factor, bias] =
                        [&self.scales, &self.biases].map(|numbers| f32::from_le_bytes(numbers[number]));
                    output.push((sum as f32 * scale * factor + bias).to_bits());
                }
            }
            output
        }

        fn weight(&self, row: usize, column: usize) -> i64 {
            let block = &self.weights[row / ROWS * self.columns / 4 + column / 4];
            i64::from(block[row % ROWS * 4 + column % 4]) - 128
        }
    }

    /// The arithmetic of AVX-512 VNNI in plain code, for processors that do not have it.
    #[derive(Clone, Copy)]
    struct Split;

    impl Kernel for Split {
        const TILE: usize = 12;

        fn pack(self, values: [i16; 4]) -> Quad {
            pack_split(values)
        }

        fn dots<const T: usize>(self, weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
            let mut sums = [[0_i32; ROWS]; T];
            for (block, tile) in weights.iter().zip(quads.as_chunks::<T>().0) {
                for (sums, quad) in sums.iter_mut().zip(tile) {
                    let [high, low] =
                        [0, 1].map(|half| quad.as_chunks::<4>().0[half].map(|byte| i32::from(byte.cast_signed())));
                    for (sum, row) in sums.iter_mut().zip(block.as_chunks::<4>().0) {
                        let dot =
                            |x: [i32; 4]| -> i32 { x.iter().zip(row).map(|(x, &weight)| x * i32::from(weight)).sum() };
                        *sum = sum.wrapping_add((dot(high) << 7) + dot(low));
                    }
                }
            }
            sums
        }
    }

    #[track_caller]
    fn check(product: &Product) {
        let expected = product.expected();
        for instructions in InstructionSet::available() {
            let Ok(found) = instructions.run(product) else { panic!("{instructions:?} is available") };
            assert_eq!(found, expected, "{instructions:?}");
        }
        assert_eq!(product.run(Split), expected);
    }

    #[test]
    fn the_greatest_sums_do_not_overflow() {
        for columns in [16, 384, 1_536, 2_048, 4_096, 16_384] {
            let whole = f64::from(multiple_max(columns)) * 128.0 * columns as f64;
            assert!(whole <= 2_147_483_648.0, "{columns}");
            for (weight, activation) in [(0, 1.0), (255, 1.0), (0, -1.0), (255, -1.0)] {
                check(&Product {
                    weights: vec![[weight; 64]; columns / 4],
                    scales: vec![1.0_f32.to_le_bytes(); ROWS],
                    biases: vec![0.0_f32.to_le_bytes(); ROWS],
                    columns,
                    activations: vec![activation; columns],
                });
            }
        }
    }

    prop_compose! {
        fn products()(columns in 1..6_usize, rows in 1..4_usize, count in 1..30_usize)(
            weights in prop::collection::vec(any::<u8>(), columns * rows * ROWS * ROWS),
            scales in prop::collection::vec(0.0_f32..1.0, rows * ROWS),
            biases in prop::collection::vec(-1.0_f32..1.0, rows * ROWS),
            activations in prop::collection::vec(-9.0_f32..9.0, columns * ROWS * count),
            columns in Just(columns * ROWS),
        ) -> Product {
            let numbers = |numbers: Vec<f32>| numbers.into_iter().map(f32::to_le_bytes).collect();
            let weights = weights.as_chunks().0.to_vec();
            Product { weights, scales: numbers(scales), biases: numbers(biases), columns, activations }
        }
    }

    proptest! {
        #[test]
        fn every_set_of_instructions_yields_the_same_product(product in products()) {
            check(&product);
        }
    }
}
