//! The filter that a section and a language ask for.

use std::sync::Arc;

use super::options::SearchOptions;
use crate::engine::filter::Filter;
use crate::engine::schema::LookupKind;
use crate::error::SearchError;
use crate::reader::Reader;
use crate::text::language::Tag;

/// Returns the entries of `reader` that `options` admit, or nothing if these are all.
pub(crate) fn narrow(reader: &Reader, options: &SearchOptions) -> Result<Option<Arc<Filter>>, SearchError> {
    let section = options.section.as_deref().map(|section| of_section(reader, section)).transpose()?;
    let language = options.language.as_deref().map(|tag| of_language(reader, tag)).transpose()?;
    let filter = match (section, language) {
        (Some(section), Some(language)) => Some(section.intersected(&language)),
        (section, language) => section.or(language),
    };
    let count = reader.manifest.entries as usize;
    Ok(filter.filter(|filter| filter.len() < count).map(Arc::new))
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
