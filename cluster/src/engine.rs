//! Operations of an engine that loading and opening need.

use std::sync::Arc;

use faqt::database::{Database, EntryRow};

use crate::error::ClusterError;
use crate::rows::Rows;
use crate::tables::{ALL, Table, Tables};

/// Bytes of a part of the planning pack.
pub(crate) const PART_BYTES: usize = 1 << 20;

/// A database, connected.
pub(crate) trait Engine: Send + Sync {
    /// Creates the table of generations, if it is missing.
    fn prepare(&self) -> Result<(), ClusterError>;

    /// Returns the generations of the knowledge base; none if no table of generations is there.
    fn generations(&self) -> Result<Vec<Recorded>, ClusterError>;

    /// Records a state of a generation, which counts from now on.
    fn record(&self, generation: &Recorded) -> Result<(), ClusterError>;

    /// Returns the tables of a generation, in the order in which they are filled; that of entries is the last.
    fn tables(&self) -> &'static [Table] {
        &ALL
    }

    /// Gives all rows of a table to a sink: those of the table, or what this engine has in its place.
    fn write(&self, rows: &dyn Rows, table: Table, sink: &mut dyn Sink) -> Result<(), ClusterError> {
        write_rows(rows, table, sink)
    }

    /// Creates the tables of a generation, empty, or leaves none where it fails.
    fn create_tables(&self, tables: &Tables) -> Result<(), ClusterError>;

    /// Drops the tables of a generation, those that are there.
    fn drop_tables(&self, tables: &Tables) -> Result<(), ClusterError>;

    /// Checks that the rows of a generation are on the servers that the URL names, and on no other.
    fn check(&self, generation: &Recorded) -> Result<(), ClusterError>;

    /// Fills a table with the rows that `write` gives to a sink. `write` is called once for each server.
    fn fill(&self, tables: &Tables, table: Table, write: &mut Write<'_>) -> Result<(), ClusterError>;

    /// Makes the tables fit for questions, after all were filled.
    fn finish(&self, tables: &Tables) -> Result<(), ClusterError>;

    /// Returns the number of rows of a table.
    fn rows(&self, tables: &Tables, table: Table) -> Result<u64, ClusterError>;

    /// Returns the planning pack of a generation.
    fn planning(&self, tables: &Tables) -> Result<Vec<u8>, ClusterError>;

    /// Returns a generation, for questions.
    fn database(self: Arc<Self>, tables: Tables) -> Arc<dyn Database>;
}

/// A function that gives all rows of a table to a sink.
pub(crate) type Write<'a> = dyn FnMut(&mut dyn Sink) -> Result<(), ClusterError> + 'a;

/// Rows on their way into a table.
pub(crate) trait Sink {
    /// Adds a row: a value for each column of the table. Returns false if the row belongs to another server.
    fn row(&mut self, values: &[Value<'_>]) -> Result<bool, ClusterError>;
}

/// A value of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Number(u32),
    /// A number of which all 32 bits are used.
    #[cfg_attr(
        not(any(feature = "clickhouse", feature = "postgres")),
        expect(dead_code, reason = "documents have no other values than bytes")
    )]
    Hash(u32),
    Bytes(&'a [u8]),
}

/// A generation as the table of generations has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) hash: String,
    pub(crate) entries: u32,
    /// The time at which it was recorded; among those that are ready, the greatest is the current one.
    pub(crate) serial: u64,
    pub(crate) state: State,
    /// The number of this server, from 0, and the number of servers over which entries are placed.
    pub(crate) shard: (u32, u32),
}

/// The state of a generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Loading,
    Ready,
    Dropped,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            State::Loading => "loading",
            State::Ready => "ready",
            State::Dropped => "dropped",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<State> {
        [State::Loading, State::Ready, State::Dropped].into_iter().find(|state| state.name() == name)
    }
}

impl Recorded {
    /// Checks that a server is the one of `shard`.
    pub(crate) fn check(&self, server: &str, shard: (u32, u32)) -> Result<(), ClusterError> {
        if self.shard == shard {
            return Ok(());
        }
        Err(ClusterError::Placement {
            server: server.to_owned(),
            hash: self.hash.clone(),
            found: self.shard,
            asked: shard,
        })
    }
}

/// Returns the generation that questions are asked.
pub(crate) fn current(generations: &[Recorded]) -> Option<&Recorded> {
    let ready = generations.iter().filter(|generation| generation.state == State::Ready);
    ready.max_by_key(|generation| (generation.serial, generation.hash.clone()))
}

/// Gives all rows of a table to a sink.
fn write_rows(generation: &dyn Rows, table: Table, sink: &mut dyn Sink) -> Result<(), ClusterError> {
    use Value::{Bytes, Hash, Number};
    let mut row = |values: &[Value<'_>]| sink.row(values).map(drop);
    match table {
        Table::Planning => {
            for (part, bytes) in (0..).zip(generation.planning_pack()?.chunks(PART_BYTES)) {
                row(&[Number(part), Bytes(bytes)])?;
            }
        }
        Table::Postings => generation.postings(&mut |one| {
            Ok(row(&[Number(one.term), Number(one.position), Number(one.count), Number(one.length)])?)
        })?,
        Table::Names => generation.names(&mut |one| Ok(row(&[Bytes(one.name.as_bytes()), Number(one.position)])?))?,
        Table::Phrasings => generation.phrasings(&mut |one| Ok(row(&[Hash(one.hash), Number(one.position)])?))?,
        Table::Entries => generation.entries(&mut |EntryRow { row: own, id, json }| {
            let texts = [id.as_bytes(), &own.phrasings, &own.vectors, &own.sentences, json.as_bytes()];
            let [id, phrasings, vectors, sentences, json] = texts.map(Bytes);
            Ok(row(&[Number(own.position), Number(own.length), id, phrasings, vectors, sentences, json])?)
        })?,
    }
    Ok(())
}
