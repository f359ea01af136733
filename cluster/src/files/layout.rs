//! The names and forms of the files.

use serde::{Deserialize, Serialize};

/// The rows of a file, at most.
pub const PART_ROWS: u64 = 1_000_000;

/// The version of the layout of the folder.
pub(super) const FORMAT_VERSION: u32 = 1;

pub(super) const GENERATION: &str = "generation.json";
pub(super) const PLANNING: &str = "planning.faqt";
/// The files that say what an engine of documents has to make before they are sent.
pub(super) const MAPPING: &str = "mapping.json";
pub(super) const SCHEMA: &str = "schema.json";

/// The content of `generation.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Description {
    pub(super) format_version: u32,
    pub(super) name: String,
    pub(super) hash: String,
    /// The form; none for rows of SQL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) form: Option<Form>,
    pub(super) entries: u32,
    pub(super) rows: Counts,
}

/// The form of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Form {
    /// Lines for `_bulk` of Elasticsearch or OpenSearch, and the mappings of their indices.
    Elasticsearch,
    /// Lines for the import of Typesense, and the schema of the collection.
    Typesense,
}

impl Form {
    pub(super) fn name(self) -> &'static str {
        match self {
            Form::Elasticsearch => "elasticsearch",
            Form::Typesense => "typesense",
        }
    }
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
pub(super) fn part_name(table: &str, part: u64, extension: &str) -> String {
    format!("{table}-{part:05}.{extension}")
}

/// Returns bytes in hexadecimal behind `\x`.
pub(super) fn as_hex(bytes: &[u8]) -> String {
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
pub(super) fn of_hex(text: &str) -> Option<Vec<u8>> {
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
