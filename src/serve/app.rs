//! The state of the server, and the threads that ask.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;

use faqt_page::Site;
use tokio::sync::Semaphore;

use super::recorder::Recorder;
use crate::open::asked::Asked;
use crate::open::reopened::Reopened;

/// The number of requests that may wait for a thread, for each thread: at 0.1 ms each, the last of them waits 26 ms. With 64,
/// most of the requests of 256 connections at once were refused on two processors.
const WAITING_MAX: usize = 256;

/// The knowledge bases that are served.
pub(crate) enum Served {
    /// In the state in which they were opened.
    Fixed(Arc<Asked>),
    /// Opened again when they change.
    Watched(Reopened),
}

impl Served {
    pub(crate) fn current(&self) -> Arc<Asked> {
        match self {
            Served::Fixed(asked) => Arc::clone(asked),
            Served::Watched(reopened) => reopened.last(),
        }
    }

    /// Opens changed knowledge bases again. A request never waits for that.
    pub(crate) fn look(&self) {
        if let Served::Watched(reopened) = self {
            reopened.look();
        }
    }
}

/// The state that requests share.
pub(crate) struct App {
    pub(super) kbs: Arc<Served>,
    /// The log of questions, if one is kept.
    pub(super) log: Option<Recorder>,
    /// The names of this machine that a request may name.
    pub(super) hosts: Vec<String>,
    pub(super) has_access_log: bool,
    /// Changes with the style sheet and the script.
    pub(super) assets_version: String,
    threads: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// The server has too many questions to answer, or the thread of one has failed.
pub(super) struct Busy;

impl App {
    /// Serves `kbs`, to be asked by `threads` threads at once, and keeps the log at `log`.
    pub(crate) fn new(kbs: Arc<Served>, log: Option<PathBuf>, threads: usize) -> App {
        App {
            kbs,
            log: log.map(Recorder::start),
            hosts: Vec::new(),
            has_access_log: false,
            assets_version: assets_version(),
            threads: Arc::new(Semaphore::new(threads)),
            places: Arc::new(Semaphore::new(threads * WAITING_MAX)),
        }
    }

    /// Returns the same state for a machine with these names, which logs requests if `has_access_log`.
    pub(crate) fn with_hosts(mut self, hosts: Vec<String>, has_access_log: bool) -> App {
        (self.hosts, self.has_access_log) = (hosts, has_access_log);
        self
    }

    /// Runs `work` on a thread that may wait for the disk. Refuses it if too much work waits already.
    pub(super) async fn run<T: Send + 'static>(
        self: &Arc<App>,
        work: impl FnOnce(&App, &Asked) -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Busy)?;
        let thread = Arc::clone(&self.threads).acquire_owned().await.map_err(|_| Busy)?;
        let app = Arc::clone(self);
        let worked = tokio::task::spawn_blocking(move || {
            let _held = (place, thread);
            work(&app, &app.kbs.current())
        });
        worked.await.map_err(|_| Busy)
    }

    /// Describes the site of `kb`.
    pub(super) fn site(&self, kb: &Asked) -> Site {
        let mut site = Site::of(&kb.manifest());
        if let Asked::Several(several) = kb {
            site.knowledge_bases = several.iter().map(|(name, _)| name.to_owned()).collect();
        }
        site.newest_version = kb.newest_version().map(str::to_owned);
        site.takes_feedback = self.log.is_some();
        site.assets_version.clone_from(&self.assets_version);
        site
    }
}

fn assets_version() -> String {
    let mut hasher = DefaultHasher::new();
    (faqt_page::STYLE, faqt_page::SCRIPT, faqt_page::ICON, env!("CARGO_PKG_VERSION")).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
