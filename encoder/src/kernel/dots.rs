//! The interface of kernels, and the one without vector instructions of its own.
#![expect(
    clippy::inline_always,
    reason = "callers are compiled for the instructions of the processor, and so must these be"
)]

/// The number of rows of a block of weights.
pub(crate) const ROWS: usize = 16;

/// Four activations of a piece, as a kernel has packed them.
pub(crate) type Quad = [u8; 8];

/// Dot products by one set of instructions. A value of this type proves that the processor has them.
pub(crate) trait Kernel: Copy {
    /// The greatest number of pieces that are multiplied at a time, up to 12.
    const TILE: usize;

    /// Packs four activations from -8191 to 8191: as they are, unless a kernel needs another form.
    #[inline(always)]
    fn pack(self, values: [i16; 4]) -> Quad {
        pack_whole(values)
    }

    /// Returns the sums of products of 16 rows and the activations of `T` pieces, modulo 2^32.
    ///
    /// A block has 4 columns of the 16 rows, the columns of a row beside each other, each value plus 128. `quads` has 4
    /// activations for each of the `T` pieces, then the next 4.
    fn dots<const T: usize>(self, weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T];
}

/// A computation that any kernel can be used for.
///
/// Implementations are `#[inline(always)]`, so that they are compiled for the instructions of their kernel.
pub(crate) trait Work {
    /// The result.
    type Output;

    /// Computes the result.
    fn run<K: Kernel>(self, kernel: K) -> Self::Output;
}

/// The kernel for every machine.
#[derive(Clone, Copy)]
pub(crate) struct Plain;

impl Kernel for Plain {
    const TILE: usize = 4;

    #[inline(always)]
    fn dots<const T: usize>(self, weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
        let mut sums = [[0_i32; ROWS]; T];
        for (block, tile) in weights.iter().zip(quads.as_chunks::<T>().0) {
            for (sums, quad) in sums.iter_mut().zip(tile) {
                let activations = unpack_whole(*quad).map(i32::from);
                for (sum, &row) in sums.iter_mut().zip(block.as_chunks::<4>().0) {
                    let [a, b, c, d] = std::array::from_fn(|at| activations[at] * i32::from(row[at]));
                    *sum = sum.wrapping_add(a + b + c + d);
                }
            }
        }
        sums
    }
}

/// Packs activations as they are.
#[inline(always)]
fn pack_whole(values: [i16; 4]) -> Quad {
    let mut quad = Quad::default();
    for (bytes, value) in quad.as_chunks_mut().0.iter_mut().zip(values) {
        *bytes = value.to_le_bytes();
    }
    quad
}

#[inline(always)]
fn unpack_whole(quad: Quad) -> [i16; 4] {
    std::array::from_fn(|at| i16::from_le_bytes(quad.as_chunks().0[at]))
}

/// Packs activations as four multiples of 128 and four remainders from -64 to 63, each of 8 bits.
#[inline(always)]
#[cfg_attr(not(any(target_arch = "x86_64", test)), expect(dead_code, reason = "other kernels multiply 16 bits"))]
pub(crate) fn pack_split(values: [i16; 4]) -> Quad {
    let high = values.map(|value| (value + 64) >> 7);
    std::array::from_fn(|at| {
        let byte = if at < 4 { high[at] } else { values[at - 4] - (high[at - 4] << 7) };
        byte.to_le_bytes()[0]
    })
}

#[cfg(test)]
mod tests {
    use super::{pack_split, pack_whole, unpack_whole};

    #[test]
    fn packed_activations_are_the_same() {
        for value in -8191..=8191_i16 {
            let values = [value, -value, 8191, -8191];
            assert_eq!(unpack_whole(pack_whole(values)), values);
            let quad = pack_split(values).map(|byte| i16::from(byte.cast_signed()));
            assert_eq!(std::array::from_fn(|at| quad[at] * 128 + quad[at + 4]), values);
            assert!(quad[4..].iter().all(|low| (-64..64).contains(low)));
        }
    }
}
