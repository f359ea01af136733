//! `faqt diff`: compares two states of a knowledge base by the answers that they give.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::Path;

use anyhow::Context as _;
use faqt::KnowledgeBase;
use faqt::comparison::{LoggedQuestion, compare, read_logged};
use faqt::render::sanitise;

use crate::cli::arguments::Global;
use crate::cli::arguments::authors::Diff;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::output::Output;

/// The most faults of a file that are named one by one.
const FAULTS_MAX: usize = 10;

pub(super) fn run(arguments: &Diff, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let logged = match &arguments.questions {
        Some(file) => read(file)?,
        None => Vec::new(),
    };
    let old = open::state(&arguments.old, global.model())?;
    let new = open::state(&arguments.new, global.model())?;
    if let Some(file) = &arguments.questions {
        warn_of_unknown_ids(file, &logged, &old, &new)?;
    }
    let comparison = compare(&old, &new, &logged)?;
    output.compared([&arguments.old, &arguments.new], &comparison)?;
    Ok(if comparison.is_worse() { Exit::NotAnswered } else { Exit::Success })
}

/// Reads the questions of a file; `-` is the input stream. Lines that are none are named on the error stream.
fn read(file: &Path) -> Result<Vec<LoggedQuestion>, Failure> {
    let input: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).with_context(|| format!("cannot read {}", file.display()))?))
    };
    let (questions, faults) = read_logged(input).with_context(|| format!("cannot read {}", file.display()))?;
    warn(file, faults.iter().map(|fault| (fault.line, fault.message.clone())))?;
    Ok(questions)
}

/// Warns of expected entries that neither state has.
fn warn_of_unknown_ids(
    file: &Path,
    logged: &[LoggedQuestion],
    old: &KnowledgeBase,
    new: &KnowledgeBase,
) -> Result<(), Failure> {
    let mut unknown = Vec::new();
    for question in logged {
        for id in question.expect.iter().flatten() {
            if new.entry(id)?.is_none() && old.entry(id)?.is_none() {
                let nearest = new.nearest_ids(id, 1)?.pop();
                let near = nearest.map_or_else(String::new, |near| format!(" (nearest: `{near}`)"));
                unknown.push((question.line, format!("no entry has the id `{id}`{near}")));
            }
        }
    }
    warn(file, unknown.into_iter())?;
    Ok(())
}

fn warn(file: &Path, faults: impl ExactSizeIterator<Item = (usize, String)>) -> io::Result<()> {
    let (path, count) = (file.display().to_string(), faults.len());
    for (line, message) in faults.take(FAULTS_MAX) {
        writeln!(io::stderr(), "warning: {}:{line}: {}", sanitise(&path), sanitise(&message))?;
    }
    if count > FAULTS_MAX {
        writeln!(io::stderr(), "warning: {}: {} more lines like these", sanitise(&path), count - FAULTS_MAX)?;
    }
    Ok(())
}
