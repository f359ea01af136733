//! Reads the text of a file: of bounded length, UTF-8. Reports control characters.

use std::io::{self, Read};
use std::path::Path;

use crate::pack::regular_file::NotRegular;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::problem::severity::Severity;

/// The longest file that is read, in bytes: no author writes a longer one, and a file that grows while it is read would
/// fill the memory.
pub(crate) const FILE_BYTES_MAX: u64 = 256 << 20;

/// The most lines in which the question of a file that cannot be read is looked for.
const LINES_OF_FRONT_MATTER: usize = 40;

/// Reads the file at `path`, whose text must be UTF-8.
pub(crate) fn read_text(file: io::Result<impl Read>, path: &str, problems: &mut Problems) -> Option<String> {
    let place = (path, 1);
    let bytes = match file.and_then(read_bounded) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let message = format!("larger than {} MiB", FILE_BYTES_MAX >> 20);
            problems.error(place, Check::Unreadable, message).hint("split it into several files");
            return None;
        }
        Err(error) => {
            match error.get_ref().and_then(|error| error.downcast_ref()) {
                Some(&kind) => pass_over(path, kind, Severity::Error, problems),
                None => drop(problems.error(place, Check::Unreadable, format!("cannot be read: {error}"))),
            }
            return None;
        }
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = String::from_utf8_lossy(valid).matches('\n').count() + 1;
            let place = (path, u32::try_from(line).unwrap_or(u32::MAX));
            let severity = severity_of(path, &String::from_utf8_lossy(error.as_bytes()));
            problems.push(severity, place, Check::NotUtf8, "not UTF-8".to_owned()).hint("save the file as UTF-8");
            return None;
        }
    };
    Some(text)
}

/// Returns the severity of the loss of a file: settings and an entry with a question of its own are missed.
fn severity_of(path: &str, text: &str) -> Severity {
    let front = text.lines().take(LINES_OF_FRONT_MATTER);
    let is_entry = front.map(str::trim_start).any(|line| line.starts_with("question"));
    if is_entry || Path::new(path).extension().is_some_and(|extension| extension == "toml") {
        Severity::Error
    } else {
        Severity::Warning
    }
}

/// Reads `source`; returns `None` if it is longer than [`FILE_BYTES_MAX`].
pub(crate) fn read_bounded(source: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    source.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= FILE_BYTES_MAX))
}

/// Reports a path that is no regular file.
pub(crate) fn pass_over(path: &str, kind: NotRegular, severity: Severity, problems: &mut Problems) {
    let hint = match kind {
        NotRegular::Link => "put the file itself into the folder",
        NotRegular::Other => "put a file in its place",
    };
    problems.push(severity, (path, 1), Check::NotAFile, kind.to_string()).hint(hint);
}

/// Returns the path of `file` below `folder`, with `/` between its parts on every system.
pub(crate) fn relative_path(folder: &Path, file: &Path) -> String {
    let below = file.strip_prefix(folder).unwrap_or(file);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Reports the first control character of a text other than a tab or a line end.
pub(crate) fn control_characters(severity: Severity, path: &str, text: &str, problems: &mut Problems) {
    if let Some((at, c)) = first_control(text) {
        let line = text[..at].matches('\n').count() + 1;
        let place = (path, u32::try_from(line).unwrap_or(u32::MAX));
        let message = format!("control character U+{:04X}", u32::from(c));
        problems.push(severity, place, Check::ControlCharacter, message).hint("remove it");
    }
}

/// Returns the first control character other than a tab or a line end, and its offset.
pub(crate) fn first_control(text: &str) -> Option<(usize, char)> {
    // A scan of all bytes without an early exit is vectorised; most texts hold no control character and no first byte
    // of one.
    let may_begin = |byte| matches!(byte, b'\0'..=b'\x08' | b'\x0b' | b'\x0c' | b'\x0e'..=b'\x1f' | b'\x7f' | 0xc2);
    if !text.bytes().fold(false, |found, byte| found | may_begin(byte)) {
        return None;
    }
    text.char_indices().find(|&(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}
