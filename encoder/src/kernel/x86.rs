//! The kernels for x86-64: SSE2, which all such processors have, AVX2, and AVX-512 with VNNI.
#![expect(
    clippy::inline_always,
    reason = "callers are compiled for the instructions of the processor, and so must these be"
)]
#![expect(unsafe_code, reason = "vectors are loaded from arrays, and functions called that need instructions")]

use core::arch::x86_64::{
    __m128i, __m256i, __m512i, _mm_add_epi32, _mm_castps_si128, _mm_castsi128_ps, _mm_loadu_si128, _mm_madd_epi16,
    _mm_set1_epi64x, _mm_setzero_si128, _mm_shuffle_ps, _mm_storeu_si128, _mm_unpackhi_epi8, _mm_unpacklo_epi8,
    _mm256_add_epi32, _mm256_cvtepu8_epi16, _mm256_hadd_epi32, _mm256_madd_epi16, _mm256_permute4x64_epi64,
    _mm256_set1_epi64x, _mm256_setzero_si256, _mm256_storeu_si256, _mm512_add_epi32, _mm512_dpbusd_epi32,
    _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_slli_epi32, _mm512_storeu_si512,
};

use super::dots::{Kernel, Quad, ROWS, Work, pack_split};

/// The kernel for SSE2: a multiplication of 8 weights, widened to 16 bits, and the activations at a time.
#[derive(Clone, Copy)]
pub(crate) struct Sse2;

impl Kernel for Sse2 {
    const TILE: usize = 5;

    #[inline(always)]
    fn dots<const T: usize>(self, weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
        // SAFETY: every processor of the architecture has SSE2.
        unsafe { dots_sse2(weights, quads) }
    }
}

#[target_feature(enable = "sse2")]
#[inline]
fn dots_sse2<const T: usize>(weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
    let mut sums = [[0; ROWS]; T];
    for quarter in 0..4 {
        // Each has 2 sums of 2 columns for each of 2 rows.
        let mut first = [_mm_setzero_si128(); T];
        let mut second = [_mm_setzero_si128(); T];
        for (block, tile) in weights.iter().zip(quads.as_chunks::<T>().0) {
            let bytes = load_128(&block.as_chunks::<16>().0[quarter]);
            let a = _mm_unpacklo_epi8(bytes, _mm_setzero_si128());
            let b = _mm_unpackhi_epi8(bytes, _mm_setzero_si128());
            for t in 0..T {
                let x = _mm_set1_epi64x(i64::from_le_bytes(tile[t]));
                first[t] = _mm_add_epi32(first[t], _mm_madd_epi16(a, x));
                second[t] = _mm_add_epi32(second[t], _mm_madd_epi16(b, x));
            }
        }
        for t in 0..T {
            let (a, b) = (_mm_castsi128_ps(first[t]), _mm_castsi128_ps(second[t]));
            let even = _mm_castps_si128(_mm_shuffle_ps::<0b10_00_10_00>(a, b));
            let odd = _mm_castps_si128(_mm_shuffle_ps::<0b11_01_11_01>(a, b));
            sums[t].as_chunks_mut::<4>().0[quarter] = store_128(_mm_add_epi32(even, odd));
        }
    }
    sums
}

/// The kernel for AVX2: a multiplication of 16 weights, widened to 16 bits, and the activations at a time.
#[derive(Clone, Copy)]
pub(crate) struct Avx2(());

impl Avx2 {
    pub(crate) fn detect() -> Option<Avx2> {
        is_x86_feature_detected!("avx2").then_some(Avx2(()))
    }

    /// Computes the result with all of the work compiled for AVX2.
    pub(crate) fn run<W: Work>(self, work: W) -> W::Output {
        #[target_feature(enable = "avx2")]
        fn run<W: Work>(kernel: Avx2, work: W) -> W::Output {
            work.run(kernel)
        }
        // SAFETY: `self` proves that the processor has AVX2.
        unsafe { run(self, work) }
    }
}

impl Kernel for Avx2 {
    const TILE: usize = 6;

