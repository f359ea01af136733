//! PostgreSQL from version 12 on.
//!
//! Numbers are `int4`, hashes `int8`, names and texts `bytea`, which holds all bytes and is ordered by them. An index holds at most
//! 2,704 bytes of a row, so that of names has their first 1,000 bytes. Postings are in [`blocks`].

mod blocks;
mod columns;
mod connection;
mod database;

use std::pin::Pin;
use std::sync::Arc;

use faqt::database::Database;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use crate::address::Address;
use crate::engine::{Engine, Recorded, Sink, State, Value, Write};
use crate::error::ClusterError;
use crate::tables::{ALL, GENERATIONS, Table, Tables};
use blocks::{Block, Blocks};
use columns::{columns, index, number, types};
use connection::Connections;

/// `server_version_num` of version 12.
const VERSION_MIN: i32 = 120_000;

/// A server.
pub(crate) struct Postgres {
    connections: Arc<Connections>,
    address: Address,
}

impl Postgres {
    /// Connects to the server at `address` and checks its version.
    pub(crate) fn connect(address: &Address) -> Result<Postgres, ClusterError> {
        let server = Postgres { connections: Arc::new(Connections::new(address)?), address: address.clone() };
        let sql = "select current_setting('server_version_num')::int4, current_setting('server_version')";
        let rows = server.connections.select(sql, &[])?;
        match rows.first().map(|row| (row.try_get::<_, i32>(0), row.try_get::<_, String>(1))) {
            Some((Ok(number), _)) if number >= VERSION_MIN => Ok(server),
            Some((_, version)) => Err(ClusterError::Version {
                server: address.to_string(),
                found: format!("PostgreSQL {}", version.unwrap_or_default()),
                wanted: "PostgreSQL 12",
            }),
            None => Err(server.connections.senseless("no version")),
        }
    }

    fn recorded(&self, row: &tokio_postgres::Row) -> Result<Recorded, ClusterError> {
        let columns = || -> Result<_, tokio_postgres::Error> {
            let (hash, entries): (String, i32) = (row.try_get(0)?, row.try_get(1)?);
            let (serial, state): (i64, String) = (row.try_get(2)?, row.try_get(3)?);
            Ok((hash, entries, serial, state, (number(row.try_get(4)?), number(row.try_get(5)?))))
        };
        let (hash, entries, serial, state, shard) = columns().map_err(|error| self.connections.senseless(error))?;
        let unknown = || self.connections.senseless(format_args!("the state `{state}`"));
        let state = State::from_name(&state).ok_or_else(unknown)?;
        Ok(Recorded { hash, entries: number(entries), serial: u64::try_from(serial).unwrap_or(0), state, shard })
    }
}

impl Engine for Postgres {
    fn prepare(&self) -> Result<(), ClusterError> {
        self.connections.run(&format!(
            "create table if not exists {GENERATIONS} (name text not null, hash text not null, entries int4 not null, \
             serial int8 not null, state text not null, shard int4 not null, shards int4 not null, \
             primary key (name, serial))"
        ))
    }

    fn generations(&self) -> Result<Vec<Recorded>, ClusterError> {
        let sql = format!(
            "select distinct on (hash) hash, entries, serial, state, shard, shards from {GENERATIONS} where name = $1 \
             order by hash, serial desc"
        );
        let rows = match self.connections.select(&sql, &[(&self.address.name, Type::TEXT)]) {
            Err(ClusterError::Dropped { .. }) => Vec::new(),
            rows => rows?,
        };
        rows.iter().map(|row| self.recorded(row)).collect()
    }

    fn record(&self, generation: &Recorded) -> Result<(), ClusterError> {
        let sql = format!("insert into {GENERATIONS} values ($1, $2, $3, $4, $5, $6, $7)");
        let entries = i32::try_from(generation.entries).map_err(|_| ClusterError::Number("entries"))?;
        let serial = i64::try_from(generation.serial).unwrap_or(i64::MAX);
        let state = generation.state.name();
        let [shard, shards] = [generation.shard.0, generation.shard.1].map(u32::cast_signed);
        let parameters: [connection::Parameter<'_>; 7] = [
            (&self.address.name, Type::TEXT),
            (&generation.hash, Type::TEXT),
            (&entries, Type::INT4),
            (&serial, Type::INT8),
            (&state, Type::TEXT),
            (&shard, Type::INT4),
            (&shards, Type::INT4),
        ];
        let client = self.connections.open_to_load()?;
        self.connections.wait(client.query_typed(&sql, &parameters)).map(drop)
    }

    fn create_tables(&self, tables: &Tables) -> Result<(), ClusterError> {
        let create = |table| format!("create table {} ({});", tables.of(table), columns(table));
        self.connections.run(&ALL.map(create).concat())
    }

    fn drop_tables(&self, tables: &Tables) -> Result<(), ClusterError> {
        self.connections.run(&ALL.map(|table| format!("drop table if exists {};", tables.of(table))).concat())
    }

