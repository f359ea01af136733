//! Checks of names and answers: ids and aliases claimed twice, empty answers, control characters.

use std::collections::HashMap;

use crate::corpus::catalogue::Catalogue;
use crate::corpus::entry_hashes::{self, FirstSeen};
use crate::model::entry::Entry;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::source::draft::SourceKind;
use crate::source::read::first_control;
use crate::source::{ids, slug};
use crate::text::fold;

/// Makes ids from headings and paths unique, and reports duplicates among the others.
///
/// Headings such as `Usage` recur in any folder of documentation. A heading whose id is not unique gets its path in
/// front: `guide/install#usage`. Two files with one id keep their whole names, `guide/README` and `guide`. Remaining
/// duplicates, such as two empty headings, are numbered.
pub(crate) fn qualify_ids(catalogue: &mut Catalogue, problems: &mut Problems) {
    if recurring(catalogue).is_empty() {
        return;
    }
    let within = |file: String, catalogue: &Catalogue, at: usize| match catalogue.form(at) {
        SourceKind::Heading => format!("{file}#{}", catalogue.original_id(at)),
        SourceKind::File | SourceKind::Page | SourceKind::Preamble => file,
    };
    for at in shared(catalogue) {
        let (path, line) = catalogue.place(at);
        if catalogue.id_is_given(at) {
            let message = format!("another heading has the id `{}`, too", catalogue.original_id(at));
            let problem = problems.warning((path, line), Check::DuplicateId, message);
            problem.hint("give each its own, or let links name the file");
        }
        catalogue.rename(at, within(slug::path_id(path), catalogue, at));
    }
    for at in shared(catalogue) {
        let path = ids::id_of(slug::strip_extension(catalogue.place(at).0)).into_owned();
        catalogue.rename(at, within(path, catalogue, at));
    }
    let mut seen: HashMap<String, u32> = HashMap::new();
    for at in shared(catalogue) {
        let id = catalogue.id(at);
        let times = seen.entry(fold::folded(id)).and_modify(|times| *times += 1).or_insert(1);
        if *times > 1 {
            let id = format!("{id}-{times}");
            catalogue.rename(at, id);
        }
    }
    claim_ids(catalogue, problems);
}

/// Lists the entries whose id is not unique, except files with a given id.
fn shared(catalogue: &Catalogue) -> Vec<usize> {
    let is_free = |at: &usize| !catalogue.id_is_given(*at) || catalogue.form(*at) == SourceKind::Heading;
    recurring(catalogue).into_iter().filter(is_free).collect()
}

/// Lists the entries whose id is not unique.
fn recurring(catalogue: &Catalogue) -> Vec<usize> {
    let mut keys: Vec<(u64, u32)> = catalogue.ids().map(entry_hashes::caseless).zip(0..).collect();
    keys.sort_unstable();
    let shared = keys.chunk_by(|(a, _), (b, _)| a == b).filter(|same| same.len() > 1);
    let mut recurring: Vec<usize> = shared.flatten().map(|&(_, position)| position as usize).collect();
    recurring.sort_unstable();
    recurring
}

fn claim_ids(catalogue: &Catalogue, problems: &mut Problems) {
    let mut ids = Claims::new("id", Check::DuplicateId);
    for position in recurring(catalogue) {
        let id = catalogue.id(position);
        ids.claim(id, entry_hashes::caseless(id), position, catalogue, problems);
    }
}

/// Checks the answer, the id and the help ids of a finished entry.
pub(crate) fn entry(entry: &Entry, problems: &mut Problems) {
    let place = (entry.path.as_str(), entry.line);
    if entry.answer.trim().is_empty() {
        problems.error(place, Check::EmptyAnswer, format!("`{}` has no answer", entry.id));
    }
    let names = [("id", &entry.id)].into_iter().chain(entry.help_ids.iter().map(|id| ("help id", id)));
    for (what, id) in names {
        bad_id(what, id, place, problems);
    }
}

/// Reports an id that breaks a rule; `what` names the kind of id.
pub(crate) fn bad_id(what: &str, id: &str, place: (&str, u32), problems: &mut Problems) {
    if let Some(fault) = ids::fault(id) {
        problems.error(place, Check::BadId, format!("the {what} `{id}` {fault}")).hint(ids::REMEDY);
    }
}

/// Reports control characters in the names of an entry.
pub(crate) fn control_characters_of_names(entry: &Entry, problems: &mut Problems) {
    for (what, name) in names(entry) {
        if let Some((_, c)) = first_control(name) {
            let message = format!("control character U+{:04X} in the {what} `{name}`", u32::from(c));
            let place = (entry.path.as_str(), entry.line);
            problems.error(place, Check::ControlCharacter, message).hint("remove it");
        }
    }
}

/// Lists the names of an entry, each with its kind. Front matter can escape characters that the file does not hold.
fn names(entry: &Entry) -> impl Iterator<Item = (&'static str, &str)> {
    fn each<'a>(what: &'static str, names: &'a [String]) -> impl Iterator<Item = (&'static str, &'a str)> {
        names.iter().map(move |name| (what, name.as_str()))
    }
    std::iter::once(("question", entry.question.as_str()))
        .chain(each("alias", &entry.aliases))
        .chain(each("keyword", &entry.keywords))
        .chain(each("help id", &entry.help_ids))
        .chain(each("section", &entry.section))
}

/// Names that only one entry may claim.
pub(crate) struct Claims {
    what: &'static str,
    check: Check,
    owners: FirstSeen,
}

impl Claims {
    pub(crate) fn new(what: &'static str, check: Check) -> Claims {
        Claims { what, check, owners: FirstSeen::default() }
    }

    /// Lets the entry at `position` claim `name`, whose hash is `key`; reports the claim if an earlier entry has the
    /// name.
    pub(crate) fn claim(
        &mut self,
        name: &str,
        key: u64,
        position: usize,
        catalogue: &Catalogue,
        problems: &mut Problems,
    ) {
        let owner = self.owners.note(key, position);
        if owner != position {
            let (path, line) = catalogue.place(owner);
            let message = format!("the {} `{name}` is taken by {path}:{line}", self.what);
            problems.error(catalogue.place(position), self.check, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_is_overlooked() {
        for c in '\0'..='\u{ff}' {
            let is_control = c.is_control() && !matches!(c, '\n' | '\r' | '\t');
            assert_eq!(first_control(&format!("前\n{c}")), is_control.then_some((4, c)), "{c:?}");
        }
    }
}
