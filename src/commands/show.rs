//! `faqt show`: prints one entry.

use anyhow::anyhow;
use faqt::{Entry, SearchOptions};

use super::typed::text;
use crate::cli::arguments::{Editions, Global, Show};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::log;
use crate::open;
use crate::open::asked::Asked;
use crate::open::no_such::{self, Named, NoSuch};
use crate::output::Output;

pub(super) fn run(show: &Show, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let id = text("id", &show.id)?;
    let kb = open::open(&global.kb, global.model())?;
    let options = wishes(&show.editions);
    let edition = no_such::edition(&kb, id, &options)?.map_err(failure)?;
    output.edition(&edition, &options)?;
    log::opened(global.log.as_deref(), &edition.entry);
    Ok(Exit::Success)
}

/// Returns the options of a search that choose between editions.
pub(super) fn wishes(editions: &Editions) -> SearchOptions {
    let mut options = SearchOptions::default().with_languages(editions.languages.iter().cloned());
    options.locale = open::locale::language();
    options.version.clone_from(&editions.version);
    options
}

/// Returns the entry with this id or help id, or the error that there is none, with the nearest ids.
pub(super) fn entry(kb: &Asked, id: &str) -> Result<Entry, Failure> {
    no_such::entry(kb, id)?.map_err(failure)
}

/// Returns the error that a name is unknown, with the names that there are.
pub(super) fn failure(no_such: NoSuch) -> Failure {
    let nearest = no_such.nearest.join(", ");
    let failure = Failure::from(anyhow!(no_such.message));
    match no_such.named {
        _ if !nearest.is_empty() => failure.with_hint(format!("nearest: {nearest}")),
        Named::Id => failure.with_hint("`faqt list` names all ids"),
        Named::Section => failure.with_hint("`faqt list --sections` names all sections"),
    }
}
