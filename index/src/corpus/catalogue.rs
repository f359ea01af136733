//! Ids, locations and anchors of all entries, for link resolution.

use std::collections::HashMap;
use std::convert::Infallible;

use rustc_hash::FxHashSet;

use super::editions::EditionGroups;
use super::entry_hashes::{self, EntryHashes, saturated};
use super::hash_index::HashIndex;
use super::string_arena::StringArena;
use crate::model::address;
use crate::model::edition;
use crate::model::entry::{Kind, Related, Status};
use crate::parallel;
use crate::source::draft::Draft;
use crate::source::draft_link::DraftLink;
use crate::source::edition_files::plain_path;
use crate::source::related::RelatedSource;
use crate::source::source_kind::SourceKind;
use crate::source::versions::Versions;
use crate::source::{short_ids, slug};
use crate::text::language::Tag;
use crate::text::version::{self, VersionRange};

/// All entries by position, with indexes by id, path and anchor.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    rows: Vec<Row>,
    /// The questions, until all entries are known.
    questions: StringArena,
    /// The hashes of the ids that `related` names, until then.
    named: FxHashSet<u64>,
    /// True if a link has no text, and shows the question of its entry.
    has_bare_links: bool,
    /// The questions of entries that others may name, from then on.
    titles: HashMap<usize, String>,
    ids: StringArena,
    /// The languages that entries name, each once.
    languages: Vec<String>,
    /// The newest version that any entry names.
    newest: Option<String>,
    /// The versions of entries that name some.
    versions: HashMap<usize, Versions>,
    /// The entries that are editions of one id, once all entries are known.
    editions: EditionGroups,
    /// The new ids of renamed entries.
    renamed: HashMap<usize, String>,
    /// The paths of the files that hold entries.
    files: StringArena,
    /// The first outside page of each entry that names one.
    pages: HashMap<usize, (String, Option<Status>)>,
    by_id: HashIndex,
    by_short_id: HashIndex,
    by_path: HashIndex,
    by_name: HashIndex,
    by_address: HashIndex,
    by_anchor: HashIndex,
    by_letters: HashIndex,
}

/// An entry.
#[derive(Clone, Copy, Debug)]
struct Row {
    file: u32,
    line: u32,
    kind: Kind,
    source_kind: SourceKind,
    id_is_given: bool,
    is_partial: bool,
    is_edition_by_name: bool,
    /// The number of its language, from 1; 0 if it names none.
    language: u32,
}

impl Catalogue {
    /// Adds the next entry.
    pub(crate) fn push(&mut self, draft: &Draft, keys: &EntryHashes) {
        let position = self.rows.len();
        let entry = &draft.unresolved.entry;
        let number = saturated(position);
        if self.files.len() == 0 || self.files.at(self.files.len() - 1) != entry.path {
            self.files.push(&entry.path);
            self.by_path.all.push((entry_hashes::name(&entry.path), number));
        }
        self.by_name.all.extend(draft.names.iter().map(|name| (entry_hashes::caseless(name), number)));
        self.by_address.all.extend(draft.addresses.iter().map(|address| (entry_hashes::name(bare(address)), number)));
        self.questions.push(&entry.question);
        self.ids.push(&entry.id);
        for &[anchor, letters] in &keys.anchors {
            self.by_anchor.all.push((anchor, number));
            self.by_letters.all.push((letters, number));
        }
        for (source, _) in &draft.unresolved.related {
            match source {
                RelatedSource::Page { url, status, .. } if address::fault(url).is_none() => {
                    self.pages.entry(position).or_insert_with(|| (url.clone(), *status));
                }
                RelatedSource::Page { .. } => {}
                RelatedSource::Entry(id) => drop(self.named.insert(entry_hashes::name(id))),
            }
        }
        self.has_bare_links |= draft.unresolved.links.iter().any(DraftLink::is_bare);
        self.rows.push(Row {
            file: saturated(self.files.len() - 1),
            line: entry.line,
            kind: entry.kind,
            source_kind: draft.source_kind,
            id_is_given: draft.id_is_given,
            is_partial: draft.is_partial,
            is_edition_by_name: draft.is_edition_by_name,
            language: 0,
        });
        if entry.since.is_some() || entry.until.is_some() {
            self.versions.insert(position, Versions { since: entry.since.clone(), until: entry.until.clone() });
        }
        let bounds = entry.since.iter().chain(&entry.until).chain(&draft.block_bounds);
        for bound in bounds {
            self.newest = version::newer(self.newest.as_deref(), Some(bound)).map(str::to_owned);
        }
        if let Some(language) = &entry.language {
            let number = self.languages.iter().position(|known| known == language).unwrap_or(self.languages.len());
            if number == self.languages.len() {
                self.languages.push(language.clone());
            }
            self.rows[position].language = saturated(number + 1);
        }
    }

