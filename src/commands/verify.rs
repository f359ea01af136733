//! `faqt verify`: reads every entry, term and posting list of a pack.

use std::path::Path;

use anyhow::Context as _;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::knowledge;
use crate::output::Output;

pub(super) fn run(file: &Path, output: &Output) -> Result<Exit, Failure> {
    let kb = knowledge::open(Some(file))?;
    kb.verify().with_context(|| format!("cannot open {}", file.display()))?;
    output.verified(file, &kb)?;
    Ok(Exit::Answered)
}
