//! Vectors of 32 bytes: 2 bits a value, compared in whole numbers.
//!
//! The levels -3, -1, 1 and 3 stand for steps of nearly one standard deviation, the uniform quantiser of least error for
//! normal values (Max, *Quantizing for minimum distortion*, 1960). The length is lost, which a cosine does not need. Over
//! ten sets, MRR@10 is that of 4 bits a value within .001.

use crate::vector::{DIMENSIONS, Vector};

/// The number of bytes of a quantised vector.
pub const QUANTISED_BYTES: usize = DIMENSIONS / PARTS;

/// The values in a byte: one of each quarter of a vector.
const PARTS: usize = 4;
/// The width of a level beside the root mean square of the values.
const STEP: f32 = 0.9957;

/// A vector as it is stored: 128 values of 2 bits, or zeros.
///
/// Bits 2p and 2p + 1 of byte k are dimension 32p + k: neighbours stay neighbours in a vector register. A value is twice
/// their number less 3. Bytes that are all 0 stand for zeros: 128 equal negative values, which no text has, become zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantised(pub [u8; QUANTISED_BYTES]);

impl Quantised {
    const ZERO: Quantised = Quantised([0; QUANTISED_BYTES]);

    /// Returns the nearest vector of 2 bits a value, up to its length; zeros if that is 0, or not finite.
    pub fn new(vector: &Vector) -> Quantised {
        let unit = vector.clone().normalised();
        if unit == Vector::ZERO {
            return Quantised::ZERO;
        }
        // The root mean square of the values of a vector of length 1 is 1/√128.
        let step = STEP / (DIMENSIONS as f32).sqrt();
        let level = |value: f32| u8::from(value >= -step) + u8::from(value >= 0.0) + u8::from(value >= step);
        let byte =
            |at: usize| (0..PARTS).fold(0, |byte, part| byte | level(quarter(unit.values(), part)[at]) << (2 * part));
        Quantised(std::array::from_fn(byte))
    }

    /// Returns the values: -3, -1, 1 and 3, or only 0.
    pub fn values(&self) -> [i8; DIMENSIONS] {
        if *self == Quantised::ZERO {
            return [0; DIMENSIONS];
        }
        std::array::from_fn(|at| {
            let bits = self.0[at % QUANTISED_BYTES] >> (2 * (at / QUANTISED_BYTES)) & 3;
            2 * bits.cast_signed() - 3
        })
    }

    /// Returns the sum of squares, from 128 to 1,152, or 0.
    #[inline]
    pub fn squared_length(&self) -> u32 {
        if *self == Quantised::ZERO {
            return 0;
        }
        // The two bits of -3 and 3 are equal. Each of the four squares is 1 or 9.
        let squares = |byte: &u8| 4 + 8 * (!(byte ^ byte >> 1) & 0b0101_0101).count_ones();
        self.0.iter().map(squares).sum()
    }
}

/// A question's vector, ready to be compared with many quantised ones: 8 bits a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryVector {
    /// Values from -127 to 127, in the width that they are multiplied in.
    values: [i16; DIMENSIONS],
    /// Three times their sum: the share of the offset of stored values in a dot product.
    offset: i32,
    squared_length: u32,
}

impl QueryVector {
    /// Quantises a vector to 8 bits a value; the greatest absolute value becomes 127.
    pub fn new(vector: &Vector) -> QueryVector {
        let values = eight_bits(vector);
        let offset = 3 * values.iter().map(|&value| i32::from(value)).sum::<i32>();
        let squared_length = values.iter().map(|value| u32::from(value.unsigned_abs()).pow(2)).sum();
        QueryVector { values: values.map(i16::from), offset, squared_length }
    }

    /// Returns the sum of squares.
    pub fn squared_length(&self) -> u32 {
        self.squared_length
    }

    /// Returns the dot product with a vector that is not zero, exactly.
    #[inline]
    pub fn dot(&self, vector: &Quantised) -> i32 {
        let [first, second, third, fourth] = [0, 1, 2, 3].map(|part| quarter(&self.values, part));
        let products = std::array::from_fn(|at| {
            let bits = i16::from(vector.0[at]);
            first[at] * (bits & 3)
                + second[at] * (bits >> 2 & 3)
                + third[at] * (bits >> 4 & 3)
                + fourth[at] * (bits >> 6)
        });
        2 * sum(products) - self.offset
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

/// Returns the values times the factor that makes the greatest absolute value 127, rounded to whole numbers.
fn eight_bits(vector: &Vector) -> [i8; DIMENSIONS] {
    let greatest = vector.values().iter().fold(0.0, |greatest: f32, value| greatest.max(value.abs()));
    let factor = 127.0 / greatest;
    let factor = if factor.is_finite() { factor } else { 0.0 };
    vector.values().map(|value| round(value * factor))
}

/// Returns the nearest whole number, a half away from zero; 0 for a value that is no number.
#[expect(clippy::cast_possible_truncation, reason = "values are from -127 to 127")]
fn round(value: f32) -> i8 {
    (value + if value < 0.0 { -0.5 } else { 0.5 }) as i8
}

/// Returns the sum of numbers from -1,524 to 1,524, four products of at most 127 × 3: 16 bits hold 4 of them.
///
/// Halves are added in steps that compilers turn into additions of vector registers.
#[inline]
fn sum(numbers: [i16; QUANTISED_BYTES]) -> i32 {
    let sums: [i16; 8] = add_halves::<16, 8>(add_halves::<32, 16>(numbers));
    sums.into_iter().map(i32::from).sum()
}

#[inline]
fn add_halves<const LENGTH: usize, const HALF: usize>(numbers: [i16; LENGTH]) -> [i16; HALF] {
    std::array::from_fn(|at| numbers[at] + numbers[HALF + at])
}

/// Returns 32 values, from dimension 32 × `part` on.
#[inline]
fn quarter<T>(values: &[T; DIMENSIONS], part: usize) -> &[T; QUANTISED_BYTES] {
    &values.as_chunks().0[part]
}
