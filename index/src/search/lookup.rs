//! Lookup without a search: entries by their ids, help ids and keywords, exactly or nearly.

use std::collections::{BTreeSet, HashMap};

use crate::engine::inverted_index::InvertedIndex;
use crate::engine::schema::LookupKind;
use crate::error::{PackError, SearchError};
use crate::model::entry::{Entry, Section};
use crate::reader::Reader;
use crate::text::suggest::{self, Nearest};

/// Returns the entries that bear `term` as a keyword, an id or a help id.
pub(crate) fn keyword(reader: &Reader, term: &str) -> Result<Vec<Entry>, SearchError> {
    let lookup = reader.lookup_index()?;
    let mut positions = Vec::new();
    for kind in [LookupKind::Id, LookupKind::Short, LookupKind::Keyword, LookupKind::HelpId, LookupKind::Former] {
        positions.extend(lookup.positions(&kind.term(term))?);
    }
    positions.sort_unstable();
    positions.dedup();
    reader.entries.all_at(positions).collect()
}

/// Returns the entry with this id, the one that once had it, or the only one with this shorter form.
pub(crate) fn by_id(reader: &Reader, id: &str) -> Result<Option<Entry>, SearchError> {
    at(reader, position(&reader.lookup_index()?, id)?)
}

/// Returns the entry with this help id, or the one that once had it.
pub(crate) fn by_help_id(reader: &Reader, help_id: &str) -> Result<Option<Entry>, SearchError> {
    at(reader, first(&reader.lookup_index()?, [LookupKind::HelpId, LookupKind::Former], help_id)?)
}

fn at(reader: &Reader, position: Option<u32>) -> Result<Option<Entry>, SearchError> {
    position.map(|position| reader.entry_at(position)).transpose()
}

/// Returns the position of the entry that `id` names, as for [`by_id`].
pub(crate) fn position(lookup: &InvertedIndex, id: &str) -> Result<Option<u32>, PackError> {
    if let Some(position) = first(lookup, [LookupKind::Id, LookupKind::Former], id)? {
        return Ok(Some(position));
    }
    match lookup.positions(&LookupKind::Short.term(id))?[..] {
        [position] => Ok(Some(position)),
        _ => Ok(None),
    }
}

/// Returns the position of the first entry under `name`, by the first of `kinds` that has one.
fn first(lookup: &InvertedIndex, kinds: [LookupKind; 2], name: &str) -> Result<Option<u32>, PackError> {
    for kind in kinds {
        if let Some(&position) = lookup.positions(&kind.term(name))?.first() {
            return Ok(Some(position));
        }
    }
    Ok(None)
}

/// Returns at most `limit` ids that begin with `typed`, in order.
pub(crate) fn complete_id(reader: &Reader, typed: &str, limit: usize) -> Result<Vec<String>, SearchError> {
    let mut terms = Vec::new();
    reader.each_id(LookupKind::Id, typed, |id| {
        if terms.len() < limit {
            terms.push(id.to_owned());
        }
        terms.len() < limit
    })?;
    terms.into_iter().map(|term| as_written(reader, term)).collect()
}

/// Returns at most `limit` ids, the nearest to `id` first.
pub(crate) fn nearest_ids(reader: &Reader, id: &str, limit: usize) -> Result<Vec<String>, SearchError> {
    let mut nearest = Nearest::new(id, limit);
    for kind in [LookupKind::Id, LookupKind::Short] {
        reader.each_id(kind, "", |known| {
            nearest.offer(known);
            true
        })?;
    }
    let mut ids: Vec<String> = Vec::new();
    for name in nearest.into_names() {
        let id = as_written(reader, name)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Returns a folded id, or shorter form of one, as the author wrote it.
fn as_written(reader: &Reader, folded: String) -> Result<String, SearchError> {
    Ok(by_id(reader, &folded)?.map_or(folded, |entry| entry.id))
}

/// Returns the sections that hold entries, in order.
pub(crate) fn sections(reader: &Reader) -> Result<Vec<Section>, SearchError> {
    let mut sections: Vec<Section> = Vec::new();
    let mut places = HashMap::new();
    for entry in reader.entries.iter() {
        let entry = entry?;
        let place = *places.entry(entry.section.clone()).or_insert_with(|| {
            sections.push(Section { path: entry.section, entries: Vec::new() });
            sections.len() - 1
        });
        sections[place].entries.push(entry.id);
    }
    Ok(sections)
}

/// Returns at most `limit` titles of sections, the nearest to `title` first.
pub(crate) fn nearest_sections(reader: &Reader, title: &str, limit: usize) -> Result<Vec<String>, SearchError> {
    let titles: BTreeSet<String> = sections(reader)?.into_iter().flat_map(|section| section.path).collect();
    Ok(suggest::nearest(title, titles.iter().map(String::as_str), limit))
}
