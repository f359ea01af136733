//! Rows on their way from the order of their tables to that of positions.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::rows::RowsError;

/// Files at most; a process may have 256 open by default on macOS.
const FILES_MAX: u32 = 128;
/// Positions of a file at least.
const POSITIONS_MIN: u32 = 4096;

/// Files that are filled: each has the rows of a range of positions. A row is its position, the number of its bytes, its kind, and
/// the bytes.
pub(super) struct Spill {
    folder: PathBuf,
    positions: u32,
    files: Vec<Option<BufWriter<File>>>,
}

/// Files that are read, in ascending order of positions.
pub(super) struct Spilled {
    folder: PathBuf,
    positions: u32,
    files: Vec<Option<BufWriter<File>>>,
    /// The number of the file in memory, its bytes, and its rows: position, kind, place of the bytes.
    loaded: Option<usize>,
    bytes: Vec<u8>,
    rows: Vec<(u32, u8, Range<usize>)>,
}

impl Spill {
    pub(super) fn new(folder: &Path, entries: u32) -> Spill {
        let positions = entries.div_ceil(FILES_MAX).max(POSITIONS_MIN);
        Spill { folder: folder.to_owned(), positions, files: Vec::new() }
    }

    pub(super) fn push(&mut self, position: u32, kind: u8, bytes: &[u8]) -> Result<(), RowsError> {
        let file = (position / self.positions) as usize;
        if file >= FILES_MAX as usize {
            let what = format!("a row has the position {position}, which no entry has");
            return Err(RowsError::Content { path: self.folder.clone(), what });
        }
        if self.files.len() <= file {
            self.files.resize_with(file + 1, || None);
        }
        self.write(file, position, kind, bytes).map_err(|source| failed(&self.folder, source))
    }

    fn write(&mut self, file: usize, position: u32, kind: u8, bytes: &[u8]) -> io::Result<()> {
        let out = match &mut self.files[file] {
            Some(out) => out,
            none => none.insert(BufWriter::with_capacity(1 << 16, tempfile::tempfile_in(&self.folder)?)),
        };
        let length = u32::try_from(bytes.len()).map_err(|_| io::Error::other("a name of 4 GiB"))?;
        out.write_all(&position.to_le_bytes())?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&[kind])?;
        out.write_all(bytes)
    }

    pub(super) fn finish(self) -> Result<Spilled, RowsError> {
        let Spill { folder, positions, mut files } = self;
        for out in files.iter_mut().flatten() {
            out.flush().map_err(|source| failed(&folder, source))?;
        }
        Ok(Spilled { folder, positions, files, loaded: None, bytes: Vec::new(), rows: Vec::new() })
    }
}

impl Spilled {
    /// Calls `take` with the kind and the bytes of each row of a position, in the order in which they were pushed.
    pub(super) fn of(&mut self, position: u32, take: &mut dyn FnMut(u8, &[u8])) -> Result<(), RowsError> {
        let file = (position / self.positions) as usize;
        if self.loaded != Some(file) {
            self.load(file).map_err(|source| failed(&self.folder, source))?;
        }
        let first = self.rows.partition_point(|row| row.0 < position);
        for (_, kind, place) in self.rows[first..].iter().take_while(|row| row.0 == position) {
            take(*kind, &self.bytes[place.clone()]);
        }
        Ok(())
    }

    fn load(&mut self, file: usize) -> io::Result<()> {
        self.bytes.clear();
        self.rows.clear();
        self.loaded = Some(file);
        let Some(out) = self.files.get_mut(file).and_then(Option::take) else { return Ok(()) };
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        file.read_to_end(&mut self.bytes)?;
        let mut at = 0;
        while let Some((position, kind, place)) = self.row(at) {
            at = place.end;
            self.rows.push((position, kind, place));
        }
        if at != self.bytes.len() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "a temporary file is cut off"));
        }
        self.rows.sort_by_key(|row| row.0);
        Ok(())
    }

    /// Returns the row that begins at a byte.
    fn row(&self, at: usize) -> Option<(u32, u8, Range<usize>)> {
        let (head, rest) = self.bytes.get(at..)?.split_first_chunk::<9>()?;
        let [p0, p1, p2, p3, l0, l1, l2, l3, kind] = *head;
        let length = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
        let place = at + head.len()..at + head.len() + length;
        (rest.len() >= length).then_some((u32::from_le_bytes([p0, p1, p2, p3]), kind, place))
    }
}

fn failed(folder: &Path, source: io::Error) -> RowsError {
    RowsError::Write { path: folder.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_by_position_in_the_order_of_their_tables() {
        let folder = tempfile::tempdir().unwrap();
        let mut spill = Spill::new(folder.path(), 10_000);
        for (position, kind, text) in [(9_999, 0, "z"), (1, 0, "b"), (0, 0, "a"), (1, 1, ""), (1, 1, "c")] {
            spill.push(position, kind, text.as_bytes()).unwrap();
        }
        assert!(spill.push(u32::MAX, 0, b"").unwrap_err().to_string().contains("which no entry has"));
        let mut spilled = spill.finish().unwrap();
        let mut of = |position| {
            let mut rows = Vec::new();
            spilled.of(position, &mut |kind, bytes| rows.push((kind, bytes.to_vec()))).unwrap();
            rows
        };
        assert_eq!(of(0), [(0, b"a".to_vec())]);
        assert_eq!(of(1), [(0, b"b".to_vec()), (1, Vec::new()), (1, b"c".to_vec())]);
        assert_eq!(of(5_000), []);
        assert_eq!(of(9_999), [(0, b"z".to_vec())]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the files have no names");
    }
}
