//! `faqt list`: the table of contents, the sections, or the keywords.

use std::collections::{HashMap, HashSet};

use faqt::{Entry, SearchError, SearchOptions, plain_id};

use super::show;
use crate::cli::arguments::{Format, Global, List};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::open::asked::Asked;
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

/// Keeps one edition of each entry, that for a reader with `options`; all where that one is not among `entries`.
pub(super) fn one_of_each(kb: &Asked, entries: Vec<Entry>, options: &SearchOptions) -> Result<Vec<Entry>, SearchError> {
    let mut chosen: HashMap<String, String> = HashMap::new();
    for entry in entries.iter().filter(|entry| plain_id(&entry.id) != entry.id) {
        let plain = plain_id(&entry.id);
        if !chosen.contains_key(plain) {
            let edition = kb.edition(plain, options)?;
            chosen.extend(edition.map(|edition| (plain.to_owned(), edition.entry.id)));
        }
    }
    let is_chosen = |entry: &Entry| chosen.get(plain_id(&entry.id)).is_none_or(|id| *id == entry.id);
    let is_listed: HashSet<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    let has_chosen = |entry: &Entry| chosen.get(plain_id(&entry.id)).is_some_and(|id| is_listed.contains(id));
    Ok(entries.into_iter().filter(|entry| is_chosen(entry) || !has_chosen(entry)).collect())
}
