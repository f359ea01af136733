//! `faqt list`: the table of contents, the sections, or the keywords.

use faqt::Entry;

use crate::arguments::{Global, List};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::knowledge;
use crate::output::Output;

pub(super) fn run(list: &List, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let kb = knowledge::open(global.kb.as_deref())?;
    let entries: Vec<Entry> = kb.entries().collect::<Result<_, _>>()?;
    if list.keywords {
        output.keywords(&entries)?;
    } else if list.sections {
        output.sections(&entries)?;
    } else {
        output.contents(kb.manifest(), &entries)?;
    }
    Ok(Exit::Answered)
}
