//! Reads the records of a log line by line: a log may be longer than memory, and may be written meanwhile.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};

use faqt::log::{LogError, LogRecord};

/// The most bytes of a line.
const LINE_BYTES_MAX: u64 = 1 << 20;

/// The number of a line and its record, or the reason that it is none.
type Line = (usize, Result<LogRecord, LogError>);

/// Returns the lines of a file of a log. Blank lines are passed over, and so is a last line that is being written.
pub(crate) fn records(file: File) -> impl Iterator<Item = io::Result<Line>> {
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut line = Vec::new();
    let mut number = 0;
    std::iter::from_fn(move || {
        loop {
            line.clear();
            number += 1;
            let is_whole = match read_line(&mut reader, &mut line) {
                Ok(is_whole) => is_whole,
                Err(error) => return Some(Err(error)),
            };
            if line.is_empty() && !is_whole {
                return None;
            }
            let text = String::from_utf8_lossy(&line);
            let record = LogRecord::parse(&text);
            if !text.trim().is_empty() && (is_whole || record.is_ok()) {
                return Some(Ok((number, record)));
            }
        }
    })
}

/// Reads a line without its end; of a line that is too long, the rest is passed over. Returns false if the file ends first.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    reader.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(true);
    }
    if (line.len() as u64) < LINE_BYTES_MAX {
        return Ok(false);
    }
    reader.skip_until(b'\n')?;
    Ok(true)
}
