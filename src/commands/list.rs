//! `faqt list`: the table of contents, the sections, or the keywords.

use super::show;
use crate::cli::arguments::{Format, Global, List};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::open::editions::one_of_each;
use crate::output::Output;

pub(super) fn run(list: &List, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let kb = open::open(&global.kb, global.model())?;
    let mut entries = kb.entries()?;
    let (options, asked) = (show::wishes(&list.editions), &list.editions);
    // Programs get all editions, unless they ask for some.
    if global.format != Format::Json || !asked.languages.is_empty() || asked.version.is_some() {
        entries = one_of_each(&kb, entries, &options)?;
    }
    if list.keywords {
        output.keywords(&entries)?;
    } else if list.sections {
        output.sections(&entries)?;
    } else {
        output.contents(&kb.manifest(), &entries)?;
    }
    Ok(Exit::Success)
}
