//! `faqt verify`: reads every entry, term and posting list of a pack.

use std::path::Path;

use anyhow::{Context as _, anyhow};

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::output::Output;

pub(super) fn run(file: &Path, output: &Output) -> Result<Exit, Failure> {
    if open::databases::url(file).is_some() {
        let failure = Failure::from(anyhow!("a database is no pack"));
        return Err(failure.with_hint("`faqt load` counts the rows that it loads; verify the pack that they come from"));
    }
    let kb = open::open_one(Some(file))?;
    kb.verify().with_context(|| format!("cannot open {}", file.display()))?;
    output.verified(file, &kb)?;
    Ok(Exit::Success)
}