    /// Builds the indexes, now that all ids are final. Drops the questions that are no title of a related procedure: 80
    /// MB for 1,000,000 entries.
    pub(crate) fn complete(&mut self) {
        for position in 0..self.len() {
            let key = entry_hashes::name(self.id(position));
            let plain = entry_hashes::name(self.id(self.editions.original(position)));
            self.by_id.all.push((key, saturated(position)));
            let short = short_ids::of(self.id(position), self.place(position).0, self.question(position));
            self.by_short_id.all.extend(short.iter().map(|id| (entry_hashes::name(id), saturated(position))));
            if self.has_bare_links
                || self.kind(position) == Kind::Procedure
                || self.named.contains(&key)
                || self.named.contains(&plain)
            {
                self.titles.insert(position, slug::shortened(self.question(position)).into_owned());
            }
        }
        self.questions = StringArena::default();
        self.named = FxHashSet::default();
        let mut ways = self.indexes();
        let sort = |ways: &mut [&mut HashIndex]| ways.iter_mut().for_each(|ways| ways.all.sort_unstable());
        let Ok(()) = parallel::in_order(&mut ways, 1, sort, Ok::<_, Infallible>);
    }

    /// Returns the title of an entry that others may name.
    pub(crate) fn title(&self, position: usize) -> Option<&str> {
        self.titles.get(&position).map(String::as_str)
    }

    /// Drops the data for link resolution: 100 MB for 1,000,000 entries.
    pub(crate) fn forget_links(&mut self) {
        self.titles = HashMap::new();
        self.pages = HashMap::new();
        self.indexes().into_iter().for_each(|index| *index = HashIndex::default());
    }

    fn indexes(&mut self) -> [&mut HashIndex; 7] {
        [
            &mut self.by_id,
            &mut self.by_short_id,
            &mut self.by_path,
            &mut self.by_name,
            &mut self.by_address,
            &mut self.by_anchor,
            &mut self.by_letters,
        ]
    }

    /// Gives an entry another id.
    pub(crate) fn rename(&mut self, position: usize, id: String) {
        self.renamed.insert(position, id);
    }

    /// Returns the number of entries.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns true if there are no entries.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Makes entries the editions of an id, the original first, under ids of their own. All are of the kind of the original.
    pub(crate) fn make_editions(&mut self, editions: Vec<usize>, ids: Vec<String>) {
        for &edition in &editions {
            self.rows[edition].kind = self.rows[editions[0]].kind;
        }
        self.renamed.extend(editions.iter().copied().zip(ids));
        self.editions.add(editions);
    }

    /// Returns the entries that are editions of one id.
    pub(crate) fn editions(&self) -> &EditionGroups {
        &self.editions
    }

    /// Returns true if two entries are, or may turn out to be, editions of one id: they were read with the same id, in two
    /// languages or for other versions.
    pub(crate) fn may_be_sisters(&self, one: usize, other: usize) -> bool {
        let id = |position| entry_hashes::caseless(self.original_id(position));
        let is_by_name = || self.is_edition_by_name(one) || self.is_edition_by_name(other);
        let is_page = |position| self.source_kind(position) != SourceKind::Heading;
        let are_by_name =
            || is_by_name() && is_page(one) && is_page(other) && self.plain_stem(one) == self.plain_stem(other);
        let differs =
            self.rows[one].language != self.rows[other].language || !self.range(one).overlaps(&self.range(other));
        differs && (id(one) == id(other) || are_by_name())
    }

    /// Returns the versions that an entry names.
    pub(crate) fn versions(&self, position: usize) -> Option<&Versions> {
        self.versions.get(&position)
    }

    /// Gives an entry versions, unless it names some.
    pub(crate) fn add_versions(&mut self, position: usize, versions: Versions) {
        self.versions.entry(position).or_insert(versions);
    }

    /// Returns the range of the versions that an entry is for.
    pub(crate) fn range(&self, position: usize) -> VersionRange {
        self.versions(position).map(Versions::range).unwrap_or_default()
    }

    /// Returns the newest version that any entry or block of an answer names.
    pub(crate) fn newest_version(&self) -> Option<&str> {
        self.newest.as_deref()
    }

    /// Lists the entries that name versions, in order.
    pub(crate) fn with_versions(&self) -> Vec<usize> {
        let mut positions: Vec<usize> = self.versions.keys().copied().collect();
        positions.sort_unstable();
        positions
    }

    /// Returns the path of the entry's file, without the language in its name if that says one.
    pub(crate) fn plain_path(&self, position: usize) -> String {
        let path = self.place(position).0;
        if self.is_edition_by_name(position) { plain_path(path) } else { path.to_owned() }
    }

    /// Returns the same path without its extension.
    pub(crate) fn plain_stem(&self, position: usize) -> String {
        slug::strip_extension(&self.plain_path(position)).to_owned()
    }

