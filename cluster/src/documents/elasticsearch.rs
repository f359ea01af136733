//! Documents for Elasticsearch and OpenSearch, as lines of `_bulk`, and the mappings of their indices.
//!
//! Terms are `rank_features`: the sum that chooses entries is one of `rank_feature` queries with the function `linear`, by which
//! Lucene skips entries that cannot be among the best. Both engines have the field and the function; `sparse_vector` is a field of
//! Elasticsearch alone. Counts stand beside them, because features keep 9 significant bits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{Document, key_of, term_name};
use crate::varint;

/// Returns the mapping of the index of documents. Features and names are searched and never shown, so they are left out of what is
/// stored; `postings` has the counts.
pub(crate) fn documents_mapping() -> Value {
    let stored = json!({"type": "binary"});
    json!({
        "dynamic": "strict",
        "_source": {"excludes": ["terms", "names", "hashes"]},
        "properties": {
            "position": {"type": "integer"},
            "length": {"type": "integer"},
            "length_factor": {"type": "double", "index": false, "doc_values": false},
            "terms": {"type": "rank_features"},
            "names": {"type": "keyword", "doc_values": false},
            "hashes": {"type": "long", "doc_values": false},
            "postings": stored,
            "phrasings": stored,
            "vectors": stored,
            "sentences": stored,
            "entry": {"type": "object", "enabled": false},
        },
    })
}

/// Returns the mapping of the index of names, which lists each once.
pub(crate) fn names_mapping() -> Value {
    json!({
        "dynamic": "strict",
        "properties": {
            "key": {"type": "keyword"},
            "name": {"type": "keyword", "index": false, "doc_values": false},
        },
    })
}

#[derive(Serialize)]
struct Line<'a> {
    position: u32,
    length: u32,
    length_factor: f64,
    terms: Features<'a>,
    names: Vec<String>,
    hashes: &'a [u32],
    postings: String,
    phrasings: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    vectors: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sentences: String,
    entry: &'a RawValue,
}

struct Features<'a>(&'a Document<'a>);

impl Serialize for Features<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.terms.len()))?;
        for (term, weight) in self.0.weights() {
            map.serialize_entry(&term_name(term), &weight)?;
        }
        map.end()
    }
}

/// Appends the two lines of a document.
pub(crate) fn push_document(lines: &mut Vec<u8>, document: &Document<'_>) -> Result<(), serde_json::Error> {
    let row = &document.entry.row;
    let line = Line {
        position: row.position,
        length: row.length,
        length_factor: document.scale.length_factor,
        terms: Features(document),
        names: document.names.iter().map(|name| key_of(name)).collect(),
        hashes: &document.hashes,
        postings: encoded(&document.terms),
        phrasings: STANDARD.encode(&row.phrasings),
        vectors: STANDARD.encode(&row.vectors),
        sentences: STANDARD.encode(&row.sentences),
        entry: serde_json::from_str(&document.entry.json)?,
    };
    push(lines, u64::from(row.position), &line)
}

/// Appends the two lines of a name, the `number`th of all.
pub(crate) fn push_name(lines: &mut Vec<u8>, number: u64, name: &str) -> Result<(), serde_json::Error> {
    push(lines, number, &json!({"key": key_of(name), "name": name}))
}

/// Appends the two lines of anything.
pub(crate) fn push(lines: &mut Vec<u8>, id: u64, line: &impl Serialize) -> Result<(), serde_json::Error> {
    serde_json::to_writer(&mut *lines, &json!({"index": {"_id": id.to_string()}}))?;
    lines.push(b'\n');
    serde_json::to_writer(&mut *lines, line)?;
    lines.push(b'\n');
    Ok(())
}

/// Returns the terms and counts of an entry: each the difference to the term before it, and the count, as varints in Base64.
pub(crate) fn encoded(terms: &[(u32, u32)]) -> String {
    let mut bytes = Vec::with_capacity(terms.len() * 3);
    let mut before = 0;
    for &(term, count) in terms {
        for number in [term - before, count] {
            varint::push(&mut bytes, u64::from(number));
        }
        before = term;
    }
    STANDARD.encode(bytes)
}

/// Returns the terms and counts that [`encoded`] wrote; none if the text is damaged.
#[cfg(feature = "elasticsearch")]
pub(crate) fn postings_of(text: &str) -> Option<Vec<(u32, u32)>> {
    let bytes = STANDARD.decode(text).ok()?;
    let mut bytes = bytes.as_slice();
    let mut terms = Vec::new();
    let mut term = 0_u32;
    while !bytes.is_empty() {
        term = term.checked_add(varint::take(&mut bytes)?)?;
        terms.push((term, varint::take(&mut bytes)?));
    }
    Some(terms)
}

#[cfg(all(test, feature = "elasticsearch"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn counts_come_back(counts in prop::collection::btree_map(any::<u32>(), any::<u32>(), 0..20)) {
            let terms: Vec<(u32, u32)> = counts.into_iter().collect();
            prop_assert_eq!(postings_of(&encoded(&terms)), Some(terms));
        }

        #[test]
        fn any_text_is_counts_or_damaged(bytes: Vec<u8>, text: String) {
            let _ = (postings_of(&STANDARD.encode(bytes)), postings_of(&text));
        }
    }
}
