//! Writes a generation into a folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use faqt::build::write_atomically;

use super::layout::{Counts, Description, FORMAT_VERSION, GENERATION, PART_ROWS, PLANNING, as_hex, part_name};
use crate::rows::{Rows, RowsError};

/// The mark of a folder that is being written, with the hash of its generation.
const UNFINISHED: &str = "unfinished";

/// A generation that was written into a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The number of rows.
    pub rows: Counts,
    /// The number of files.
    pub files: u64,
    /// The bytes of all files.
    pub bytes: u64,
}

/// Writes `rows` into `folder`, calling `progress` with the number of rows now and then.
///
/// A run that was interrupted is continued: files that are there are kept, since each gets its name when it is whole. Files of
/// another generation are replaced.
///
/// # Errors
///
/// If the rows cannot be read, or a file cannot be written.
pub fn write(rows: &dyn Rows, folder: &Path, progress: &mut dyn FnMut(u64)) -> Result<Written, RowsError> {
    let hash = rows.hash();
    begin(folder, &hash)?;
    let mut done = 0;
    let mut counts = Counts::default();
    let mut written = Written { rows: counts, files: 2, bytes: 0 };
    let table = |name: &'static str, head: &'static [&'static str]| Table {
        folder: folder.to_owned(),
        name,
        head,
        rows: 0,
        out: None,
    };
    let mut postings = table("postings", &["term", "position", "count", "length"]);
    rows.postings(&mut |row| {
        let numbers = [row.term, row.position, row.count, row.length].map(|number| number.to_string());
        postings.push(numbers.iter().map(String::as_str), &mut done, progress)
    })?;
    counts.postings = postings.end(&mut written)?;
    let mut names = table("names", &["name", "position"]);
    rows.names(&mut |row| names.push([row.name.as_str(), &row.position.to_string()].into_iter(), &mut done, progress))?;
    counts.names = names.end(&mut written)?;
    let mut phrasings = table("phrasings", &["hash", "position"]);
    rows.phrasings(&mut |row| {
        let numbers = [row.hash, row.position].map(|number| number.to_string());
        phrasings.push(numbers.iter().map(String::as_str), &mut done, progress)
    })?;
    counts.phrasings = phrasings.end(&mut written)?;
    let mut entries = table("entries", &["position", "length", "id", "phrasings", "vectors", "sentences", "json"]);
    rows.entries(&mut |entry| {
        let row = &entry.row;
        let [position, length] = [row.position, row.length].map(|number| number.to_string());
        let [phrasings, vectors, sentences] = [&row.phrasings, &row.vectors, &row.sentences].map(|bytes| as_hex(bytes));
        let fields = [&position, &length, &entry.id, &phrasings, &vectors, &sentences, &entry.json];
        entries.push(fields.into_iter().map(String::as_str), &mut done, progress)
    })?;
    counts.entries = entries.end(&mut written)?;
    let planning = rows.planning_pack()?;
    replace(&folder.join(PLANNING), &planning)?;
    let description =
        Description { format_version: FORMAT_VERSION, name: rows.name(), hash, entries: rows.count(), rows: counts };
    let mut json = serde_json::to_vec_pretty(&description).map_err(|error| RowsError::Taken(error.into()))?;
    json.push(b'\n');
    replace(&folder.join(GENERATION), &json)?;
    fs::remove_file(folder.join(UNFINISHED)).map_err(|source| failed(&folder.join(UNFINISHED), source))?;
    Ok(Written { rows: counts, bytes: written.bytes + (planning.len() + json.len()) as u64, ..written })
}

