//! Elasticsearch from version 7.13 on, and OpenSearch, by their HTTP interface.
//!
//! A generation is three indices: documents, which have all of an entry, names, and the planning pack. The engine chooses entries by
//! weights of 9 significant bits. A true score is above the one of the engine by a known share at most, so the choice goes
//! on until no entry that was not returned can be among the best ([`candidates`]).

mod candidates;
mod database;
mod query;
mod server;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use faqt::database::Database;
use serde_json::{Value as Json, json};

use crate::documents::elasticsearch::{documents_mapping, names_mapping, push, push_document, push_name};
use crate::documents::{each, each_name};
use crate::engine::{Engine, PART_BYTES, Recorded, Sink, State, Value, Write};
use crate::error::ClusterError;
use crate::rows::{Rows, RowsError};
use crate::tables::{GENERATIONS, Table, Tables};
pub(crate) use server::Elasticsearch;

/// The tables that have an index. That of entries has the documents, with postings and phrasings.
const INDICES: [Table; 3] = [Table::Planning, Table::Names, Table::Entries];
/// Bytes of a request of `_bulk`, until one more document is too much. A server takes 100 MB.
const BATCH_BYTES: usize = 8 << 20;
/// Parts of the planning pack that are fetched at once.
const PARTS: usize = 8;
/// The generations of a knowledge base, at most: the rows that a search returns by default.
const GENERATIONS_MAX: usize = 10_000;

fn mapping(table: Table) -> Json {
    match table {
        Table::Entries => documents_mapping(),
        Table::Names => names_mapping(),
        _ => json!({"dynamic": "strict", "properties": {"bytes": {"type": "binary"}}}),
    }
}

impl Engine for Elasticsearch {
    fn prepare(&self) -> Result<(), ClusterError> {
        let (name, number) = (json!({"type": "keyword"}), json!({"type": "long"}));
        let properties = json!({
            "name": name, "hash": name, "state": name, "entries": number, "serial": number, "shard": number, "shards": number,
        });
        self.create_index(GENERATIONS, 1, &json!({"dynamic": "strict", "properties": properties}))
    }

    fn generations(&self) -> Result<Vec<Recorded>, ClusterError> {
        let query = json!({"size": GENERATIONS_MAX, "query": {"term": {"name": self.address.name}}});
        let answer = match self.search(GENERATIONS, &query) {
            Err(ClusterError::Dropped { .. }) => return Ok(Vec::new()),
            answer => answer?,
        };
        server::hits(&answer)
            .map(|hit| recorded(&hit["_source"]).ok_or_else(|| self.senseless("a generation")))
            .collect()
    }

    /// Records a state in the place of the one before it. A generation that was dropped is forgotten.
    fn record(&self, generation: &Recorded) -> Result<(), ClusterError> {
        let Recorded { hash, entries, serial, state, shard } = generation;
        let path = format!("{GENERATIONS}/_doc/{}-{hash}?refresh=true", self.address.name);
        if *state == State::Dropped {
            return self.delete(&path);
        }
        let (name, state) = (&self.address.name, state.name());
        let (shard, shards) = shard;
        let row = json!({
            "name": name, "hash": hash, "entries": entries, "serial": serial, "state": state, "shard": shard, "shards": shards,
        });
        self.put(&path, &row)
    }

