//! The history of a repository, read along the first parents of the latest commit, no further back than is needed.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use gix::ObjectId;
use time::{Date, OffsetDateTime};

use super::paths::CoveredPath;
use super::tree;

/// The most commits that are looked at.
const COMMITS_MAX: usize = 200_000;
/// The most bytes of objects that are kept in memory.
const CACHE_BYTES: usize = 32 << 20;

/// The repository of a content folder.
pub(crate) struct Repository {
    pub(super) git: gix::Repository,
    /// The path of the content folder from the top.
    folder: Vec<String>,
    head: Known,
    is_shallow: bool,
}

/// A commit, as much of it as is compared.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) id: ObjectId,
    pub(super) tree: ObjectId,
    /// The time of the commit in seconds since 1970.
    pub(super) seconds: i64,
    parent: Option<ObjectId>,
}

/// The first parents of the latest commit, as far back as they were read.
pub(crate) struct Chain {
    known: Vec<Known>,
    /// The reason that older commits are not known.
    limit: Option<String>,
}

/// A revision that an entry was verified at.
pub(crate) struct Revision {
    pub(super) id: ObjectId,
    tree: ObjectId,
    /// The time of the commit in seconds since 1970.
    pub(super) seconds: i64,
}

impl From<Known> for Revision {
    fn from(Known { id, tree, seconds, .. }: Known) -> Revision {
        Revision { id, tree, seconds }
    }
}

impl Chain {
    /// Returns the reason that older commits are not known, if some were asked for.
    pub(super) fn limit(&self) -> Option<&str> {
        self.limit.as_deref()
    }
}

