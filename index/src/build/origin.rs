//! The origin of a build's content: a folder, or files in memory.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::BuildError;
use crate::source::files::{self, Files, StoredFolder, Texts};
use crate::source::fingerprint;

/// The place that a [`Builder`](super::Builder) reads from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// A folder.
    Folder(PathBuf),
    /// Files in memory, under a name that stands for that of a folder.
    Memory {
        /// The name.
        name: String,
        /// The files.
        texts: Texts,
    },
}

impl Origin {
    pub(crate) fn of_files(name: String, files: impl Iterator<Item = (String, String)>) -> Origin {
        Origin::Memory { name, texts: files::texts(files) }
    }

    /// Opens the content.
    pub(crate) fn open(&self) -> Result<Files, BuildError> {
        match self {
            Origin::Folder(path) => {
                Files::of_folder(path).map_err(|source| BuildError::Folder { path: path.clone(), source })
            }
            Origin::Memory { texts, .. } => Ok(Files::Memory(Texts::clone(texts))),
        }
    }

    /// Returns the path of the folder, or the name of files in memory.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Origin::Folder(path) => path,
            Origin::Memory { name, .. } => Path::new(name),
        }
    }

    /// Returns the name of the folder, or of files in memory.
    pub(crate) fn name(&self) -> String {
        match self {
            Origin::Folder(path) => folder_name(path),
            Origin::Memory { name, .. } => name.clone(),
        }
    }

    /// Names what stands beside the folder that files in memory were read from.
    pub(crate) fn set_beside(&mut self, names: BTreeSet<String>) {
        if let Origin::Memory { name, texts } = self {
            Arc::make_mut(texts).folder = Some(StoredFolder { name: name.clone(), beside: names });
        }
    }

    /// Returns the path of the folder, if there is one.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match self {
            Origin::Folder(path) => Some(path),
            Origin::Memory { .. } => None,
        }
    }

    /// Returns a hash of what the file system says of the files, or of the files in memory.
    pub(crate) fn fingerprint(&self) -> String {
        match self {
            Origin::Folder(path) => fingerprint::fingerprint(path),
            Origin::Memory { texts, .. } => fingerprint::of_texts(texts),
        }
    }
}

fn folder_name(folder: &Path) -> String {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    name.or_else(|| Some(folder.canonicalize().ok()?.file_name()?.to_string_lossy().into_owned())).unwrap_or_default()
}
