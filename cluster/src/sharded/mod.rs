//! A generation over several servers that know nothing of each other: each entry with all its rows is on one of them.
//!
//! An entry is on the server whose number is its position modulo the number of servers. Each server sums, filters and sorts its own
//! entries at once, and the results are merged here. So servers need no means of their own to be distributed.

mod database;

use std::sync::Arc;

use faqt::database::Database;

use crate::engine::{Engine, Recorded, Sink, State, Value, Write};
use crate::error::ClusterError;
use crate::tables::{Table, Tables};

/// The servers, and their names.
pub(crate) struct Sharded {
    pub(crate) engines: Vec<(String, Arc<dyn Engine>)>,
}

impl Sharded {
    fn first(&self) -> &dyn Engine {
        &*self.engines[0].1
    }

    /// Returns the servers, each with its number and the number of all.
    fn numbered(&self) -> Vec<((u32, u32), &str, &dyn Engine)> {
        let count = u32::try_from(self.engines.len()).unwrap_or(u32::MAX);
        (0..).zip(&self.engines).map(|(number, (name, engine))| ((number, count), name.as_str(), &**engine)).collect()
    }
}

impl Engine for Sharded {
    fn prepare(&self) -> Result<(), ClusterError> {
        self.engines.iter().try_for_each(|(_, engine)| engine.prepare())
    }

    fn generations(&self) -> Result<Vec<Recorded>, ClusterError> {
        self.first().generations()
    }

    /// Records a state on each server; on the first one, which decides, at last.
    fn record(&self, generation: &Recorded) -> Result<(), ClusterError> {
        for (shard, _, engine) in self.numbered().into_iter().rev() {
            engine.record(&Recorded { shard, ..generation.clone() })?;
        }
        Ok(())
    }

    fn create_tables(&self, tables: &Tables) -> Result<(), ClusterError> {
        self.engines.iter().try_for_each(|(_, engine)| engine.create_tables(tables))
    }

    fn drop_tables(&self, tables: &Tables) -> Result<(), ClusterError> {
        self.engines.iter().try_for_each(|(_, engine)| engine.drop_tables(tables))
    }

    fn check(&self, generation: &Recorded) -> Result<(), ClusterError> {
        for (shard, server, engine) in self.numbered() {
            let own = engine.generations()?.into_iter().find(|one| one.hash == generation.hash);
            match own.filter(|own| own.state == State::Ready) {
                Some(own) => own.check(server, shard)?,
                None => {
                    let hash = generation.hash.clone();
                    return Err(ClusterError::Dropped { server: server.to_owned(), hash });
                }
            }
        }
        Ok(())
    }

    fn fill(&self, tables: &Tables, table: Table, write: &mut Write<'_>) -> Result<(), ClusterError> {
        for (shard, _, engine) in self.numbered() {
            engine.fill(tables, table, &mut |sink| write(&mut OfShard { sink, table, shard }))?;
        }
        Ok(())
    }

    fn finish(&self, tables: &Tables) -> Result<(), ClusterError> {
        self.engines.iter().try_for_each(|(_, engine)| engine.finish(tables))
    }

    fn rows(&self, tables: &Tables, table: Table) -> Result<u64, ClusterError> {
        self.engines.iter().map(|(_, engine)| engine.rows(tables, table)).sum()
    }

    fn planning(&self, tables: &Tables) -> Result<Vec<u8>, ClusterError> {
        self.first().planning(tables)
    }

    fn database(self: Arc<Self>, tables: Tables) -> Arc<dyn Database> {
        let databases = self.engines.iter().map(|(_, engine)| Arc::clone(engine).database(tables.clone()));
        Arc::new(database::OfServers { databases: databases.collect() })
    }
}

/// A sink that takes the rows of one server. The planning pack is on the first one.
struct OfShard<'a> {
    sink: &'a mut dyn Sink,
    table: Table,
    shard: (u32, u32),
}

impl Sink for OfShard<'_> {
    fn row(&mut self, values: &[Value<'_>]) -> Result<bool, ClusterError> {
        let position = match self.table.position_column().and_then(|column| values.get(column)) {
            Some(Value::Number(position)) => *position,
            _ => 0,
        };
        let (number, count) = self.shard;
        if position % count == number { self.sink.row(values) } else { Ok(false) }
    }
}
