//! `faqt gaps`: finds out from a log of questions what to write next, and writes it.

mod apply;
mod read;
mod source;

use faqt::gaps::{GapOptions, Gaps as Found};

use crate::cli::arguments::Global;
use crate::cli::arguments::authors::Gaps;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::log;
use crate::output::Output;
use source::Source;

pub(super) fn run(arguments: &Gaps, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let source = Source::of(&global.kb)?;
    if arguments.apply {
        apply::check(arguments, source.folder.as_deref(), output)?;
    }
    let file = match &arguments.file {
        Some(file) => file.clone(),
        None => log::required(global.log.as_deref())?,
    };
    let tally = read::tally(&file, &source.kb)?;
    let options = GapOptions::default().with_limit(arguments.limit.into()).with_all(arguments.all);
    let mut gaps = Found::find(&tally, &source.kb, &options)?;
    source.prove(&mut gaps)?;
    if !arguments.apply {
        output.gaps(&gaps)?;
        return Ok(Exit::Success);
    }
    apply::run(arguments, &source, &gaps, output)
}
