//! Knowledge bases that are opened again when their files change.
//!
//! A pack is known by the metadata of its file, a folder by the fingerprint of its files. A state that cannot be opened
//! replaces nothing: the one before it answers on, and the error is written once.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};

use faqt::build::Builder;

use super::asked::Asked;
use super::databases::{self, Watched};
use crate::cli::failure::Failure;

/// The least time between two looks at the files, in times that a look takes: at most 5 % of the time goes into them.
const REST: u32 = 20;

/// Knowledge bases in their newest state that can be opened.
pub(crate) struct Reopened {
    paths: Vec<PathBuf>,
    model: Option<String>,
    asked: RwLock<Arc<Asked>>,
    looked: Mutex<Look>,
}

/// The last look at the files.
struct Look {
    /// The database of each path; without a connection where the path is none.
    databases: Vec<Watched>,
    states: Vec<State>,
    next: Instant,
}

impl Reopened {
    /// Opens the knowledge bases at `paths`, or the built-in one, which never changes.
    pub(crate) fn open(paths: &[PathBuf], model: Option<&str>) -> Result<Reopened, Failure> {
        // A change between the look and the opening is seen by the next look.
        let looked = Mutex::new(Look::first(paths));
        let asked = RwLock::new(Arc::new(super::open_kept(paths, model)?));
        Ok(Reopened { paths: paths.to_vec(), model: model.map(str::to_owned), asked, looked })
    }

    /// Returns the knowledge bases, opened again if their files have changed. While another thread opens them, the ones
    /// before are returned.
    #[cfg(feature = "mcp")]
    pub(crate) fn current(&self) -> Arc<Asked> {
        self.look();
        self.last()
    }

    /// Returns the knowledge bases as the last look left them.
    pub(crate) fn last(&self) -> Arc<Asked> {
        Arc::clone(&self.asked.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Opens the knowledge bases again if their files have changed, unless another thread does.
    pub(crate) fn look(&self) {
        if let Ok(mut looked) = self.looked.try_lock()
            && Instant::now() >= looked.next
            && looked.again(&self.paths)
        {
            self.reopen();
        }
    }

    fn reopen(&self) {
        match super::open_kept(&self.paths, self.model.as_deref()) {
            Ok(asked) => *self.asked.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(asked),
            Err(failure) => {
                let remedy = "the knowledge base has changed and cannot be opened; its last state answers on";
                // An error of the error stream cannot be reported.
                let _ = failure.and_hint(Some(remedy.to_owned())).print();
            }
        }
    }
}

impl Look {
    fn first(paths: &[PathBuf]) -> Look {
        let databases = paths.iter().map(|_| Watched::default()).collect();
        let mut look = Look { databases, states: Vec::new(), next: Instant::now() };
        look.again(paths);
        look
    }

    /// Looks again. Returns true if a state is another than at the last look.
    fn again(&mut self, paths: &[PathBuf]) -> bool {
        let start = Instant::now();
        let states = paths.iter().zip(&mut self.databases).map(|(path, database)| State::of(path, database)).collect();
        self.next = Instant::now() + start.elapsed().max(Duration::from_micros(1)) * REST;
        std::mem::replace(&mut self.states, states) != self.states
    }
}

/// The state of the files of a knowledge base.
#[derive(PartialEq, Eq)]
enum State {
    Missing,
    Folder(String),
    /// The hash of the current generation in a database.
    Database(Option<String>),
    Pack {
        modified: Option<SystemTime>,
        bytes: u64,
        number: u64,
    },
}

impl State {
    fn of(path: &Path, database: &mut Watched) -> State {
        if let Some(url) = databases::url(path) {
            return State::Database(database.current(url));
        }
        let Ok(metadata) = path.metadata() else { return State::Missing };
        if metadata.is_dir() {
            return State::Folder(Builder::new(path).fingerprint());
        }
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&metadata);
        #[cfg(not(unix))]
        let number = 0;
        State::Pack { modified: metadata.modified().ok(), bytes: metadata.len(), number }
    }
}
