//! Reads a log, line by line: a log may be longer than memory, and may be written meanwhile.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, anyhow};
use faqt::KnowledgeBase;
use faqt::gaps::QuestionTally;
use faqt::log::{LogError, LogRecord};
use faqt::render::sanitise;

use crate::cli::failure::Failure;
use crate::log::file;

/// The most lines that are named because they cannot be read.
const NAMED_MAX: usize = 3;
/// The most bytes of a line.
const LINE_BYTES_MAX: u64 = 1 << 20;

/// Counts the questions of a log that this knowledge base was asked, and warns of the lines that cannot be read.
pub(super) fn tally(path: &Path, kb: &KnowledgeBase) -> Result<QuestionTally, Failure> {
    let files = file::open_all(path).context("cannot read the log")?;
    if files.is_empty() {
        let failure = Failure::from(anyhow!("there is no log at {}", path.display()));
        return Err(failure.with_hint("questions are logged with --log FILE"));
    }
    let mut log = Log { tally: QuestionTally::default(), name: kb.manifest().name.clone(), others: 0, broken: 0 };
    let mut other_name = None;
    for (path, file) in files {
        log.read(&path, file, &mut other_name).with_context(|| format!("cannot read {}", path.display()))?;
    }
    log.conclude(path, other_name)
}

struct Log {
    tally: QuestionTally,
    /// The name of the knowledge base.
    name: String,
    /// The number of records of other knowledge bases.
    others: usize,
    /// The number of lines that cannot be read.
    broken: usize,
}

impl Log {
    fn read(&mut self, path: &Path, file: File, other_name: &mut Option<String>) -> io::Result<()> {
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let is_whole = read_line(&mut reader, &mut line)?;
            if line.is_empty() && !is_whole {
                break;
            }
            // A last line without its end is being written.
            let is_being_written = !is_whole && (line.len() as u64) < LINE_BYTES_MAX;
            let text = String::from_utf8_lossy(&line);
            match LogRecord::parse(&text) {
                _ if text.trim().is_empty() => {}
                Ok(record) if record.knowledge_base == self.name || record.knowledge_base.is_empty() => {
                    self.tally.add(&record);
                }
                Ok(record) => {
                    self.others += 1;
                    other_name.get_or_insert(record.knowledge_base);
                }
                Err(_) if is_being_written => {}
                Err(error) => self.warn(path, number, &error)?,
            }
        }
        Ok(())
    }

    fn warn(&mut self, path: &Path, number: usize, error: &LogError) -> io::Result<()> {
        self.broken += 1;
        if self.broken <= NAMED_MAX {
            let message = format!("{}:{number}: {error}", path.display());
            writeln!(io::stderr(), "warning: {}", sanitise(&message))?;
        }
        Ok(())
    }

    fn conclude(self, path: &Path, other_name: Option<String>) -> Result<QuestionTally, Failure> {
        let Log { tally, name, others, broken } = self;
        if broken > NAMED_MAX {
            writeln!(io::stderr(), "warning: {broken} lines cannot be read")?;
        }
        if tally.left_out() > 0 {
            writeln!(
                io::stderr(),
                "warning: {} questions are only counted: a million others were read",
                tally.left_out()
            )?;
        }
        let other_name = other_name.unwrap_or_default();
        if tally.asked() == 0 {
            let failure = Failure::from(anyhow!("{}: no question to `{name}` is in the log", path.display()));
            return Err(match others {
                0 => failure.with_hint("questions are logged with --log FILE"),
                _ => failure.with_hint(format!("name the knowledge base that was asked by --kb: `{other_name}`")),
            });
        }
        if others > 0 {
            let message = format!("{others} records of other knowledge bases are left out, such as of `{other_name}`");
            writeln!(io::stderr(), "warning: {}", sanitise(&message))?;
        }
        Ok(tally)
    }
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
