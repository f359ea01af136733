//! `faqt completions`: the script by which a shell completes commands, options and ids.

use std::io::Write as _;

use crate::cli::completion::shell::Shell;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;

pub(super) fn run(shell: &str) -> Result<Exit, Failure> {
    let shell = Shell::named(shell.as_ref()).expect("the arguments admit known shells only");
    std::io::stdout().write_all(shell.script().as_bytes())?;
    Ok(Exit::Success)
}