impl Repository {
    /// Opens the repository that `folder` stands in.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Repository> {
        let folder = folder.canonicalize().with_context(|| format!("cannot read {}", folder.display()))?;
        let mut git = gix::discover(&folder).map_err(|_| anyhow!("the folder is in no git repository"))?;
        git.object_cache_size_if_unset(CACHE_BYTES);
        let top = git.workdir().ok_or_else(|| anyhow!("the repository has no files"))?.canonicalize()?;
        let below = folder.strip_prefix(&top).map_err(|_| anyhow!("the folder is in no git repository"))?;
        let folder = below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let head = git.head_id().map_err(|_| anyhow!("the repository has no commit"))?.detach();
        let head = known(&git, head)?;
        let is_shallow = git.is_shallow().unwrap_or(false);
        Ok(Repository { git, folder, head, is_shallow })
    }

    /// Returns the path of the content folder from the top.
    pub(super) fn folder(&self) -> &[String] {
        &self.folder
    }

    /// Counts the files of the latest commit.
    pub(super) fn file_count(&self) -> usize {
        tree::only_in(&self.git, self.head.tree, None).len()
    }

    /// Returns the latest commit.
    pub(crate) fn head(&self) -> String {
        short(&self.head.id)
    }

    /// Starts at the latest commit.
    pub(super) fn chain(&self) -> Chain {
        Chain { known: vec![self.head], limit: None }
    }

    /// Returns the commit number `at` of the chain, read if needed.
    pub(super) fn at(&self, at: usize, chain: &mut Chain) -> Option<Known> {
        while chain.known.len() <= at {
            let parent = chain.known.last()?.parent?;
            if chain.known.len() >= COMMITS_MAX {
                chain.limit = Some(format!("only the latest {COMMITS_MAX} commits were looked at"));
                return None;
            }
            match known(&self.git, parent) {
                Ok(known) => chain.known.push(known),
                Err(_) => {
                    chain.limit = Some(if self.is_shallow {
                        "the clone is shallow, and older commits are not in it".to_owned()
                    } else {
                        format!("commit {} cannot be read", short(&parent))
                    });
                    return None;
                }
            }
        }
        Some(chain.known[at])
    }

    /// Returns the revision that a text under `verified` names: the commit itself, or the latest one up to the end of a day.
    ///
    /// # Errors
    ///
    /// The error says what is wrong with the text, as the end of a sentence.
    pub(super) fn revision(&self, text: &str, chain: &mut Chain) -> Result<Revision, String> {
        if let Some(date) = date(text) {
            return self.of_date(date, chain);
        }
        let shallow = if self.is_shallow { "; the clone is shallow" } else { "" };
        let unknown = || format!("is no revision of the repository and no date{shallow}");
        let id = self.git.rev_parse_single(format!("{text}^{{commit}}").as_str()).map_err(|_| unknown())?.detach();
        known(&self.git, id).map(Revision::from).map_err(|_| unknown())
    }

    fn of_date(&self, date: Date, chain: &mut Chain) -> Result<Revision, String> {
        let end = date.next_day().unwrap_or(date).midnight().assume_utc().unix_timestamp();
        if date.midnight().assume_utc() > OffsetDateTime::now_utc() {
            return Err("is in the future".to_owned());
        }
        let mut at = 0;
        while let Some(known) = self.at(at, chain) {
            if known.seconds < end {
                return Ok(known.into());
            }
            at += 1;
        }
        let reason = chain.limit.as_ref().map_or(String::new(), |limit| format!(": {limit}"));
        Err(format!("is older than the oldest commit{reason}"))
    }

    /// Returns a glob as a path if a file of the latest commit has that name, such as `[id].ts`.
    pub(super) fn literal(&self, path: CoveredPath) -> CoveredPath {
        let file = CoveredPath::file(path.shown());
        let is_file = path.glob.is_some() && tree::object_at(&self.git, self.head.tree, &file.base).is_some();
        if is_file { file } else { path }
    }

    /// Returns the path of a file of the content folder from the top.
    pub(super) fn path_of(&self, file: &str) -> CoveredPath {
        let parts = self.folder.iter().map(String::as_str).chain([file]);
        CoveredPath::file(&parts.collect::<Vec<_>>().join("/"))
    }

    /// Returns true if the latest commit has `file` at `path` as it stands on the disk, whatever ends its lines.
    pub(super) fn is_as_committed(&self, path: &CoveredPath, file: &Path) -> bool {
        let id = tree::object_at(&self.git, self.head.tree, &path.base);
        let Some(committed) = id.and_then(|id| self.git.find_blob(id).ok()) else { return false };
        let is_kept = |byte: &&u8| **byte != b'\r';
        let is_same = |text: Vec<u8>| committed.data.iter().filter(is_kept).eq(text.iter().filter(is_kept));
        std::fs::read(file).is_ok_and(is_same)
    }

    /// Returns the number of files of the latest commit that a path covers.
    pub(super) fn files(&self, path: &CoveredPath) -> usize {
        let base = tree::object_at(&self.git, self.head.tree, &path.base);
        base.map_or(0, |base| tree::covered_files(&self.git, base, path).len())
    }

    /// Returns true if the files of a path differ between a revision and the latest commit, wherever they stood then.
    pub(super) fn differs(&self, path: &CoveredPath, revision: &Revision, chain: &mut Chain) -> bool {
        let now = self.state(path, self.head.tree);
        if now == self.state(path, revision.tree) {
            return false;
        }
        // A file that was renamed is compared with its former self.
        match self.former(path, revision, chain) {
            Some(former) => now != self.state(&former, revision.tree),
            None => true,
        }
    }

    /// Returns the contents of the files that a path covers. Names do not count: a file renamed within a glob is the same.
    fn state(&self, path: &CoveredPath, tree: ObjectId) -> Vec<ObjectId> {
        let Some(base) = tree::object_at(&self.git, tree, &path.base) else { return Vec::new() };
        if path.glob.is_none() {
            return vec![base];
        }
        let mut ids: Vec<ObjectId> = tree::covered_files(&self.git, base, path).into_iter().map(|(_, id)| id).collect();
        ids.sort_unstable();
        ids
    }

    /// Returns the path of a file at `revision`, if it was renamed since.
    fn former(&self, path: &CoveredPath, revision: &Revision, chain: &mut Chain) -> Option<CoveredPath> {
        if path.glob.is_some() || tree::object_at(&self.git, revision.tree, &path.base).is_some() {
            return None;
        }
        let (mut path, mut at) = (path.clone(), 0);
        loop {
            let (newer, older) = (self.at(at, chain)?, self.at(at + 1, chain)?);
            if newer.id == revision.id || newer.seconds < revision.seconds {
                return None;
            }
            let id = tree::object_at(&self.git, newer.tree, &path.base)?;
            if tree::object_at(&self.git, older.tree, &path.base).is_none() {
                let left = tree::only_in(&self.git, older.tree, Some(newer.tree));
                path = CoveredPath::file(&tree::nearest(&left, id, path.base.last()?)?.0);
                if tree::object_at(&self.git, revision.tree, &path.base).is_some() {
                    return Some(path);
                }
            }
            at += 1;
        }
    }

    /// Returns the name that a missing file was given, and the commit.
    pub(super) fn renamed_to(&self, path: &CoveredPath, chain: &mut Chain) -> Option<(String, String)> {
        if path.glob.is_some() {
            return None;
        }
        let mut at = 0;
        loop {
            let (newer, older) = (self.at(at, chain)?, self.at(at + 1, chain)?);
            if let Some(id) = tree::object_at(&self.git, older.tree, &path.base) {
                let new = tree::only_in(&self.git, newer.tree, Some(older.tree));
                return Some((tree::nearest(&new, id, path.base.last()?)?.0.clone(), short(&newer.id)));
            }
            at += 1;
        }
    }

    /// Returns the text to write under `verified` for a revision, or for the latest commit.
    pub(crate) fn verified_text(&self, revision: Option<&str>) -> Result<String, String> {
        let Some(text) = revision else { return Ok(self.head()) };
        let revision = self.revision(text, &mut self.chain())?;
        Ok(if date(text).is_some() { text.to_owned() } else { short(&revision.id) })
    }
}

fn known(git: &gix::Repository, id: ObjectId) -> anyhow::Result<Known> {
    let commit = git.find_commit(id)?;
    let commit = commit.decode()?;
    let parent = commit.parents().next();
    Ok(Known { id, tree: commit.tree(), seconds: commit.time()?.seconds, parent })
}

/// Returns a commit by the first 12 digits of its hash.
pub(super) fn short(id: &ObjectId) -> String {
    id.to_hex_with_len(12).to_string()
}

/// Reads `2026-05-01`; a time behind it does not count.
fn date(text: &str) -> Option<Date> {
    let is_day = text.len() == 10 || text[10.min(text.len())..].starts_with(['T', ' ']);
    let mut parts = text.get(..10).filter(|_| is_day)?.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month: u8 = month.parse().ok()?;
    Date::from_calendar_date(year.parse().ok()?, month.try_into().ok()?, day.parse().ok()?).ok()
}

pub(super) fn day(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_told_from_a_revision() {
        assert_eq!(date("2026-05-01").map(day).as_deref(), Some("2026-05-01"));
        assert_eq!(date("2026-05-01T10:00:00Z").map(day).as_deref(), Some("2026-05-01"));
        for text in ["2026-13-01", "20260501", "v1.2", "2026-05-01x", "備案"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
