//! The vectors of a build that is not finished, in a file from which the next build takes them.
//!
//! ```text
//! 0     head: one line that names the layout, the version of faqt, the model and the shape of its vectors
//!       records: hash of a text (16 bytes), its vector, checksum of the head and the record (8 bytes)
//! ```
//!
//! A build appends records while it encodes, and removes the file when its pack is written. All records have the length that
//! the head implies, so no length is read. A record that was cut or changed fails its checksum and is passed over; a file of
//! another model or version has another head, and is replaced. Only the process that locks the file writes to it. A build
//! beside another takes the records that are there, and adds none.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use twox_hash::XxHash3_64;

use super::codes::Shape;
use crate::pack::regular_file;

/// The beginning of the head. A file without it is not replaced.
const MAGIC: &str = "faqt vectors";
/// The version of the layout.
const VERSION: u32 = 2;
const HASH: usize = 16;
const CHECKSUM: usize = 8;
/// The vectors that a build makes before it begins a file: for entries of 80 words, 2 seconds of one processor with
/// all-MiniLM-L6-v2.
const BEGIN_AT: usize = 256;
/// The vectors that are written at a time, and the most that are lost if the process is killed.
const BATCH: usize = 64;
/// The greatest length of a file: the vectors of 3,000,000 entries by a model of 384 dimensions.
const BYTES_MAX: u64 = 1 << 30;

/// The layout of the file of one model.
#[derive(Clone, Debug)]
struct Layout {
    head: String,
    /// The hash of the head, by which a checksum depends on it.
    seed: u64,
    /// The length of a vector in bytes.
    vector: usize,
}

impl Layout {
    fn of(model: u128, shape: Shape) -> Layout {
        let Shape { dimensions, bits } = shape;
        let version = env!("CARGO_PKG_VERSION");
        let bits = bits.number();
        let head =
            format!("{MAGIC} {VERSION}, faqt {version}, model {model:032x}, {dimensions} dimensions of {bits} bits\n");
        let seed = XxHash3_64::oneshot(head.as_bytes());
        Layout { head, seed, vector: shape.length() }
    }

    /// Returns the length of a record in bytes.
    fn record(&self) -> usize {
        HASH + self.vector + CHECKSUM
    }

    /// Appends a record to `bytes`.
    fn write(&self, bytes: &mut Vec<u8>, text: u128, vector: &[u8]) {
        let start = bytes.len();
        bytes.extend(text.to_le_bytes());
        bytes.extend(vector);
        let checksum = XxHash3_64::oneshot_with_seed(self.seed, &bytes[start..]);
        bytes.extend(checksum.to_le_bytes());
    }

    /// Returns the hash and the vector of a record; none if its checksum fails.
    fn read<'r>(&self, record: &'r [u8]) -> Option<(u128, &'r [u8])> {
        let (content, checksum) = record.split_last_chunk::<CHECKSUM>()?;
        if XxHash3_64::oneshot_with_seed(self.seed, content) != u64::from_le_bytes(*checksum) {
            return None;
        }
        let (text, vector) = content.split_first_chunk::<HASH>()?;
        Some((u128::from_le_bytes(*text), vector))
    }
}

/// The records that a file held when it was opened.
#[derive(Debug)]
pub(super) struct Found {
    layout: Layout,
    bytes: Vec<u8>,
}

impl Found {
    /// Returns the vectors whose records are sound, with the hashes of their texts.
    pub(super) fn vectors(&self) -> impl Iterator<Item = (u128, &[u8])> {
        self.bytes.chunks_exact(self.layout.record()).filter_map(|record| self.layout.read(record))
    }
}

/// The file that a build writes its vectors to.
#[derive(Debug)]
pub(crate) struct Unfinished {
    path: PathBuf,
    layout: Layout,
    place: Place,
    /// Records that are not written yet.
    pending: Vec<u8>,
}

/// The state of the file.
#[derive(Debug)]
enum Place {
    /// It is not there.
    Absent,
    /// It is there, and locked by this process. The records end at `end`; 0 if the head is that of another model.
    Locked { file: File, end: u64 },
    /// It is not written to: another build writes to it, or it cannot be written.
    Left,
}

