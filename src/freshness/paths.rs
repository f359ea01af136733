//! The paths and globs under `covers`, from the top of the repository.

use globset::{GlobBuilder, GlobMatcher};

/// A path or a glob, from the top of the repository.
#[derive(Clone, Debug)]
pub(super) struct CoveredPath {
    /// The folders and the file in front of the first wildcard.
    pub(super) base: Vec<String>,
    /// The rest, if there are wildcards.
    pub(super) glob: Option<GlobMatcher>,
    text: String,
}

/// The reason that a path is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PathFault {
    /// It leads out of the repository.
    Outside,
    /// It is no glob.
    Glob(String),
}

impl CoveredPath {
    /// Reads a path that counts from `folder`, the parts of the content folder's path in the repository.
    pub(super) fn of(text: &str, folder: &[String]) -> Result<CoveredPath, PathFault> {
        let mut parts: Vec<&str> =
            if text.starts_with('/') { Vec::new() } else { folder.iter().map(String::as_str).collect() };
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop().ok_or(PathFault::Outside)?),
                part => parts.push(part),
            }
        }
        let is_wild = |part: &&str| part.contains(['*', '?', '[', '{']);
        let at = parts.iter().position(is_wild).unwrap_or(parts.len());
        let rest = parts[at..].join("/");
        let glob = (!rest.is_empty()).then(|| GlobBuilder::new(&rest).literal_separator(true).build()).transpose();
        let glob = glob.map_err(|error| PathFault::Glob(format!("is no glob: {}", error.kind())))?;
        let base = parts[..at].iter().map(|&part| part.to_owned()).collect();
        Ok(CoveredPath { base, glob: glob.map(|glob| glob.compile_matcher()), text: parts.join("/") })
    }

    /// Takes the path of one file from the top, in which no character is a wildcard.
    pub(super) fn file(path: &str) -> CoveredPath {
        CoveredPath { base: path.split('/').map(str::to_owned).collect(), glob: None, text: path.to_owned() }
    }

    /// Returns the path for a message.
    pub(super) fn shown(&self) -> &str {
        &self.text
    }

    /// Returns true if it covers the file at `path` from the top: a path without wildcards may name a folder.
    pub(super) fn names(&self, path: &str) -> bool {
        let mut below = path;
        for part in &self.base {
            match below.strip_prefix(part.as_str()) {
                Some("") => below = "",
                Some(rest) if rest.starts_with('/') => below = &rest[1..],
                _ => return false,
            }
        }
        self.covers(below)
    }

    /// Returns true if a folder holds files that it may cover, or is above them.
    pub(super) fn is_beside(&self, folder: &str) -> bool {
        let mut own = self.base.iter().map(String::as_str);
        let mut others = folder.split('/');
        loop {
            match (own.next(), others.next()) {
                (Some(own), Some(other)) if own == other => {}
                (Some(_), Some(_)) => return false,
                _ => return true,
            }
        }
    }

    /// Returns true if it covers the file at `below` its base.
    pub(super) fn covers(&self, below: &str) -> bool {
        self.glob.as_ref().is_none_or(|glob| glob.is_match(below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_the_folder_or_from_the_top() {
        let folder = ["docs".to_owned()];
        let read =
            |text: &str| CoveredPath::of(text, &folder).map(|path| (path.base.join("/"), path.shown().to_owned()));
        assert_eq!(read("../src/a.rs"), Ok(("src/a.rs".to_owned(), "src/a.rs".to_owned())));
        assert_eq!(read("/src/**/*.rs"), Ok(("src".to_owned(), "src/**/*.rs".to_owned())));
        assert_eq!(read("a.md"), Ok(("docs/a.md".to_owned(), "docs/a.md".to_owned())));
        assert_eq!(read("../../a.md"), Err(PathFault::Outside));
        assert!(matches!(read("../[a"), Err(PathFault::Glob(_))));
    }
}
