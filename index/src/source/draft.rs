//! One file's Markdown as drafts: entries whose links are not resolved.
//!
//! A file with a question in its front matter is one draft. Any other is a page: each heading with text of its own under
//! it is a draft, the page's title and the headings above it are its section, and the text below the title is a draft of
//! its own. A page with a single piece of text is one draft. No other file is read here:
//! [`crate::corpus::links`] resolves links once all files are known.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::asked::AskedOfFile;
use super::covered::Covered;
use super::draft_link::DraftLink;
use super::edition_files::plain_path;
use super::front_matter::{FrontMatter, Parts};
use super::naming::Naming;
use super::outline::Outline;
use super::page_rules::Split;
use super::pieces::{self, Piece};
use super::related::RelatedSource;
use super::source_kind::SourceKind;
use super::versions::Versions;
use super::{generic, ids, markers, slug};
use crate::markdown::version_blocks::BlockFacts;
use crate::model::entry::Entry;
use crate::text::fold::letters;

/// An unresolved entry, and its facts for the catalogue.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The entry.
    pub(crate) unresolved: UnresolvedEntry,
    /// The form of its source.
    pub(crate) source_kind: SourceKind,
    /// True if the author wrote the id; else it was made from the path or the heading.
    pub(crate) id_is_given: bool,
    /// The anchors of the file that lead to this entry.
    pub(crate) anchors: Vec<String>,
    /// The names of the page, by which wikis link to it, of the first entry; `#` and the labels of any.
    pub(crate) names: Vec<String>,
    /// Further addresses of the page, from the top of the content; only the first entry has them.
    pub(crate) addresses: Vec<String>,
    /// The questions that the file is tested with; only the first entry has them.
    pub(crate) asked: AskedOfFile,
    /// The files that the file is about; only the first entry has them.
    pub(crate) covered: Option<Covered>,
    /// True if a generator adds text to the file, and with it unknown anchors.
    pub(crate) is_partial: bool,
    /// True if the name of its file says its language.
    pub(crate) is_edition_by_name: bool,
    /// The bounds of blocks that are for some versions only.
    pub(crate) block_bounds: Vec<String>,
    /// The comments of such blocks that are wrong: line and reason.
    pub(crate) block_faults: Vec<(u32, String)>,
}

/// An entry whose links are not resolved yet.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct UnresolvedEntry {
    /// The entry; its answer is the author's Markdown, `related` is empty.
    pub(crate) entry: Entry,
    /// The related procedures that the author named, each with its line.
    pub(crate) related: Vec<(RelatedSource, u32)>,
    /// The links in the answer, in order.
    pub(crate) links: Vec<DraftLink>,
}

/// The facts about a file that its text does not hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SourcePage<'a> {
    /// Its path below the content folder.
    pub(crate) path: &'a str,
    /// The split that the settings ask for.
    pub(crate) split: Option<Split>,
    /// Its body before the dialect of a generator was translated.
    pub(crate) source: &'a str,
    /// The names of the files and folders beside it.
    pub(crate) naming: &'a Naming,
    /// Its language, if its name says it.
    pub(crate) language: Option<&'a str>,
}

