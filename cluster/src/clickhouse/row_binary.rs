//! The format `RowBinary`: numbers with the lowest byte first, strings behind their length as a varint. It needs no escaping.

use crate::varint;

/// Appends a string.
pub(super) fn push_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    varint::push(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Bytes of an answer that are not read yet.
pub(super) struct Rest<'a>(&'a [u8]);

/// The end of an answer in the middle of a row.
#[derive(Debug)]
pub(super) struct CutOff;

/// A column of a row, or a tuple of columns.
pub(super) trait Column: Sized {
    fn read(rest: &mut Rest<'_>) -> Result<Self, CutOff>;
}

/// Reads all rows of an answer.
pub(super) fn rows<T: Column>(answer: &[u8]) -> Result<Vec<T>, CutOff> {
    let mut rest = Rest(answer);
    let mut rows = Vec::new();
    while !rest.0.is_empty() {
        rows.push(T::read(&mut rest)?);
    }
    Ok(rows)
}

impl<'a> Rest<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], CutOff> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(CutOff)?;
        self.0 = rest;
        Ok(*bytes)
    }

    fn bytes(&mut self) -> Result<&'a [u8], CutOff> {
        let length = varint::take(&mut self.0).ok_or(CutOff)?;
        let (bytes, rest) = self.0.split_at_checked(length as usize).ok_or(CutOff)?;
        self.0 = rest;
        Ok(bytes)
    }
}

impl Column for u32 {
    fn read(rest: &mut Rest<'_>) -> Result<u32, CutOff> {
        rest.take().map(u32::from_le_bytes)
    }
}

impl Column for u64 {
    fn read(rest: &mut Rest<'_>) -> Result<u64, CutOff> {
        rest.take().map(u64::from_le_bytes)
    }
}

impl Column for f64 {
    fn read(rest: &mut Rest<'_>) -> Result<f64, CutOff> {
        rest.take().map(f64::from_le_bytes)
    }
}

impl Column for Vec<u8> {
    fn read(rest: &mut Rest<'_>) -> Result<Vec<u8>, CutOff> {
        rest.bytes().map(<[u8]>::to_vec)
    }
}

impl Column for String {
    fn read(rest: &mut Rest<'_>) -> Result<String, CutOff> {
        String::from_utf8(Column::read(rest)?).map_err(|_| CutOff)
    }
}

macro_rules! tuple {
    ($($column:ident)+) => {
        impl<$($column: Column),+> Column for ($($column,)+) {
            fn read(rest: &mut Rest<'_>) -> Result<Self, CutOff> {
                Ok(($($column::read(rest)?,)+))
            }
        }
    };
}

tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
tuple!(A B C D E);

#[cfg(test)]
mod tests {
    use super::{push_bytes, rows};

    #[test]
    fn strings_of_all_lengths_are_read_as_they_were_written_and_cut_off_ones_refused() {
        for length in [0, 1, 127, 128, 16_383, 16_384, 60_000] {
            let mut out = Vec::new();
            push_bytes(&mut out, &vec![7; length]);
            assert!(rows::<Vec<u8>>(&out).unwrap() == [vec![7; length]]);
            assert!(rows::<(Vec<u8>, u32)>(&out).is_err());
            out.pop();
            assert_eq!(rows::<Vec<u8>>(&out).is_err(), length > 0);
        }
        assert!(rows::<Vec<u8>>(&[0xff; 12]).is_err());
        assert!(rows::<String>(&[1, 0xff]).is_err());
        assert_eq!(rows::<(u32, String)>(&[1, 0, 0, 0, 1, b'a']).unwrap(), [(1, "a".to_owned())]);
    }
}