impl Unfinished {
    /// Opens the file at `path` for vectors of a model, and reads its records. Without a path, nothing is kept.
    pub(super) fn open(path: Option<&Path>, model: u128, shape: Shape) -> (Unfinished, Found) {
        let layout = Layout::of(model, shape);
        let (place, bytes) = path.map_or((Place::Left, Vec::new()), |path| read(path, &layout));
        let path = path.map(Path::to_owned).unwrap_or_default();
        let unfinished = Unfinished { path, layout: layout.clone(), place, pending: Vec::new() };
        (unfinished, Found { layout, bytes })
    }

    /// Adds the vector of the text with this hash. It is written together with others.
    pub(super) fn add(&mut self, text: u128, vector: &[u8]) {
        let batch = match self.place {
            Place::Left => return,
            Place::Locked { end: 1.., .. } => BATCH,
            Place::Absent | Place::Locked { .. } => BEGIN_AT,
        };
        self.layout.write(&mut self.pending, text, vector);
        if self.pending.len() >= batch * self.layout.record() {
            self.flush();
        }
    }

    /// Writes the pending records. Those that cannot be written are left out; the next ones may have room.
    fn flush(&mut self) {
        let _ = self.write_pending();
        self.pending.clear();
    }

    fn write_pending(&mut self) -> io::Result<()> {
        if let Place::Absent = self.place {
            self.place = match create(&self.path) {
                // Another build has begun it, and may have ended since.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(&self.path, &self.layout).0,
                created => Place::Locked { file: created?, end: 0 },
            };
        }
        let Place::Locked { file, end } = &mut self.place else { return Ok(()) };
        let head = if *end == 0 { self.layout.head.as_bytes() } else { &[] };
        let bytes = [head, &self.pending].concat();
        if *end + bytes.len() as u64 <= BYTES_MAX {
            // Nothing stays of a record that was cut.
            file.set_len(*end)?;
            file.seek(SeekFrom::Start(*end))?;
            file.write_all(&bytes)?;
            *end += bytes.len() as u64;
        }
        Ok(())
    }

    /// Removes the file, because the pack is written, unless another build writes to it.
    pub(crate) fn remove(mut self) {
        if let Place::Locked { .. } = self.place {
            let _ = fs::remove_file(&self.path);
        }
        self.place = Place::Left;
    }
}

impl Drop for Unfinished {
    /// Writes the last records of a build that failed, if it has begun a file.
    fn drop(&mut self) {
        if let Place::Locked { end: 1.., .. } = self.place {
            self.flush();
        }
    }
}

/// Reads the file at `path`: its state, and the bytes of its records.
fn read(path: &Path, layout: &Layout) -> (Place, Vec<u8>) {
    let file = match regular_file::open_to_change(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return (Place::Absent, Vec::new()),
        Err(_) => return (Place::Left, Vec::new()),
    };
    let is_locked = file.try_lock().is_ok();
    let Ok(mut bytes) = content(&file) else { return (Place::Left, Vec::new()) };
    let is_of_faqt = MAGIC.as_bytes().iter().zip(&bytes).all(|(wanted, found)| wanted == found);
    let mut end = 0;
    if bytes.starts_with(layout.head.as_bytes()) {
        end = bytes.len() - (bytes.len() - layout.head.len()) % layout.record();
        bytes.drain(..layout.head.len());
    } else {
        bytes.clear();
    }
    let place = if is_locked && is_of_faqt { Place::Locked { file, end: end as u64 } } else { Place::Left };
    (place, bytes)
}

/// Returns the content of a file of this user; only the beginning of one that is too long.
fn content(file: &File) -> io::Result<Vec<u8>> {
    if !regular_file::is_own(file)? {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let is_too_long = file.metadata()?.len() > BYTES_MAX;
    let mut bytes = Vec::new();
    file.take(if is_too_long { MAGIC.len() as u64 } else { BYTES_MAX }).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Creates and locks the file at `path`, which must not be there. Only its owner can read it.
fn create(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        // Another build has just opened and locked it.
        Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
        Err(TryLockError::Error(error)) => {
            let _ = fs::remove_file(path);
            Err(error)
        }
    }
}