/// Makes drafts from the parts of a file.
pub(crate) fn drafts(page: SourcePage<'_>, parts: Parts<'_>) -> Vec<Draft> {
    let mut front = parts.front_matter;
    let title = front.take_title();
    let is_of_entry = front.is_of_entry();
    let question = front.take_question().or_else(|| title.clone().filter(|_| is_of_entry));
    let is_page = question.is_none();
    let (old_paths, aliases) = front.take_aliases().into_iter().partition(|alias| is_address(alias, is_page));
    let mut outline = Outline::of(parts.body);
    outline.add_anchors_of(page.source, parts.body);
    let (body, body_line) = (parts.body, parts.body_line);
    let plain_path = page.language.map_or_else(|| page.path.to_owned(), |_| plain_path(page.path));
    let (path, naming, language) = (page.path, page.naming, page.language);
    let file = File { path, plain_path, naming, language, body, body_line, outline, aliases };
    let names = file.names(title.as_deref());
    let addresses = front.take_addresses().into_iter().chain(old_paths).map(|address| file.address(&address));
    let addresses = addresses.chain(slug::unordered_address(path)).collect();
    let asked = std::mem::take(&mut front.questions);
    let covered = front.covered.take();
    let mut drafts = match question {
        Some(question) => vec![file.single(question.trim(), SourceKind::File, front, 0..file.body.len())],
        None => file.page(title.as_deref(), page.split, front),
    };
    let entries = drafts.len();
    if let Some(first) = drafts.first_mut() {
        first.asked = AskedOfFile { questions: asked, entries };
        first.covered = covered;
        first.names.extend(names);
        first.addresses = addresses;
    }
    drafts
}

/// The most titles of a section that the author or the folders name; all headings of a page repeat them.
const TITLES_MAX: usize = 32;

struct File<'a> {
    path: &'a str,
    /// The path from which ids are made: without the language in the name of the file.
    plain_path: String,
    naming: &'a Naming,
    /// The language that the name of the file says.
    language: Option<&'a str>,
    body: &'a str,
    body_line: u32,
    outline: Outline,
    /// The other names that the front matter gives the page.
    aliases: Vec<String>,
}