    /// Lists the languages that entries name, each once.
    pub(crate) fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(String::as_str)
    }

    /// Returns the language that an entry names.
    pub(crate) fn language(&self, position: usize) -> Option<&str> {
        let number = self.rows[position].language.checked_sub(1)?;
        self.languages.get(number as usize).map(String::as_str)
    }

    /// Returns true if the name of its file says its language.
    pub(crate) fn is_edition_by_name(&self, position: usize) -> bool {
        self.rows[position].is_edition_by_name
    }

    /// Returns the id of the entry at `position`.
    pub(crate) fn id(&self, position: usize) -> &str {
        self.renamed.get(&position).map_or_else(|| self.ids.at(position), String::as_str)
    }

    /// Returns the id that the entry was read with.
    pub(crate) fn original_id(&self, position: usize) -> &str {
        self.ids.at(position)
    }

    /// Returns the question, until all entries are known.
    pub(crate) fn question(&self, position: usize) -> &str {
        self.questions.at(position)
    }

    /// Returns its file and line.
    pub(crate) fn place(&self, position: usize) -> (&str, u32) {
        let row = self.rows[position];
        (self.files.at(row.file as usize), row.line)
    }

    /// Returns the form of its source.
    pub(crate) fn source_kind(&self, position: usize) -> SourceKind {
        self.rows[position].source_kind
    }

    /// Returns its kind.
    pub(crate) fn kind(&self, position: usize) -> Kind {
        self.rows[position].kind
    }

    /// Returns true if the author wrote its id.
    pub(crate) fn id_is_given(&self, position: usize) -> bool {
        self.rows[position].id_is_given
    }

    /// Returns true if a generator adds text to its file.
    pub(crate) fn is_partial(&self, position: usize) -> bool {
        self.rows[position].is_partial
    }

    /// Describes the entry as a related procedure, with the first outside page that it names.
    pub(crate) fn procedure(&self, position: usize) -> Related {
        let (url, status) =
            self.pages.get(&position).cloned().map_or((None, None), |(url, status)| (Some(url), status));
        let title = self.titles.get(&position).cloned().unwrap_or_default();
        Related { title, id: Some(self.id(position).to_owned()), url, status }
    }

    /// Lists all ids.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.id(position))
    }

    /// Lists the paths of all files that hold entries.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter()
    }

    /// Returns the entry of this id, or of a shorter form of it that no other entry has.
    pub(crate) fn by_id(&self, id: &str) -> Option<usize> {
        self.by_own_id(id).or_else(|| self.by_edition_id(id))
    }

    /// Returns the entry that has this id or a shorter form of it itself.
    fn by_own_id(&self, id: &str) -> Option<usize> {
        let key = entry_hashes::name(id);
        self.by_id.first(key).filter(|&found| self.id(found) == id).or_else(|| self.by_short_id.only(key))
    }

    /// Returns the edition that an id such as `bind@zh-TW` names, which no entry has: the one that serves its readers best.
    fn by_edition_id(&self, id: &str) -> Option<usize> {
        let (plain, names) = edition::parts(id).filter(|_| !self.editions.is_empty())?;
        let sisters = self.editions.sisters(self.by_own_id(plain)?).to_vec();
        let language = |sister: usize| self.language(sister).and_then(Tag::parse);
        edition::serving(names, sisters, language, |sister| self.range(sister))
    }

    /// Returns the first entry of the file at `path`.
    pub(crate) fn by_path(&self, path: &str) -> Option<usize> {
        self.by_path.first(entry_hashes::name(path)).filter(|&found| self.place(found).0 == path)
    }

    /// Returns the first entry of the page of this name.
    pub(crate) fn by_name(&self, name: &str) -> Option<usize> {
        self.by_name.first(entry_hashes::caseless(name))
    }

    /// Returns the first entry of the page that is published at an address, or once was.
    pub(crate) fn by_address(&self, address: &str) -> Option<usize> {
        self.by_address.first(entry_hashes::name(bare(address)))
    }

    /// Returns the entry that has the anchor in the file at `path`.
    pub(crate) fn by_anchor(&self, path: &str, anchor: &str) -> Option<usize> {
        self.by_anchor.first(entry_hashes::anchor(path, anchor))
    }

    /// Returns the entry that has an anchor of these letters in the file at `path`.
    pub(crate) fn by_letters(&self, path: &str, letters: &str) -> Option<usize> {
        self.by_letters.first(entry_hashes::anchor(path, letters))
    }
}

/// Returns an address without what makes no difference at either end.
fn bare(address: &str) -> &str {
    let address = address.trim_matches('/');
    let address = address.strip_suffix(".html").unwrap_or(address);
    address.strip_suffix("/index").unwrap_or(address)
}
