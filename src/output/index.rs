//! Sections with the entries in each.

use std::collections::HashMap;

use faqt::Entry;

/// A name, and the entries that bear it.
pub(crate) type Listed<'e> = (String, Vec<&'e Entry>);

/// The name that stands for that of no section.
const NO_SECTION: &str = "(no section)";

/// Returns the sections in the order of the entries.
pub(crate) fn by_section(entries: &[Entry]) -> Vec<Listed<'_>> {
    let mut sections: Vec<Listed<'_>> = Vec::new();
    let mut places: HashMap<&[String], usize> = HashMap::new();
    for entry in entries {
        let place = *places.entry(&entry.section).or_insert(sections.len());
        match sections.get_mut(place) {
            Some((_, members)) => members.push(entry),
            None => sections.push((entry.section.join(faqt::SECTION_SEPARATOR), vec![entry])),
        }
    }
    sections
}

/// Returns a name as people read it.
pub(super) fn shown(name: &str) -> &str {
    if name.is_empty() { NO_SECTION } else { name }
}
