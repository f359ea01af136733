//! A table in several files, each of which gets its name when it is whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::folder::{Written, failed};
use super::layout::part_name;
use crate::rows::RowsError;

/// The form of the files of a table.
pub(super) trait Format {
    /// A writer of rows.
    type Writer;

    /// Returns the extension of their names.
    fn extension(&self) -> &'static str;

    /// Begins a file.
    fn open(&self, file: NamedTempFile) -> io::Result<Self::Writer>;

    /// Writes what waits in memory, and returns the file.
    fn close(writer: Self::Writer) -> io::Result<NamedTempFile>;
}

/// A table on its way into files.
pub(super) struct Parts<F: Format> {
    folder: PathBuf,
    name: &'static str,
    format: F,
    rows_max: u64,
    rows: u64,
    /// The file of the current part; none if it is there already.
    out: Option<(PathBuf, F::Writer)>,
}

impl<F: Format> Parts<F> {
    pub(super) fn new(folder: &Path, name: &'static str, format: F, rows_max: u64) -> Parts<F> {
        Parts { folder: folder.to_owned(), name, format, rows_max, rows: 0, out: None }
    }

    /// Adds a row. `write` is not called where the part is there already.
    pub(super) fn push(
        &mut self,
        write: impl FnOnce(&mut F::Writer) -> Result<(), io::Error>,
    ) -> Result<(), RowsError> {
        if self.rows.is_multiple_of(self.rows_max) {
            self.finish()?;
            self.start()?;
        }
        self.rows += 1;
        match &mut self.out {
            Some((path, out)) => write(out).map_err(|error| failed(path, error)),
            None => Ok(()),
        }
    }

    fn start(&mut self) -> Result<(), RowsError> {
        let path = self.path(self.rows / self.rows_max);
        if path.exists() {
            return Ok(());
        }
        let file = new_file(&self.folder).map_err(|source| failed(&self.folder, source))?;
        let out = self.format.open(file).map_err(|source| failed(&path, source))?;
        self.out = Some((path, out));
        Ok(())
    }

    /// Gives the current part its name.
    fn finish(&mut self) -> Result<(), RowsError> {
        let Some((path, out)) = self.out.take() else { return Ok(()) };
        let file = F::close(out).map_err(|source| failed(&path, source))?;
        file.as_file().sync_all().map_err(|source| failed(&path, source))?;
        file.persist(&path).map_err(|error| failed(&path, error.error))?;
        Ok(())
    }

    /// Ends the last part. Returns the number of rows.
    pub(super) fn end(mut self, written: &mut Written) -> Result<u64, RowsError> {
        self.finish()?;
        for part in 0..self.rows.div_ceil(self.rows_max) {
            let path = self.path(part);
            written.files += 1;
            written.bytes += fs::metadata(&path).map_err(|source| failed(&path, source))?.len();
        }
        Ok(self.rows)
    }

    fn path(&self, part: u64) -> PathBuf {
        self.folder.join(part_name(self.name, part, self.format.extension()))
    }
}

/// Rows that were read, reported now and then.
pub(super) struct Reported<'a> {
    rows: u64,
    report: &'a mut dyn FnMut(u64),
}

impl<'a> Reported<'a> {
    pub(super) fn new(report: &'a mut dyn FnMut(u64)) -> Reported<'a> {
        Reported { rows: 0, report }
    }

    pub(super) fn row(&mut self) {
        self.rows += 1;
        if self.rows.is_multiple_of(100_000) {
            (self.report)(self.rows);
        }
    }
}

/// Makes a file without a name of its own, which others may read once it has one.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    #[cfg(unix)]
    return tempfile::Builder::new()
        .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666))
        .tempfile_in(folder);
    #[cfg(not(unix))]
    NamedTempFile::new_in(folder)
}
