//! Reads a generation from a folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use csv::StringRecord;
use faqt::database::{EntryRow, NameRow, PhrasingRow, Posting, Row};

use super::layout::{Description, FORMAT_VERSION, GENERATION, PART_ROWS, PLANNING, of_hex, part_name};
use crate::rows::{Rows, RowsError, Take};

/// A generation in a folder that [`write`](super::write) has filled.
pub struct Exported {
    folder: PathBuf,
    description: Description,
}

impl Exported {
    /// Opens the folder.
    ///
    /// # Errors
    ///
    /// If it holds no generation, an unfinished one, or one of another version.
    pub fn open(folder: &Path) -> Result<Exported, RowsError> {
        let path = folder.join(GENERATION);
        let json = fs::read(&path).map_err(|source| RowsError::Read { path: path.clone(), source })?;
        let description: Description = serde_json::from_slice(&json)
            .map_err(|error| RowsError::Content { path: path.clone(), what: error.to_string() })?;
        if description.format_version != FORMAT_VERSION {
            let what = format!("format version {}; this program reads {FORMAT_VERSION}", description.format_version);
            return Err(RowsError::Content { path, what });
        }
        if let Some(form) = description.form {
            let what = format!(
                "the folder holds documents for {}, of which no rows are read: take the pack, or `faqt export --to sql`",
                form.name()
            );
            return Err(RowsError::Content { path, what });
        }
        Ok(Exported { folder: folder.to_owned(), description })
    }

    /// Calls `take` with each row of a table, of which there must be `count`.
    fn each(
        &self,
        table: &str,
        count: u64,
        take: &mut dyn FnMut(&Record<'_>) -> Result<(), RowsError>,
    ) -> Result<(), RowsError> {
        let mut found = 0;
        for part in 0..count.div_ceil(PART_ROWS) {
            let path = self.folder.join(part_name(table, part, "csv"));
            let file = File::open(&path).map_err(|source| RowsError::Read { path: path.clone(), source })?;
            let mut reader = csv::Reader::from_reader(file);
            let mut record = StringRecord::new();
            let unreadable = |error: csv::Error| RowsError::Content { path: path.clone(), what: error.to_string() };
            while reader.read_record(&mut record).map_err(unreadable)? {
                found += 1;
                take(&Record { path: &path, record: &record })?;
            }
        }
        if found == count {
            return Ok(());
        }
        let what = format!("{found} rows of {table}; there should be {count}: export again");
        Err(RowsError::Content { path: self.folder.join(GENERATION), what })
    }
}

/// A row of a file.
struct Record<'a> {
    path: &'a Path,
    record: &'a StringRecord,
}

impl Record<'_> {
    fn text(&self, at: usize) -> Result<&str, RowsError> {
        self.record.get(at).ok_or_else(|| self.fault(at))
    }

    fn number<N: FromStr>(&self, at: usize) -> Result<N, RowsError> {
        self.text(at)?.parse().map_err(|_| self.fault(at))
    }

    fn bytes(&self, at: usize) -> Result<Vec<u8>, RowsError> {
        of_hex(self.text(at)?).ok_or_else(|| self.fault(at))
    }

    fn fault(&self, at: usize) -> RowsError {
        let line = self.record.position().map_or(0, csv::Position::line);
        RowsError::Content { path: self.path.to_owned(), what: format!("line {line}: field {} cannot be read", at + 1) }
    }
}

impl Rows for Exported {
    fn name(&self) -> String {
        self.description.name.clone()
    }

    fn hash(&self) -> String {
        self.description.hash.clone()
    }

    fn count(&self) -> u32 {
        self.description.entries
    }

    fn planning_pack(&self) -> Result<Vec<u8>, RowsError> {
        let path = self.folder.join(PLANNING);
        fs::read(&path).map_err(|source| RowsError::Read { path, source })
    }

    fn postings(&self, take: Take<'_, Posting>) -> Result<(), RowsError> {
        self.each("postings", self.description.rows.postings, &mut |row| {
            let posting = Posting {
                term: row.number(0)?,
                position: row.number(1)?,
                count: row.number(2)?,
                length: row.number(3)?,
            };
            take(posting)
        })
    }

    fn names(&self, take: Take<'_, NameRow>) -> Result<(), RowsError> {
        self.each("names", self.description.rows.names, &mut |row| {
            take(NameRow { name: row.text(0)?.to_owned(), position: row.number(1)? })
        })
    }

    fn phrasings(&self, take: Take<'_, PhrasingRow>) -> Result<(), RowsError> {
        self.each("phrasings", self.description.rows.phrasings, &mut |row| {
            take(PhrasingRow { hash: row.number(0)?, position: row.number(1)? })
        })
    }

    fn entries(&self, take: Take<'_, EntryRow>) -> Result<(), RowsError> {
        self.each("entries", self.description.rows.entries, &mut |row| {
            let ranked = Row {
                position: row.number(0)?,
                length: row.number(1)?,
                phrasings: row.bytes(3)?,
                vectors: row.bytes(4)?,
                sentences: row.bytes(5)?,
            };
            take(EntryRow { row: ranked, id: row.text(2)?.to_owned(), json: row.text(6)?.to_owned() })
        })
    }
}
