//! The files of a commit's tree, and those that differ between two trees: one walk over both at once, by names.

use std::cmp::Ordering;

use gix::ObjectId;

use super::paths::CoveredPath;

/// The most files that are listed.
const FILES_MAX: usize = 200_000;

/// Returns the object at a path of a tree: a file, or a folder.
pub(super) fn object_at(repository: &gix::Repository, tree: ObjectId, path: &[String]) -> Option<ObjectId> {
    let mut at = tree;
    for part in path {
        let tree = repository.find_tree(at).ok()?;
        let entry = tree.iter().filter_map(Result::ok).find(|entry| entry.filename() == part.as_bytes())?;
        at = entry.object_id();
    }
    Some(at)
}

/// Returns the files below the object `base` that a path covers, each with its path from there.
pub(super) fn covered_files(
    repository: &gix::Repository,
    base: ObjectId,
    path: &CoveredPath,
) -> Vec<(String, ObjectId)> {
    let mut files =
        if repository.find_tree(base).is_ok() { only_in(repository, base, None) } else { vec![(String::new(), base)] };
    files.retain(|(below, _)| path.covers(below));
    files
}

/// Returns the files of one tree that another lacks; without another, all.
pub(super) fn only_in(
    repository: &gix::Repository,
    tree: ObjectId,
    other: Option<ObjectId>,
) -> Vec<(String, ObjectId)> {
    let mut changed = Vec::new();
    differences(repository, (Some(tree), other), "", &|_| true, &mut changed);
    let only = changed.into_iter().filter_map(|(path, new, old)| Some((path, new?)).filter(|_| old.is_none()));
    only.collect()
}

/// Returns the file of these that has the content `id`, or else the only one with the same name.
pub(super) fn nearest<'f>(files: &'f [(String, ObjectId)], id: ObjectId, name: &str) -> Option<&'f (String, ObjectId)> {
    let same = files.iter().find(|(_, other)| *other == id);
    let is_namesake = |(path, _): &&(String, ObjectId)| path.rsplit('/').next() == Some(name);
    let mut namesakes = files.iter().filter(is_namesake);
    let only = namesakes.next().filter(|_| namesakes.next().is_none());
    same.or(only)
}

/// A file that differs between two trees: its path, and its content in the newer and in the older one.
pub(super) type Changed = (String, Option<ObjectId>, Option<ObjectId>);

/// Returns the files that differ between two trees, in folders that `is_wanted`.
pub(super) fn changed_files(
    repository: &gix::Repository,
    newer: ObjectId,
    older: ObjectId,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Vec<Changed> {
    let mut changed = Vec::new();
    differences(repository, (Some(newer), Some(older)), "", is_wanted, &mut changed);
    changed
}

fn differences(
    repository: &gix::Repository,
    (newer, older): (Option<ObjectId>, Option<ObjectId>),
    path: &str,
    is_wanted: &dyn Fn(&str) -> bool,
    changed: &mut Vec<Changed>,
) {
    let tree = |id: Option<ObjectId>| id.and_then(|id| repository.find_tree(id).ok());
    let (newer, older) = (tree(newer), tree(older));
    let entries = |tree| Option::<&gix::Tree<'_>>::into_iter(tree).flat_map(|tree| tree.iter().filter_map(Result::ok));
    let (mut newer, mut older) = (entries(newer.as_ref()).peekable(), entries(older.as_ref()).peekable());
    while changed.len() < FILES_MAX {
        let next = match (newer.peek(), older.peek()) {
            (Some(new), Some(old)) => compared(new, old),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return,
        };
        let new = if next.is_le() { newer.next() } else { None };
        let old = if next.is_ge() { older.next() } else { None };
        let Some(either) = new.as_ref().or(old.as_ref()) else { return };
        let ids = (
            new.as_ref().map(gix::object::tree::EntryRef::object_id),
            old.as_ref().map(gix::object::tree::EntryRef::object_id),
        );
        if ids.0 == ids.1 {
            continue;
        }
        let name = String::from_utf8_lossy(either.filename());
        let below = if path.is_empty() { name.into_owned() } else { format!("{path}/{name}") };
        if !either.mode().is_tree() {
            changed.push((below, ids.0, ids.1));
        } else if is_wanted(&below) {
            differences(repository, ids, &below, is_wanted, changed);
        }
    }
}

/// Compares two entries in the order of trees, where a folder stands as if its name ended with `/`.
fn compared(one: &gix::object::tree::EntryRef<'_, '_>, other: &gix::object::tree::EntryRef<'_, '_>) -> Ordering {
    let end = |entry: &gix::object::tree::EntryRef<'_, '_>| entry.mode().is_tree().then_some(b'/');
    let (first, second) = (one.filename(), other.filename());
    first.iter().copied().chain(end(one)).cmp(second.iter().copied().chain(end(other)))
}
