//! A generation as one document for each entry, for engines that search documents.
//!
//! The tables of a generation are in the order of their own keys, and a document has what all of them say about one entry. So
//! rows go through temporary files, one for each range of positions ([`spill`]), of which one is in memory at a time.

pub(crate) mod elasticsearch;
mod key;
mod spill;
pub(crate) mod typesense;
mod weight;

use std::path::Path;

use faqt::database::EntryRow;

#[cfg(feature = "elasticsearch")]
pub(crate) use key::whole_of;
pub(crate) use key::{key_of, term_name};
use spill::Spill;
#[cfg(feature = "elasticsearch")]
pub(crate) use weight::ROUNDING;
pub(crate) use weight::Scale;

use crate::rows::{Rows, RowsError};

/// All of a generation that belongs to one entry.
pub(crate) struct Document<'a> {
    pub(crate) entry: &'a EntryRow,
    /// The number of each term and its count, in ascending order.
    pub(crate) terms: Vec<(u32, u32)>,
    /// The names, in the order of their bytes.
    pub(crate) names: Vec<String>,
    /// The hashes of the phrasings.
    pub(crate) hashes: Vec<u32>,
    pub(crate) scale: Scale,
}

/// The number of rows that documents were made of, beside those of names and entries.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) postings: u64,
    pub(crate) phrasings: u64,
}

/// The table of a row that waits in a file.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Kind {
    Posting,
    Name,
    Phrasing,
}

/// Calls `take` with the document of each entry, in the order of positions. Temporary files stand in `folder`; they hold all rows
/// but those of entries, and have no names where the system allows that. `read` is called for each row that was read.
pub(crate) fn each(
    rows: &dyn Rows,
    folder: &Path,
    read: &mut dyn FnMut(),
    take: &mut dyn FnMut(&Document<'_>) -> Result<(), RowsError>,
) -> Result<Totals, RowsError> {
    let mut totals = Totals::default();
    let mut tokens = 0;
    let mut spill = Spill::new(folder, rows.count());
    rows.postings(&mut |row| {
        read();
        totals.postings += 1;
        tokens += u64::from(row.count);
        let [term, count] = [row.term, row.count].map(u32::to_le_bytes);
        spill.push(row.position, Kind::Posting as u8, &[term, count].concat())
    })?;
    rows.names(&mut |row| {
        read();
        spill.push(row.position, Kind::Name as u8, row.name.as_bytes())
    })?;
    rows.phrasings(&mut |row| {
        read();
        totals.phrasings += 1;
        spill.push(row.position, Kind::Phrasing as u8, &row.hash.to_le_bytes())
    })?;
    let scale = Scale::new(tokens, rows.count());
    let mut spilled = spill.finish()?;
    rows.entries(&mut |entry| {
        read();
        let mut document = Document { entry: &entry, terms: Vec::new(), names: Vec::new(), hashes: Vec::new(), scale };
        spilled.of(entry.row.position, &mut |kind, bytes| document.add(kind, bytes))?;
        take(&document)
    })?;
    Ok(totals)
}

/// Calls `take` with the number and the text of each name, once where several entries have it, in the order of their bytes.
pub(crate) fn each_name(
    rows: &dyn Rows,
    take: &mut dyn FnMut(u64, &str) -> Result<(), RowsError>,
) -> Result<(), RowsError> {
    let mut last: Option<(u64, String)> = None;
    rows.names(&mut |row| {
        let number = match &last {
            Some((_, name)) if *name == row.name => return Ok(()),
            Some((number, _)) => number + 1,
            None => 0,
        };
        take(number, &row.name)?;
        last = Some((number, row.name));
        Ok(())
    })
}

impl Document<'_> {
    /// Returns the weight of each term: its part of a score, without the weight that a question gives it.
    pub(crate) fn weights(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        let length = self.entry.row.length;
        self.terms.iter().map(move |&(term, count)| (term, self.scale.weight(count, length)))
    }

    /// Adds a row that waited. Rows come in the order of their tables, so lists are sorted.
    fn add(&mut self, kind: u8, bytes: &[u8]) {
        let number = |at: usize| {
            let bytes = bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
            u32::from_le_bytes(bytes.unwrap_or_default())
        };
        match kind {
            kind if kind == Kind::Posting as u8 => self.terms.push((number(0), number(4))),
            kind if kind == Kind::Name as u8 => self.names.push(String::from_utf8_lossy(bytes).into_owned()),
            _ => self.hashes.push(number(0)),
        }
    }
}
