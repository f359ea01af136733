//! `faqt completions`: what a shell runs to complete commands, options and ids.

use crate::completion;
use crate::exit::Exit;
use crate::failure::Failure;

pub(super) fn run(shell: &str) -> Result<Exit, Failure> {
    completion::write_script(shell, &mut std::io::stdout())?;
    Ok(Exit::Answered)
}
