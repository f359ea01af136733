//! Documents for Typesense, as lines of an import, and the schema of the collection.
//!
//! Typesense ranks by matched words and has no sum of weights, so the terms of an entry are one text of tokens, the rare ones of a
//! question are asked first, and the program ranks what comes back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{Document, term_name};

/// Returns the schema of the collection `name`. Fields that it does not name are stored and not searched.
pub(crate) fn schema(name: &str) -> Value {
    json!({
        "name": name,
        "fields": [
            {"name": "position", "type": "int32"},
            {"name": "tokens", "type": "string"},
            {"name": "names", "type": "string[]"},
            {"name": "hashes", "type": "int64[]"},
        ],
        "default_sorting_field": "position",
    })
}

#[derive(Serialize)]
struct Line<'a> {
    id: String,
    position: u32,
    tokens: String,
    names: &'a [String],
    hashes: &'a [u32],
    length: u32,
    counts: Vec<u32>,
    phrasings: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    vectors: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sentences: String,
    entry: &'a RawValue,
}

/// Appends the line of a document. `counts` has the count of each of `tokens`.
pub(crate) fn push_document(lines: &mut Vec<u8>, document: &Document<'_>) -> Result<(), serde_json::Error> {
    let row = &document.entry.row;
    let tokens: Vec<String> = document.terms.iter().map(|(term, _)| term_name(*term)).collect();
    let line = Line {
        id: row.position.to_string(),
        position: row.position,
        tokens: tokens.join(" "),
        names: &document.names,
        hashes: &document.hashes,
        length: row.length,
        counts: document.terms.iter().map(|(_, count)| *count).collect(),
        phrasings: STANDARD.encode(&row.phrasings),
        vectors: STANDARD.encode(&row.vectors),
        sentences: STANDARD.encode(&row.sentences),
        entry: serde_json::from_str(&document.entry.json)?,
    };
    serde_json::to_writer(&mut *lines, &line)?;
    lines.push(b'\n');
    Ok(())
}
