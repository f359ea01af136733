//! Loading generations, and dropping old ones.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::address::Address;
use crate::connect::connect;
use crate::engine::{self, Engine, Recorded, Sink, State, Value};
use crate::error::ClusterError;
use crate::rows::Rows;
use crate::tables::{Table, Tables};

/// Rows between two calls of a progress function.
const PROGRESS_ROWS: u64 = 1 << 16;

/// Loads generations into a database and drops old ones.
///
/// A generation is loaded beside the current one, and becomes the current one by a single row once all rows of all tables were
/// counted. A load that was interrupted leaves the current generation as it was; the next load of the same generation begins again.
///
/// # Examples
///
/// ```no_run
/// use faqt::KnowledgeBase;
/// use faqt_cluster::{Address, Loader};
///
/// let kb = KnowledgeBase::open("help.faqt")?;
/// let address: Address = "postgres://faqt:secret@db.example/support?name=lamp".parse()?;
/// let loader = Loader::connect(&address)?;
/// let loaded = loader.load(&kb.generation()?, |progress| eprintln!("{}: {} rows", progress.table, progress.rows))?;
/// println!("{} of {} entries is current", loaded.hash, loaded.entries);
/// loader.drop_old(2)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Loader {
    engine: Arc<dyn Engine>,
    name: String,
    server: String,
}

/// The rows that a load has sent to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The table: `planning`, `postings`, `names`, `phrasings`, `entries`, in this order. Elasticsearch has no `postings` and
    /// `phrasings`.
    pub table: &'static str,
    /// The rows so far.
    pub rows: u64,
    /// True if these are all rows of the table.
    pub is_done: bool,
}

/// A generation in a database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loaded {
    /// The hash that names it.
    pub hash: String,
    /// The number of entries; 0 while it is loaded.
    pub entries: u32,
    /// True if all of it is there.
    pub is_ready: bool,
    /// True if questions are answered from it.
    pub is_current: bool,
}

impl Loader {
    /// Connects to the database.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached or refuses the user, or its version is too old.
    pub fn connect(address: &Address) -> Result<Loader, ClusterError> {
        Ok(Loader { engine: connect(address)?, name: address.name.clone(), server: address.to_string() })
    }

    /// Returns the generations of the knowledge base, the latest first.
    ///
    /// # Errors
    ///
    /// If the database cannot be asked.
    pub fn generations(&self) -> Result<Vec<Loaded>, ClusterError> {
        let generations = self.engine.generations()?;
        let current = engine::current(&generations).map(|current| current.hash.clone());
        let mut there: Vec<Recorded> = generations.into_iter().filter(|one| one.state != State::Dropped).collect();
        there.sort_by_key(|one| std::cmp::Reverse(one.serial));
        let loaded = |one: Recorded| Loaded {
            is_ready: one.state == State::Ready,
            is_current: current.as_ref() == Some(&one.hash),
            entries: one.entries,
            hash: one.hash,
        };
        Ok(there.into_iter().map(loaded).collect())
    }

    /// Loads a generation and makes it the current one. One that is there already is made current at once.
    ///
    /// `progress` is called after each 65,536 rows and at the end of each table. Memory holds a batch of rows, at most 8 MiB.
    ///
    /// # Errors
    ///
    /// If the pack is damaged, or the database cannot be reached, is full, or has another number of rows in the end. The current
    /// generation stays the current one.
    pub fn load(&self, generation: &dyn Rows, mut progress: impl FnMut(Progress)) -> Result<Loaded, ClusterError> {
        self.engine.prepare()?;
        let hash = generation.hash();
        let known = self.engine.generations()?;
        let ready = known.iter().find(|one| one.hash == hash && one.state == State::Ready);
        ready.map_or(Ok(()), |ready| self.engine.check(ready))?;
        let entries = match ready {
            Some(ready) if engine::current(&known) == Some(ready) => ready.entries,
            Some(ready) => {
                self.record(&known, &hash, ready.entries, State::Ready)?;
                ready.entries
            }
            None => {
                self.record(&known, &hash, 0, State::Loading)?;
                let entries = self.fill(&Tables::new(&self.name, &hash), generation, &mut progress)?;
                self.record(&self.engine.generations()?, &hash, entries, State::Ready)?;
                entries
            }
        };
        Ok(Loaded { hash, entries, is_ready: true, is_current: true })
    }

    /// Drops the generations but the current one and the `keep` latest before it, and what interrupted loads left. Returns the
    /// hashes of those that were dropped.
    ///
    /// # Errors
    ///
    /// If the database cannot be asked. A further call drops the rest.
    pub fn drop_old(&self, keep: usize) -> Result<Vec<String>, ClusterError> {
        let known = self.engine.generations()?;
        let Some(current) = engine::current(&known) else { return Ok(Vec::new()) };
        let mut old: Vec<&Recorded> = known.iter().filter(|one| one.state == State::Ready && *one != current).collect();
        old.sort_by_key(|one| std::cmp::Reverse(one.serial));
        let halves = known.iter().filter(|one| one.state == State::Loading && one.serial < current.serial);
        let mut dropped = Vec::new();
        for one in old.into_iter().skip(keep).chain(halves) {
            self.engine.drop_tables(&Tables::new(&self.name, &one.hash))?;
            self.record(&known, &one.hash, one.entries, State::Dropped)?;
            dropped.push(one.hash.clone());
        }
        Ok(dropped)
    }

    /// Records a state, later than all that are known.
    fn record(&self, known: &[Recorded], hash: &str, entries: u32, state: State) -> Result<(), ClusterError> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
        let last = known.iter().map(|one| one.serial).max().unwrap_or(0);
        let serial = u64::try_from(now).unwrap_or(u64::MAX).max(last + 1);
        self.engine.record(&Recorded { hash: hash.to_owned(), entries, serial, state, shard: (0, 1) })
    }

    /// Fills the tables of a generation. Returns the number of entries.
    fn fill(
        &self,
        tables: &Tables,
        generation: &dyn Rows,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<u32, ClusterError> {
        self.engine.drop_tables(tables)?;
        self.engine.create_tables(tables)?;
        let mut sent = Vec::new();
        for &table in self.engine.tables() {
            let mut rows = 0;
            self.engine.fill(tables, table, &mut |sink| {
                let mut counted = Counted { sink, table, rows: &mut rows, progress };
                self.engine.write(generation, table, &mut counted)
            })?;
            progress(Progress { table: table.name(), rows, is_done: true });
            sent.push((table, rows));
        }
        self.engine.finish(tables)?;
        for &(table, sent) in &sent {
            let found = self.engine.rows(tables, table)?;
            if found != sent {
                return Err(ClusterError::Count { server: self.server.clone(), table: tables.of(table), sent, found });
            }
        }
        u32::try_from(sent.last().map_or(0, |(_, rows)| *rows)).map_err(|_| ClusterError::Number("entries"))
    }
}

/// A sink that counts and reports.
struct Counted<'a> {
    sink: &'a mut dyn Sink,
    table: Table,
    rows: &'a mut u64,
    progress: &'a mut dyn FnMut(Progress),
}

impl Sink for Counted<'_> {
    fn row(&mut self, values: &[Value<'_>]) -> Result<bool, ClusterError> {
        let is_taken = self.sink.row(values)?;
        *self.rows += u64::from(is_taken);
        if is_taken && self.rows.is_multiple_of(PROGRESS_ROWS) {
            (self.progress)(Progress { table: self.table.name(), rows: *self.rows, is_done: false });
        }
        Ok(is_taken)
    }
}
