//! Vectors of 64 bytes: 4 bits a value, compared in whole numbers.
//!
//! The greatest absolute value becomes 7. The length is lost, which a cosine does not need.

use crate::nibbles::{NIBBLE_BYTES, pack, unpack};
use crate::vector::{DIMENSIONS, Vector};

/// The number of bytes of a quantised vector.
pub const QUANTISED_BYTES: usize = NIBBLE_BYTES;

/// A vector as it is stored: 128 values of 4 bits.
///
/// The low 4 bits of byte k are dimension k, the high 4 bits dimension 64 + k, each plus 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantised(pub [u8; QUANTISED_BYTES]);

impl Quantised {
    /// Returns the nearest vector of 4 bits a value, up to its length.
    pub fn new(vector: &Vector) -> Quantised {
        let values = quantise(vector, 7.0);
        let [low, high] = halves(&values);
        Quantised(std::array::from_fn(|at| pack([low[at], high[at]])))
    }

    /// Returns the values, from -7 to 7 (-8 only in forged bytes).
    pub fn values(&self) -> [i8; DIMENSIONS] {
        std::array::from_fn(|at| unpack(self.0[at % QUANTISED_BYTES])[at / QUANTISED_BYTES])
    }

    /// Returns the sum of squares, at most 8,192.
    #[inline]
    pub fn squared_length(&self) -> u32 {
        let squares = std::array::from_fn(|at| {
            let [low, high] = unpack(self.0[at]).map(i16::from);
            low * low + high * high
        });
        sum(squares).unsigned_abs()
    }
}

/// A question's vector, ready to be compared with many quantised ones: 8 bits a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryVector {
    /// Values from -127 to 127, in the width that they are multiplied in.
    values: [i16; DIMENSIONS],
    /// Eight times their sum: the share of the offset of stored values in a dot product.
    offset: i32,
    squared_length: u32,
}

impl QueryVector {
    /// Quantises a vector to 8 bits a value; the greatest absolute value becomes 127.
    pub fn new(vector: &Vector) -> QueryVector {
        let values = quantise(vector, 127.0);
        let offset = 8 * values.iter().map(|&value| i32::from(value)).sum::<i32>();
        let squared_length = values.iter().map(|value| u32::from(value.unsigned_abs()).pow(2)).sum();
        QueryVector { values: values.map(i16::from), offset, squared_length }
    }

    /// Returns the sum of squares.
    pub fn squared_length(&self) -> u32 {
        self.squared_length
    }

    /// Returns the dot product, exactly. Takes 8 ns with the 128-bit registers of every x86-64.
    #[inline]
    pub fn dot(&self, vector: &Quantised) -> i32 {
        let [low, high] = halves(&self.values);
        let products = std::array::from_fn(|at| {
            let byte = vector.0[at];
            low[at] * i16::from(byte & 15) + high[at] * i16::from(byte >> 4)
        });
        sum(products) - self.offset
    }

    /// Returns the cosine of the angle to a vector, from -1 to 1; 0 if either is zero.
    #[inline]
    pub fn cosine(&self, vector: &Quantised) -> f32 {
        cosine(self.dot(vector), self.squared_length, vector.squared_length())
    }
}

/// Returns the cosine that a dot product and two sums of squares make; 0 if either is 0.
#[inline]
pub fn cosine(dot: i32, squared_length: u32, other_squared_length: u32) -> f32 {
    let squares = u64::from(squared_length) * u64::from(other_squared_length);
    if squares == 0 { 0.0 } else { dot as f32 / (squares as f32).sqrt() }
}

/// Returns the values times the factor that makes the greatest absolute value `most`, rounded to whole numbers.
fn quantise(vector: &Vector, most: f32) -> [i8; DIMENSIONS] {
    let greatest = vector.values().iter().fold(0.0, |greatest: f32, value| greatest.max(value.abs()));
    let factor = most / greatest;
    let factor = if factor.is_finite() { factor } else { 0.0 };
    vector.values().map(|value| round(value * factor))
}

/// Returns the nearest whole number, a half away from zero; 0 for a value that is no number.
#[expect(clippy::cast_possible_truncation, reason = "values are from -127 to 127")]
fn round(value: f32) -> i8 {
    (value + if value < 0.0 { -0.5 } else { 0.5 }) as i8
}

/// Returns the sum of numbers from -3,810 to 3,810, pairs of products of at most 127 × 15: 16 bits hold 8 of them.
///
/// Halves are added in steps that compilers turn into additions of vector registers: 8 instead of 19 ns a dot product.
#[inline]
fn sum(numbers: [i16; NIBBLE_BYTES]) -> i32 {
    let sums: [i16; 8] = add_halves::<16, 8>(add_halves::<32, 16>(add_halves::<64, 32>(numbers)));
    sums.into_iter().map(i32::from).sum()
}

#[inline]
fn add_halves<const LENGTH: usize, const HALF: usize>(numbers: [i16; LENGTH]) -> [i16; HALF] {
    std::array::from_fn(|at| numbers[at] + numbers[HALF + at])
}

/// Returns the first 64 and the last 64 values.
#[inline]
fn halves<T>(values: &[T; DIMENSIONS]) -> [&[T]; 2] {
    values.split_at(QUANTISED_BYTES).into()
}
