//! Building packs: from a folder of Markdown to one file, for build scripts and for authors.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::content;
pub use crate::content::{Problem, Severity};
use crate::write::{self, WriteError};

/// A folder of Markdown on its way to a pack.
///
/// In a build script, one line does everything:
///
/// ```no_run
/// faqt::build::Builder::new("help").emit();
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    folder: PathBuf,
    is_lenient: bool,
}

/// A pack that was built, and what is worth saying about it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Built {
    /// The bytes of the pack.
    pub pack: Vec<u8>,
    /// The number of entries.
    pub entries: usize,
    /// What a reader may be served badly by.
    pub warnings: Vec<Problem>,
}

/// Why no pack was built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The content folder cannot be read.
    #[error("cannot read the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The folder holds no entries.
    #[error("no entries in {}", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// The content has errors.
    #[error("{}", Listed(.0))]
    Content(Vec<Problem>),
    /// The index could not be written.
    #[error("cannot write the index")]
    Index(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The pack could not be written to its file.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
}

impl From<WriteError> for BuildError {
    fn from(error: WriteError) -> BuildError {
        BuildError::Index(Box::new(error))
    }
}

impl Builder {
    /// Starts from the folder at `path`; in a build script it counts from the package's folder.
    pub fn new(path: impl Into<PathBuf>) -> Builder {
        Builder { folder: path.into(), is_lenient: false }
    }

    /// Builds a pack of what is sound even if other parts of the content are not: errors are reported with the
    /// warnings. For a reader of somebody else's folder, who wants answers and cannot mend it.
    #[must_use]
    pub fn lenient(mut self) -> Builder {
        self.is_lenient = true;
        self
    }

    /// Returns a hash of what the file system says of the folder's files: it changes when one is written, added,
    /// renamed or taken away, without any of them being read.
    pub fn fingerprint(&self) -> String {
        content::fingerprint(&self.folder)
    }

    /// Reads the folder and builds the pack in memory.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read or is empty, or the content has errors; all of them are reported at once.
    pub fn build(&self) -> Result<Built, BuildError> {
        let path = self.folder.clone();
        if let Err(source) = std::fs::read_dir(&self.folder) {
            return Err(BuildError::Folder { path, source });
        }
        let content = content::read(&self.folder);
        let (errors, warnings): (Vec<Problem>, Vec<Problem>) =
            content.problems.into_iter().partition(|problem| problem.severity == Severity::Error && !self.is_lenient);
        if !errors.is_empty() {
            return Err(BuildError::Content(errors));
        }
        if content.entries.is_empty() {
            return Err(BuildError::Empty { path });
        }
        let name = content.settings.name.clone().unwrap_or_else(|| folder_name(&self.folder));
        let pack = write::pack(&name, &content.settings, &content.entries)?;
        Ok(Built { pack, entries: content.entries.len(), warnings })
    }

    /// Builds the pack and writes it to `file`: the file is the old one or the new one, never half of one.
    ///
    /// # Errors
    ///
    /// As [`Builder::build`], and if the file cannot be written.
    pub fn write_to(&self, file: impl AsRef<Path>) -> Result<Built, BuildError> {
        let built = self.build()?;
        let file = file.as_ref();
        write_atomically(file, &built.pack).map_err(|source| BuildError::Write { path: file.to_owned(), source })?;
        Ok(built)
    }

    /// Builds the pack for [`embed!`](crate::embed), as a build script does: writes it to `$OUT_DIR/NAME.faqt`, where
    /// `NAME` is the folder's, has Cargo run the script again when the content changes, and passes warnings on.
    ///
    /// # Panics
    ///
    /// If the pack cannot be built, with every problem in the message; a build script has no better way to say so.
    #[expect(clippy::print_stdout, reason = "Cargo reads what a build script prints")]
    pub fn emit(&self) {
        let folder = &self.folder;
        println!("cargo::rerun-if-changed={}", folder.display());
        let out = std::env::var_os("OUT_DIR").map(PathBuf::from).expect("OUT_DIR is set in a build script");
        let file = out.join(format!("{}.faqt", folder_name(folder)));
        match self.write_to(&file) {
            Ok(built) => {
                for warning in built.warnings {
                    println!("cargo::warning={}/{warning}", folder.display());
                }
            }
            Err(BuildError::Content(problems)) => {
                for problem in &problems {
                    println!("cargo::error={}/{problem}", folder.display());
                }
                std::process::exit(1);
            }
            Err(error) => {
                println!("cargo::error={error}");
                std::process::exit(1);
            }
        }
    }
}

/// Returns a hash of `bytes`, in hexadecimal, for the names of files; it is no protection against forgery.
pub fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}

fn folder_name(folder: &Path) -> String {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    name.or_else(|| Some(folder.canonicalize().ok()?.file_name()?.to_string_lossy().into_owned())).unwrap_or_default()
}

/// Writes a temporary file beside `file`, syncs it and renames it.
fn write_atomically(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary = tempfile::Builder::new().prefix(".faqt-").tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        temporary.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    temporary.persist(file)?;
    Ok(())
}

struct Listed<'a>(&'a [Problem]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if position == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}