    #[inline(always)]
    fn dots<const T: usize>(self, weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
        // SAFETY: `self` proves that the processor has AVX2.
        unsafe { dots_avx2(weights, quads) }
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn dots_avx2<const T: usize>(weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
    let mut sums = [[0; ROWS]; T];
    for half in 0..2 {
        // Each has 2 sums of 2 columns for each of 4 rows.
        let mut first = [_mm256_setzero_si256(); T];
        let mut second = [_mm256_setzero_si256(); T];
        for (block, tile) in weights.iter().zip(quads.as_chunks::<T>().0) {
            let quarters = block.as_chunks::<16>().0;
            let a = _mm256_cvtepu8_epi16(load_128(&quarters[2 * half]));
            let b = _mm256_cvtepu8_epi16(load_128(&quarters[2 * half + 1]));
            for t in 0..T {
                let x = _mm256_set1_epi64x(i64::from_le_bytes(tile[t]));
                first[t] = _mm256_add_epi32(first[t], _mm256_madd_epi16(a, x));
                second[t] = _mm256_add_epi32(second[t], _mm256_madd_epi16(b, x));
            }
        }
        for t in 0..T {
            // Horizontal addition leaves rows 0, 1, 4, 5, 2, 3, 6, 7.
            let rows = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(first[t], second[t]));
            sums[t].as_chunks_mut::<8>().0[half] = store_256(rows);
        }
    }
    sums
}

/// The kernel for AVX-512 with VNNI: 64 products a step, of weights and each half of the activations.
#[derive(Clone, Copy)]
pub(crate) struct Avx512Vnni(());

impl Avx512Vnni {
    pub(crate) fn detect() -> Option<Avx512Vnni> {
        let has_all = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vnni")
            && is_x86_feature_detected!("avx2");
        has_all.then_some(Avx512Vnni(()))
    }

    /// Computes the result with all of the work compiled for AVX-512.
    pub(crate) fn run<W: Work>(self, work: W) -> W::Output {
        #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2")]
        fn run<W: Work>(kernel: Avx512Vnni, work: W) -> W::Output {
            work.run(kernel)
        }
        // SAFETY: `self` proves that the processor has these instructions.
        unsafe { run(self, work) }
    }
}

impl Kernel for Avx512Vnni {
    const TILE: usize = 12;

    #[inline(always)]
    fn pack(self, values: [i16; 4]) -> Quad {
        pack_split(values)
    }

    #[inline(always)]
    fn dots<const T: usize>(self, weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
        // SAFETY: `self` proves that the processor has these instructions.
        unsafe { dots_vnni(weights, quads) }
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2")]
#[inline]
fn dots_vnni<const T: usize>(weights: &[[u8; 64]], quads: &[Quad]) -> [[i32; ROWS]; T] {
    let mut high = [_mm512_setzero_si512(); T];
    let mut low = [_mm512_setzero_si512(); T];
    for (block, tile) in weights.iter().zip(quads.as_chunks::<T>().0) {
        let block = load_512(block);
        for t in 0..T {
            // Multiples of 128 and remainders, see `pack_split`.
            let halves = tile[t].as_chunks().0;
            let [x, y] = [0, 1].map(|half| i32::from_le_bytes(halves[half]));
            high[t] = _mm512_dpbusd_epi32(high[t], block, _mm512_set1_epi32(x));
            low[t] = _mm512_dpbusd_epi32(low[t], block, _mm512_set1_epi32(y));
        }
    }
    let mut sums = [[0; ROWS]; T];
    for t in 0..T {
        sums[t] = store_512(_mm512_add_epi32(_mm512_slli_epi32::<7>(high[t]), low[t]));
    }
    sums
}

#[target_feature(enable = "sse2")]
#[inline]
fn load_128(bytes: &[u8; 16]) -> __m128i {
    // SAFETY: the reference is valid for 16 bytes, and the load needs no alignment.
    unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) }
}

#[target_feature(enable = "sse2")]
#[inline]
fn store_128(vector: __m128i) -> [i32; 4] {
    let mut numbers = [0; 4];
    // SAFETY: the array has 16 bytes, and the store needs no alignment.
    unsafe { _mm_storeu_si128(numbers.as_mut_ptr().cast(), vector) };
    numbers
}

#[target_feature(enable = "avx2")]
#[inline]
fn store_256(vector: __m256i) -> [i32; 8] {
    let mut numbers = [0; 8];
    // SAFETY: the array has 32 bytes, and the store needs no alignment.
    unsafe { _mm256_storeu_si256(numbers.as_mut_ptr().cast(), vector) };
    numbers
}

#[target_feature(enable = "avx512f")]
#[inline]
fn load_512(bytes: &[u8; 64]) -> __m512i {
    // SAFETY: the reference is valid for 64 bytes, and the load needs no alignment.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn store_512(vector: __m512i) -> [i32; 16] {
    let mut numbers = [0; 16];
    // SAFETY: the array has 64 bytes, and the store needs no alignment.
    unsafe { _mm512_storeu_si512(numbers.as_mut_ptr().cast(), vector) };
    numbers
}
