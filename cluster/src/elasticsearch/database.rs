//! A generation in Elasticsearch, for questions.
//!
//! Hits of a search come in pages until it is known that the best of a choice are among them ([`candidates`](super::candidates)).
//! All else is asked by exact values.

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use faqt::database::{Choice, Condition, Count, Database, DatabaseError, Row};
use serde_json::{Value, json};

use super::candidates::Candidates;
use super::query;
use super::server::{Elasticsearch, hits, number, position, total};
use crate::documents::elasticsearch::postings_of;
use crate::documents::{key_of, term_name, whole_of};
use crate::error::ClusterError;
use crate::tables::{Table, Tables};

/// The hits of a search, at most (`index.max_result_window`).
const PAGE: usize = 10_000;
/// The hits of the first search of a choice, beyond its limit.
const FIRST_BEYOND: usize = 64;
/// The entries that are looked at for a choice, at most.
const CANDIDATES_MAX: usize = 200_000;
/// Documents that are fetched at once.
const FETCHED: usize = 500;
/// Terms that are counted at once.
const COUNTED: usize = 512;

/// A generation.
pub(super) struct OfGeneration {
    pub(super) server: Arc<Elasticsearch>,
    pub(super) tables: Tables,
}

impl OfGeneration {
    fn search(&self, table: Table, query: &Value) -> Result<Value, DatabaseError> {
        self.server.search(&self.tables.of(table), query).map_err(|error| self.tables.failed(error).into())
    }

    fn senseless(&self, cause: &str) -> DatabaseError {
        self.server.senseless(cause).into()
    }

    /// Returns the first `limit` entries that match a query, in ascending order.
    fn positions(&self, filters: &[Value], limit: usize) -> Result<Vec<u32>, DatabaseError> {
        let mut found = Vec::new();
        while found.len() < limit {
            let size = PAGE.min(limit - found.len());
            let mut query = json!({
                "size": size, "_source": false, "track_total_hits": false, "query": query::all(filters),
                "sort": [{"position": "asc"}],
            });
            if let Some(last) = found.last() {
                query["search_after"] = json!([last]);
            }
            let before = found.len();
            for hit in hits(&self.search(Table::Entries, &query)?) {
                found.push(position(hit).ok_or_else(|| self.senseless("a document without a position"))?);
            }
            if found.len() - before < size {
                break;
            }
        }
        Ok(found)
    }

    /// Returns fields of the documents at positions, in any order.
    fn documents(&self, positions: &[u32], fields: &str) -> Result<Vec<Value>, DatabaseError> {
        let mut documents = Vec::with_capacity(positions.len());
        for some in positions.chunks(FETCHED) {
            let ids: Vec<u64> = some.iter().copied().map(u64::from).collect();
            let found = self.server.documents(&self.tables.of(Table::Entries), &ids, &format!("position,{fields}"));
            documents.extend(found.map_err(|error| self.tables.failed(error))?);
        }
        Ok(documents)
    }

    fn number(&self, document: &Value, field: &str) -> Result<u32, DatabaseError> {
        number(&document[field]).ok_or_else(|| self.senseless(&format!("a document without `{field}`")))
    }

    fn bytes(&self, document: &Value, field: &str) -> Result<Vec<u8>, DatabaseError> {
        let Some(text) = document[field].as_str() else { return Ok(Vec::new()) };
        STANDARD.decode(text).map_err(|_| self.senseless(&format!("`{field}` of a document")))
    }

    fn postings(&self, document: &Value) -> Result<Vec<(u32, u32)>, DatabaseError> {
        let postings = document["postings"].as_str().and_then(postings_of);
        postings.ok_or_else(|| self.senseless("`postings` of a document"))
    }
}

impl Database for OfGeneration {
    fn best(&self, choice: &Choice) -> Result<Vec<(u32, f64)>, DatabaseError> {
        if choice.terms.is_empty() || choice.limit == 0 {
            return Ok(Vec::new());
        }
        let mut candidates = Candidates::new(choice);
        let mut size = choice.limit.saturating_add(FIRST_BEYOND).min(PAGE);
        loop {
            let before = candidates.len();
            for hit in hits(&self.search(Table::Entries, &candidates.query(size))?) {
                candidates.add(hit).ok_or_else(|| self.senseless("a hit without a score or counts"))?;
            }
            let is_last = candidates.len() - before < size;
            if candidates.is_decided() || is_last {
                return Ok(candidates.best());
            }
            if candidates.len() >= CANDIDATES_MAX {
                let (server, candidates) = (self.server.address.to_string(), candidates.len());
                return Err(ClusterError::Undecided { server, candidates }.into());
            }
            size = (2 * size).min(PAGE);
        }
    }

