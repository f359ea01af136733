//! A generation as a folder of files, which a database loads with its own tools, or `faqt load` with its.
//!
//! ```text
//! generation.json         name, hash, number of entries, number of rows of each table; written last
//! planning.faqt           the planning pack
//! postings-00000.csv …    term, position, count, length
//! names-00000.csv …       name, position
//! phrasings-00000.csv …   hash, position
//! entries-00000.csv …     position, length, id, phrasings, vectors, sentences, json
//! ```
//!
//! The files are CSV as RFC 4180 has it, with a head line, in the order of keys, at most [`PART_ROWS`] rows each. Bytes are
//! hexadecimal behind `\x`. The same pack gives the same files.

mod read;
mod write;

use serde::{Deserialize, Serialize};

pub use read::Exported;
pub use write::{Written, write};

/// The rows of a file, at most.
pub const PART_ROWS: u64 = 1_000_000;

/// The version of the layout of the folder.
const FORMAT_VERSION: u32 = 1;

const GENERATION: &str = "generation.json";
const PLANNING: &str = "planning.faqt";

/// The content of `generation.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Description {
    format_version: u32,
    name: String,
    hash: String,
    entries: u32,
    rows: Counts,
}

/// The number of rows of each table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Of the postings.
    pub postings: u64,
    /// Of the names.
    pub names: u64,
    /// Of the phrasings.
    pub phrasings: u64,
    /// Of the entries.
    pub entries: u64,
}

/// Returns the name of the file of a table.
fn part_name(table: &str, part: u64) -> String {
    format!("{table}-{part:05}.csv")
}

/// Returns bytes in hexadecimal behind `\x`.
fn as_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 + 2 * bytes.len());
    text.push_str("\\x");
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Returns the bytes that [`as_hex`] has written.
fn of_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?.as_bytes();
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes = pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect();
    if rest.is_empty() { bytes } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_hexadecimal() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(of_hex(&as_hex(&bytes)).as_deref(), Some(bytes.as_slice()));
        assert_eq!(as_hex(&[]), "\\x");
        assert_eq!([of_hex("00"), of_hex("\\x0"), of_hex("\\x0g")], [None, None, None]);
    }
}
