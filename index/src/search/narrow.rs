//! The filter that a section, a language, kinds and ids ask for.

use std::sync::Arc;

use super::lookup;
use super::options::SearchOptions;
use crate::database::contract::{AnyOf, Condition};
use crate::engine::filter::Filter;
use crate::engine::schema::LookupKind;
use crate::error::SearchError;
use crate::model::edition;
use crate::pack::editions::Editions;
use crate::reader::Reader;
use crate::text::language::Tag;

/// The languages of the entries that are searched, where the reader wants some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Those that have an edition in one of them.
    Wanted,
    /// All.
    All,
}

/// Returns the entries of `reader` that `options` admit, or nothing if these are all.
pub(crate) fn narrow(
    reader: &Reader,
    options: &SearchOptions,
    scope: Scope,
) -> Result<Option<Arc<Filter>>, SearchError> {
    let wanted = options.languages.as_slice();
    let wanted = if scope == Scope::Wanted { wanted } else { &[] };
    let condition = condition(reader, options, wanted)?;
    if condition.0.is_empty() {
        return Ok(None);
    }
    let filter = match &reader.fetched {
        Some(rows) => Filter::meeting(condition, rows),
        None => Filter::of(positions(reader, condition, !wanted.is_empty())?),
    };
    Ok(Some(filter).filter(|filter| filter.len() < reader.manifest.entries as usize).map(Arc::new))
}

/// Returns the condition that `options` set: that of the languages that are `wanted` first, if there are any.
fn condition(reader: &Reader, options: &SearchOptions, wanted: &[String]) -> Result<Condition, SearchError> {
    let mut groups = Vec::new();
    if !wanted.is_empty() {
        groups.push(AnyOf::Names(wanted.iter().flat_map(|tag| names_of_wanted_language(reader, tag)).collect()));
    }
    if let Some(ids) = &options.ids {
        groups.push(AnyOf::Positions(of_ids(reader, ids)?));
    }
    if let Some(section) = &options.section {
        groups.push(AnyOf::Names(vec![LookupKind::Section.term(section)]));
    }
    if let Some(tag) = &options.language {
        groups.push(AnyOf::Names(names_of_language(tag)));
    }
    if let Some(kinds) = &options.kinds {
        groups.push(AnyOf::Names(kinds.iter().map(|kind| LookupKind::Kind.term(kind.name())).collect()));
    }
    Ok(Condition(groups))
}

/// Returns the positions of the entries of a pack that meet a condition. The first group means all editions of the entries that
/// meet it, if `of_editions` is true.
fn positions(reader: &Reader, condition: Condition, of_editions: bool) -> Result<Vec<u32>, SearchError> {
    let mut admitted: Option<Vec<u32>> = None;
    for (at, group) in condition.0.into_iter().enumerate() {
        let mut positions = match group {
            AnyOf::Positions(positions) => positions,
            AnyOf::Names(names) => {
                let mut positions = Vec::new();
                for name in names {
                    positions.extend(reader.positions(&name)?);
                }
                positions
            }
        };
        positions.sort_unstable();
        if let Some(editions) = reader.editions.as_ref().filter(|_| of_editions && at == 0) {
            add_sisters(editions, &mut positions)?;
        }
        admitted = Some(match admitted {
            Some(mut known) => {
                known.retain(|position| positions.binary_search(position).is_ok());
                known
            }
            None => positions,
        });
    }
    Ok(admitted.unwrap_or_default())
}

/// Adds the other editions of the entries at `positions`, which are in ascending order and stay so.
fn add_sisters(editions: &Editions, positions: &mut Vec<u32>) -> Result<(), SearchError> {
    let mut originals = Vec::new();
    for edition in editions.all() {
        let edition = edition?;
        if positions.binary_search(&edition.position).is_ok() {
            originals.push(edition.original);
        }
    }
    originals.sort_unstable();
    for edition in editions.all() {
        let edition = edition?;
        if originals.binary_search(&edition.original).is_ok() {
            positions.push(edition.position);
        }
    }
    positions.sort_unstable();
    Ok(())
}

/// Returns the names that entries have in the language `tag`, more special or more general.
fn names_of_language(tag: &str) -> Vec<String> {
    let Some(tag) = Tag::parse(tag) else { return Vec::new() };
    let general = tag.generalised().into_iter().map(|general| LookupKind::Language.term(&general));
    std::iter::once(LookupKind::LanguageRange.term(&tag.whole())).chain(general).collect()
}

/// Returns the same names; in a database, those that entries have of which another edition is in that language.
fn names_of_wanted_language(reader: &Reader, tag: &str) -> Vec<String> {
    let names = names_of_language(tag);
    if reader.fetched.is_none() || reader.editions.is_none() {
        return names;
    }
    names.iter().map(|name| LookupKind::of_sisters(name)).collect()
}

/// Returns the number of entries that `options` admit.
pub(crate) fn count(reader: &Reader, options: &SearchOptions) -> Result<usize, SearchError> {
    let all = reader.manifest.entries as usize;
    Ok(narrow(reader, options, Scope::All)?.map_or(all, |filter| filter.len()))
}

/// Returns the positions of the entries that have one of `ids`, or had it once.
fn of_ids(reader: &Reader, ids: &[String]) -> Result<Vec<u32>, SearchError> {
    let names = reader.names()?;
    let mut positions = Vec::new();
    for id in ids {
        if let Some(position) = lookup::position(reader, &names, id)? {
            positions.push(position);
            // The plain id is that of all editions.
            if edition::parts(id).is_none() {
                positions.extend(reader.sisters(position)?.iter().map(|sister| sister.position));
            }
        }
    }
    Ok(positions)
}
