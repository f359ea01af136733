//! Errors as the `error:` and `hint:` lines of the error stream.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};
use clap::error::ErrorKind;
use faqt::build::{BuildError, Severity};
use faqt::render::sanitise;
use faqt::{PackError, SearchError};

use super::database_urls::without_passwords;

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
    /// Adds a hint: the remedy.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Failure {
        self.hint = Some(hint.into());
        self
    }

    /// Adds another hint behind the first, if there is one.
    pub(crate) fn and_hint(mut self, other: Option<String>) -> Failure {
        self.hint = match (self.hint, other) {
            (Some(hint), Some(other)) => Some(format!("{hint}; {other}")),
            (hint, other) => hint.or(other),
        };
        self
    }

    /// Returns the error with its causes, without the hint.
    pub(crate) fn message(&self) -> String {
        self.messages().join("; ")
    }

    /// Returns true if the reader of the output has closed the pipe, which is no error.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        self.error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Returns true if a pack could not be read.
    pub(crate) fn is_of_pack(&self) -> bool {
        self.error.chain().any(|cause| cause.is::<SearchError>() || cause.is::<PackError>())
    }

    /// Writes the lines to the error stream.
    pub(crate) fn print(&self) -> io::Result<()> {
        io::stderr().write_all(self.report(is_colored()).as_bytes())
    }

    fn report(&self, color: bool) -> String {
        let mut report = String::new();
        for message in self.messages() {
            line_of(&mut report, &label("error:", AnsiColor::Red, color), &message);
        }
        if let Some(hint) = &self.hint {
            line_of(&mut report, &label("hint:", AnsiColor::Cyan, color), hint);
        }
        report
    }

    /// Returns the `error:` lines: the error with its causes, or each error of a folder.
    fn messages(&self) -> Vec<String> {
        if let Some(BuildError::Content(problems)) = self.error.downcast_ref() {
            let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
            return errors.map(ToString::to_string).collect();
        }
        let mut message = self.error.to_string();
        for cause in self.error.chain().skip(1).map(ToString::to_string) {
            if !message.contains(&cause) {
                let _ = write!(message, ": {cause}");
            }
        }
        vec![message]
    }
}

/// Prints a message of clap and ends the program. Help is printed verbatim; errors quote arguments and are sanitised.
pub(crate) fn end_with(said: &clap::Error) -> ! {
    const LABEL: &str = "error:";
    if !said.use_stderr() || said.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let code = if said.use_stderr() { 2 } else { 0 };
        match said.print() {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => drop(Failure::from(error).print()),
            _ => std::process::exit(code),
        }
        std::process::exit(2);
    }
    let said = said.render().to_string();
    let mut lines = said.strip_prefix(LABEL).unwrap_or(&said).trim_start().lines();
    let mut report = String::new();
    line_of(&mut report, &label(LABEL, AnsiColor::Red, is_colored()), lines.next().unwrap_or_default());
    for line in lines {
        let _ = writeln!(report, "{}", sanitise(line));
    }
    // An error of the error stream cannot be reported.
    let _ = io::stderr().write_all(report.as_bytes());
    std::process::exit(2);
}

fn is_colored() -> bool {
    anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
}

fn label(text: &str, color: AnsiColor, is_colored: bool) -> String {
    let style = if is_colored { Style::new().bold().fg_color(Some(color.into())) } else { Style::new() };
    format!("{style}{text}{style:#}")
}

/// Adds exactly one line: line breaks in `text` are sanitised.
fn line_of(report: &mut String, label: &str, text: &str) {
    let _ = writeln!(report, "{label} {}", sanitise(&without_passwords(text)));
}
