//! `faqt list`: the table of contents, the sections, or the keywords.

use crate::cli::arguments::{Global, List};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::output::Output;

pub(super) fn run(list: &List, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let kb = open::open(&global.kb, global.model())?;
    let entries = kb.entries()?;
    if list.keywords {
        output.keywords(&entries)?;
    } else if list.sections {
        output.sections(&entries)?;
    } else {
        output.contents(&kb.manifest(), &entries)?;
    }
    Ok(Exit::Success)
}
