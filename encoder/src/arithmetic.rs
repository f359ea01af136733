//! Arithmetic that is the same on every machine: additions and multiplications of IEEE 754 in a fixed order.
//!
//! Sums run in 16 lanes, which compilers turn into vector instructions of any width without a change to the result. No
//! multiplication is fused with an addition.
#![expect(
    clippy::inline_always,
    reason = "callers are compiled for the instructions of the processor, and so must these be"
)]

use std::f32::consts::{FRAC_1_SQRT_2, LN_2, LOG2_E};

use crate::numbers::{Norm, value};

/// The number of lanes of a sum.
const LANES: usize = 16;

/// Adding 1.5 · 2^23 rounds a number below 2^22 to the nearest whole one, which is then in the lowest bits.
const ROUNDING: f32 = 12_582_912.0;

/// Returns the nearest whole number to one below 2^22; other values yield any number.
#[inline(always)]
pub(crate) fn rounded(x: f32) -> i32 {
    #[expect(clippy::cast_possible_wrap, reason = "the difference of the bits is the number")]
    let number = (x + ROUNDING).to_bits().wrapping_sub(ROUNDING.to_bits()) as i32;
    number
}

/// Returns e^x for x up to 0, with a relative error below 1e-5.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = (x * LOG2_E).max(-126.0);
    let whole = (x + ROUNDING) - ROUNDING;
    let f = x - whole;
    // Taylor's series of 2^f on -0.5..0.5.
    let p = 1.0 + f * (LN_2 + f * (0.240_226_5 + f * (0.055_504_1 + f * (0.009_618_1 + f * 0.001_333_4))));
    // The power of 2 is added to the exponent.
    f32::from_bits(p.to_bits().wrapping_add((rounded(x).cast_unsigned()) << 23))
}

/// Returns the Gaussian error function with an error below 1e-6, by a rational function on -4..4.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let x = x.clamp(-4.0, 4.0);
    let y = x * x;
    let mut p = -2.726_142_3e-10;
    for c in [2.770_681_4e-8, -2.101_024e-6, -5.692_506_5e-5, -7.349_906e-4, -2.954_6e-3, -1.609_603_3e-2] {
        p = p * y + c;
    }
    let mut q = -1.456_607_2e-5;
    for c in [-2.133_740_6e-4, -1.682_827e-3, -7.373_329e-3, -1.426_473_9e-2] {
        q = q * y + c;
    }
    x * p / q
}

/// Applies the Gaussian error linear unit.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * FRAC_1_SQRT_2))
}

/// Returns the sum of `map` over values whose number is a multiple of 16.
#[inline(always)]
pub(crate) fn sum(values: &[f32], map: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    for chunk in values.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            lanes[lane] += map(chunk[lane]);
        }
    }
    lanes.iter().sum()
}

/// Returns the greatest of `map` over values whose number is a multiple of 16, and of `start`.
#[inline(always)]
pub(crate) fn greatest(values: &[f32], start: f32, map: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [start; LANES];
    for chunk in values.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            let x = map(chunk[lane]);
            lanes[lane] = if x > lanes[lane] { x } else { lanes[lane] };
        }
    }
    lanes.iter().fold(start, |greatest, &x| if x > greatest { x } else { greatest })
}

/// Normalises a row to mean 0 and variance 1, then scales and shifts it.
#[inline(always)]
pub(crate) fn normalise(row: &mut [f32], norm: Norm<'_>, epsilon: f32) {
    let count = row.len() as f32;
    let mean = sum(row, |x| x) / count;
    let variance = sum(row, |x| (x - mean) * (x - mean)) / count;
    let factor = 1.0 / (variance + epsilon).sqrt();
    for ((x, &scale), &offset) in row.iter_mut().zip(norm.factors).zip(norm.offsets) {
        *x = (*x - mean) * factor * value(scale) + value(offset);
    }
}

/// Scales a vector to unit length; one without a length becomes 0.
#[inline(always)]
pub(crate) fn to_unit_length(vector: &mut [f32]) {
    let length = sum(vector, |x| x * x).sqrt();
    let factor = if length.is_finite() && length > 0.0 { 1.0 / length } else { 0.0 };
    for x in vector {
        *x = if factor == 0.0 { 0.0 } else { *x * factor };
    }
}

#[cfg(test)]
mod tests {
    use super::{exp, gelu, rounded};

    #[test]
    fn rounding_is_to_the_nearest_whole_number() {
        for (x, whole) in [(0.0, 0), (0.5, 0), (1.5, 2), (-0.5, 0), (-0.6, -1), (8191.0, 8191), (-8191.4, -8191)] {
            assert_eq!(rounded(x), whole, "{x}");
        }
        for x in [f32::NAN, f32::INFINITY, f32::MAX] {
            let _ = rounded(x);
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test allows for the last bits")]
    fn exponentials_are_close() {
        for step in 0..10_000_u16 {
            let x = f32::from(step) / -100.0;
            let expected = f64::from(x).exp();
            assert!((f64::from(exp(x)) - expected).abs() <= 1e-5 * expected + 1e-37, "{x}");
        }
    }

    #[test]
    fn gelu_is_close_to_tabulated_values() {
        // x/2 (1 + erf(x/√2)), by Python's `math.erf`.
        for (x, expected) in [
            (-6.0, -5.919_526e-9),
            (-2.0, -0.045_500_264),
            (-0.5, -0.154_268_77),
            (0.0, 0.0),
            (0.1, 0.053_982_784),
            (1.0, 0.841_344_7),
            (3.0, 2.995_950_3),
            (10.0, 10.0),
        ] {
            assert!((gelu(x) - expected).abs() < 2e-6, "{x}: {}", gelu(x));
        }
    }
}
