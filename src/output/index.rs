//! Names with the entries that bear each: the keywords and the sections of a knowledge base.

use std::collections::BTreeMap;

use faqt::Entry;

/// A name, and the entries that bear it.
pub(super) type Listed<'e> = (String, Vec<&'e Entry>);

/// Returns the keywords, sorted by their case-folded forms.
pub(super) fn by_keyword(entries: &[Entry]) -> Vec<Listed<'_>> {
    let mut index: Vec<Listed<'_>> = Vec::new();
    let mut sorted: BTreeMap<(String, &str), Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        for keyword in &entry.keywords {
            sorted.entry((faqt::folded(keyword), keyword)).or_default().push(entry);
        }
    }
    for ((folded, keyword), members) in sorted {
        match index.last_mut() {
            Some((last, known)) if faqt::folded(last) == folded => known.extend(members),
            _ => index.push((keyword.to_owned(), members)),
        }
    }
    index
}

/// Returns the sections in the order of the entries.
pub(super) fn by_section(entries: &[Entry]) -> Vec<Listed<'_>> {
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