    fn with_phrasing(&self, hash: u32, condition: &Condition, limit: usize) -> Result<Vec<u32>, DatabaseError> {
        let mut filters = query::filters(condition);
        filters.push(json!({"term": {"hashes": hash}}));
        self.positions(&filters, limit)
    }

    fn named(&self, names: &[String]) -> Result<Vec<Vec<u32>>, DatabaseError> {
        let with = |name: &String| self.positions(&[json!({"term": {"names": key_of(name)}})], usize::MAX);
        names.iter().map(with).collect()
    }

    /// Keys come in the order of their bytes, which is that of names, except that names of more than 32,000 bytes which begin alike
    /// come in the order of their hashes.
    fn names(&self, prefix: &str, after: &str, limit: usize) -> Result<Vec<String>, DatabaseError> {
        let mut names = Vec::new();
        // A query of prefixes takes 1,000 characters, and a range any number.
        let mut range = json!({"gte": whole_of(prefix).max(whole_of(after))});
        if let Some(end) = query::end_of(whole_of(prefix)) {
            range["lt"] = json!(end);
        }
        while names.len() < limit {
            let size = PAGE.min(limit.saturating_add(1));
            let query = json!({
                "size": size, "_source": ["name"], "track_total_hits": false, "sort": [{"key": "asc"}],
                "query": query::all(&[json!({"range": {"key": range}})]),
            });
            let answer = self.search(Table::Names, &query)?;
            for hit in hits(&answer) {
                let name =
                    hit["_source"]["name"].as_str().ok_or_else(|| self.senseless("a document without `name`"))?;
                if name.starts_with(prefix) && name > after {
                    names.push(name.to_owned());
                }
                if let Some(first) = range.as_object_mut() {
                    first.remove("gte");
                    first.insert("gt".to_owned(), json!(key_of(name)));
                }
            }
            if hits(&answer).count() < size {
                break;
            }
        }
        names.truncate(limit);
        names.sort_unstable();
        Ok(names)
    }

    fn size(&self, condition: &Condition) -> Result<(u32, u64), DatabaseError> {
        let answer = self.search(
            Table::Entries,
            &json!({
                "size": 0, "track_total_hits": true, "query": query::all(&query::filters(condition)),
                "aggs": {"length": {"sum": {"field": "length"}}},
            }),
        )?;
        let count = total(&answer).and_then(|count| u32::try_from(count).ok());
        let length = answer["aggregations"]["length"]["value"].as_f64();
        let (Some(count), Some(length)) = (count, length) else { return Err(self.senseless("no count")) };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sum of lengths, below 2⁵³")]
        Ok((count, length as u64))
    }

    fn frequencies(&self, condition: &Condition, terms: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        let mut counts = Vec::with_capacity(terms.len());
        for some in terms.chunks(COUNTED) {
            let filters: HashMap<String, Value> =
                some.iter().map(|&term| (term_name(term), query::term(term, 1.0))).collect();
            let answer = self.search(
                Table::Entries,
                &json!({
                    "size": 0, "track_total_hits": false, "query": query::all(&query::filters(condition)),
                    "aggs": {"terms": {"filters": {"filters": filters}}},
                }),
            )?;
            let buckets = &answer["aggregations"]["terms"]["buckets"];
            for &term in some {
                counts.push(self.number(&buckets[term_name(term)], "doc_count")?);
            }
        }
        Ok(counts)
    }

    fn meeting(&self, condition: &Condition, positions: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        let mut filters = query::filters(condition);
        filters.push(query::any("position", positions));
        self.positions(&filters, positions.len())
    }

    fn rows(&self, positions: &[u32]) -> Result<Vec<Row>, DatabaseError> {
        let documents = self.documents(positions, "length,phrasings,vectors,sentences")?;
        let row = |document: &Value| {
            Ok(Row {
                position: self.number(document, "position")?,
                length: self.number(document, "length")?,
                phrasings: self.bytes(document, "phrasings")?,
                vectors: self.bytes(document, "vectors")?,
                sentences: self.bytes(document, "sentences")?,
            })
        };
        documents.iter().map(row).collect()
    }

    fn counts(&self, terms: &[u32], positions: &[u32]) -> Result<Vec<Count>, DatabaseError> {
        let mut counts = Vec::new();
        for document in self.documents(positions, "postings")? {
            let position = self.number(&document, "position")?;
            let postings = self.postings(&document)?.into_iter().filter(|(term, _)| terms.contains(term));
            counts.extend(postings.map(|(term, count)| Count { term, position, count }));
        }
        Ok(counts)
    }

    fn entries(&self, positions: &[u32]) -> Result<Vec<(u32, Vec<u8>)>, DatabaseError> {
        let documents = self.documents(positions, "entry")?;
        let entry =
            |document: &Value| Ok((self.number(document, "position")?, document["entry"].to_string().into_bytes()));
        documents.iter().map(entry).collect()
    }
}
