//! Checks of names and answers: ids and aliases claimed twice, empty answers, control characters.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxHashSet;

use crate::corpus::catalogue::Catalogue;
use crate::corpus::editions::{self, EditionCandidate};
use crate::corpus::entry_hashes::{self, FirstSeen};
use crate::model::edition::edition_id;
use crate::model::entry::Entry;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::source::read::first_control;
use crate::source::settings::Settings;
use crate::source::settings_file::SETTINGS_FILE;
use crate::source::source_kind::SourceKind;
use crate::source::versions::Versions;
use crate::source::{ids, slug};
use crate::steps;

/// Makes ids unique, and reports an id that two entries with a question of their own claim.
///
/// The id of a path or a heading is made from that path alone, so two are seldom alike: those of `a.md` and `a.mdx`, of a
/// folder and its `README.md`, of two headings with the same `{#id}`. The first entry keeps it, an entry with a question
/// before all others; the rest get their whole path, and in the end a number.
///
/// Entries that share an id in several languages or for several versions are its editions: the original keeps it, the others get
/// their language or their version behind it.
pub(crate) fn make_ids_unique(catalogue: &mut Catalogue, default_language: &str, problems: &mut Problems) {
    share_ids_by_name(catalogue);
    let recurring = recurring(catalogue);
    if recurring.is_empty() {
        return;
    }
    let mut taken: FxHashSet<u64> = catalogue.ids().map(entry_hashes::caseless).collect();
    let mut numbers: HashMap<String, u32> = HashMap::new();
    for same in recurring {
        let (same, groups) = editions_of(catalogue, same, default_language, problems);
        let owner = same.iter().copied().min_by_key(|&at| owner_key(catalogue, at));
        for at in same {
            if Some(at) != owner && !is_claimed(catalogue, at) {
                let id = another_id(catalogue, at, &mut taken, &mut numbers);
                catalogue.rename(at, id);
            }
        }
        for editions in &groups {
            name_editions(catalogue, editions);
        }
    }
    claim_ids(catalogue, problems);
}

/// Returns the order in which entries may keep an id that they share.
fn owner_key(catalogue: &Catalogue, at: usize) -> (bool, bool, usize) {
    (!is_claimed(catalogue, at), !catalogue.id_is_given(at), at)
}

/// Gives the page of a file such as `bind.zh.md` the id that its sister `bind.md` has in its front matter, and its versions unless it
/// names some.
fn share_ids_by_name(catalogue: &mut Catalogue) {
    let is_page = |catalogue: &Catalogue, at: usize| catalogue.source_kind(at) != SourceKind::Heading;
    let by_name = (0..catalogue.len()).filter(|&at| catalogue.is_edition_by_name(at) && is_page(catalogue, at));
    let stems: FxHashSet<String> = by_name.map(|at| catalogue.plain_stem(at)).collect();
    if stems.is_empty() {
        return;
    }
    let mut given: HashMap<String, String> = HashMap::new();
    for at in (0..catalogue.len()).filter(|&at| catalogue.id_is_given(at) && is_page(catalogue, at)) {
        let stem = catalogue.plain_stem(at);
        if stems.contains(&stem) && (!given.contains_key(&stem) || !catalogue.is_edition_by_name(at)) {
            given.insert(stem, catalogue.id(at).to_owned());
        }
    }
    // Without an id in any front matter, all have that of the path already.
    let pages: Vec<usize> = (0..catalogue.len()).filter(|&at| is_page(catalogue, at)).collect();
    let mut versions: HashMap<String, Versions> = HashMap::new();
    for &at in &pages {
        if let Some(named) = catalogue.versions(at).filter(|_| !catalogue.is_edition_by_name(at)) {
            versions.insert(catalogue.plain_stem(at), named.clone());
        }
    }
    for at in pages {
        let stem = catalogue.plain_stem(at);
        if let Some(id) = given.get(&stem).filter(|_| !catalogue.id_is_given(at)) {
            catalogue.rename(at, id.clone());
        }
        if let Some(of_sister) = versions.get(&stem).filter(|_| catalogue.is_edition_by_name(at)) {
            catalogue.add_versions(at, of_sister.clone());
        }
    }
}

