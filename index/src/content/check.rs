//! What can be wrong between entries: ids and aliases claimed twice, empty answers, control characters.

use std::collections::HashMap;

use super::draft::Draft;
use super::problem::Problems;
use crate::analysis::fold;
use crate::entry::Entry;

/// Makes the ids that no author gave unique.
///
/// Headings such as `Usage` recur in any folder of documentation. An id that was made from a heading and would not be
/// unique is written with its path in front, `guide/install#usage`, for all of those that share it.
pub(crate) fn qualify_ids(drafts: &mut [Draft]) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for draft in drafts.iter() {
        *count.entry(draft.entry.id.clone()).or_default() += 1;
    }
    for draft in drafts.iter_mut().filter(|draft| !draft.id_is_given && count[&draft.entry.id] > 1) {
        let path = super::slug::path_id(&draft.entry.path);
        if draft.entry.id != path {
            draft.entry.id = format!("{path}#{}", draft.entry.id);
        }
    }
}

/// Checks what must hold of every entry and between entries.
pub(crate) fn entries(entries: &[Entry], problems: &mut Problems) {
    let mut ids = Claims::new("id", "duplicate-id");
    let mut help_ids = Claims::new("help id", "duplicate-help-id");
    let mut surfaces = Claims::new("question or alias", "duplicate-alias");
    for (position, entry) in entries.iter().enumerate() {
        let place = (entry.path.as_str(), entry.line);
        if entry.answer.trim().is_empty() {
            problems.error(place, "empty-answer", format!("`{}` has no answer", entry.id));
        }
        if entry.id.is_empty() || entry.id.contains(char::is_whitespace) {
            let message = format!("the id `{}` is empty or holds space", entry.id);
            problems.error(place, "bad-id", message).hint("use letters, digits, `-`, `_`, `.` and `/`");
        }
        ids.claim(&entry.id, position, entries, problems);
        for help_id in &entry.help_ids {
            help_ids.claim(help_id, position, entries, problems);
        }
        for alias in &entry.aliases {
            surfaces.claim(alias, position, entries, problems);
        }
    }
}

/// Reports the first control character of a text other than a tab or a line end.
pub(crate) fn control_characters(path: &str, text: &str, problems: &mut Problems) {
    let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    for (line, content) in text.lines().enumerate() {
        if let Some(c) = content.chars().find(|&c| is_bad(c)) {
            let place = (path, u32::try_from(line + 1).unwrap_or(u32::MAX));
            let message = format!("control character U+{:04X}", u32::from(c));
            problems.error(place, "control-character", message).hint("remove it");
            return;
        }
    }
}

/// Names that only one entry may claim.
struct Claims {
    what: &'static str,
    check: &'static str,
    owners: HashMap<String, usize>,
}

impl Claims {
    fn new(what: &'static str, check: &'static str) -> Claims {
        Claims { what, check, owners: HashMap::new() }
    }

    fn claim(&mut self, name: &str, position: usize, entries: &[Entry], problems: &mut Problems) {
        let owner = *self.owners.entry(fold::folded(name)).or_insert(position);
        if owner != position {
            let (entry, earlier) = (&entries[position], &entries[owner]);
            let message = format!("the {} `{name}` is taken by {}:{}", self.what, earlier.path, earlier.line);
            problems.error((&entry.path, entry.line), self.check, message);
        }
    }
}
