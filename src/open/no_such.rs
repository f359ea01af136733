//! Names that no entry has: ids and sections, with the nearest ones that there are.

use faqt::{Edition, Entry, SearchError, SearchOptions};

use super::asked::Asked;

/// The number of names that are offered.
const NEAREST: usize = 3;
/// The most characters of a name that a message repeats.
const SHOWN_CHARS: usize = 80;

/// The kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Id,
    Section,
}

/// A name that no entry has, or an id that several have.
#[derive(Debug)]
pub(crate) struct NoSuch {
    pub(crate) named: Named,
    pub(crate) message: String,
    /// The nearest names.
    pub(crate) nearest: Vec<String>,
}

impl NoSuch {
    fn new(named: Named, message: String, nearest: Vec<String>) -> NoSuch {
        NoSuch { named, message, nearest }
    }
}

/// Returns the entry with this id or help id, or the fault that there is none.
pub(crate) fn entry(kb: &Asked, id: &str) -> Result<Result<Entry, NoSuch>, SearchError> {
    match kb.entry(id)? {
        Some(entry) => Ok(Ok(entry)),
        None => Ok(Err(id_of_none(kb, id)?)),
    }
}

/// Returns the entry with this id or help id in the edition for a reader with `options`, or the fault that there is none.
pub(crate) fn edition(kb: &Asked, id: &str, options: &SearchOptions) -> Result<Result<Edition, NoSuch>, SearchError> {
    match kb.edition(id, options)? {
        Some(edition) => Ok(Ok(edition)),
        None => Ok(Err(id_of_none(kb, id)?)),
    }
}

fn id_of_none(kb: &Asked, id: &str) -> Result<NoSuch, SearchError> {
    let nearest = kb.nearest_ids(id, NEAREST)?;
    let has_id = |near: &&String| near.strip_suffix(id).is_some_and(|name| name.ends_with(':'));
    let count = match nearest.iter().filter(has_id).count() {
        0 | 1 => "no entry has",
        _ => "more than one entry has",
    };
    Ok(NoSuch::new(Named::Id, format!("{count} the id `{}`", shown(id)), nearest))
}

/// Returns the fault if no entry is in this section.
pub(crate) fn section(kb: &Asked, section: Option<&str>) -> Result<Option<NoSuch>, SearchError> {
    let Some(section) = section else { return Ok(None) };
    if kb.count(&SearchOptions::default().with_section(section))? > 0 {
        return Ok(None);
    }
    let message = format!("no entry is in a section `{section}`");
    Ok(Some(NoSuch::new(Named::Section, message, kb.nearest_sections(section, NEAREST)?)))
}

fn shown(name: &str) -> String {
    name.chars().take(SHOWN_CHARS).collect()
}
