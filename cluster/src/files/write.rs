//! Writes the rows of a generation into a folder.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

use super::folder::{Written, begin, finish};
use super::layout::{PART_ROWS, as_hex};
use super::parts::{Format, Parts, Reported};
use crate::rows::{Rows, RowsError};

/// Writes `rows` into `folder`, calling `progress` with the number of rows now and then.
///
/// A run that was interrupted is continued: files that are there are kept, since each gets its name when it is whole. Files of
/// another generation are replaced.
///
/// # Errors
///
/// If the rows cannot be read, or a file cannot be written.
pub fn write(rows: &dyn Rows, folder: &Path, progress: &mut dyn FnMut(u64)) -> Result<Written, RowsError> {
    begin(folder, rows, None)?;
    let mut done = Reported::new(progress);
    let mut written = Written::default();
    let table = |name, head| Parts::new(folder, name, Csv { head }, PART_ROWS);
    let mut postings = table("postings", &["term", "position", "count", "length"]);
    rows.postings(&mut |row| {
        done.row();
        postings
            .push(|out| record(out, [row.term, row.position, row.count, row.length].map(|number| number.to_string())))
    })?;
    written.rows.postings = postings.end(&mut written)?;
    let mut names = table("names", &["name", "position"]);
    rows.names(&mut |row| {
        done.row();
        names.push(|out| record(out, [row.name, row.position.to_string()]))
    })?;
    written.rows.names = names.end(&mut written)?;
    let mut phrasings = table("phrasings", &["hash", "position"]);
    rows.phrasings(&mut |row| {
        done.row();
        phrasings.push(|out| record(out, [row.hash, row.position].map(|number| number.to_string())))
    })?;
    written.rows.phrasings = phrasings.end(&mut written)?;
    let mut entries = table("entries", &["position", "length", "id", "phrasings", "vectors", "sentences", "json"]);
    rows.entries(&mut |entry| {
        done.row();
        let row = &entry.row;
        let [position, length] = [row.position, row.length].map(|number| number.to_string());
        let [phrasings, vectors, sentences] = [&row.phrasings, &row.vectors, &row.sentences].map(|bytes| as_hex(bytes));
        entries.push(|out| record(out, [position, length, entry.id, phrasings, vectors, sentences, entry.json]))
    })?;
    written.rows.entries = entries.end(&mut written)?;
    finish(folder, rows, None, written)
}

/// CSV with a head line.
struct Csv {
    head: &'static [&'static str],
}

impl Format for Csv {
    type Writer = csv::Writer<NamedTempFile>;

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn open(&self, file: NamedTempFile) -> io::Result<Self::Writer> {
        let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(file);
        out.write_record(self.head)?;
        Ok(out)
    }

    fn close(writer: Self::Writer) -> io::Result<NamedTempFile> {
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

fn record(out: &mut csv::Writer<NamedTempFile>, fields: impl IntoIterator<Item = String>) -> io::Result<()> {
    Ok(out.write_record(fields)?)
}
