//! Knowledge bases whose rows are in a database, named by its URL.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use faqt::KnowledgeBase;
#[cfg(any(feature = "mcp", feature = "serve"))]
use faqt_cluster::Loader;
use faqt_cluster::{Address, Remote};

use super::cache;
pub(crate) use crate::cli::database_urls::url;
use crate::cli::failure::Failure;
use crate::private;

/// The folder of planning packs in the cache.
const FOLDER: &str = "generations";
/// The time after which a planning pack that nobody opened is removed from the cache.
const UNUSED: Duration = Duration::from_hours(30 * 24);

/// Returns the names of the server and of the knowledge base, by which several are told apart.
pub(super) fn parts(url: &str) -> Option<Vec<String>> {
    let address: Address = url.parse().ok()?;
    Some(vec![address.to_string(), address.name().to_owned()])
}

/// Opens the current generation of a knowledge base.
pub(super) fn open(url: &str) -> Result<KnowledgeBase, Failure> {
    let remote = Remote::connect(&url.parse()?)?;
    let remote = match folder() {
        Some(folder) => remote.with_cache(folder),
        None => remote,
    };
    Ok(remote.knowledge_base()?)
}

/// A database that is asked again and again which generation is current, over connections that are kept.
#[cfg(any(feature = "mcp", feature = "serve"))]
#[derive(Default)]
pub(super) struct Watched(Option<Loader>);

#[cfg(any(feature = "mcp", feature = "serve"))]
impl Watched {
    /// Returns the hash of the current generation of the knowledge base at `url`; none if the database cannot be asked.
    pub(super) fn current(&mut self, url: &str) -> Option<String> {
        let loader = match &mut self.0 {
            Some(loader) => loader,
            none => none.insert(Loader::connect(&url.parse().ok()?).ok()?),
        };
        let generations = loader.generations().ok()?;
        generations.into_iter().find(|generation| generation.is_current).map(|generation| generation.hash)
    }
}

/// Returns the folder of planning packs in the cache, without those that nobody opened for long; none if there is no folder of
/// the user's own.
fn folder() -> Option<PathBuf> {
    let folder = cache::directory()?.join(FOLDER);
    private::create_directory(&folder).ok()?;
    if !private::is_own_directory(&folder) {
        return None;
    }
    for file in std::fs::read_dir(&folder).ok()?.flatten() {
        let modified = file.metadata().and_then(|metadata| metadata.modified());
        let age = modified.ok().and_then(|modified| SystemTime::now().duration_since(modified).ok());
        if age.is_some_and(|age| age > UNUSED) {
            let _ = std::fs::remove_file(file.path());
        }
    }
    Some(folder)
}
