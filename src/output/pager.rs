//! Output longer than the screen, through the reader's pager.

use std::io::{self, Write as _};
use std::process::{Command, Stdio};

/// Shows `text` in `$PAGER`, or `less`; without either, writes it.
pub(super) fn page(text: &str) -> io::Result<()> {
    let chosen = std::env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
    let pager = chosen.as_deref().unwrap_or("less");
    let mut words = pager.split_whitespace();
    let Some(program) = words.next() else { return io::stdout().write_all(text.as_bytes()) };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // Colours as they are, and no screen left behind; the manual of less names these.
        command.env("LESS", "-FRX");
    }
    let Ok(mut child) = command.spawn() else { return io::stdout().write_all(text.as_bytes()) };
    if let Some(mut stdin) = child.stdin.take() {
        match stdin.write_all(text.as_bytes()) {
            // The reader has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            written => written?,
        }
    }
    child.wait().map(drop)
}
