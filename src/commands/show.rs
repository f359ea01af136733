//! `faqt show`: prints one entry.

use std::ffi::OsStr;

use anyhow::anyhow;

use super::typed::text;
use crate::arguments::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::knowledge;
use crate::output::Output;

/// The number of ids that a hint names.
const NEAREST: usize = 3;

pub(super) fn run(id: &OsStr, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let id = text("id", id)?;
    let kb = knowledge::open(global.kb.as_deref())?;
    let found = kb.entry(id)?;
    let found = if found.is_none() { kb.help(id)? } else { found };
    if let Some(entry) = found {
        output.entry(&entry)?;
        return Ok(Exit::Answered);
    }
    let shown: String = id.chars().take(80).collect();
    let failure = Failure::from(anyhow!("no entry has the id `{shown}`"));
    let nearest = kb.nearest_ids(id, NEAREST)?;
    Err(match nearest.as_slice() {
        [] => failure.with_hint("`faqt list` names all ids"),
        ids => failure.with_hint(format!("nearest: {}", ids.join(", "))),
    })
}
