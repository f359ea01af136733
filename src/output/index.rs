//! Sections with the entries in each.

use faqt::Entry;

/// A name, and the entries that bear it.
pub(crate) type Listed<'e> = (String, Vec<&'e Entry>);

/// Returns the sections in the order of the entries.
pub(crate) fn by_section(entries: &[Entry]) -> Vec<Listed<'_>> {
    let mut sections: Vec<Listed<'_>> = Vec::new();
    for entry in entries {
        let title = entry.section.join(faqt::SECTION_SEPARATOR);
        match sections.iter_mut().find(|(known, _)| *known == title) {
            Some((_, members)) => members.push(entry),
            None => sections.push((title, vec![entry])),
        }
    }
    sections
}
