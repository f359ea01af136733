//! The index at the back of a book: keywords with the entries under each.

use std::collections::BTreeMap;

use super::entry::Entry;
use crate::text::fold::folded;

/// Returns the keywords of `entries` in the order of their folded forms, each with the entries under it. Keywords that differ
/// in case or width alone are one, spelled as the first of them.
///
/// # Examples
///
/// ```
/// let files = [
///     ("loud.md", "---\nquestion: Is it loud?\nkeywords: [noise, Fan]\n---\nNo.\n"),
///     ("hot.md", "---\nquestion: Is it hot?\nkeywords: [fan]\n---\nNo.\n"),
/// ];
/// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", files).build()?.pack)?;
/// let entries = kb.entries().collect::<Result<Vec<_>, _>>()?;
/// let index = faqt::by_keyword(&entries);
/// assert_eq!(index.iter().map(|(keyword, under)| (keyword.as_str(), under.len())).collect::<Vec<_>>(), [("Fan", 2), ("noise", 1)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn by_keyword(entries: &[Entry]) -> Vec<(String, Vec<&Entry>)> {
    let mut index: Vec<(String, Vec<&Entry>)> = Vec::new();
    let mut sorted: BTreeMap<(String, &str), Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        for keyword in &entry.keywords {
            sorted.entry((folded(keyword), keyword)).or_default().push(entry);
        }
    }
    for ((form, keyword), members) in sorted {
        match index.last_mut() {
            Some((last, known)) if folded(last) == form => known.extend(members),
            _ => index.push((keyword.to_owned(), members)),
        }
    }
    index
}
