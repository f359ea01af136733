//! Counts the questions of a log that a knowledge base was asked.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use faqt::KnowledgeBase;
use faqt::gaps::QuestionTally;

use crate::cli::failure::Failure;
use crate::log::records::records;
use crate::log::{file, warn};

/// The most lines that are named because they cannot be read.
const NAMED_MAX: usize = 3;

/// Counts the questions of a log that this knowledge base was asked, and warns of the lines that cannot be read.
pub(super) fn tally(path: &Path, kb: &KnowledgeBase) -> Result<QuestionTally, Failure> {
    let files = file::open_all(path).context("cannot read the log")?;
    if files.is_empty() {
        let failure = Failure::from(anyhow!("there is no log at {}", path.display()));
        return Err(failure.with_hint("questions are logged with --log FILE"));
    }
    let name = &kb.manifest().name;
    let mut log = Log::default();
    for (path, file) in files {
        for line in records(file) {
            match line.with_context(|| format!("cannot read {}", path.display()))? {
                (_, Ok(record)) if record.knowledge_base == *name || record.knowledge_base.is_empty() => {
                    log.tally.add(&record);
                }
                (_, Ok(record)) => log.pass_over(record.knowledge_base),
                (number, Err(error)) => log.warn_of(&format!("{}:{number}: {error}", path.display())),
            }
        }
    }
    log.conclude(path, name)
}

#[derive(Default)]
struct Log {
    tally: QuestionTally,
    /// The number of records of other knowledge bases, and the name of the first of these.
    others: usize,
    other_name: String,
    /// The number of lines that cannot be read.
    broken: usize,
}

impl Log {
    fn pass_over(&mut self, name: String) {
        if self.others == 0 {
            self.other_name = name;
        }
        self.others += 1;
    }

    fn warn_of(&mut self, broken_line: &str) {
        self.broken += 1;
        if self.broken <= NAMED_MAX {
            warn(broken_line);
        }
    }

    fn conclude(self, path: &Path, name: &str) -> Result<QuestionTally, Failure> {
        let Log { tally, others, other_name, broken } = self;
        if broken > NAMED_MAX {
            warn(&format!("{broken} lines cannot be read"));
        }
        if tally.left_out() > 0 {
            warn(&format!("{} questions are only counted: a million others were read", tally.left_out()));
        }
        if tally.asked() == 0 {
            let failure = Failure::from(anyhow!("{}: no question to `{name}` is in the log", path.display()));
            return Err(match others {
                0 => failure.with_hint("questions are logged with --log FILE"),
                _ => failure.with_hint(format!("name the knowledge base that was asked by --kb: `{other_name}`")),
            });
        }
        if others > 0 {
            warn(&format!("{others} records of other knowledge bases are left out, such as of `{other_name}`"));
        }
        Ok(tally)
    }
}
