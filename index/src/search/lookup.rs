//! Lookup without a search: entries by their ids, help ids and keywords, exactly or nearly.

use std::collections::{BTreeSet, HashMap};

use crate::engine::names::Names;
use crate::engine::schema::LookupKind;
use crate::error::{PackError, SearchError};
use crate::model::edition;
use crate::model::entry::{Entry, Section};
use crate::pack::editions::Edition;
use crate::reader::Reader;
use crate::text::language::Tag;
use crate::text::suggest::{self, Nearest};

/// Returns the entries that bear `term` as a keyword, an id or a help id.
pub(crate) fn keyword(reader: &Reader, term: &str) -> Result<Vec<Entry>, SearchError> {
    let lookup = reader.names()?;
    let mut positions = Vec::new();
    for kind in [LookupKind::Id, LookupKind::Short, LookupKind::Keyword, LookupKind::HelpId, LookupKind::Former] {
        positions.extend(lookup.positions(&kind.term(term))?);
    }
    positions.sort_unstable();
    positions.dedup();
    reader.entries.all_at(positions).map(|entry| Ok(reader.shown(entry?, None))).collect()
}

/// Returns the entry with this id, the one that once had it, or the only one with this shorter form.
pub(crate) fn by_id(reader: &Reader, id: &str) -> Result<Option<Entry>, SearchError> {
    at(reader, position(reader, &reader.names()?, id)?)
}

/// Returns the entry with this help id, or the one that once had it.
pub(crate) fn by_help_id(reader: &Reader, help_id: &str) -> Result<Option<Entry>, SearchError> {
    let position = first(&reader.names()?, [LookupKind::HelpId, LookupKind::Former], help_id)?;
    at(reader, position.map(|position| reader.original(position)).transpose()?)
}

fn at(reader: &Reader, position: Option<u32>) -> Result<Option<Entry>, SearchError> {
    position.map(|position| reader.shown_at(position)).transpose()
}

/// Returns the position of the entry that `id` names, as for [`by_id`].
///
/// An id such as `bind@zh-TW` or `bind@2.4`, which no entry has, names the edition that serves readers of that language or version
/// best.
pub(crate) fn position(reader: &Reader, lookup: &Names, id: &str) -> Result<Option<u32>, PackError> {
    if let Some(found) = by_name(lookup, id)? {
        return Ok(Some(found));
    }
    let (Some(editions), Some((plain, names))) = (&reader.editions, edition::parts(id)) else { return Ok(None) };
    let Some(original) = by_name(lookup, plain)? else { return Ok(None) };
    let language = |sister: Edition<'_>| Tag::parse(&sister.facts.language);
    let range = |sister: Edition<'_>| sister.facts.range();
    let serving = edition::serving(names, editions.sisters(original)?, language, range);
    Ok(serving.map(|sister| sister.position))
}

/// Returns the position of the entry that has an id or a shorter form of it, or had it once.
fn by_name(lookup: &Names, id: &str) -> Result<Option<u32>, PackError> {
    if let Some(position) = first(lookup, [LookupKind::Id, LookupKind::Former], id)? {
        return Ok(Some(position));
    }
    match lookup.positions(&LookupKind::Short.term(id))?[..] {
        [position] => Ok(Some(position)),
        _ => Ok(None),
    }
}

/// Returns the position of the first entry under `name`, by the first of `kinds` that has one.
fn first(lookup: &Names, kinds: [LookupKind; 2], name: &str) -> Result<Option<u32>, PackError> {
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
    // A database may have millions of ids: those that begin alike are read.
    let beginning =
        if reader.fetched.is_some() { &id[..id.char_indices().nth(2).map_or(id.len(), |(end, _)| end)] } else { "" };
    for kind in [LookupKind::Id, LookupKind::Short] {
        reader.each_id(kind, beginning, |known| {
            nearest.offer(known);
            true
        })?;
    }
    let mut ids: Vec<String> = Vec::new();
    for name in nearest.into_names() {
        let mut near = as_written(reader, name)?;
        // Who asks for no edition is helped with none.
        if edition::parts(id).is_none() {
            near.truncate(edition::plain_id(&near).len());
        }
        if !ids.contains(&near) {
            ids.push(near);
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

/// The entries that a database is asked for, at most, for the sake of a hint.
const READ_FOR_HINT_MAX: u32 = 10_000;

/// Returns at most `limit` titles of sections, the nearest to `title` first; none of a larger knowledge base in a database.
pub(crate) fn nearest_sections(reader: &Reader, title: &str, limit: usize) -> Result<Vec<String>, SearchError> {
    if reader.fetched.is_some() && reader.manifest.entries > READ_FOR_HINT_MAX {
        return Ok(Vec::new());
    }
    let titles: BTreeSet<String> = sections(reader)?.into_iter().flat_map(|section| section.path).collect();
    Ok(suggest::nearest(title, titles.iter().map(String::as_str), limit))
}
