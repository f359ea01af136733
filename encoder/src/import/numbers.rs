//! Numbers in files of weights, in little-endian order, as numbers of 4 bytes.

use crate::half::half;

/// A type of numbers.
#[derive(Clone, Copy)]
pub(super) enum NumberType {
    Float,
    Half,
    BrainFloat,
    Byte,
    SignedByte,
}

impl NumberType {
    /// Returns the length of a number in bytes.
    pub(super) fn size(self) -> usize {
        match self {
            NumberType::Float => 4,
            NumberType::Half | NumberType::BrainFloat => 2,
            NumberType::Byte | NumberType::SignedByte => 1,
        }
    }

    /// Returns the values of all numbers in `data`; bytes of a number that is cut off are left out.
    pub(super) fn values(self, data: &[u8]) -> Vec<f32> {
        match self {
            NumberType::Float => data.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect(),
            NumberType::Half => data.as_chunks().0.iter().map(|&bytes| half(u16::from_le_bytes(bytes))).collect(),
            NumberType::BrainFloat => {
                data.as_chunks().0.iter().map(|&[low, high]| f32::from_le_bytes([0, 0, low, high])).collect()
            }
            NumberType::Byte => data.iter().map(|&byte| f32::from(byte)).collect(),
            NumberType::SignedByte => data.iter().map(|&byte| f32::from(byte.cast_signed())).collect(),
        }
    }
}
