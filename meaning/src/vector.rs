//! Vectors of 128 numbers: sums of rows, unit length, the mean taken off.
//!
//! The bytes are the same on every machine: additions, multiplications, divisions and square roots of IEEE 754 in a
//! fixed order, none fused, and no other function of a library.

use std::borrow::Borrow;

use crate::nibbles::NIBBLE_BYTES;
use crate::row::Row;

/// The number of dimensions of a vector.
pub const DIMENSIONS: usize = 128;

/// The sums of squares that are kept apart, so that a compiler may use vector registers: dimension k adds to lane k
/// mod 8, and the lanes are added in their order.
const LANES: usize = 8;

/// The meaning of a text, as a vector of unit length; or a mean of such vectors, which is shorter.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector([f32; DIMENSIONS]);

impl Vector {
    /// The vector of a text that has no meaning.
    pub const ZERO: Vector = Vector([0.0; DIMENSIONS]);

    /// Returns a vector of these values.
    pub fn new(values: [f32; DIMENSIONS]) -> Vector {
        Vector(values)
    }

    /// Returns the values.
    pub fn values(&self) -> &[f32; DIMENSIONS] {
        &self.0
    }

    /// Reads what [`to_le_bytes`](Vector::to_le_bytes) wrote.
    pub fn from_le_bytes(bytes: &[u8; DIMENSIONS * 4]) -> Vector {
        let (numbers, _) = bytes.as_chunks();
        Vector(std::array::from_fn(|at| f32::from_le_bytes(numbers[at])))
    }

    /// Returns the values as bytes, little-endian.
    pub fn to_le_bytes(&self) -> [u8; DIMENSIONS * 4] {
        let mut bytes = [0; DIMENSIONS * 4];
        for (place, value) in bytes.as_chunks_mut().0.iter_mut().zip(self.0) {
            *place = value.to_le_bytes();
        }
        bytes
    }

    /// Returns the vector with unit length; zero if its length is 0, or not finite.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "no value is greater than 1")]
    pub fn normalised(mut self) -> Vector {
        let length = self.squared_length().sqrt();
        if !(length.is_finite() && length > 0.0) {
            return Vector::ZERO;
        }
        let factor = 1.0 / length;
        for value in &mut self.0 {
            *value = (f64::from(*value) * factor) as f32;
        }
        self
    }

    /// Returns the vector with `mean` taken off, with unit length.
    ///
    /// The mean of all texts of a knowledge base tells none of them apart.
    #[must_use]
    pub fn centred(&self, mean: &Vector) -> Vector {
        Vector(std::array::from_fn(|at| self.0[at] - mean.0[at])).normalised()
    }

    #[expect(clippy::cast_possible_truncation, reason = "the mean of f32 numbers is one")]
    /// Returns the mean of vectors, added in their order as numbers of 64 bits; zero of none.
    pub fn mean(vectors: impl IntoIterator<Item: Borrow<Vector>>) -> Vector {
        let mut sums = [0.0; DIMENSIONS];
        let mut count = 0_u32;
        for vector in vectors {
            count += 1;
            for (sum, &value) in sums.iter_mut().zip(&vector.borrow().0) {
                *sum += f64::from(value);
            }
        }
        let count = f64::from(count.max(1));
        Vector(sums.map(|sum| (sum / count) as f32))
    }

    /// Returns the sum of squares, by lanes. In 64 bits no square is too small or too great.
    fn squared_length(&self) -> f64 {
        let mut sums = [0.0_f64; LANES];
        for values in self.0.as_chunks::<LANES>().0 {
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += f64::from(*value) * f64::from(*value);
            }
        }
        sums.into_iter().fold(0.0, |sum, lane| sum + lane)
    }

    /// Adds another vector.
    ///
    /// # Examples
    ///
    /// ```
    /// use faqt_meaning::{DIMENSIONS, Vector};
    ///
    /// let mut sum = Vector::ZERO;
    /// sum.add(&Vector::new([1.5; DIMENSIONS]));
    /// sum.add(&Vector::new([1.0; DIMENSIONS]));
    /// assert_eq!(sum, Vector::new([2.5; DIMENSIONS]));
    /// ```
    pub fn add(&mut self, other: &Vector) {
        for (sum, value) in self.0.iter_mut().zip(other.0) {
            *sum += value;
        }
    }

    /// Adds a row, times a weight.
    ///
    /// Bytes are unpacked first, one half after the other: 27 instead of 40 ns a row.
    pub(crate) fn add_row(&mut self, row: Row<'_>, weight: f32) {
        let factor = weight * row.scale();
        let nibbles = [row.values.map(|byte| byte & 15), row.values.map(|byte| byte >> 4)];
        for (half, nibbles) in self.0.as_chunks_mut::<NIBBLE_BYTES>().0.iter_mut().zip(nibbles) {
            for (sum, nibble) in half.iter_mut().zip(nibbles) {
                *sum += factor * (i32::from(nibble) - 8) as f32;
            }
        }
    }

    /// Returns true if each value is finite.
    pub(crate) fn is_finite(&self) -> bool {
        self.0.iter().all(|value| value.is_finite())
    }
}
