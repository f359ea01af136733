//! Knowledge bases whose rows are in a database, named by its URL.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use faqt::KnowledgeBase;
use faqt_cluster::{Address, Loader, Remote};

use super::cache;
use crate::cli::failure::Failure;
use crate::private;

/// The folder of planning packs in the cache.
const FOLDER: &str = "generations";
/// The time after which a planning pack that nobody opened is removed from the cache.
const UNUSED: Duration = Duration::from_hours(30 * 24);

/// Returns the URL of a database in the place of a path, if it is one.
pub(crate) fn url(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| Address::is_url(text))
}

/// Returns a path fit to be shown: a URL has `***` for its password.
pub(crate) fn without_password(path: &Path) -> Cow<'_, Path> {
    let hidden = url(path).and_then(|url| {
        let (scheme, rest) = url.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (user, host) = rest[..end].rsplit_once('@')?;
        let (user, _) = user.split_once(':')?;
        Some(format!("{scheme}://{user}:***@{host}{}", &rest[end..]))
    });
    hidden.map_or(Cow::Borrowed(path), |hidden| Cow::Owned(PathBuf::from(hidden)))
}

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

/// Returns the hash of the current generation; none if the database cannot be asked.
#[cfg(any(feature = "mcp", feature = "serve"))]
pub(super) fn current(url: &str) -> Option<String> {
    let generations = Loader::connect(&url.parse().ok()?).ok()?.generations().ok()?;
    generations.into_iter().find(|generation| generation.is_current).map(|generation| generation.hash)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let shown = |url: &str| without_password(Path::new(url)).into_owned();
        assert_eq!(shown("postgres://me:se@cr:et@host/db?name=a"), Path::new("postgres://me:***@host/db?name=a"));
        assert_eq!(shown("clickhouse://me@host"), Path::new("clickhouse://me@host"));
        assert_eq!(shown("/no/postgres://me:x@y"), Path::new("/no/postgres://me:x@y"));
    }
}
