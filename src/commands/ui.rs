//! `faqt ui`: search as you type on the whole terminal.

use std::io::{IsTerminal as _, stdin, stdout};

use anyhow::anyhow;

use crate::cli::arguments::Global;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::{open, ui};

pub(super) fn run(global: &Global) -> Result<Exit, Failure> {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        let failure = Failure::from(anyhow!("`faqt ui` needs a terminal for its input and its output"));
        return Err(failure.with_hint("ask without it: faqt how long does it take"));
    }
    ui::run(open::open(&global.kb, global.model())?)?;
    Ok(Exit::Success)
}
