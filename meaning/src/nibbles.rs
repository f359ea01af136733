//! Values of 4 bits: the 128 of a row in 64 bytes.
//!
//! The low 4 bits of byte k are dimension k, the high 4 bits dimension 64 + k: neighbours stay neighbours in a vector
//! register. A value is its 4 bits less 8, from -7 to 7; -8 stands in forged bytes only.

/// The number of bytes of 128 values.
pub(crate) const NIBBLE_BYTES: usize = 64;

/// Returns the two values of a byte.
#[inline]
pub(crate) fn unpack(byte: u8) -> [i8; 2] {
    [byte & 15, byte >> 4].map(|nibble| nibble.cast_signed() - 8)
}
