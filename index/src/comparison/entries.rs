//! The entries of two states: added, removed, renamed, changed.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use twox_hash::XxHash3_128;

use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::model::entry::{ENTRY_SCHEME, Entry, Related};
use crate::model::names::named;

/// The changes of entries, each kind in the order of the table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EntryChanges {
    /// The entries of the new state alone.
    pub added: Vec<EntryName>,
    /// The entries of the old state alone.
    pub removed: Vec<EntryName>,
    /// The entries that have another id: a redirect leads from the old one, or the text is the same.
    pub renamed: Vec<RenamedEntry>,
    /// The entries whose text changed.
    pub changed: Vec<ChangedEntry>,
}

/// An entry by its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EntryName {
    /// Its id.
    pub id: String,
    /// Its question.
    pub question: String,
}

/// An entry that has another id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RenamedEntry {
    /// The id in the old state.
    pub old_id: String,
    /// The id in the new state.
    pub id: String,
    /// The question in the new state.
    pub question: String,
}

/// An entry whose text changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChangedEntry {
    /// The id in the new state.
    pub id: String,
    /// The question in the new state.
    pub question: String,
    /// The parts that changed.
    pub parts: Vec<EntryPart>,
    /// The number of questions that it answered before and answers now.
    pub questions: usize,
}

/// A part of an entry that readers see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryPart {
    /// The title.
    Question,
    /// The answer.
    Answer,
    /// The related procedures.
    Related,
}

named!(EntryPart, "part": Question = "question", Answer = "answer", Related = "related");

/// The entries of both states, matched.
#[derive(Debug)]
pub(super) struct MatchedEntries {
    pub(super) changes: EntryChanges,
    /// The new ids of renamed entries by their old ids.
    renamed: HashMap<String, String>,
    /// The ids of removed entries.
    removed: HashSet<String>,
    /// The places of changed entries in `changes`, by their new ids.
    changed: HashMap<String, usize>,
}

/// The facts by which an entry is compared.
struct Facts {
    id: String,
    question: String,
    /// The hash of the answer without the ids that it links to.
    answer: u128,
    links: Vec<String>,
    related: Vec<Related>,
}

impl MatchedEntries {
    /// Reads and matches all entries.
    pub(super) fn of(old: &KnowledgeBase, new: &KnowledgeBase) -> Result<MatchedEntries, SearchError> {
        let (before, now) = (facts(old)?, facts(new)?);
        let renamed = renamed(&before, &now, new)?;
        let (mut changes, mut places) = (EntryChanges::default(), HashMap::new());
        let new_id = |old_id| new_id(&renamed, old_id);
        let by_new_id: HashMap<&str, &Facts> = before.iter().map(|facts| (new_id(&facts.id), facts)).collect();
        for facts in &now {
            let Some(earlier) = by_new_id.get(facts.id.as_str()) else {
                changes.added.push(facts.name());
                continue;
            };
            if earlier.id != facts.id {
                let (old_id, EntryName { id, question }) = (earlier.id.clone(), facts.name());
                changes.renamed.push(RenamedEntry { old_id, id, question });
            }
            let parts = facts.parts_changed_from(earlier, new_id);
            if !parts.is_empty() {
                places.insert(facts.id.clone(), changes.changed.len());
                let EntryName { id, question } = facts.name();
                changes.changed.push(ChangedEntry { id, question, parts, questions: 0 });
            }
        }
        let ids: HashSet<&str> = now.iter().map(|facts| facts.id.as_str()).collect();
        for facts in before.iter().filter(|facts| !ids.contains(new_id(&facts.id))) {
            changes.removed.push(facts.name());
        }
        let removed = changes.removed.iter().map(|name| name.id.clone()).collect();
        Ok(MatchedEntries { changes, renamed, removed, changed: places })
    }

    /// Returns the new id of an old one.
    pub(super) fn renamed_id<'a>(&'a self, old_id: &'a str) -> &'a str {
        new_id(&self.renamed, old_id)
    }

    /// Returns true if the entry with this old id was removed.
    pub(super) fn is_removed(&self, old_id: &str) -> bool {
        self.removed.contains(old_id)
    }

    /// Returns true if the text of the entry with this new id changed.
    pub(super) fn is_changed(&self, id: &str) -> bool {
        self.changed.contains_key(id)
    }

    /// Counts one more question that a changed entry answers.
    pub(super) fn count(&mut self, id: &str) {
        if let Some(&at) = self.changed.get(id) {
            self.changes.changed[at].questions += 1;
        }
    }
}

impl Facts {
    fn of(entry: Entry) -> Facts {
        let (answer, links) = without_links(&entry.answer);
        Facts {
            id: entry.id,
            question: entry.question,
            answer: XxHash3_128::oneshot(answer.as_bytes()),
            links,
            related: entry.related,
        }
    }

    fn name(&self) -> EntryName {
        EntryName { id: self.id.clone(), question: self.question.clone() }
    }

