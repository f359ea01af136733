//! The filter that a section, a language, kinds and ids ask for.

use std::sync::Arc;

use super::lookup;
use super::options::SearchOptions;
use crate::database::contract::{AnyOf, Condition};
use crate::database::fetched::Fetched;
use crate::engine::filter::Filter;
use crate::engine::schema::LookupKind;
use crate::error::SearchError;
use crate::model::edition;
use crate::model::entry::Kind;
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
    let wanted = Some(&options.languages).filter(|languages| scope == Scope::Wanted && !languages.is_empty());
    if let Some(rows) = &reader.fetched {
        return in_database(reader, rows, options, wanted);
    }
    let filters = [
        wanted.map(|languages| with_edition_in(reader, languages)),
        options.ids.as_deref().map(|ids| of_ids(reader, ids)),
        options.section.as_deref().map(|section| of_section(reader, section)),
        options.language.as_deref().map(|tag| of_language(reader, tag)),
        options.kinds.as_deref().map(|kinds| of_kinds(reader, kinds)),
    ];
    let mut admitted: Option<Filter> = None;
    for filter in filters.into_iter().flatten() {
        let filter = filter?;
        admitted = Some(match admitted {
            Some(known) => known.intersected(&filter),
            None => filter,
        });
    }
    let count = reader.manifest.entries as usize;
    Ok(admitted.filter(|filter| filter.len() < count).map(Arc::new))
}

/// Returns the condition that `options` set, for a database that has the rows of `reader`.
fn in_database(
    reader: &Reader,
    rows: &Arc<Fetched>,
    options: &SearchOptions,
    wanted: Option<&Vec<String>>,
) -> Result<Option<Arc<Filter>>, SearchError> {
    let mut groups = Vec::new();
    if let Some(languages) = wanted {
        let of_sisters = reader.editions.is_some();
        let names = languages.iter().flat_map(|tag| names_of_language(tag, of_sisters)).collect();
        groups.push(AnyOf::Names(names));
    }
    if let Some(ids) = &options.ids {
        groups.push(AnyOf::Positions(of_ids(reader, ids)?.positions().to_vec()));
    }
    if let Some(section) = &options.section {
        groups.push(AnyOf::Names(vec![LookupKind::Section.term(section)]));
    }
    if let Some(tag) = &options.language {
        groups.push(AnyOf::Names(names_of_language(tag, false)));
    }
    if let Some(kinds) = &options.kinds {
        groups.push(AnyOf::Names(kinds.iter().map(|kind| LookupKind::Kind.term(kind.name())).collect()));
    }
    if groups.is_empty() {
        return Ok(None);
    }
    let filter = Filter::meeting(Condition(groups), rows);
    Ok(Some(filter).filter(|filter| filter.len() < reader.manifest.entries as usize).map(Arc::new))
}

/// Returns the names that entries have in the language `tag`, more special or more general; with `of_sisters` those that
/// entries have of which another edition is in that language.
fn names_of_language(tag: &str, of_sisters: bool) -> Vec<String> {
    let Some(tag) = Tag::parse(tag) else { return Vec::new() };
    let name = |kind: LookupKind, tag: &str| {
        let name = kind.term(tag);
        if of_sisters { LookupKind::of_sisters(&name) } else { name }
    };
    let general = tag.generalised().into_iter().map(|general| name(LookupKind::Language, &general));
    std::iter::once(name(LookupKind::LanguageRange, &tag.whole())).chain(general).collect()
}

/// Returns the number of entries that `options` admit.
pub(crate) fn count(reader: &Reader, options: &SearchOptions) -> Result<usize, SearchError> {
    let all = reader.manifest.entries as usize;
    Ok(narrow(reader, options, Scope::All)?.map_or(all, |filter| filter.len()))
}

/// Returns the entries that have one of `ids`, or had it once.
fn of_ids(reader: &Reader, ids: &[String]) -> Result<Filter, SearchError> {
    let index = reader.names()?;
    let mut positions = Vec::new();
    for id in ids {
        if let Some(position) = lookup::position(reader, &index, id)? {
            positions.push(position);
            // The plain id is that of all editions.
            if edition::parts(id).is_none() {
                positions.extend(reader.sisters(position)?.iter().map(|sister| sister.position));
            }
        }
    }
    Ok(Filter::of(positions))
}

/// Returns the entries that have an edition in one of these languages, with all their editions.
fn with_edition_in(reader: &Reader, languages: &[String]) -> Result<Filter, SearchError> {
    let mut positions = Vec::new();
    for tag in languages {
        positions.extend_from_slice(of_language(reader, tag)?.positions());
    }
    let own = Filter::of(positions);
    let Some(editions) = &reader.editions else { return Ok(own) };
    let mut originals = Vec::new();
    for edition in editions.all() {
        let edition = edition?;
        if own.admits(edition.position) {
            originals.push(edition.original);
        }
    }
    let originals = Filter::of(originals);
    let mut positions = own.positions().to_vec();
    for edition in editions.all() {
        let edition = edition?;
        if originals.admits(edition.original) {
            positions.push(edition.position);
        }
    }
    Ok(Filter::of(positions))
}

fn of_kinds(reader: &Reader, kinds: &[Kind]) -> Result<Filter, SearchError> {
    let lookup = reader.names()?;
    let mut positions = Vec::new();
    for kind in kinds {
        positions.extend(lookup.positions(&LookupKind::Kind.term(kind.name()))?);
    }
    Ok(Filter::of(positions))
}

fn of_section(reader: &Reader, section: &str) -> Result<Filter, SearchError> {
    Ok(Filter::of(reader.positions(&LookupKind::Section.term(section))?))
}

/// Returns the entries whose tag is `tag`, more special or more general.
fn of_language(reader: &Reader, tag: &str) -> Result<Filter, SearchError> {
    let Some(tag) = Tag::parse(tag) else { return Ok(Filter::of(Vec::new())) };
    let mut positions = reader.positions(&LookupKind::LanguageRange.term(&tag.whole()))?;
    for general in tag.generalised() {
        positions.extend(reader.positions(&LookupKind::Language.term(&general))?);
    }
    Ok(Filter::of(positions))
}
