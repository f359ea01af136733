//! `faqt verify`: reads every entry, term and posting list of a pack.

use std::path::Path;

use anyhow::Context as _;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::output::Output;

pub(super) fn run(file: &Path, output: &Output) -> Result<Exit, Failure> {
    let kb = open::open_one(Some(file))?;
    kb.verify().with_context(|| format!("cannot open {}", file.display()))?;
    output.verified(file, &kb)?;
    Ok(Exit::Success)
}
