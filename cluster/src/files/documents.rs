//! Writes a generation into a folder as documents.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::json;
use tempfile::NamedTempFile;

use super::folder::{Written, as_json, begin, finish, replace};
use super::layout::{Counts, Description, FORMAT_VERSION, Form, MAPPING, SCHEMA};
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
    let hash = rows.hash();
    begin(folder, &hash, Some(form))?;
    let mut counts = Counts::default();
    let mut written = Written { rows: counts, files: 0, bytes: 0 };
    let (head, extension, push): (_, _, Push) = match form {
        Form::Elasticsearch => ((MAPPING, mappings()), BULK, elasticsearch::push_document),
        Form::Typesense => ((SCHEMA, typesense::schema("faqt")), "jsonl", typesense::push_document),
    };
    let mut json = as_json(&head.1)?;
    json.push(b'\n');
    replace(&folder.join(head.0), &json)?;
    written.files += 1;
    written.bytes += json.len() as u64;
    if form == Form::Elasticsearch {
        counts.names = write_names(rows, folder, &mut written)?;
    }
    let totals = write_parts(rows, folder, Lines(extension), push, &mut written, progress)?;
    (counts.postings, counts.phrasings, counts.entries) = (totals.postings, totals.phrasings, totals.entries);
    let (name, entries) = (rows.name(), rows.count());
    let description =
        Description { format_version: FORMAT_VERSION, name, hash, form: Some(form), entries, rows: counts };
    finish(folder, rows, &description, written)
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
) -> Result<documents::Totals, RowsError> {
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
    parts.end(written)?;
    Ok(totals)
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
