//! The files of a model: in a folder, or in an archive of ZIP format such as a wheel.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ImportError;

/// The greatest length of a file of settings in bytes.
const SETTINGS_MAX: u64 = 64 << 20;
/// The greatest number of files in an archive.
const FILES_MAX: usize = 100_000;

/// The files of a model, by their paths below the folder that has `modules.json`.
pub(super) struct ModelFiles {
    path: PathBuf,
    place: Place,
}

enum Place {
    Folder,
    Archive {
        archive: Box<ZipArchive<File>>,
        /// The folder of `modules.json`, with a slash behind unless it is empty.
        folder: String,
    },
}

impl ModelFiles {
    /// Finds the model in a folder or an archive.
    pub(super) fn open(path: &Path) -> Result<ModelFiles, ImportError> {
        let path = path.to_owned();
        let metadata = fs::metadata(&path).map_err(|source| ImportError::Read { path: path.clone(), source })?;
        if metadata.is_dir() {
            return Ok(ModelFiles { path, place: Place::Folder });
        }
        if !metadata.is_file() {
            return Err(ImportError::Missing { path, name: "modules.json" });
        }
        let file = File::open(&path).map_err(|source| ImportError::Read { path: path.clone(), source })?;
        let archive = match ZipArchive::new(file) {
            Ok(archive) if archive.len() <= FILES_MAX => archive,
            Ok(_) => return Err(archive_error(path, ZipError::InvalidArchive("too many files".into()))),
            Err(source) => return Err(archive_error(path, source)),
        };
        let names: Result<Vec<_>, _> = archive.file_names().collect();
        let names = match names {
            Ok(names) => names,
            Err(source) => return Err(archive_error(path, source)),
        };
        let Some(folder) = find_folder(&names) else {
            return Err(match names.iter().find(|name| name.ends_with(".onnx")) {
                Some(found) => ImportError::Onnx { found: found.to_string() },
                None => ImportError::Missing { path, name: "modules.json" },
            });
        };
        Ok(ModelFiles { path, place: Place::Archive { archive: Box::new(archive), folder } })
    }

    /// Returns the path of the folder or archive.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Reads a file of settings, which must be there.
    pub(super) fn require(&mut self, name: &'static str) -> Result<Vec<u8>, ImportError> {
        let found = self.read(name)?;
        found.ok_or_else(|| ImportError::Missing { path: self.path.clone(), name })
    }

    /// Reads a file of settings.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        self.read_up_to(name, SETTINGS_MAX)
    }

    /// Reads a file of at most `limit` bytes.
    ///
    /// Neither the length that an archive declares nor the one that a file has in fact may exceed the limit.
    pub(super) fn read_up_to(&mut self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, ImportError> {
        match &mut self.place {
            Place::Folder => read_file(&self.path.join(name), name, limit),
            Place::Archive { archive, folder } => {
                let entry = match archive.by_name(&format!("{folder}{name}")) {
                    Ok(entry) => entry,
                    Err(ZipError::FileNotFound) => return Ok(None),
                    Err(source) => return Err(archive_error(self.path.clone(), source)),
                };
                let length = entry.size();
                let read = read_limited(entry, length, name, limit);
                read.map(Some).map_err(|error| error.at(&self.path))
            }
        }
    }

    /// Returns the error of a model without weights, which names those in another format.
    pub(super) fn without_weights(&self, folder: &str) -> ImportError {
        let onnx = self.path.join(folder).join("onnx").join("model.onnx");
        if matches!(self.place, Place::Folder) && onnx.is_file() {
            return ImportError::Onnx { found: onnx.display().to_string() };
        }
        ImportError::Missing { path: self.path.clone(), name: "model.safetensors" }
    }
}

fn archive_error(path: PathBuf, source: ZipError) -> ImportError {
    ImportError::Archive { path, source }
}

/// Returns the outermost folder with a `modules.json`, and a slash behind it.
fn find_folder(names: &[Cow<'_, str>]) -> Option<String> {
    let folders = names.iter().filter_map(|name| name.strip_suffix("modules.json"));
    let folders = folders.filter(|folder| folder.is_empty() || folder.ends_with('/'));
    folders.min_by_key(|folder| (folder.len(), *folder)).map(str::to_owned)
}

fn read_file(path: &Path, name: &str, limit: u64) -> Result<Option<Vec<u8>>, ImportError> {
    if !path.is_file() {
        return Ok(None);
    }
    let read_error = |source| ImportError::Read { path: path.to_owned(), source };
    let file = File::open(path).map_err(read_error)?;
    let length = file.metadata().map_err(read_error)?.len();
    read_limited(file, length, name, limit).map(Some).map_err(|error| error.at(path))
}

/// The reason that a file was not read.
enum ReadError {
    TooLong { name: String, limit: u64 },
    Io(std::io::Error),
}

impl ReadError {
    fn at(self, path: &Path) -> ImportError {
        match self {
            ReadError::TooLong { name, limit } => ImportError::TooLong { name, limit },
            ReadError::Io(source) => ImportError::Read { path: path.to_owned(), source },
        }
    }
}

/// Reads a file that is said to have `length` bytes.
fn read_limited(file: impl Read, length: u64, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
    let too_long = || ReadError::TooLong { name: name.to_owned(), limit };
    if length > limit {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(ReadError::Io)?;
    if bytes.len() as u64 > limit { Err(too_long()) } else { Ok(bytes) }
}