    fn parts_changed_from<'a>(&self, old: &'a Facts, new_id: impl Fn(&'a str) -> &'a str) -> Vec<EntryPart> {
        let links = || old.links.iter().map(|id| new_id(id)).eq(self.links.iter().map(String::as_str));
        let is_same = |(old, new): (&'a Related, &Related)| {
            let old_id = old.id.as_deref().map(&new_id);
            // The title of an entry is a part of that entry.
            let titles = new.id.is_some() || old.title == new.title;
            titles && old_id == new.id.as_deref() && (&old.url, old.status) == (&new.url, new.status)
        };
        let is_related =
            || old.related.len() == self.related.len() && old.related.iter().zip(&self.related).all(is_same);
        let mut parts = Vec::new();
        if old.question != self.question {
            parts.push(EntryPart::Question);
        }
        if old.answer != self.answer || !links() {
            parts.push(EntryPart::Answer);
        }
        if !is_related() {
            parts.push(EntryPart::Related);
        }
        parts
    }
}

fn new_id<'a>(renamed: &'a HashMap<String, String>, old_id: &'a str) -> &'a str {
    renamed.get(old_id).map_or(old_id, String::as_str)
}

fn facts(kb: &KnowledgeBase) -> Result<Vec<Facts>, SearchError> {
    kb.entries().map(|entry| entry.map(Facts::of)).collect()
}

/// Returns the new ids of the entries of `before` that are not among `now` under their old ids.
fn renamed(before: &[Facts], now: &[Facts], new: &KnowledgeBase) -> Result<HashMap<String, String>, SearchError> {
    let old_ids: HashSet<&str> = before.iter().map(|facts| facts.id.as_str()).collect();
    let new_ids: HashSet<&str> = now.iter().map(|facts| facts.id.as_str()).collect();
    let mut lost: Vec<&Facts> = before.iter().filter(|facts| !new_ids.contains(facts.id.as_str())).collect();
    let mut found: Vec<&Facts> = now.iter().filter(|facts| !old_ids.contains(facts.id.as_str())).collect();
    let mut free: HashSet<&str> = found.iter().map(|facts| facts.id.as_str()).collect();
    let mut renamed = HashMap::new();
    for facts in &lost {
        // Former ids lead to their entries.
        let target = new.entry(&facts.id)?.map(|entry| entry.id);
        if let Some(id) = target.filter(|id| free.remove(id.as_str())) {
            renamed.insert(facts.id.clone(), id);
        }
    }
    found.retain(|facts| free.contains(facts.id.as_str()));
    lost.retain(|facts| !renamed.contains_key(&facts.id));
    pair(&mut lost, &mut found, &mut renamed, |facts| (facts.answer, Some(facts.question.clone())));
    pair(&mut lost, &mut found, &mut renamed, |facts| (facts.answer, None::<String>));
    Ok(renamed)
}

/// Pairs the entries that alone have a key, and takes them out of the lists.
fn pair<K: std::hash::Hash + Eq>(
    lost: &mut Vec<&Facts>,
    found: &mut Vec<&Facts>,
    renamed: &mut HashMap<String, String>,
    key: impl Fn(&Facts) -> K,
) {
    let mut keys: HashMap<K, (Vec<&str>, Vec<&str>)> = HashMap::new();
    for facts in lost.iter() {
        keys.entry(key(facts)).or_default().0.push(&facts.id);
    }
    for facts in found.iter() {
        keys.entry(key(facts)).or_default().1.push(&facts.id);
    }
    let pairs: HashMap<String, String> = keys
        .into_values()
        .filter_map(|(old, new)| match (old.as_slice(), new.as_slice()) {
            ([old], [new]) => Some(((*old).to_owned(), (*new).to_owned())),
            _ => None,
        })
        .collect();
    let taken: HashSet<&str> = pairs.values().map(String::as_str).collect();
    lost.retain(|facts| !pairs.contains_key(&facts.id));
    found.retain(|facts| !taken.contains(facts.id.as_str()));
    renamed.extend(pairs);
}

/// Returns an answer without the ids that it links to, and those ids in order.
fn without_links(answer: &str) -> (String, Vec<String>) {
    let start = format!("(<{ENTRY_SCHEME}");
    let (mut text, mut links) = (String::with_capacity(answer.len()), Vec::new());
    let mut rest = answer;
    while let Some((before, link)) = rest.split_once(&start) {
        text += before;
        text += &start;
        let (id, behind) = link.split_once('>').unwrap_or((link, ""));
        links.push(id.to_owned());
        rest = behind;
    }
    text += rest;
    (text, links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_of_links_are_no_text() {
        let (text, links) = without_links("See [a](<faqt:x/y#z>) and [b](<faqt:b> \"t\"). (<faqt:");
        assert_eq!(text, "See [a](<faqt:) and [b](<faqt: \"t\"). (<faqt:");
        assert_eq!(links, ["x/y#z", "b", ""]);
    }
}