/// Parts the entries that share an id into the editions of it, the original first, and returns these with the entries that may
/// still keep the id: the originals, and those that clash with an edition.
fn editions_of(
    catalogue: &Catalogue,
    mut same: Vec<usize>,
    default_language: &str,
    problems: &mut Problems,
) -> (Vec<usize>, Vec<Vec<EditionCandidate>>) {
    same.sort_by_key(|&at| owner_key(catalogue, at));
    // Headings of several pages may have one id and nothing in common.
    let page = |at: usize| {
        (catalogue.source_kind(at) == SourceKind::Heading).then(|| slug::path_id(&catalogue.plain_path(at)))
    };
    let mut of_pages: BTreeMap<Option<String>, Vec<EditionCandidate>> = BTreeMap::new();
    for position in same {
        let language = catalogue.language(position).unwrap_or(default_language).to_owned();
        let is_by_name = catalogue.is_edition_by_name(position);
        let versions = catalogue.range(position);
        let candidate = EditionCandidate { position, language, is_by_name, versions };
        of_pages.entry(page(position)).or_default().push(candidate);
    }
    let (mut left, mut groups) = (Vec::new(), Vec::new());
    for claiming in of_pages.into_values() {
        let (editions, clashing) = editions::parted(claiming, default_language);
        for entry in &clashing {
            overlap(catalogue, entry, &editions, problems);
        }
        left.extend(editions.first().into_iter().chain(&clashing).map(|entry| entry.position));
        groups.extend((editions.len() > 1).then_some(editions));
    }
    left.sort_unstable();
    (left, groups)
}

/// Reports an entry whose versions overlap with those of one of the `editions` of its id.
fn overlap(catalogue: &Catalogue, entry: &EditionCandidate, editions: &[EditionCandidate], problems: &mut Problems) {
    let has_versions = |other: &&EditionCandidate| !entry.versions.is_all() || !other.versions.is_all();
    let other = editions.iter().find(|other| entry.clashes_with(other)).filter(has_versions);
    if let Some(EditionCandidate { position, .. }) = other {
        let ((path, line), id) = (catalogue.place(*position), catalogue.id(*position));
        let message = format!("`{id}` is for versions that overlap with those of {path}:{line}");
        let problem = problems.error(catalogue.place(entry.position), Check::OverlappingVersions, message);
        problem.hint("let one end, by `until:`, where the other begins, by `since:`");
    }
}

/// Gives the editions of an entry ids behind that of the original.
fn name_editions(catalogue: &mut Catalogue, editions: &[EditionCandidate]) {
    let plain = catalogue.id(editions[0].position).to_owned();
    let original = &editions[0];
    let behind = editions[1..].iter().map(|edition| {
        let language = Some(edition.language.as_str()).filter(|_| edition.language != original.language);
        let versions = catalogue.versions(edition.position).filter(|_| edition.versions != original.versions);
        let version = versions.map(|versions| match versions {
            Versions { since: Some(since), .. } => since.clone(),
            Versions { until, .. } => format!("until-{}", until.as_deref().unwrap_or_default()),
        });
        edition_id(&plain, language.into_iter().chain(version.as_deref()))
    });
    let ids = std::iter::once(plain.clone()).chain(behind).collect();
    catalogue.make_editions(editions.iter().map(|edition| edition.position).collect(), ids);
}

/// Returns true if an author claimed the id for an entry with a question of its own.
fn is_claimed(catalogue: &Catalogue, at: usize) -> bool {
    catalogue.id_is_given(at) && catalogue.source_kind(at) == SourceKind::File
}

