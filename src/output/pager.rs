//! Paging of output that is longer than the screen.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::{Child, Command, Stdio};

/// The pager if `$PAGER` is unset.
const DEFAULT: &str = "less";

/// Shows `text` in `$PAGER` or `less`; writes it to the output stream if the pager is missing or fails.
pub(super) fn page(text: &str) -> io::Result<()> {
    if pager().spawn().and_then(|child| show(child, text)).unwrap_or(false) {
        return Ok(());
    }
    io::stdout().write_all(text.as_bytes())
}

/// Returns the pager command. On Unix `$PAGER` is a line for the shell, as POSIX specifies.
fn pager() -> Command {
    let (program, arguments) = match non_empty("PAGER") {
        Some(line) if cfg!(unix) => ("/bin/sh".into(), vec!["-c".into(), line]),
        Some(program) => (program, Vec::new()),
        None => (DEFAULT.into(), Vec::new()),
    };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped());
    if non_empty("LESS").is_none() {
        // F quits if the text fits, R passes colours, X leaves the screen alone.
        command.env("LESS", "-FRX");
    }
    command
}

/// Feeds `text` to a pager; returns true if the pager succeeded.
fn show(mut child: Child, text: &str) -> io::Result<bool> {
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()));
    let ended = child.wait()?;
    // A reader may quit the pager before it has read all, which closes the pipe.
    let is_read = written.map_or_else(|error| error.kind() == io::ErrorKind::BrokenPipe, |()| true);
    Ok(ended.success() && is_read)
}

/// Returns the value of an environment variable; an empty one counts as unset.
fn non_empty(variable: &str) -> Option<OsString> {
    std::env::var_os(variable).filter(|value| !value.to_string_lossy().trim().is_empty())
}
