//! The files of a content: those of a folder, or texts in memory.
//!
//! Everything that reads content asks here, so that the same files give the same entries and problems from either.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::pack::regular_file::Folder;

/// Files in memory.
pub(crate) type Texts = Arc<TextFiles>;

/// Texts by their paths, with `/` between the parts of a path.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextFiles {
    files: BTreeMap<String, String>,
    /// The folder that they were read from, if its surroundings are known.
    pub(crate) folder: Option<StoredFolder>,
}

/// A folder that is not on disk.
#[derive(Clone, Debug)]
pub(crate) struct StoredFolder {
    pub(crate) name: String,
    /// The names of the files and folders beside it.
    pub(crate) beside: BTreeSet<String>,
}

impl Deref for TextFiles {
    type Target = BTreeMap<String, String>;

    fn deref(&self) -> &BTreeMap<String, String> {
        &self.files
    }
}

/// The files that content is read from.
#[derive(Debug)]
pub(crate) enum Files {
    /// The folder at `path`, which is `opened`.
    Folder {
        /// The path by which the folder was opened.
        path: PathBuf,
        /// The folder, which stays the same however its path changes.
        opened: Folder,
        /// The texts that stand for files of the folder.
        replaced: Texts,
    },
    /// Files in memory.
    Memory(Texts),
}

impl Files {
    /// Opens the folder at `path`.
    pub(crate) fn of_folder(path: &Path) -> io::Result<Files> {
        Ok(Files::Folder { path: path.to_owned(), opened: Folder::open(path)?, replaced: Texts::default() })
    }

    /// Returns the files with `texts` in place of those at their paths.
    pub(crate) fn with_texts(mut self, texts: &Texts) -> Files {
        match &mut self {
            Files::Folder { replaced, .. } => *replaced = Texts::clone(texts),
            Files::Memory(_) if texts.is_empty() => {}
            Files::Memory(all) => {
                let both = Arc::make_mut(all);
                both.files.extend(texts.iter().map(|(path, text)| (path.clone(), text.clone())));
            }
        }
        self
    }

    /// Opens the file at `path`, which counts from the top of the content.
    pub(crate) fn open(&self, path: &Path) -> io::Result<OpenFile<'_>> {
        match self {
            Files::Folder { opened, replaced, .. } => match path.to_str().and_then(|path| replaced.get(path)) {
                Some(text) => Ok(OpenFile::InMemory(text.as_bytes())),
                None => opened.file(path).map(OpenFile::OnDisk),
            },
            Files::Memory(texts) => {
                let text = path.to_str().and_then(|path| texts.get(path)).ok_or(io::ErrorKind::NotFound)?;
                Ok(OpenFile::InMemory(text.as_bytes()))
            }
        }
    }

    /// Returns true if there is a file at `path`, content or not.
    pub(crate) fn is_file(&self, path: &str) -> bool {
        match self {
            Files::Folder { path: folder, replaced, .. } => replaced.contains_key(path) || folder.join(path).is_file(),
            Files::Memory(texts) => texts.contains_key(path),
        }
    }

    /// Returns true if there is a file or a folder at `path`.
    pub(crate) fn exists(&self, path: &str) -> bool {
        match self {
            Files::Folder { path: folder, .. } => folder.join(path).exists(),
            Files::Memory(texts) => {
                let next = texts.range(path.to_owned()..).next().and_then(|(next, _)| next.strip_prefix(path));
                let is_folder = || {
                    texts
                        .range(format!("{path}/")..)
                        .next()
                        .is_some_and(|(next, _)| next.strip_prefix(path).is_some_and(|below| below.starts_with('/')))
                };
                next == Some("") || is_folder()
            }
        }
    }

    /// Returns true if there is a file or a folder called `name` beside the folder, which is all that is asked of the
    /// folder above.
    pub(crate) fn exists_beside(&self, name: &str) -> bool {
        match self {
            Files::Folder { path, .. } => path.join("..").join(name).exists(),
            Files::Memory(texts) => texts.folder.as_ref().is_some_and(|folder| folder.beside.contains(name)),
        }
    }

    /// Returns true if the folder is called `name`.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        match self {
            Files::Folder { path, .. } => path.canonicalize().is_ok_and(|path| path.ends_with(name)),
            Files::Memory(texts) => texts.folder.as_ref().is_some_and(|folder| folder.name == name),
        }
    }

    /// Lists the names of the files at the top.
    pub(crate) fn names_at_top(&self) -> Vec<String> {
        match self {
            Files::Folder { path, .. } => {
                let files = std::fs::read_dir(path).into_iter().flatten().flatten();
                files.filter_map(|file| file.file_name().into_string().ok()).collect()
            }
            Files::Memory(texts) => texts.keys().filter(|path| !path.contains('/')).cloned().collect(),
        }
    }
}

/// A file that was opened.
pub(crate) enum OpenFile<'a> {
    OnDisk(File),
    InMemory(&'a [u8]),
}

impl Read for OpenFile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            OpenFile::OnDisk(file) => file.read(buffer),
            OpenFile::InMemory(bytes) => bytes.read(buffer),
        }
    }
}

/// Collects texts by their paths; a later one takes the place of an earlier one of its path.
pub(crate) fn texts(files: impl Iterator<Item = (String, String)>) -> Texts {
    let files = files.map(|(path, text)| (normal(&path), text)).filter(|(path, _)| !path.is_empty()).collect();
    Arc::new(TextFiles { files, folder: None })
}

/// Returns a path without `.` and empty parts, and without leaving the content by `..`.
fn normal(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_memory_stay_within_the_content() {
        for (path, expected) in
            [("./a.md", "a.md"), ("/a//b.md", "a/b.md"), ("a/../b.md", "b.md"), ("../../c.md", "c.md"), ("..", "")]
        {
            assert_eq!(normal(path), expected, "{path}");
        }
    }
}
