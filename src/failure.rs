//! What went wrong, and what the person can do about it.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};
use faqt::render::sanitise;

/// An error with an optional hint.
#[derive(Debug)]
pub(crate) struct Failure {
    error: anyhow::Error,
    hint: Option<String>,
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure { error: error.into(), hint: None }
    }
}

impl Failure {
    /// Says what the person can do about it.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Failure {
        self.hint = Some(hint.into());
        self
    }

    /// Whether the reader of the output went away, which is no error.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        self.error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Writes the lines to the error stream.
    pub(crate) fn print(&self) -> io::Result<()> {
        let color = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
        io::stderr().write_all(self.report(color).as_bytes())
    }

    fn report(&self, color: bool) -> String {
        let style =
            |ansi: AnsiColor| if color { Style::new().bold().fg_color(Some(ansi.into())) } else { Style::new() };
        let mut report = String::new();
        let mut message = self.error.to_string();
        for cause in self.error.chain().skip(1).map(ToString::to_string) {
            if !message.contains(&cause) {
                let _ = write!(message, ": {cause}");
            }
        }
        for line in message.lines() {
            line_of(&mut report, "error", style(AnsiColor::Red), line);
        }
        if let Some(hint) = &self.hint {
            line_of(&mut report, "hint", style(AnsiColor::Cyan), hint);
        }
        report
    }
}

fn line_of(report: &mut String, label: &str, style: Style, text: &str) {
    let _ = writeln!(report, "{style}{label}:{style:#} {}", sanitise(text));
}