    fn check(&self, generation: &Recorded) -> Result<(), ClusterError> {
        generation.check(&self.address.to_string(), (0, 1))
    }

    fn fill(&self, tables: &Tables, table: Table, write: &mut Write<'_>) -> Result<(), ClusterError> {
        let client = self.connections.open_to_load()?;
        let name = tables.of(table);
        // Rows that are copied into a table of the same transaction can be frozen: no later write touches them again. A
        // connection that ends before `commit` takes nothing over.
        self.connections.wait(client.batch_execute(&format!("begin; truncate {name}")))?;
        let copy = format!("copy {name} from stdin with (format binary, freeze)");
        let writer = BinaryCopyInWriter::new(self.connections.wait(client.copy_in(&copy))?, types(table));
        let mut copied = Copied { writer: Box::pin(writer), connections: &self.connections };
        if table == Table::Postings {
            let mut postings = Postings { copied: &mut copied, blocks: Blocks::new() };
            write(&mut postings)?;
            postings.end()?;
        } else {
            write(&mut copied)?;
        }
        self.connections.wait(copied.writer.as_mut().finish())?;
        self.connections.wait(client.batch_execute(&format!("create index on {name} {}; commit", index(table))))
    }

    fn finish(&self, tables: &Tables) -> Result<(), ClusterError> {
        self.connections.run(&ALL.map(|table| format!("analyze {};", tables.of(table))).concat())
    }

    fn rows(&self, tables: &Tables, table: Table) -> Result<u64, ClusterError> {
        let client = self.connections.open_to_load()?;
        let rows = if table == Table::Postings { "coalesce(sum(cardinality(places)), 0)::int8" } else { "count(*)" };
        let count = format!("select {rows} from {}", tables.of(table));
        let rows = self.connections.wait(client.query_typed(&count, &[]))?;
        let count: Option<i64> = rows.first().and_then(|row| row.try_get(0).ok());
        count.and_then(|count| u64::try_from(count).ok()).ok_or_else(|| self.connections.senseless("no count"))
    }

    fn planning(&self, tables: &Tables) -> Result<Vec<u8>, ClusterError> {
        let sql = format!("select bytes from {} order by part", tables.of(Table::Planning));
        let rows = self.connections.select(&sql, &[])?;
        let parts: Result<Vec<Vec<u8>>, _> = rows.iter().map(|row| row.try_get(0)).collect();
        Ok(parts.map_err(|error| self.connections.senseless(error))?.concat())
    }

    fn database(self: Arc<Self>, tables: Tables) -> Arc<dyn Database> {
        Arc::new(database::OfGeneration { connections: Arc::clone(&self.connections), tables })
    }
}

/// Rows on their way, in the binary form of `copy`.
struct Copied<'a> {
    writer: Pin<Box<BinaryCopyInWriter>>,
    connections: &'a Connections,
}

impl Copied<'_> {
    fn copy(&mut self, row: &[&(dyn ToSql + Sync)]) -> Result<(), ClusterError> {
        self.connections.wait(self.writer.as_mut().write_raw(row.iter().copied()))
    }
}

impl Sink for Copied<'_> {
    fn row(&mut self, values: &[Value<'_>]) -> Result<bool, ClusterError> {
        let mut row: Vec<Box<dyn ToSql + Sync + '_>> = Vec::with_capacity(values.len());
        for value in values {
            row.push(match *value {
                Value::Number(number) => {
                    Box::new(i32::try_from(number).map_err(|_| ClusterError::Number("PostgreSQL"))?)
                }
                Value::Hash(hash) => Box::new(i64::from(hash)),
                Value::Bytes(bytes) => Box::new(bytes),
            });
        }
        let row: Vec<&(dyn ToSql + Sync)> = row.iter().map(|value| &**value as &(dyn ToSql + Sync)).collect();
        self.copy(&row)?;
        Ok(true)
    }
}

/// Postings on their way, which are copied in blocks.
struct Postings<'a, 'b> {
    copied: &'a mut Copied<'b>,
    blocks: Blocks,
}

impl Postings<'_, '_> {
    fn copy(&mut self, block: Option<&Block>) -> Result<(), ClusterError> {
        let Some(Block { term, position, count, places, counts }) = block else { return Ok(()) };
        self.copied.copy(&[term, position, count, places, counts])
    }

    fn end(mut self) -> Result<(), ClusterError> {
        let last = self.blocks.end();
        self.copy(last.as_ref())
    }
}

impl Sink for Postings<'_, '_> {
    fn row(&mut self, values: &[Value<'_>]) -> Result<bool, ClusterError> {
        let &[Value::Number(term), Value::Number(position), Value::Number(count), Value::Number(length)] = values
        else {
            return Err(self.copied.connections.senseless("a posting has four numbers"));
        };
        let block = self.blocks.push([term, position, count, length])?;
        self.copy(block.as_ref())?;
        Ok(true)
    }
}
