//! `faqt similar`: lists the entries that are like one.

use super::show::entry;
use super::typed::text;
use crate::cli::arguments::{Global, Similar};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::output::Output;

pub(super) fn run(similar: &Similar, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let id = text("id", &similar.id)?;
    let kb = open::open(&global.kb, global.model())?;
    let entry = entry(&kb, id)?;
    let found = kb.similar(&entry.id, similar.limit.into())?.unwrap_or_default();
    output.similar(&entry, &found)?;
    Ok(if found.is_empty() { Exit::NotAnswered } else { Exit::Success })
}
