//! `faqt man`: the manual page.

use clap::CommandFactory as _;

use crate::cli::arguments::Arguments;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;

pub(super) fn run() -> Result<Exit, Failure> {
    // Without its date, which would be that of the build.
    clap_mangen::Man::new(Arguments::command()).date("").render(&mut std::io::stdout())?;
    Ok(Exit::Success)
}
