//! What can be wrong between entries: ids and aliases claimed twice, empty answers, control characters.

use std::collections::HashMap;

use super::draft::{Draft, Form};
use super::problem::Problems;
use super::slug;
use crate::analysis::fold;
use crate::entry::Entry;
use crate::render::sanitise;

/// Makes the ids unique that were made from headings and paths.
///
/// Headings such as `Usage` recur in any folder of documentation. A heading whose id would not be unique is known by
/// its path, too: `guide/install#usage`. Two files that stand for one path keep their whole names, `guide/README` and
/// `guide`; what is left, such as an empty heading twice, is numbered.
pub(crate) fn qualify_ids(drafts: &mut [Draft], problems: &mut Problems) {
    // What those are called that get another name here.
    let mut names: HashMap<usize, String> = HashMap::new();
    let within = |file: String, draft: &Draft, name: &str| match draft.form {
        Form::Heading => format!("{file}#{name}"),
        Form::File | Form::Page | Form::Preamble => file,
    };
    for at in shared(drafts) {
        let draft = &mut drafts[at];
        let name = &*names.entry(at).or_insert_with(|| draft.entry.id.clone());
        if draft.id_is_given {
            let message = format!("another heading has the id `{name}`, too");
            let problem = problems.warning((&draft.entry.path, draft.entry.line), "duplicate-id", message);
            problem.hint("give each its own, or let links name the file");
        }
        draft.entry.id = within(slug::path_id(&draft.entry.path), draft, name);
    }
    for at in shared(drafts) {
        let draft = &mut drafts[at];
        let name = &*names.entry(at).or_insert_with(|| draft.entry.id.clone());
        draft.entry.id = within(slug::strip_extension(&draft.entry.path).to_owned(), draft, name);
    }
    let mut seen: HashMap<String, u32> = HashMap::new();
    for at in shared(drafts) {
        let id = &mut drafts[at].entry.id;
        let times = seen.entry(fold::folded(id)).and_modify(|times| *times += 1).or_insert(1);
        if *times > 1 {
            *id = format!("{id}-{times}");
        }
    }
}

/// Lists the drafts whose id is not the only one of its kind and was not given to a whole file.
fn shared(drafts: &[Draft]) -> Vec<usize> {
    let mut count: HashMap<u128, usize> = HashMap::new();
    for draft in drafts {
        *count.entry(fold::key(&draft.entry.id)).or_default() += 1;
    }
    let is_free = |draft: &Draft| !draft.id_is_given || draft.form == Form::Heading;
    let is_shared = |draft: &Draft| is_free(draft) && count[&fold::key(&draft.entry.id)] > 1;
    (0..drafts.len()).filter(|&at| is_shared(&drafts[at])).collect()
}

/// Checks what must hold of every entry and between entries.
pub(crate) fn entries(entries: &[Entry], problems: &mut Problems) {
    let mut ids = Claims::new("id", "duplicate-id");
    let mut help_ids = Claims::new("help id", "duplicate-help-id");
    let mut surfaces = Claims::new("question or alias", "duplicate-alias");
    let known_to_hold_controls = problems.paths_with("control-character");
    for (position, entry) in entries.iter().enumerate() {
        let place = (entry.path.as_str(), entry.line);
        if entry.answer.trim().is_empty() {
            problems.error(place, "empty-answer", format!("`{}` has no answer", entry.id));
        }
        if let Some(fault) = fault_of_id(&entry.id) {
            let message = format!("the id `{}` {fault}", entry.id);
            problems.error(place, "bad-id", message).hint("use letters, digits, `-`, `_`, `.` and `/`");
        }
        for (what, name) in names(entry).filter(|_| !known_to_hold_controls.contains(&entry.path)) {
            if let Some(c) = name.chars().find(|&c| is_control(c)) {
                let message = format!("control character U+{:04X} in the {what} `{name}`", u32::from(c));
                problems.error(place, "control-character", message).hint("remove it");
            }
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

/// Says what is wrong with an id, if anything is.
fn fault_of_id(id: &str) -> Option<&'static str> {
    if id.is_empty() || id.contains(char::is_whitespace) {
        Some("is empty or holds space")
    } else if sanitise(id) != id {
        Some("holds characters that are not seen")
    } else if id.split('/').any(|part| matches!(part, "." | "..")) {
        Some("climbs as a path does")
    } else {
        None
    }
}

/// Lists what an entry is called, with what each is. Front matter can spell characters that the file does not hold.
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

/// Reports the first control character of a text other than a tab or a line end.
pub(crate) fn control_characters(path: &str, text: &str, problems: &mut Problems) {
    for (line, content) in text.lines().enumerate() {
        if let Some(c) = content.chars().find(|&c| is_control(c)) {
            let place = (path, u32::try_from(line + 1).unwrap_or(u32::MAX));
            let message = format!("control character U+{:04X}", u32::from(c));
            problems.error(place, "control-character", message).hint("remove it");
            return;
        }
    }
}

/// Whether `c` is a control character other than a tab or a line end.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// Names that only one entry may claim.
struct Claims {
    what: &'static str,
    check: &'static str,
    owners: HashMap<u128, usize>,
}

impl Claims {
    fn new(what: &'static str, check: &'static str) -> Claims {
        Claims { what, check, owners: HashMap::new() }
    }

    fn claim(&mut self, name: &str, position: usize, entries: &[Entry], problems: &mut Problems) {
        let owner = *self.owners.entry(fold::key(name)).or_insert(position);
        if owner != position {
            let (entry, earlier) = (&entries[position], &entries[owner]);
            let message = format!("the {} `{name}` is taken by {}:{}", self.what, earlier.path, earlier.line);
            problems.error((&entry.path, entry.line), self.check, message);
        }
    }
}
