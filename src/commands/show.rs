//! `faqt show`: prints one entry.

use std::ffi::OsStr;

use anyhow::anyhow;

use super::typed::text;
use crate::cli::arguments::Global;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::output::Output;

/// The number of ids that a hint names.
const NEAREST: usize = 3;

pub(super) fn run(id: &OsStr, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let id = text("id", id)?;
    let kb = open::open(global.kb.as_deref())?;
    let found = kb.entry(id)?;
    let found = if found.is_none() { kb.help(id)? } else { found };
    if let Some(entry) = found {
        output.entry(&entry)?;
        return Ok(Exit::Success);
    }
    let shown: String = id.chars().take(80).collect();
    let failure = Failure::from(anyhow!("no entry has the id `{shown}`"));
    let nearest = kb.nearest_ids(id, NEAREST)?;
    Err(match nearest.as_slice() {
        [] => failure.with_hint("`faqt list` names all ids"),
        ids => failure.with_hint(format!("nearest: {}", ids.join(", "))),
    })
}
