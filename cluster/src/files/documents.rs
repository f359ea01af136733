//! Writes a generation into a folder as documents.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::json;
use tempfile::NamedTempFile;

use super::folder::{Written, as_json, begin, finish};
use super::layout::{Form, MAPPING, SCHEMA};
use super::parts::{Format, Parts, Reported};
use crate::documents::{self, Document, elasticsearch, typesense};
use crate::rows::{Rows, RowsError};

/// The entries of a file, at most: less than the 100 MB that Elasticsearch takes at once, with 20 kB an entry.
pub const PART_DOCUMENTS: u64 = 5_000;
/// The names of a file, at most.
const PART_NAMES: u64 = 100_000;
/// The extension of files for `_bulk`.
const BULK: &str = "ndjson";

/// Writes `rows` into `folder` as documents, calling `progress` with the number of rows that were read now and then.
///
/// Rows that wait for the document of their entry stand in temporary files of the folder. A run that was interrupted is continued
/// as by [`write`](super::write()).
///
/// # Errors
///
/// If the rows cannot be read, or a file cannot be written.
pub fn write_documents(
    rows: &dyn Rows,
    folder: &Path,
    form: Form,
    progress: &mut dyn FnMut(u64),
) -> Result<Written, RowsError> {
    begin(folder, rows, Some(form))?;
    let mut written = Written::default();
    match form {
        Form::Elasticsearch => {
            written.replace(&folder.join(MAPPING), &as_json(&mappings())?)?;
            written.rows.names = write_names(rows, folder, &mut written)?;
            write_parts(rows, folder, Lines(BULK), elasticsearch::push_document, &mut written, progress)?;
        }
        Form::Typesense => {
            written.replace(&folder.join(SCHEMA), &as_json(&typesense::schema("faqt"))?)?;
            write_parts(rows, folder, Lines("jsonl"), typesense::push_document, &mut written, progress)?;
        }
    }
    finish(folder, rows, Some(form), written)
}

/// A function that appends the lines of a document.
type Push = fn(&mut Vec<u8>, &Document<'_>) -> Result<(), serde_json::Error>;

/// Returns the mapping of each index.
fn mappings() -> serde_json::Value {
    json!({
        "documents": {"mappings": elasticsearch::documents_mapping()},
        "names": {"mappings": elasticsearch::names_mapping()},
    })
}

fn write_parts(
    rows: &dyn Rows,
    folder: &Path,
    format: Lines,
    push: Push,
    written: &mut Written,
    progress: &mut dyn FnMut(u64),
) -> Result<(), RowsError> {
    let mut read = Reported::new(progress);
    let mut parts = Parts::new(folder, "documents", format, PART_DOCUMENTS);
    let mut lines = Vec::new();
    let totals = documents::each(rows, folder, &mut || read.row(), &mut |document| {
        parts.push(|out| {
            lines.clear();
            push(&mut lines, document)?;
            out.write_all(&lines)
        })
    })?;
    written.rows.entries = parts.end(written)?;
    (written.rows.postings, written.rows.phrasings) = (totals.postings, totals.phrasings);
    Ok(())
}

/// Writes each name once. Returns their number.
fn write_names(rows: &dyn Rows, folder: &Path, written: &mut Written) -> Result<u64, RowsError> {
    let mut parts = Parts::new(folder, "names", Lines(BULK), PART_NAMES);
    let mut lines = Vec::new();
    documents::each_name(rows, &mut |number, name| {
        parts.push(|out| {
            lines.clear();
            elasticsearch::push_name(&mut lines, number, name)?;
            out.write_all(&lines)
        })
    })?;
    parts.end(written)
}

/// Lines of JSON, in files with this extension.
struct Lines(&'static str);

impl Format for Lines {
    type Writer = BufWriter<NamedTempFile>;

    fn extension(&self) -> &'static str {
        self.0
    }

    fn open(&self, file: NamedTempFile) -> io::Result<Self::Writer> {
        Ok(BufWriter::new(file))
    }

    fn close(writer: Self::Writer) -> io::Result<NamedTempFile> {
        writer.into_inner().map_err(io::IntoInnerError::into_error)
    }
}
