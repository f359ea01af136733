//! Lists in which an entry stands once, whatever editions it has.

use std::collections::{HashMap, HashSet};

use faqt::{Entry, SearchError, SearchOptions, plain_id};

use super::asked::Asked;

/// Keeps one edition of each entry, that for a reader with `options`; all where that one is not among `entries`.
pub(crate) fn one_of_each(kb: &Asked, entries: Vec<Entry>, options: &SearchOptions) -> Result<Vec<Entry>, SearchError> {
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