/// Finds an id that is not `taken` for an entry whose own is, and takes it.
fn another_id(
    catalogue: &Catalogue,
    at: usize,
    taken: &mut FxHashSet<u64>,
    numbers: &mut HashMap<String, u32>,
) -> String {
    let path = catalogue.place(at).0;
    let original = catalogue.original_id(at);
    let heading = (catalogue.source_kind(at) == SourceKind::Heading)
        .then(|| original.rsplit_once('#').map_or(original, |(_, heading)| heading));
    let pages =
        [slug::path_id(path), ids::id_of(slug::strip_extension(path)).into_owned(), ids::id_of(path).into_owned()];
    let whole = |page: String| heading.map_or_else(|| page.clone(), |heading| format!("{page}#{heading}"));
    let [first, second, last] = pages.map(whole);
    let mut is_free = |id: &String| taken.insert(entry_hashes::caseless(id));
    if let Some(free) = [first, second, last.clone()].into_iter().find(&mut is_free) {
        return free;
    }
    let number = numbers.entry(last.clone()).or_insert(1);
    loop {
        steps::count(1);
        *number += 1;
        let numbered = format!("{last}-{number}");
        if is_free(&numbered) {
            return numbered;
        }
    }
}

/// Lists the entries that share an id with others, by their ids.
fn recurring(catalogue: &Catalogue) -> Vec<Vec<usize>> {
    let mut keys: Vec<(u64, u32)> = catalogue.ids().map(entry_hashes::caseless).zip(0..).collect();
    keys.sort_unstable();
    let shared = keys.chunk_by(|(a, _), (b, _)| a == b).filter(|same| same.len() > 1);
    let mut recurring: Vec<Vec<usize>> =
        shared.map(|same| same.iter().map(|&(_, position)| position as usize).collect()).collect();
    recurring.sort_unstable();
    recurring
}

fn claim_ids(catalogue: &Catalogue, problems: &mut Problems) {
    let mut ids = Claims::new("id", Check::DuplicateId);
    for same in recurring(catalogue) {
        // Versions that overlap are reported already.
        for &position in same.iter().filter(|_| same.iter().all(|&at| catalogue.versions(at).is_none())) {
            let id = catalogue.id(position);
            ids.claim(id, entry_hashes::caseless(id), position, catalogue, problems);
        }
    }
}

/// Checks the answer, the id and the help ids of a finished entry, of which `id` is the id without the names of an edition.
pub(crate) fn entry(entry: &Entry, id: &str, form: SourceKind, problems: &mut Problems) {
    let place = (entry.path.as_str(), entry.line);
    if entry.answer.trim().is_empty() {
        problems.push(form.severity(), place, Check::EmptyAnswer, format!("`{}` has no answer", entry.id));
    }
    let names = [("id", id)].into_iter().chain(entry.help_ids.iter().map(|id| ("help id", id.as_str())));
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

/// Reports the ids to which the settings give aliases and which no entry has.
pub(crate) fn unknown_ids_of_aliases(settings: &Settings, catalogue: &Catalogue, problems: &mut Problems) {
    for (id, _, line) in settings.aliases() {
        if catalogue
            .by_id(id)
            .is_none_or(|position| catalogue.original_id(position) != id && catalogue.id(position) != id)
        {
            let message = format!("aliases for `{id}`, which is the id of no entry");
            problems.error((SETTINGS_FILE, line), Check::Settings, message).hint("`faqt list` names all ids");
        }
    }
}

/// Reports control characters in the names of an entry.
pub(crate) fn control_characters_of_names(entry: &Entry, form: SourceKind, problems: &mut Problems) {
    for (what, name) in names(entry) {
        if let Some((_, c)) = first_control(name) {
            let message = format!("control character U+{:04X} in the {what} `{name}`", u32::from(c));
            let place = (entry.path.as_str(), entry.line);
            problems.push(form.severity(), place, Check::ControlCharacter, message).hint("remove it");
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
    /// name, and returns that.
    pub(crate) fn claim(
        &mut self,
        name: &str,
        key: u64,
        position: usize,
        catalogue: &Catalogue,
        problems: &mut Problems,
    ) -> Option<usize> {
        let owner = self.owners.note(key, position);
        if owner != position && !(self.check != Check::DuplicateId && catalogue.may_be_sisters(owner, position)) {
            let (path, line) = catalogue.place(owner);
            let message = format!("the {} `{name}` is taken by {path}:{line}", self.what);
            let severity = catalogue.source_kind(owner).severity().min(catalogue.source_kind(position).severity());
            problems.push(severity, catalogue.place(position), self.check, message);
            return Some(owner);
        }
        None
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
