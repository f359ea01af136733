//! `faqt show`: prints one entry.

use std::ffi::OsStr;

use anyhow::anyhow;
use faqt::Entry;

use super::typed::text;
use crate::cli::arguments::Global;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::log;
use crate::open::{self, asked::Asked};
use crate::output::Output;

/// The number of ids that a hint names.
const NEAREST: usize = 3;

pub(super) fn run(id: &OsStr, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let id = text("id", id)?;
    let kb = open::open(&global.kb, global.model())?;
    let entry = entry(&kb, id)?;
    output.entry(&entry)?;
    log::opened(global.log.as_deref(), &entry);
    Ok(Exit::Success)
}

/// Returns the entry with this id or help id, or the error that there is none, with the nearest ids.
pub(super) fn entry(kb: &Asked, id: &str) -> Result<Entry, Failure> {
    if let Some(entry) = kb.entry(id)? {
        return Ok(entry);
    }
    let shown: String = id.chars().take(80).collect();
    let nearest = kb.nearest_ids(id, NEAREST)?;
    let has_id = |near: &&String| near.strip_suffix(id).is_some_and(|name| name.ends_with(':'));
    let same = nearest.iter().filter(has_id).count();
    let failure = Failure::from(match same {
        0 | 1 => anyhow!("no entry has the id `{shown}`"),
        _ => anyhow!("more than one entry has the id `{shown}`"),
    });
    Err(match nearest.as_slice() {
        [] => failure.with_hint("`faqt list` names all ids"),
        ids => failure.with_hint(format!("nearest: {}", ids.join(", "))),
    })
}