/// Makes the folder, and removes what it has of another generation.
fn begin(folder: &Path, hash: &str) -> Result<(), RowsError> {
    fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    let mark = folder.join(UNFINISHED);
    let text = [&mark, &folder.join(GENERATION)].map(|path| fs::read_to_string(path).ok());
    let is_empty = fs::read_dir(folder).map_err(|source| failed(folder, source))?.next().is_none();
    if !is_empty && text.iter().all(Option::is_none) {
        let what = "the folder holds other files than the rows of a knowledge base: name another".to_owned();
        return Err(RowsError::Content { path: folder.to_owned(), what });
    }
    if !text.iter().flatten().any(|text| text.contains(hash)) {
        for path in parts(folder)? {
            fs::remove_file(&path).map_err(|source| failed(&path, source))?;
        }
    }
    replace(&mark, hash.as_bytes())?;
    let description = folder.join(GENERATION);
    match fs::remove_file(&description) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(failed(&description, source)),
        _ => Ok(()),
    }
}

/// Returns the files of tables in a folder.
fn parts(folder: &Path) -> Result<Vec<PathBuf>, RowsError> {
    let is_part = |name: &str| {
        ["postings-", "names-", "phrasings-", "entries-"].iter().any(|table| name.starts_with(table))
            && Path::new(name).extension().is_some_and(|extension| extension == "csv")
    };
    let mut parts = Vec::new();
    for file in fs::read_dir(folder).map_err(|source| failed(folder, source))? {
        let file = file.map_err(|source| failed(folder, source))?;
        if file.file_name().to_str().is_some_and(is_part) {
            parts.push(file.path());
        }
    }
    Ok(parts)
}

/// A table on its way into files.
struct Table {
    folder: PathBuf,
    name: &'static str,
    head: &'static [&'static str],
    rows: u64,
    /// The file of the current part; none if it is there already.
    out: Option<(PathBuf, csv::Writer<tempfile::NamedTempFile>)>,
}

impl Table {
    fn push<'a>(
        &mut self,
        fields: impl Iterator<Item = &'a str>,
        done: &mut u64,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), RowsError> {
        if self.rows.is_multiple_of(PART_ROWS) {
            self.finish()?;
            self.start()?;
        }
        self.rows += 1;
        *done += 1;
        if done.is_multiple_of(100_000) {
            progress(*done);
        }
        match &mut self.out {
            Some((path, out)) => out.write_record(fields).map_err(|error| failed(path, error.into())),
            None => Ok(()),
        }
    }

    fn start(&mut self) -> Result<(), RowsError> {
        let path = self.path(self.rows / PART_ROWS);
        if path.exists() {
            return Ok(());
        }
        let file = new_file(&self.folder).map_err(|source| failed(&self.folder, source))?;
        let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(file);
        out.write_record(self.head).map_err(|error| failed(&path, error.into()))?;
        self.out = Some((path, out));
        Ok(())
    }

    /// Gives the current part its name.
    fn finish(&mut self) -> Result<(), RowsError> {
        let Some((path, out)) = self.out.take() else { return Ok(()) };
        let file = out.into_inner().map_err(|error| failed(&path, error.into_error()))?;
        file.as_file().sync_all().map_err(|source| failed(&path, source))?;
        file.persist(&path).map_err(|error| failed(&path, error.error))?;
        Ok(())
    }

    fn end(mut self, written: &mut Written) -> Result<u64, RowsError> {
        self.finish()?;
        for part in 0..self.rows.div_ceil(PART_ROWS) {
            let path = self.path(part);
            written.files += 1;
            written.bytes += fs::metadata(&path).map_err(|source| failed(&path, source))?.len();
        }
        Ok(self.rows)
    }

    fn path(&self, part: u64) -> PathBuf {
        self.folder.join(part_name(self.name, part))
    }
}

/// Makes a file without a name of its own, which others may read once it has one.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    #[cfg(unix)]
    return tempfile::Builder::new()
        .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666))
        .tempfile_in(folder);
    #[cfg(not(unix))]
    tempfile::NamedTempFile::new_in(folder)
}

/// Writes a small file in one step.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), RowsError> {
    write_atomically(path, bytes).map_err(|source| failed(path, source))
}

fn failed(path: &Path, source: io::Error) -> RowsError {
    RowsError::Write { path: path.to_owned(), source }
}