    fn tables(&self) -> &'static [Table] {
        &INDICES
    }

    fn write(&self, rows: &dyn Rows, table: Table, sink: &mut dyn Sink) -> Result<(), ClusterError> {
        let mut lines = Vec::new();
        let mut send = |write: &mut dyn FnMut(&mut Vec<u8>) -> Result<(), serde_json::Error>| {
            lines.clear();
            write(&mut lines).map_err(|error| RowsError::Taken(error.into()))?;
            sink.row(&[Value::Bytes(&lines)]).map(drop).map_err(RowsError::from)
        };
        match table {
            Table::Names => each_name(rows, &mut |number, name| send(&mut |lines| push_name(lines, number, name)))?,
            Table::Entries => {
                let folder = std::env::temp_dir();
                each(rows, &folder, &mut || (), &mut |document| send(&mut |lines| push_document(lines, document)))?;
            }
            _ => {
                for (part, bytes) in (0..).zip(rows.planning_pack()?.chunks(PART_BYTES)) {
                    send(&mut |lines| push(lines, part, &json!({"bytes": STANDARD.encode(bytes)})))?;
                }
            }
        }
        Ok(())
    }

    fn create_tables(&self, tables: &Tables) -> Result<(), ClusterError> {
        INDICES.into_iter().try_for_each(|table| {
            let primaries = if table == Table::Entries { self.address.primaries } else { 1 };
            self.create_index(&tables.of(table), primaries, &mapping(table))
        })
    }

    fn drop_tables(&self, tables: &Tables) -> Result<(), ClusterError> {
        let indices = INDICES.map(|table| tables.of(table)).join(",");
        self.delete(&format!("{indices}?ignore_unavailable=true"))
    }

    fn check(&self, generation: &Recorded) -> Result<(), ClusterError> {
        generation.check(&self.address.to_string(), (0, 1))
    }

    fn fill(&self, tables: &Tables, table: Table, write: &mut Write<'_>) -> Result<(), ClusterError> {
        let mut batch = Batch { server: self, index: tables.of(table), lines: Vec::new() };
        write(&mut batch)?;
        batch.send()
    }

    fn finish(&self, tables: &Tables) -> Result<(), ClusterError> {
        let indices = INDICES.map(|table| tables.of(table)).join(",");
        self.refresh(&indices)
    }

    fn rows(&self, tables: &Tables, table: Table) -> Result<u64, ClusterError> {
        let answer = self.search(&tables.of(table), &json!({"size": 0, "track_total_hits": true}))?;
        server::total(&answer).ok_or_else(|| self.senseless("no count"))
    }

    fn planning(&self, tables: &Tables) -> Result<Vec<u8>, ClusterError> {
        let parts: Vec<u64> = (0..self.rows(tables, Table::Planning)?).collect();
        let mut planning = Vec::new();
        for some in parts.chunks(PARTS) {
            for document in self.documents(&tables.of(Table::Planning), some, "bytes")? {
                let bytes = document["bytes"].as_str().and_then(|text| STANDARD.decode(text).ok());
                planning.extend(bytes.ok_or_else(|| self.senseless("a part of the planning pack"))?);
            }
        }
        Ok(planning)
    }

    fn database(self: Arc<Self>, tables: Tables) -> Arc<dyn Database> {
        Arc::new(database::OfGeneration { server: self, tables })
    }
}

/// Reads a row of the index of generations.
fn recorded(row: &Json) -> Option<Recorded> {
    Some(Recorded {
        hash: row["hash"].as_str()?.to_owned(),
        entries: server::number(&row["entries"])?,
        serial: row["serial"].as_u64()?,
        state: State::from_name(row["state"].as_str()?)?,
        shard: (server::number(&row["shard"])?, server::number(&row["shards"])?),
    })
}

/// Lines that are sent together.
struct Batch<'a> {
    server: &'a Elasticsearch,
    index: String,
    lines: Vec<u8>,
}

impl Batch<'_> {
    fn send(&mut self) -> Result<(), ClusterError> {
        if !self.lines.is_empty() {
            self.server.bulk(&self.index, &self.lines)?;
        }
        self.lines.clear();
        Ok(())
    }
}

impl Sink for Batch<'_> {
    fn row(&mut self, values: &[Value<'_>]) -> Result<bool, ClusterError> {
        let lines = values.iter().filter_map(|value| if let Value::Bytes(lines) = value { Some(*lines) } else { None });
        for lines in lines {
            if self.lines.len() + lines.len() > BATCH_BYTES {
                self.send()?;
            }
            self.lines.extend(lines);
        }
        Ok(true)
    }
}
