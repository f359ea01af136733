//! Matrices of numbers of 4 bytes, and the arithmetic of quantised weights on them.

use std::borrow::Cow;

use super::super::numbers::NumberType;
use super::graph::Tensor;

/// A matrix; a tensor of one dimension is one row, and a single number has one row and one column.
#[derive(Debug)]
pub(super) struct Matrix {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) values: Vec<f32>,
}

impl Matrix {
    /// Returns the values of a tensor of at most `count` values.
    pub(super) fn of(tensor: &Tensor<'_>, count: usize) -> Result<Matrix, String> {
        if tensor.is_external {
            return Err("has its values in another file; import reads models of one file".to_owned());
        }
        let (rows, columns) = match tensor.shape[..] {
            [] => (1, 1),
            [columns] => (1, columns),
            [rows, columns] => (rows, columns),
            _ => return Err(format!("has the shape {:?}", tensor.shape)),
        };
        let numbers = number_type(tensor.kind)?;
        let Some(length) = rows.checked_mul(columns).filter(|&length| length <= count) else {
            return Err(format!("has the shape {:?}, more than {count} values", tensor.shape));
        };
        let data = match tensor.integers {
            Some(integers) if tensor.data.is_empty() => {
                Cow::Owned(bytes_of(integers.numbers().take(length + 1), numbers)?)
            }
            _ => Cow::Borrowed(tensor.data),
        };
        if data.len() / numbers.size() != length || !data.len().is_multiple_of(numbers.size()) {
            return Err(format!("has the shape {:?}, and another number of values", tensor.shape));
        }
        Ok(Matrix { rows, columns, values: numbers.values(&data) })
    }

    pub(super) fn transposed(&self) -> Matrix {
        let columns = (0..self.columns).flat_map(|column| self.values.iter().skip(column).step_by(self.columns.max(1)));
        Matrix { rows: self.columns, columns: self.rows, values: columns.copied().collect() }
    }

    /// Returns one row as a column.
    pub(super) fn into_column(self) -> Matrix {
        if self.rows == 1 { Matrix { rows: self.columns, columns: 1, ..self } } else { self }
    }

    /// Applies `operation` to each value and that of `other` at its place. A dimension of size 1 is repeated.
    pub(super) fn with(mut self, other: &Matrix, operation: impl Fn(f32, f32) -> f32) -> Result<Matrix, String> {
        let is_fit = |size: usize, other: usize| other == size || other == 1;
        if !is_fit(self.rows, other.rows) || !is_fit(self.columns, other.columns) {
            let [rows, columns, scale_rows, scale_columns] = [self.rows, self.columns, other.rows, other.columns];
            return Err(format!("has {rows} x {columns} values and {scale_rows} x {scale_columns} scales"));
        }
        for (number, row) in self.values.chunks_exact_mut(self.columns.max(1)).enumerate() {
            let start = if other.rows == 1 { 0 } else { number * other.columns };
            let others = &other.values[start..start + other.columns];
            for (at, value) in row.iter_mut().enumerate() {
                *value = operation(*value, others[if other.columns == 1 { 0 } else { at }]);
            }
        }
        Ok(self)
    }
}

/// Returns the type of a number of `TensorProto.DataType`.
fn number_type(number: i64) -> Result<NumberType, String> {
    match number {
        1 => Ok(NumberType::Float),
        2 => Ok(NumberType::Byte),
        3 => Ok(NumberType::SignedByte),
        10 => Ok(NumberType::Half),
        16 => Ok(NumberType::BrainFloat),
        other => Err(format!("is of type {other}; import reads FLOAT, FLOAT16, BFLOAT16, UINT8 and INT8")),
    }
}

/// Returns the bytes of whole numbers, each the bits of a value.
fn bytes_of(
    integers: impl Iterator<Item = Result<i64, &'static str>>,
    numbers: NumberType,
) -> Result<Vec<u8>, &'static str> {
    let mut bytes = Vec::new();
    for integer in integers {
        bytes.extend_from_slice(&integer?.to_le_bytes()[..numbers.size()]);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: usize, columns: usize) -> Matrix {
        Matrix { rows, columns, values: (0..rows * columns).map(|value| value as f32).collect() }
    }

    #[test]
    fn scales_of_rows_columns_and_all_are_applied() {
        let times = |left: f32, right: f32| left * right;
        let scaled = |other: Matrix| matrix(2, 3).with(&other, times).map(|matrix| matrix.values);
        assert_eq!(scaled(Matrix { values: vec![2.0], ..matrix(1, 1) }), Ok(vec![0.0, 2.0, 4.0, 6.0, 8.0, 10.0]));
        assert_eq!(scaled(matrix(1, 3)), Ok(vec![0.0, 1.0, 4.0, 0.0, 4.0, 10.0]));
        assert_eq!(scaled(matrix(1, 2).into_column()), Ok(vec![0.0, 0.0, 0.0, 3.0, 4.0, 5.0]));
        assert_eq!(scaled(matrix(2, 3)), Ok(vec![0.0, 1.0, 4.0, 9.0, 16.0, 25.0]));
        assert_eq!(scaled(matrix(1, 2)), Err("has 2 x 3 values and 1 x 2 scales".to_owned()));
    }

    #[test]
    fn columns_become_rows() {
        let transposed = matrix(2, 3).transposed();
        assert_eq!((transposed.rows, transposed.columns), (3, 2));
        assert_eq!(transposed.values, [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
        assert!(matrix(0, 0).transposed().values.is_empty());
    }
}
