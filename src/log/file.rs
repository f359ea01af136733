//! The files of a log: the newest, which is appended to, and older ones with a number behind the name.
//!
//! A line is appended by one write to a file that is open for appending, so lines of several processes never mix. A writer holds
//! the file's lock while it looks for a torn last line, renames a full file and writes. It waits a second for the lock at
//! most, then writes without it: no line is lost, and no question hangs.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use faqt::log::LogRecord;

/// The size of a log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The length of a file in bytes, beyond which a new one is begun.
    bytes: u64,
    /// The number of older files that are kept.
    older: usize,
}

/// 1 GiB in all, about 4 million questions.
pub(crate) const LIMITS: Limits = Limits { bytes: 64 << 20, older: 15 };

/// The time between two tries to get the lock, and their number.
const PAUSE: Duration = Duration::from_millis(2);
const TRIES_MAX: usize = 500;
/// The length in bytes of the end of a log in which the last question is looked for.
const TAIL_BYTES: u64 = 1 << 20;

/// Appends a line, which ends with its line end.
///
/// # Errors
///
/// If the file cannot be written. Then no part of the line is in it.
pub(crate) fn append(path: &Path, line: &str, limits: Limits) -> io::Result<()> {
    let mut tries = 0;
    loop {
        tries += 1;
        let mut file = open(path)?;
        let is_locked = lock(&file);
        // Another process may have begun a new file before this one got the lock.
        if is_locked && !is_at(&file, path) && tries < TRIES_MAX {
            continue;
        }
        let length = file.metadata()?.len();
        let is_full = length > 0 && length + line.len() as u64 > limits.bytes;
        if is_locked && is_full && tries < TRIES_MAX && rotate(path, limits.older).is_ok() {
            continue;
        }
        return write(&mut file, length, line, is_locked);
    }
}

/// Returns the files of a log that are there, the oldest first.
pub(crate) fn files(path: &Path) -> Vec<PathBuf> {
    let mut numbers: Vec<usize> = Vec::new();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned() + ".";
    for file in folder.read_dir().into_iter().flatten().flatten() {
        let file = file.file_name().to_string_lossy().into_owned();
        let number = file.strip_prefix(&name).and_then(|number| number.parse().ok());
        numbers.extend(number.filter(|number: &usize| numbered_name(*number) == file[name.len() - 1..]));
    }
    numbers.sort_unstable_by(|left, right| right.cmp(left));
    let older = numbers.into_iter().map(|number| numbered(path, number));
    older.chain(path.exists().then(|| path.to_owned())).collect()
}

/// Returns the last record near the end of a log for which `is_wanted` is true.
pub(crate) fn last(path: &Path, is_wanted: impl Fn(&LogRecord) -> bool) -> io::Result<Option<LogRecord>> {
    for (_, mut file) in open_all(path)?.into_iter().rev().take(2) {
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES)))?;
        let mut bytes = Vec::new();
        file.take(TAIL_BYTES).read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let found = text.lines().rev().filter_map(|line| LogRecord::parse(line).ok()).find(&is_wanted);
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Opens the files of a log for reading, the oldest first; none if there is no log.
///
/// A log may be written meanwhile: if its files are renamed while they are opened, they are opened again.
///
/// # Errors
///
/// If a file is no regular one or cannot be read.
pub(crate) fn open_all(path: &Path) -> io::Result<Vec<(PathBuf, File)>> {
    const TRIES_MAX: usize = 10;
    let mut tries = 0;
    loop {
        tries += 1;
        let opened: io::Result<Vec<(PathBuf, File)>> = files(path).iter().map(|file| open_readable(file)).collect();
        match opened {
            Err(error) if error.kind() == io::ErrorKind::NotFound && tries < TRIES_MAX => {}
            Ok(files) if tries < TRIES_MAX && !files.iter().all(|(path, file)| is_at(file, path)) => {}
            opened => return opened,
        }
    }
}

fn open_readable(path: &Path) -> io::Result<(PathBuf, File)> {
    refuse_others(path).and_then(|()| File::open(path)).map(|file| (path.to_owned(), file)).map_err(|error| {
        // The kind tells a file that was renamed.
        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    })
}

/// Opens the file for appending, and makes it and its folder if they are not there; nobody else can read a new one.
fn open(path: &Path) -> io::Result<File> {
    refuse_others(path)?;
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = path.parent().ok_or(error)?;
            crate::private::create_directory(folder)?;
            options.open(path)
        }
        opened => opened,
    }
}

/// Refuses what is there and no regular file: opening a pipe would wait for its other end.
fn refuse_others(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => Err(io::Error::other("it is no regular file")),
        _ => Ok(()),
    }
}

/// Waits for the lock of the file. Returns false if it is not to be had.
fn lock(file: &File) -> bool {
    for _ in 0..TRIES_MAX {
        match file.try_lock() {
            Ok(()) => return true,
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            // Some network file systems have no locks.
            Err(TryLockError::Error(_)) => return false,
        }
    }
    false
}

/// Returns true if the open file is the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let place = |found: fs::Metadata| (found.dev(), found.ino());
    file.metadata().ok().map(place) == fs::metadata(path).ok().map(place)
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Renames the files of the log, so that a new one can be begun. The oldest beyond `older` is replaced.
fn rotate(path: &Path, older: usize) -> io::Result<()> {
    for number in (1..older).rev() {
        match fs::rename(numbered(path, number), numbered(path, number + 1)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::rename(path, numbered(path, 1))
}

/// Writes a line at the end, behind the line end that a killed writer owes. What a failed write leaves is taken back.
fn write(file: &mut File, length: u64, line: &str, is_locked: bool) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(line.len() + 1);
    if length > 0 && last_byte(file, length)? != b'\n' {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(line.as_bytes());
    let written = file.write_all(&bytes);
    if written.is_err() && is_locked {
        let _ = file.set_len(length);
    }
    written
}

fn last_byte(file: &mut File, length: u64) -> io::Result<u8> {
    let mut byte = [b'\n'];
    file.seek(SeekFrom::Start(length - 1))?;
    let _ = file.read(&mut byte)?;
    Ok(byte[0])
}

fn numbered(path: &Path, number: usize) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(numbered_name(number));
    name.into()
}

fn numbered_name(number: usize) -> String {
    format!(".{number}")
}

#[cfg(test)]
mod tests;
