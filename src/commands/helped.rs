//! `faqt helped`: records whether the last answer helped.

use std::ffi::OsStr;

use anyhow::{Context as _, anyhow};
use faqt::log::{LogEvent, LogRecord};

use super::typed::text;
use crate::cli::arguments::Global;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::values::YesNo;
use crate::log::{self, file};
use crate::open;
use crate::output::Output;

pub(super) fn run(answer: YesNo, id: Option<&OsStr>, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let place = log::required(global.log.as_deref())?;
    let is_answer = |record: &LogRecord| matches!(record.event, LogEvent::Asked | LogEvent::Opened);
    let last = file::last(&place, is_answer).with_context(|| format!("cannot read {}", place.display()))?;
    let Some(last) = last else {
        let failure = Failure::from(anyhow!("no question is in the log {}", place.display()));
        return Err(failure.with_hint("ask something first: faqt how long does it take"));
    };
    let entry = match id {
        Some(id) => named(text("id", id)?, &last, global)?,
        None => last.entries.first().cloned().ok_or_else(|| {
            Failure::from(anyhow!("the last question found no entry"))
                .with_hint(format!("name the entry that answers it: faqt helped {} ID", typed(answer)))
        })?,
    };
    let record = log::stamped(last.helped(&entry, answer == YesNo::Yes));
    let written = file::append(&place, &record.to_line(), file::LIMITS);
    written.with_context(|| format!("cannot write {}", place.display()))?;
    output.feedback(&record)?;
    Ok(Exit::Success)
}

/// Returns the id of the entry that is meant, one of the last answer or any other of the knowledge base.
fn named(id: &str, last: &LogRecord, global: &Global) -> Result<String, Failure> {
    if last.entries.iter().any(|entry| entry == id) {
        return Ok(id.to_owned());
    }
    let entry = open::open(&global.kb, global.model())?.entry(id)?;
    let unknown = || Failure::from(anyhow!("no entry has the id `{id}`")).with_hint("`faqt list` names all ids");
    entry.map(|entry| entry.id).ok_or_else(unknown)
}

fn typed(answer: YesNo) -> &'static str {
    match answer {
        YesNo::Yes => "yes",
        YesNo::No => "no",
    }
}
