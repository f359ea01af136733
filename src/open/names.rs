//! The names of several knowledge bases, by which their ids are told apart.

use std::path::{Component, Path, PathBuf};

use super::databases;

/// Returns each path once, with a name: the name of its file or folder, and as many folders above as tell it from others.
pub(super) fn named(paths: &[PathBuf]) -> Vec<(String, &Path)> {
    let mut all: Vec<(Vec<String>, &Path)> = Vec::new();
    for path in paths {
        let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
        let parts = databases::url(path).and_then(databases::parts).unwrap_or_else(|| parts(&whole));
        if all.iter().all(|(known, _)| *known != parts) {
            all.push((parts, path));
        }
    }
    let wholes: Vec<&[String]> = all.iter().map(|(parts, _)| parts.as_slice()).collect();
    let telling: Vec<&[String]> = wholes.iter().map(|parts| telling_end(parts, &wholes)).collect();
    let names = telling.iter().map(|parts| {
        let is_taken = telling.iter().filter(|other| short(other) == short(parts)).count() > 1;
        if is_taken { parts.join("/") } else { short(parts) }
    });
    names.zip(all.iter().map(|(_, path)| *path)).collect()
}

/// Returns the shortest end of a path that no other of `all` ends with.
fn telling_end<'a>(parts: &'a [String], all: &[&[String]]) -> &'a [String] {
    let is_taken = |count: usize| all.iter().filter(|other| end(other, count) == end(parts, count)).count() > 1;
    let count = (1..parts.len()).find(|&count| !is_taken(count)).unwrap_or(parts.len());
    end(parts, count)
}

fn parts(path: &Path) -> Vec<String> {
    let part = |part: Component<'_>| match part {
        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
        _ => None,
    };
    path.components().filter_map(part).collect()
}

/// Returns the last parts of a path, at most `count`.
fn end(parts: &[String], count: usize) -> &[String] {
    &parts[parts.len().saturating_sub(count)..]
}

/// Returns a name without the ending of a pack.
fn short(parts: &[String]) -> String {
    let name = parts.join("/");
    name.strip_suffix(".faqt").filter(|name| !name.is_empty()).unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paths: &[&str], expected: &[&str]) {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let named: Vec<String> = named(&paths).into_iter().map(|(name, _)| name).collect();
        assert_eq!(named, expected, "{paths:?}");
    }

    #[test]
    fn names_are_short_and_tell_paths_apart() {
        check(&["/no/lamp.faqt", "/no/fan"], &["lamp", "fan"]);
        check(&["/no/a/docs", "/no/b/docs", "/no/b/help"], &["a/docs", "b/docs", "help"]);
        check(&["/no/lamp.faqt", "/no/lamp"], &["lamp.faqt", "lamp"]);
        check(&["/no/lamp", "/no/lamp/", "/no/./lamp"], &["lamp"]);
        check(&["/docs", "/no/docs"], &["docs", "no/docs"]);
        check(&["/no/.faqt", "/no/a:b"], &[".faqt", "a:b"]);
    }
}
