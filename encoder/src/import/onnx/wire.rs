//! Messages in the format of Protocol Buffers, read in place.
//!
//! A field has a key, its number and kind, and a value. Fields of numbers that nobody asks for are passed over, whatever
//! is nested in them.

/// The message of bytes that are no message.
pub(super) const MALFORMED: &str = "a field is cut off, or of an unknown kind";

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// A whole number of up to 64 bits.
    Number(u64),
    /// A text, bytes, a message, or several numbers in a row.
    Bytes(&'a [u8]),
    /// A number of 4 bytes.
    Float(f32),
    /// A number of 8 bytes, which no field that is read here has.
    Double,
}

impl<'a> Value<'a> {
    pub(super) fn bytes(self) -> Result<&'a [u8], &'static str> {
        if let Value::Bytes(bytes) = self { Ok(bytes) } else { Err("a field is a number in place of bytes") }
    }

    pub(super) fn text(self) -> Result<&'a str, &'static str> {
        str::from_utf8(self.bytes()?).map_err(|_| "a name is not UTF-8")
    }

    pub(super) fn number(self) -> Result<i64, &'static str> {
        // Negative numbers have all 64 bits.
        if let Value::Number(number) = self { Ok(number.cast_signed()) } else { Err("a field is no whole number") }
    }

    /// Returns the numbers of a field that has several: one, or a row of them.
    pub(super) fn numbers(self) -> impl Iterator<Item = Result<i64, &'static str>> + 'a {
        let (single, mut rest) = match self {
            Value::Bytes(rest) => (None, rest),
            single => (Some(single.number()), &[][..]),
        };
        let row = std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let number = varint(&mut rest);
            if number.is_none() {
                rest = &[];
            }
            Some(number.map(u64::cast_signed).ok_or(MALFORMED))
        });
        single.into_iter().chain(row)
    }
}

/// The fields of a message; a malformed one ends them.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let key = varint(&mut self.0)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut self.0)?),
            1 => self.take(8).map(|_| Value::Double)?,
            2 => {
                let length = usize::try_from(varint(&mut self.0)?).ok()?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Float(f32::from_le_bytes(self.take(4)?.try_into().ok()?)),
            _ => return None,
        };
        Some((key >> 3, value))
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), &'static str>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field.ok_or(MALFORMED))
    }
}

/// Takes a number of 7 bits a byte, the lowest first.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_every_kind_follow_each_other() {
        let bytes = [0x08, 0x96, 0x01, 0x12, 2, b'o', b'k', 0x1d, 0, 0, 0x80, 0x3f, 0x21, 1, 2, 3, 4, 5, 6, 7, 8];
        let fields: Vec<_> = Fields(&bytes).map(Result::unwrap).collect();
        let expected = [(1, Value::Number(150)), (2, Value::Bytes(b"ok")), (3, Value::Float(1.0)), (4, Value::Double)];
        assert_eq!(fields, expected);
        assert_eq!(fields[1].1.text(), Ok("ok"));
        assert_eq!(fields[0].1.numbers().collect::<Vec<_>>(), [Ok(150)]);
        assert_eq!(Value::Bytes(&[1, 0x80, 1]).numbers().collect::<Vec<_>>(), [Ok(1), Ok(128)]);
    }

    #[test]
    fn a_malformed_field_ends_a_message() {
        for bytes in [
            &[0x08][..],
            &[0x08, 0x80],
            &[0x12, 3, 0],
            &[0x1d, 1],
            &[0x0b],
            &[0x80; 11],
            &[0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
        ] {
            assert_eq!(Fields(bytes).collect::<Vec<_>>(), [Err(MALFORMED)], "{bytes:?}");
        }
        assert_eq!(Value::Bytes(&[0x80]).numbers().collect::<Vec<_>>(), [Err(MALFORMED)]);
    }
}
