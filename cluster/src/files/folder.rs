//! A folder of files: what is in it, and how a run that was interrupted goes on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use faqt::build::write_atomically;

use super::layout::{Counts, Description, FORMAT_VERSION, Form, GENERATION, MAPPING, PLANNING, SCHEMA};
use crate::rows::{Rows, RowsError};

/// The mark of a folder that is being written, with the hash of its generation, and the form of documents.
const UNFINISHED: &str = "unfinished";

/// A generation that was written into a folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The number of rows.
    pub rows: Counts,
    /// The number of files.
    pub files: u64,
    /// The bytes of all files.
    pub bytes: u64,
}

impl Written {
    /// Writes a small file in one step, and counts it.
    pub(super) fn replace(&mut self, path: &Path, bytes: &[u8]) -> Result<(), RowsError> {
        replace(path, bytes)?;
        self.files += 1;
        self.bytes += bytes.len() as u64;
        Ok(())
    }
}

/// The mark of a generation in a form.
fn mark_of(hash: &str, form: Option<Form>) -> String {
    form.map_or(hash.to_owned(), |form| format!("{hash} {}", form.name()))
}

/// Makes the folder, and removes what it has of another generation or form.
pub(super) fn begin(folder: &Path, rows: &dyn Rows, form: Option<Form>) -> Result<(), RowsError> {
    fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    let (path, mark, description) = (folder.join(UNFINISHED), mark_of(&rows.hash(), form), folder.join(GENERATION));
    let begun = fs::read_to_string(&path).ok();
    let finished = fs::read(&description).ok();
    let is_empty = fs::read_dir(folder).map_err(|source| failed(folder, source))?.next().is_none();
    if !is_empty && begun.is_none() && finished.is_none() {
        let what = "the folder holds other files than an export of a knowledge base: name another".to_owned();
        return Err(RowsError::Content { path: folder.to_owned(), what });
    }
    let finished = finished.and_then(|json| serde_json::from_slice::<Description>(&json).ok());
    let finished = finished.map(|description| mark_of(&description.hash, description.form));
    if ![begun, finished].iter().flatten().any(|there| *there == mark) {
        for path in parts(folder)? {
            fs::remove_file(&path).map_err(|source| failed(&path, source))?;
        }
    }
    replace(&path, mark.as_bytes())?;
    match fs::remove_file(&description) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(failed(&description, source)),
        _ => Ok(()),
    }
}

/// Writes the planning pack and the description, and removes the mark.
pub(super) fn finish(
    folder: &Path,
    rows: &dyn Rows,
    form: Option<Form>,
    mut written: Written,
) -> Result<Written, RowsError> {
    written.replace(&folder.join(PLANNING), &rows.planning_pack()?)?;
    let description = Description {
        format_version: FORMAT_VERSION,
        name: rows.name(),
        hash: rows.hash(),
        form,
        entries: rows.count(),
        rows: written.rows,
    };
    written.replace(&folder.join(GENERATION), &as_json(&description)?)?;
    let mark = folder.join(UNFINISHED);
    fs::remove_file(&mark).map_err(|source| failed(&mark, source))?;
    Ok(written)
}

/// Formats a value as JSON of several lines, each with its end.
pub(super) fn as_json(value: &impl serde::Serialize) -> Result<Vec<u8>, RowsError> {
    let mut json = serde_json::to_vec_pretty(value).map_err(|error| RowsError::Taken(error.into()))?;
    json.push(b'\n');
    Ok(json)
}

/// Returns the files of tables and documents in a folder.
fn parts(folder: &Path) -> Result<Vec<PathBuf>, RowsError> {
    let is_part = |name: &str| {
        let is_table = |table: &str| name.strip_prefix(table).is_some_and(|rest| rest.starts_with('-'));
        let extension = Path::new(name).extension().and_then(std::ffi::OsStr::to_str);
        ["postings", "names", "phrasings", "entries", "documents"].into_iter().any(is_table)
            && matches!(extension, Some("csv" | "ndjson" | "jsonl"))
            || [MAPPING, SCHEMA].contains(&name)
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

/// Writes a small file in one step.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), RowsError> {
    write_atomically(path, bytes).map_err(|source| failed(path, source))
}

pub(super) fn failed(path: &Path, source: io::Error) -> RowsError {
    RowsError::Write { path: path.to_owned(), source }
}