impl File<'_> {
    /// Makes one draft, whose answer is the body's `range`.
    fn single(&self, question: &str, source_kind: SourceKind, mut front: FrontMatter, range: Range<usize>) -> Draft {
        let section = self.section(&mut front);
        let (keywords, language) = (front.take_keywords(), self.language(&mut front));
        let given = Self::given_id(source_kind, &mut front);
        let id_is_given = given.is_some();
        let entry = Entry {
            id: given.unwrap_or_else(|| slug::path_id(&self.plain_path)),
            kind: front.kind.unwrap_or_default(),
            question: question.to_owned(),
            section,
            aliases: self.aliases.clone(),
            keywords,
            help_ids: front.take_help_ids(),
            language,
            since: front.versions.since.take(),
            until: front.versions.until.take(),
            ..Entry::default()
        };
        let related = front.related.into_iter().map(|named| {
            let line = u32::try_from(named.referenced.line()).unwrap_or(u32::MAX).saturating_add(1);
            (named.value, line)
        });
        let anchors = self.outline.headings.iter().map(|heading| heading.anchor.clone()).collect();
        let mut draft = Draft::bare(entry, source_kind, anchors, id_is_given);
        draft.unresolved.related = related.collect();
        let mut draft = self.with_answer(draft, range.clone(), 1);
        draft.anchors.extend(self.outline.anchors_between(0, range.start).map(str::to_owned));
        draft
    }

    /// Returns the section that the author named, or else that of the folders.
    fn section(&self, front: &mut FrontMatter) -> Vec<String> {
        let titles = front.take_section().unwrap_or_else(|| self.naming.sections(self.path));
        titles.iter().take(TITLES_MAX).map(|title| slug::shortened(title).into_owned()).collect()
    }

    /// Returns the language that the author named, or else that of the name of the file.
    fn language(&self, front: &mut FrontMatter) -> Option<String> {
        front.take_language().or_else(|| self.language.map(str::to_owned))
    }

    /// Lists the names by which wikis link to the page: its file's, its title, its aliases.
    fn names(&self, title: Option<&str>) -> Vec<String> {
        let stem = slug::strip_extension(self.path);
        let name = stem.rsplit('/').next().unwrap_or(stem);
        [name].into_iter().chain(title).map(str::to_owned).chain(self.aliases.iter().cloned()).collect()
    }

    /// Returns an address of the page from the top of the content; a relative one counts from the page's folder.
    fn address(&self, address: &str) -> String {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if address.starts_with('/') { address.to_owned() } else { format!("{folder}/{address}") }
    }

    /// Takes the id that the author gave; that of a page may be one of another tool, with other rules.
    fn given_id(source_kind: SourceKind, front: &mut FrontMatter) -> Option<String> {
        let id = front.take_id()?;
        Some(if source_kind == SourceKind::File { id } else { ids::id_of(&id).into_owned() })
    }

    /// Makes the drafts of a page: one for each piece with text, or one for all.
    fn page(&self, title: Option<&str>, split: Option<Split>, front: FrontMatter) -> Vec<Draft> {
        let own = pieces::own_heading(&self.outline, title);
        let name = title.or(own.map(|heading| heading.text.as_str()));
        let source_kind = if title.is_some() { SourceKind::Page } else { SourceKind::Preamble };
        let pieces = pieces::pieces(self.body, &self.outline, name, own);
        let is_one = match split {
            Some(split) => split == Split::Page,
            None => name.is_some_and(|name| pieces::is_short(name, &pieces)),
        };
        if pieces.is_empty() {
            Vec::new()
        } else if is_one {
            let question = name.map_or_else(|| self.naming.title(&self.plain_path), str::to_owned);
            let mut draft = self.single(&question, source_kind, front, pieces::below(self.body, own)..self.body.len());
            if let Some(id) = own.and_then(|own| own.given_id.as_deref()).filter(|_| !draft.id_is_given) {
                draft.unresolved.entry.id = ids::id_of(id).into_owned();
                draft.id_is_given = true;
            }
            vec![draft]
        } else {
            self.many(name, source_kind, front, pieces)
        }
    }

    /// Makes a draft of each piece.
    fn many(
        &self,
        name: Option<&str>,
        source_kind: SourceKind,
        mut front: FrontMatter,
        pieces: Vec<Piece<'_>>,
    ) -> Vec<Draft> {
        let section = self.section(&mut front);
        let (keywords, language) = (front.take_keywords(), self.language(&mut front));
        let fallback = self.naming.title(&self.plain_path);
        let mut drafts = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let Versions { since, until } = front.versions.clone();
            let mut entry = Entry { language: language.clone(), since, until, ..Entry::default() };
            // The page of a folder has the title of the folder, which is in the section already.
            let is_there = |title: &str| section.last().is_some_and(|last| letters(last) == letters(title));
            let again = usize::from(name.is_some_and(is_there)).min(piece.above.len());
            let titles = piece.above[again..].iter().map(|title| slug::shortened(title).into_owned());
            entry.section = section.iter().cloned().chain(titles).collect();
            let draft = match piece.heading {
                Some(heading) => {
                    let made = || slug::heading_id(&self.plain_path, &heading.anchor);
                    entry.id = heading.given_id.as_deref().map_or_else(made, |id| ids::id_of(id).into_owned());
                    entry.question = generic::question(&heading.text, &piece.above, &fallback);
                    Draft::bare(entry, SourceKind::Heading, piece.anchors, heading.given_id.is_some())
                }
                None => {
                    let given = Self::given_id(source_kind, &mut front);
                    let id_is_given = given.is_some();
                    entry.id = given.unwrap_or_else(|| slug::path_id(&self.plain_path));
                    name.unwrap_or(&fallback).clone_into(&mut entry.question);
                    entry.aliases.clone_from(&self.aliases);
                    Draft::bare(entry, source_kind, piece.anchors, id_is_given)
                }
            };
            let at = piece.heading.map_or_else(|| self.first_text(piece.range.clone()), |heading| heading.range.start);
            drafts.push(self.with_answer(draft, piece.range, self.line_at(at)));
        }
        if let Some(first) = drafts.first_mut() {
            first.unresolved.entry.keywords = keywords;
        }
        drafts
    }

    /// Puts the body's `range`, without surrounding blank lines, and its links into the draft.
    fn with_answer(&self, mut draft: Draft, range: Range<usize>, line: u32) -> Draft {
        let start = self.first_text(range.clone());
        let answer = self.without_marks_at_end(start, range.end.max(start));
        let links = self.outline.links_between(start, start + answer.len());
        draft.unresolved.links = links.map(|link| self.moved(link, start)).collect();
        draft.anchors.extend(self.outline.anchors_between(range.start, range.end).map(str::to_owned));
        let labels = draft.anchors.iter().filter(|anchor| self.outline.is_label(anchor));
        draft.names.extend(labels.map(|label| format!("#{label}")));
        // A carriage return ends a line that the translation of a dialect added; before a line feed it goes.
        let gone: Vec<usize> = answer.match_indices("\r\n").map(|(at, _)| at).collect();
        let shifted = |offset: &mut usize| *offset -= gone.partition_point(|at| at < offset);
        for link in draft.unresolved.links.iter_mut().filter(|_| !gone.is_empty()) {
            [&mut link.range, &mut link.text]
                .into_iter()
                .flat_map(|range| [&mut range.start, &mut range.end])
                .for_each(shifted);
        }
        let entry = &mut draft.unresolved.entry;
        entry.answer = answer.replace("\r\n", "\n").replace('\r', "\n");
        self.path.clone_into(&mut entry.path);
        entry.line = line;
        let BlockFacts { faults, bounds } = BlockFacts::of(answer);
        draft.block_faults = faults.into_iter().map(|(at, fault)| (self.line_at(start + at), fault)).collect();
        draft.block_bounds = bounds;
        draft.is_edition_by_name = self.language.is_some();
        draft
    }

    /// Returns the body from `start` to `end` without labels and thematic breaks at its end: they part it from the rest.
    fn without_marks_at_end(&self, start: usize, end: usize) -> &str {
        let mut answer = markers::without_labels_at_end(&self.body[start..end]);
        while let Some(at) = self.outline.break_at_end(start + answer.len()).filter(|&at| at > start) {
            answer = markers::without_labels_at_end(&self.body[start..at]);
        }
        answer
    }

    /// Returns the start of the first line with text in `range`; indentation counts, because it may be code.
    fn first_text(&self, range: Range<usize>) -> usize {
        let mut start = range.start;
        for line in self.body[range.clone()].split_inclusive('\n') {
            if !line.trim().is_empty() {
                return start;
            }
            start += line.len();
        }
        range.end
    }

    fn moved(&self, link: &DraftLink, start: usize) -> DraftLink {
        let shift = |range: &Range<usize>| range.start - start..range.end - start;
        let (range, text) = (shift(&link.range), shift(&link.text));
        DraftLink { range, text, line: self.line_at(link.range.start), ..link.clone() }
    }

    fn line_at(&self, offset: usize) -> u32 {
        self.body_line + self.outline.line_of(offset)
    }
}

impl Draft {
    fn bare(entry: Entry, source_kind: SourceKind, anchors: Vec<String>, id_is_given: bool) -> Draft {
        let unresolved = UnresolvedEntry { entry, related: Vec::new(), links: Vec::new() };
        let (names, addresses) = (Vec::new(), Vec::new());
        let asked = AskedOfFile::default();
        Draft {
            unresolved,
            source_kind,
            id_is_given,
            anchors,
            names,
            addresses,
            asked,
            covered: None,
            is_partial: false,
            is_edition_by_name: false,
            block_bounds: Vec::new(),
            block_faults: Vec::new(),
        }
    }
}

/// Site generators keep a page's former addresses under `aliases`; those are no phrasings.
fn is_address(alias: &str, is_page: bool) -> bool {
    let is_name = alias.contains(char::is_whitespace) || alias.contains(char::is_uppercase);
    let is_relative = || alias.contains('/') || [".html", ".htm", ".md", ".php"].iter().any(|end| alias.ends_with(end));
    alias.starts_with('/') || (is_page && !is_name && is_relative())
}

#[cfg(test)]
mod tests;
