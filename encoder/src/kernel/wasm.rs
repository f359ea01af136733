//! The kernel for WebAssembly with 128-bit vectors, which a program has or has not when it is compiled.
#![expect(
    clippy::inline_always,
    reason = "callers are compiled for the instructions of the processor, and so must these be"
)]
#![expect(unsafe_code, reason = "vectors are loaded from arrays")]

use core::arch::wasm32::{
    i16x8_extend_high_u8x16, i16x8_extend_low_u8x16, i32x4_add, i32x4_dot_i16x8, i32x4_shuffle, i32x4_splat,
    i64x2_splat, v128, v128_load, v128_store,
};

use super::dots::{Kernel, Quad, ROWS};

/// The kernel for 128-bit vectors: a multiplication of 8 weights, widened to 16 bits, and the activations at a time.
#[derive(Clone, Copy)]
pub(crate) struct Simd128;

impl Kernel for Simd128 {
    const TILE: usize = 4;

    #[inline(always)]
    fn dots<const T: usize>(self, weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
        let mut sums = [[0; ROWS]; T];
        for quarter in 0..4 {
            // Each has 2 sums of 2 columns for each of 2 rows.
            let mut first = [i32x4_splat(0); T];
            let mut second = [i32x4_splat(0); T];
            for (block, tile) in weights.iter().zip(quads.as_chunks::<T>().0) {
                let bytes = load(&block.as_chunks::<16>().0[quarter]);
                let (a, b) = (i16x8_extend_low_u8x16(bytes), i16x8_extend_high_u8x16(bytes));
                for t in 0..T {
                    let x = i64x2_splat(i64::from_le_bytes(tile[t]));
                    first[t] = i32x4_add(first[t], i32x4_dot_i16x8(a, x));
                    second[t] = i32x4_add(second[t], i32x4_dot_i16x8(b, x));
                }
            }
            for t in 0..T {
                let even = i32x4_shuffle::<0, 2, 4, 6>(first[t], second[t]);
                let odd = i32x4_shuffle::<1, 3, 5, 7>(first[t], second[t]);
                sums[t].as_chunks_mut::<4>().0[quarter] = store(i32x4_add(even, odd));
            }
        }
        sums
    }
}

#[inline]
fn load(bytes: &[u8; 16]) -> v128 {
    // SAFETY: the reference is valid for 16 bytes, and the load needs no alignment.
    unsafe { v128_load(bytes.as_ptr().cast()) }
}

#[inline]
fn store(vector: v128) -> [i32; 4] {
    let mut numbers = [0; 4];
    // SAFETY: the array has 16 bytes, and the store needs no alignment.
    unsafe { v128_store(numbers.as_mut_ptr().cast(), vector) };
    numbers
}
