//! The kernel for 64-bit Arm: NEON, which nearly every such processor has.
#![expect(
    clippy::inline_always,
    reason = "callers are compiled for the instructions of the processor, and so must these be"
)]
#![expect(unsafe_code, reason = "vectors are loaded from arrays, and functions called that need instructions")]

use core::arch::aarch64::{
    int16x4_t, int32x4_t, uint8x8_t, vcreate_s16, vdupq_n_s32, vget_high_u16, vget_low_u16, vld1_u8, vmlal_s16,
    vmovl_u8, vpaddq_s32, vreinterpret_s16_u16, vst1q_s32,
};

use super::dots::{Kernel, Quad, ROWS, Work};

/// The kernel for NEON: a multiplication of 4 weights, widened to 16 bits, and the activations at a time.
#[derive(Clone, Copy)]
pub(crate) struct Neon(());

impl Neon {
    pub(crate) fn detect() -> Option<Neon> {
        std::arch::is_aarch64_feature_detected!("neon").then_some(Neon(()))
    }

    /// Computes the result with all of the work compiled for NEON.
    pub(crate) fn run<W: Work>(self, work: W) -> W::Output {
        #[target_feature(enable = "neon")]
        fn run<W: Work>(kernel: Neon, work: W) -> W::Output {
            work.run(kernel)
        }
        // SAFETY: `self` proves that the processor has NEON.
        unsafe { run(self, work) }
    }
}

impl Kernel for Neon {
    const TILE: usize = 3;

    #[inline(always)]
    fn dots<const T: usize>(self, weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
        // SAFETY: `self` proves that the processor has NEON.
        unsafe { dots_neon(weights, quads) }
    }
}

#[target_feature(enable = "neon")]
#[inline]
fn dots_neon<const T: usize>(weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
    let mut sums = [[0; ROWS]; T];
    for half in 0..2 {
        // Each has a sum for each of 4 columns of a row.
        let mut rows = [[vdupq_n_s32(0); 8]; T];
        for (block, tile) in weights.iter().zip(quads.as_chunks::<T>().0) {
            let pairs = &block.as_chunks::<32>().0[half].as_chunks::<8>().0;
            for (pair, bytes) in pairs.iter().enumerate() {
                let [even, odd] = widen(load_64(bytes));
                for t in 0..T {
                    let x = vcreate_s16(u64::from_le_bytes(tile[t]));
                    rows[t][2 * pair] = vmlal_s16(rows[t][2 * pair], even, x);
                    rows[t][2 * pair + 1] = vmlal_s16(rows[t][2 * pair + 1], odd, x);
                }
            }
        }
        for t in 0..T {
            let quarters = sums[t].as_chunks_mut::<4>().0[2 * half..].iter_mut();
            for (quarter, &[a, b, c, d]) in quarters.zip(rows[t].as_chunks::<4>().0) {
                *quarter = store_128(vpaddq_s32(vpaddq_s32(a, b), vpaddq_s32(c, d)));
            }
        }
    }
    sums
}

/// Returns the weights of 2 rows, 4 columns each.
#[target_feature(enable = "neon")]
#[inline]
fn widen(bytes: uint8x8_t) -> [int16x4_t; 2] {
    let wide = vmovl_u8(bytes);
    [vreinterpret_s16_u16(vget_low_u16(wide)), vreinterpret_s16_u16(vget_high_u16(wide))]
}

#[target_feature(enable = "neon")]
#[inline]
fn load_64(bytes: &[u8; 8]) -> uint8x8_t {
    // SAFETY: the reference is valid for 8 bytes, and the load needs no alignment.
    unsafe { vld1_u8(bytes.as_ptr()) }
}

#[target_feature(enable = "neon")]
#[inline]
fn store_128(vector: int32x4_t) -> [i32; 4] {
    let mut numbers = [0; 4];
    // SAFETY: the array has 16 bytes.
    unsafe { vst1q_s32(numbers.as_mut_ptr(), vector) };
    numbers
}
