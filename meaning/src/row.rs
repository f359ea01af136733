//! A row of a table: one scale for 128 values of 4 bits.

use crate::nibbles::NIBBLE_BYTES;

/// The length of a row in bytes.
pub(crate) const ROW_LENGTH: usize = 2 + NIBBLE_BYTES;

/// A row, in place.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    scale: u16,
    pub(crate) values: &'a [u8; NIBBLE_BYTES],
}

impl<'a> Row<'a> {
    pub(crate) fn new(bytes: &'a [u8; ROW_LENGTH]) -> Row<'a> {
        let [low, high, values @ ..] = bytes;
        Row { scale: u16::from_le_bytes([*low, *high]), values }
    }

    /// Returns the scale, and 0 for one that is not finite.
    pub(crate) fn scale(self) -> f32 {
        if self.has_scale() { f32_of(self.scale) } else { 0.0 }
    }

    /// Returns true if the scale is finite and not negative.
    pub(crate) fn has_scale(self) -> bool {
        self.scale < 0x7c00
    }
}

/// Converts a finite f16 that is not negative, without rounding.
fn f32_of(half: u16) -> f32 {
    const SUBNORMAL_UNIT: f32 = 1.0 / 16_777_216.0;
    let (exponent, fraction) = (u32::from(half >> 10), u32::from(half & 0x3ff));
    if exponent == 0 {
        fraction as f32 * SUBNORMAL_UNIT
    } else {
        // The biases differ by 112, the lengths of the fractions by 13 bits.
        f32::from_bits((exponent + 112) << 23 | fraction << 13)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_become_the_same_number() {
        for (half, expected) in [
            (0, 0.0),
            (1, 2.0_f32.recip() / 8_388_608.0),
            (0x03ff, 1023.0 / 16_777_216.0),
            (0x0400, 1.0 / 16_384.0),
            (0x3555, 0.333_251_95),
            (0x3c00, 1.0),
            (0x7bff, 65_504.0),
        ] {
            assert_eq!(f32_of(half).to_bits(), f32::to_bits(expected), "{half:04x}");
        }
    }

    #[test]
    fn a_scale_that_is_no_length_counts_for_nothing() {
        for scale in [0x7c00_u16, 0x7e00, 0x8001, 0xffff] {
            let mut bytes = [0; ROW_LENGTH];
            bytes[..2].copy_from_slice(&scale.to_le_bytes());
            assert_eq!(Row::new(&bytes).scale().to_bits(), 0, "{scale:04x}");
        }
    }
}
