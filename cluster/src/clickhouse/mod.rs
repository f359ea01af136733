//! ClickHouse from version 18.16 on, by its HTTP interface.
//!
//! Statements are plain SQL without parameters, so that old and new versions take the same. Rows go both ways in the format
//! `RowBinary`. Over a cluster, each table `x` is a `Distributed` one over the tables `x_local` of the shards, placed by `position`:
//! all rows of an entry are on one shard, where its score is summed and conditions are met.

mod database;
mod http;
mod row_binary;
mod server;
mod sql;

use std::sync::Arc;

use faqt::database::Database;

use crate::engine::{Engine, Recorded, Sink, State, Value, Write};
use crate::error::ClusterError;
use crate::tables::{ALL, GENERATIONS, Table, Tables};
pub(crate) use server::ClickHouse;

/// The columns of the table of generations, and the order of its rows.
const GENERATION_COLUMNS: (&str, &str) = (
    "name String, hash String, entries UInt32, serial UInt64, state String, shard UInt32, shards UInt32",
    "(name, serial)",
);
/// A row of that table: hash, entries, serial, state, number of the server and of servers.
type RecordedRow = (String, u32, u64, String, (u32, u32));
/// Rows and bytes of an insert, at most.
const BATCH_ROWS: usize = 100_000;
const BATCH_BYTES: usize = 8 << 20;

/// Returns the columns of a table, the order of its rows, and its settings.
fn shape(table: Table) -> (&'static str, &'static str, &'static str) {
    // Few rows are read by position: smaller granules than 8,192 rows are decompressed for them.
    match table {
        Table::Postings => (
            "term UInt32, position UInt32, count UInt32, length UInt32",
            "(term, position)",
            " settings index_granularity = 1024",
        ),
        Table::Names => ("name String, position UInt32", "(name, position)", " settings index_granularity = 1024"),
        Table::Phrasings => ("hash UInt32, position UInt32", "(hash, position)", " settings index_granularity = 1024"),
        Table::Entries => (
            "position UInt32, length UInt32, id String, phrasings String, vectors String, sentences String, json String",
            "position",
            " settings index_granularity = 64",
        ),
        Table::Planning => ("part UInt32, bytes String", "part", ""),
    }
}

impl Engine for ClickHouse {
    fn prepare(&self) -> Result<(), ClusterError> {
        let (columns, order) = GENERATION_COLUMNS;
        self.create_table(GENERATIONS, columns, order, "")
    }

    fn generations(&self) -> Result<Vec<Recorded>, ClusterError> {
        let sql = format!(
            "select hash, argMax(entries, serial), max(serial), argMax(state, serial), \
             argMax(shard, serial), argMax(shards, serial) from {} where name = {} group by hash",
            self.reading(GENERATIONS),
            sql::literal(&self.address.name),
        );
        let rows = match self.select::<RecordedRow>(&sql) {
            Err(ClusterError::Dropped { .. }) => Vec::new(),
            rows => rows?,
        };
        let recorded = |(hash, entries, serial, state, shard): RecordedRow| {
            let state = State::from_name(&state).ok_or_else(|| self.senseless(&format!("the state `{state}`")))?;
            Ok(Recorded { hash, entries, serial, state, shard })
        };
        rows.into_iter().map(recorded).collect()
    }

    fn record(&self, generation: &Recorded) -> Result<(), ClusterError> {
        let mut row = Vec::new();
        row_binary::push_bytes(&mut row, self.address.name.as_bytes());
        row_binary::push_bytes(&mut row, generation.hash.as_bytes());
        row.extend(generation.entries.to_le_bytes());
        row.extend(generation.serial.to_le_bytes());
        row_binary::push_bytes(&mut row, generation.state.name().as_bytes());
        row.extend(generation.shard.0.to_le_bytes());
        row.extend(generation.shard.1.to_le_bytes());
        self.insert(GENERATIONS, &row)
    }

    fn create_tables(&self, tables: &Tables) -> Result<(), ClusterError> {
        for table in ALL {
            let (columns, order, settings) = shape(table);
            self.create_table(&tables.of(table), columns, order, settings)?;
        }
        Ok(())
    }

    fn drop_tables(&self, tables: &Tables) -> Result<(), ClusterError> {
        ALL.into_iter().try_for_each(|table| self.drop_table(&tables.of(table)))
    }

    fn check(&self, generation: &Recorded) -> Result<(), ClusterError> {
        generation.check(&self.address.to_string(), (0, 1))
    }

    fn fill(&self, tables: &Tables, table: Table, write: &mut Write<'_>) -> Result<(), ClusterError> {
        let mut batch = Batch { server: self, table: tables.of(table), rows: 0, bytes: Vec::new() };
        write(&mut batch)?;
        batch.send()
    }

    fn finish(&self, _tables: &Tables) -> Result<(), ClusterError> {
        Ok(())
    }

    fn rows(&self, tables: &Tables, table: Table) -> Result<u64, ClusterError> {
        let rows = self.select::<u64>(&format!("select count() from {}", self.reading(&tables.of(table))))?;
        rows.first().copied().ok_or_else(|| self.senseless("no count"))
    }

    fn planning(&self, tables: &Tables) -> Result<Vec<u8>, ClusterError> {
        let sql = format!("select bytes from {} order by part", self.reading(&tables.of(Table::Planning)));
        Ok(self.select::<Vec<u8>>(&sql)?.concat())
    }

    fn database(self: Arc<Self>, tables: Tables) -> Arc<dyn Database> {
        Arc::new(database::OfGeneration { server: self, tables })
    }
}

/// Rows that are sent together.
struct Batch<'a> {
    server: &'a ClickHouse,
    table: String,
    rows: usize,
    bytes: Vec<u8>,
}

impl Batch<'_> {
    fn send(&mut self) -> Result<(), ClusterError> {
        if self.rows > 0 {
            self.server.insert(&self.table, &self.bytes)?;
        }
        self.rows = 0;
        self.bytes.clear();
        Ok(())
    }
}

impl Sink for Batch<'_> {
    fn row(&mut self, values: &[Value<'_>]) -> Result<bool, ClusterError> {
        for value in values {
            match *value {
                Value::Number(number) | Value::Hash(number) => self.bytes.extend(number.to_le_bytes()),
                Value::Bytes(bytes) => row_binary::push_bytes(&mut self.bytes, bytes),
            }
        }
        self.rows += 1;
        if self.rows >= BATCH_ROWS || self.bytes.len() >= BATCH_BYTES {
            self.send()?;
        }
        Ok(true)
    }
}
