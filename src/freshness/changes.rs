//! The commits that changed files, each found in one walk along the first parents.

use std::fmt::Write as _;

use gix::ObjectId;
use time::OffsetDateTime;

use super::history::{Chain, Known, Repository, Revision, day, short};
use super::paths::CoveredPath;
use super::tree;

/// The most commits that a message names.
const COMMITS_SHOWN: usize = 3;
/// The most commits of an entry that are counted.
const CHANGES_MAX: usize = 20;
/// The most characters of a subject that a message shows.
const SUBJECT_CHARS_MAX: usize = 60;

/// An entry whose files changed since it was verified.
pub(super) struct Stale {
    /// The paths that changed, by their names at the commit that is looked at.
    pub(super) paths: Vec<CoveredPath>,
    pub(super) revision: Revision,
    /// The commits that changed them, the latest first.
    changes: Vec<Change>,
    is_done: bool,
}

impl Stale {
    /// Starts without changes.
    pub(super) fn of(paths: Vec<CoveredPath>, revision: Revision) -> Stale {
        Stale { paths, revision, changes: Vec::new(), is_done: false }
    }

    /// Lists the latest commits, and counts the others.
    pub(super) fn commits(&self) -> String {
        let mut text = String::new();
        for (number, Change { commit, date, subject }) in self.changes.iter().take(COMMITS_SHOWN).enumerate() {
            let _ = write!(text, "{} {commit} {date} {subject}", if number == 0 { ":" } else { ";" });
        }
        if self.changes.len() > COMMITS_SHOWN {
            let least = if self.changes.len() >= CHANGES_MAX { "at least " } else { "" };
            let _ = write!(text, "; and {least}{} more", self.changes.len() - COMMITS_SHOWN);
        }
        text
    }
}

/// A commit that changed a file.
struct Change {
    commit: String,
    date: String,
    subject: String,
}

impl Repository {
    /// Returns the latest commit that changed each of these files, in one walk over the history; nothing where the history is
    /// not known so far back.
    pub(super) fn last_changes(&self, mut paths: Vec<CoveredPath>, chain: &mut Chain) -> Vec<Option<Revision>> {
        let mut found: Vec<Option<Revision>> = paths.iter().map(|_| None).collect();
        let mut at = 0;
        while found.iter().any(Option::is_none) {
            let Some(newer) = self.at(at, chain) else { break };
            let older = self.at(at + 1, chain);
            if older.is_none() && chain.limit().is_some() {
                break;
            }
            let waiting: Vec<usize> = (0..paths.len()).filter(|&number| found[number].is_none()).collect();
            match older {
                Some(older) if newer.tree == older.tree => {}
                Some(older) => {
                    let is_wanted = |folder: &str| waiting.iter().any(|&number| paths[number].is_beside(folder));
                    let changed = tree::changed_files(&self.git, newer.tree, older.tree, &is_wanted);
                    for number in waiting {
                        if self.is_changed(&mut paths[number], &changed, newer, older) {
                            found[number] = Some(newer.into());
                        }
                    }
                }
                // The first commit added what is left.
                None => waiting.into_iter().for_each(|number| found[number] = Some(newer.into())),
            }
            at += 1;
        }
        found
    }

    /// Finds the commits in which the files of stale entries changed, in one walk over the history.
    pub(super) fn find_changes(&self, stale: &mut [Stale], chain: &mut Chain) {
        let mut at = 0;
        while stale.iter().any(|stale| !stale.is_done) {
            let Some(newer) = self.at(at, chain) else { return };
            for stale in stale.iter_mut() {
                let revision = &stale.revision;
                stale.is_done |= newer.id == revision.id || newer.seconds < revision.seconds;
                stale.is_done |= stale.changes.len() >= CHANGES_MAX;
            }
            let Some(older) = self.at(at + 1, chain) else { return };
            if newer.tree != older.tree {
                self.compare(newer, older, stale);
            }
            at += 1;
        }
    }

    /// Adds a commit to the entries whose files it changed.
    fn compare(&self, newer: Known, older: Known, stale: &mut [Stale]) {
        let waiting = || stale.iter().filter(|stale| !stale.is_done).flat_map(|stale| &stale.paths);
        let is_wanted = |folder: &str| waiting().any(|path| path.is_beside(folder));
        let changed = tree::changed_files(&self.git, newer.tree, older.tree, &is_wanted);
        for stale in stale.iter_mut().filter(|stale| !stale.is_done) {
            let mut is_changed = false;
            for path in &mut stale.paths {
                is_changed |= self.is_changed(path, &changed, newer, older);
            }
            if is_changed {
                stale.changes.extend(self.change(newer));
            }
        }
    }

    /// Returns true if a path is among the changed files; if it was renamed between two commits, it has its former name then.
    fn is_changed(&self, path: &mut CoveredPath, changed: &[tree::Changed], newer: Known, older: Known) -> bool {
        let mut own = changed.iter().filter(|(file, ..)| path.names(file));
        let Some((_, now, before)) = own.next() else { return false };
        if path.glob.is_some() {
            // A file that was renamed within the glob is the same.
            let ids = |of: fn(&tree::Changed) -> Option<ObjectId>| {
                let own = changed.iter().filter(|(file, ..)| path.names(file));
                let mut ids: Vec<ObjectId> = own.filter_map(of).collect();
                ids.sort_unstable();
                ids
            };
            return ids(|(_, new, _)| *new) != ids(|(.., old)| *old);
        }
        if let (Some(id), None, Some(name)) = (*now, *before, path.base.last()) {
            let left = tree::only_in(&self.git, older.tree, Some(newer.tree));
            if let Some((former, was)) = tree::nearest(&left, id, name) {
                *path = CoveredPath::file(former);
                return *was != id;
            }
        }
        true
    }

    fn change(&self, known: Known) -> Option<Change> {
        let commit = self.git.find_commit(known.id).ok()?;
        let subject = commit.message_raw_sloppy().to_string();
        let subject = subject.lines().next().unwrap_or_default();
        let mut shown: String = subject.chars().take(SUBJECT_CHARS_MAX).collect();
        if shown.len() < subject.len() {
            shown.push('…');
        }
        let date =
            OffsetDateTime::from_unix_timestamp(known.seconds).map_or_else(|_| String::new(), |time| day(time.date()));
        Some(Change { commit: short(&known.id), date, subject: shown })
    }
}
