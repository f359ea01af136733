//! Knowledge bases opened from a database, with the generation that is current.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use faqt::build::write_private_atomically;
use faqt::database::Database;
use faqt::{KnowledgeBase, OpenError, SearchError};

use crate::address::Address;
use crate::cached::Cached;
use crate::connect::connect;
use crate::engine::{self, Engine};
use crate::error::ClusterError;
use crate::tables::Tables;

/// The time after which the database is asked again which generation is current.
const REFRESH: Duration = Duration::from_secs(10);

/// A knowledge base in a database, which follows its current generation.
///
/// The planning pack is kept in memory, and in a cache directory if one is given; rows are asked of the database for each question.
/// A [`KnowledgeBase`] that was handed out answers wholly from the generation with which it was opened.
///
/// Calls block, and must not be made on a thread that runs the tasks of an async runtime: use its means for blocking calls.
///
/// # Examples
///
/// ```no_run
/// use faqt::SearchOptions;
/// use faqt_cluster::{Address, Remote};
///
/// let address: Address = "clickhouse://faqt:secret@db.example/support?name=lamp".parse()?;
/// let remote = Remote::connect(&address)?.with_cache("/var/cache/lamp");
/// let findings = remote.ask(|kb| kb.search("How do I reset it?", &SearchOptions::default()))?;
/// # let _ = findings;
/// # Ok::<(), faqt_cluster::ClusterError>(())
/// ```
pub struct Remote {
    engine: Arc<dyn Engine>,
    address: Address,
    cache: Option<PathBuf>,
    refresh: Duration,
    opened: Mutex<Option<Opened>>,
}

#[derive(Clone)]
struct Opened {
    hash: String,
    kb: KnowledgeBase,
    checked: Instant,
}

impl Remote {
    /// Connects to a database. The knowledge base is opened when it is first asked.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached or refuses the user, or its version is too old.
    pub fn connect(address: &Address) -> Result<Remote, ClusterError> {
        let engine = connect(address)?;
        Ok(Remote { engine, address: address.clone(), cache: None, refresh: REFRESH, opened: Mutex::new(None) })
    }

    /// Keeps planning packs in a folder, by the hashes of their generations, so that the next program need not fetch them. The
    /// modification time of a file is that of its last use, by which the folder can be cleared of old ones.
    #[must_use]
    pub fn with_cache(self, folder: impl Into<PathBuf>) -> Remote {
        Remote { cache: Some(folder.into()), ..self }
    }

    /// Sets the time after which the database is asked again which generation is current; 10 s unless it is set.
    #[must_use]
    pub fn with_refresh(self, refresh: Duration) -> Remote {
        Remote { refresh, ..self }
    }

    /// Returns the knowledge base of the current generation.
    ///
    /// # Errors
    ///
    /// If the database cannot be asked or has no such knowledge base, or its planning pack is damaged or of another version.
    pub fn knowledge_base(&self) -> Result<KnowledgeBase, ClusterError> {
        Ok(self.current()?.kb)
    }

    /// Returns the hash of the current generation.
    ///
    /// # Errors
    ///
    /// As [`Remote::knowledge_base`].
    pub fn hash(&self) -> Result<String, ClusterError> {
        Ok(self.current()?.hash)
    }

    /// Asks the knowledge base. A generation that was dropped meanwhile is replaced by the current one, which is asked again.
    ///
    /// # Errors
    ///
    /// As [`Remote::knowledge_base`], and if the question cannot be answered: then nothing of an answer is returned.
    pub fn ask<T>(&self, ask: impl Fn(&KnowledgeBase) -> Result<T, SearchError>) -> Result<T, ClusterError> {
        let mut opened = self.current()?;
        loop {
            match ask(&opened.kb) {
                Err(error @ SearchError::Database(_)) => match self.refreshed() {
                    Ok(current) if current.hash != opened.hash => opened = current,
                    _ => return Err(error.into()),
                },
                answer => return Ok(answer?),
            }
        }
    }

    fn opened(&self) -> MutexGuard<'_, Option<Opened>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the generation that is open, or the current one if it is time to look.
    fn current(&self) -> Result<Opened, ClusterError> {
        let known = self.opened().clone();
        match known {
            Some(opened) if opened.checked.elapsed() < self.refresh => Ok(opened),
            _ => self.refreshed(),
        }
    }

    /// Opens the current generation, unless it is open already.
    fn refreshed(&self) -> Result<Opened, ClusterError> {
        let generations = self.engine.generations()?;
        let Some(current) = engine::current(&generations) else {
            return Err(ClusterError::Absent { server: self.address.to_string(), name: self.address.name.clone() });
        };
        let known = self.opened().clone().filter(|opened| opened.hash == current.hash);
        let kb = match known {
            Some(opened) => opened.kb,
            None => {
                self.engine.check(current)?;
                self.open(&current.hash)?
            }
        };
        let opened = Opened { hash: current.hash.clone(), kb, checked: Instant::now() };
        *self.opened() = Some(opened.clone());
        Ok(opened)
    }

    fn open(&self, hash: &str) -> Result<KnowledgeBase, ClusterError> {
        let tables = Tables::new(&self.address.name, hash);
        let database: Arc<dyn Database> = Arc::new(Cached::new(Arc::clone(&self.engine).database(tables.clone())));
        let over = |planning| KnowledgeBase::over(planning, Arc::clone(&database));
        let file = self.cache.as_ref().map(|folder| folder.join(format!("{hash}.planning")));
        // A file that was cut off or damaged is fetched again.
        if let Some(Ok(kb)) = file.as_ref().and_then(|file| kept(file).ok()).map(over) {
            return Ok(kb);
        }
        let planning = self.engine.planning(&tables)?;
        let wrong = |source: OpenError| {
            let (server, source) = (self.address.to_string(), Box::new(source));
            ClusterError::Planning { server, hash: hash.to_owned(), source }
        };
        let kb = over(planning.clone()).map_err(wrong)?;
        if let Some(file) = file {
            keep(&file, &planning).map_err(|source| ClusterError::Cache { path: file, source })?;
        }
        Ok(kb)
    }
}

/// Reads a file of the cache. Its modification time becomes the time of this use.
fn kept(file: &Path) -> std::io::Result<Vec<u8>> {
    let bytes = fs::read(file)?;
    // In a cache that is read only, the time stays.
    let _ = fs::File::open(file).and_then(|file| file.set_modified(SystemTime::now()));
    Ok(bytes)
}

/// Writes a file of the cache, for its owner alone.
fn keep(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    write_private_atomically(file, bytes)
}
