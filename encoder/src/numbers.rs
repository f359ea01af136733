//! Numbers of 4 bytes in place, and the layer normalisations that have two of them for each value.

use crate::error::{ModelError, damaged};

/// A number of 4 bytes, little-endian; at any place, on any machine.
pub(crate) type Number = [u8; 4];

/// Returns the value of a number.
#[expect(clippy::inline_always, reason = "callers are compiled for the instructions of the processor")]
#[inline(always)]
pub(crate) fn value(number: Number) -> f32 {
    f32::from_le_bytes(number)
}

/// A layer normalisation.
#[derive(Clone, Copy)]
pub(crate) struct Norm<'a> {
    pub(crate) factors: &'a [Number],
    pub(crate) offsets: &'a [Number],
}

impl Norm<'_> {
    /// Checks that factors and offsets are finite.
    pub(crate) fn check(&self) -> Result<(), ModelError> {
        let is_sound = are_finite(self.factors) && are_finite(self.offsets);
        if is_sound { Ok(()) } else { Err(damaged("a factor or an offset of a norm is not finite")) }
    }
}

/// Returns true if no exponent is that of infinities and NaN.
pub(crate) fn are_finite(numbers: &[Number]) -> bool {
    const EXPONENT: u32 = 0x7f80_0000;
    numbers.iter().fold(true, |sound, &number| sound & (u32::from_le_bytes(number) & EXPONENT != EXPONENT))
}
