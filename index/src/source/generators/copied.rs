//! Beginnings of a text, copied or only looked at.

/// Returns the first `bytes` of `text`, cut at a character boundary.
pub(crate) fn clipped(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// Copies the first `length` bytes of `rest`; returns their number.
pub(crate) fn copied(rest: &str, length: usize, out: &mut String) -> usize {
    out.push_str(&rest[..length]);
    length
}
