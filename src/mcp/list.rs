//! The tool `list`: ids and questions by section, a page at a time.

use std::fmt::Write as _;

use faqt::{Entry, SECTION_SEPARATOR, SearchError, SearchOptions, folded};
use serde::{Deserialize, Serialize};

use super::arguments::number;
use super::reply::{Refusal, Reply};
use super::source::Source;
use super::tools::{PAGE, PAGES};
use crate::open::asked::Asked;
use crate::open::no_such;
use crate::output::markdown;
use faqt::json::Reference;

/// The arguments of `list`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    section: Option<String>,
    offset: Option<usize>,
    limit: Option<usize>,
}

/// A page of the table of contents.
#[derive(Serialize)]
struct Page<'a> {
    contents: Vec<Reference<'a>>,
    /// The number of entries on all pages.
    total: usize,
    /// The offset of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_offset: Option<usize>,
}

/// Lists a page of the entries, or of those in a section.
pub(super) fn list(source: &impl Source, list: &List) -> Result<Reply, Refusal> {
    let limit = number("limit", list.limit, PAGE, PAGES)?;
    let offset = list.offset.unwrap_or(0);
    let kb = source.current();
    if let Some(unknown) = no_such::section(&kb, list.section.as_deref())? {
        return Err(Refusal::NoSuch(unknown));
    }
    let (entries, total) = page(&kb, list.section.as_deref(), offset, limit)?;
    let next_offset = Some(offset.saturating_add(limit)).filter(|next| *next < total);
    let mut text = contents(&entries);
    if let Some(next) = next_offset {
        let _ = writeln!(text, "\n{total} entries in all; the next page has offset {next}.");
    }
    let contents = entries.iter().map(Reference::from).collect();
    Ok(Reply::new(text, &Page { contents, total, next_offset }))
}

/// Returns the entries of a page, and the number of entries on all pages.
fn page(kb: &Asked, section: Option<&str>, offset: usize, limit: usize) -> Result<(Vec<Entry>, usize), SearchError> {
    let Some(section) = section else {
        let entries = kb.entries_from(offset).take(limit).collect::<Result<_, _>>()?;
        return Ok((entries, kb.count(&SearchOptions::default())?));
    };
    let section = folded(section);
    let (mut entries, mut total) = (Vec::new(), 0);
    for entry in kb.each_entry() {
        let entry = entry?;
        if is_in(&entry, &section) {
            if total >= offset && entries.len() < limit {
                entries.push(entry);
            }
            total += 1;
        }
    }
    Ok((entries, total))
}

/// Returns true if an entry is in the section of this folded title or path, or below it, as in a search.
fn is_in(entry: &Entry, section: &str) -> bool {
    let path = |end| folded(&entry.section[..end].join(SECTION_SEPARATOR));
    entry.section.iter().any(|title| folded(title) == section)
        || (2..=entry.section.len()).any(|end| path(end) == section)
}

fn contents(entries: &[Entry]) -> String {
    let mut text = String::new();
    let mut section: Option<&[String]> = None;
    for entry in entries {
        if section != Some(&entry.section) {
            let _ = writeln!(text, "\n## {}\n", markdown::line(&entry.section.join(SECTION_SEPARATOR)));
            section = Some(&entry.section);
        }
        text += &markdown::link(entry);
    }
    text
}
