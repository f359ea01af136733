//! From a folder of Markdown to entries, with every problem collected.
//!
//! `source` makes drafts of each file, `collect` takes them in their order into the catalogue and the draft store of
//! `corpus`. Once the last file is read, the links of the drafts are resolved, chunk by chunk, and `lint` reports what
//! is wrong with entries and between them. A file that cannot be read is a problem; the others are read.

mod finished;
#[cfg(test)]
pub(crate) mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

pub(crate) use self::finished::{ChunkProblems, FinishedProblems};
use super::collect::{Batch, Collector};
use super::expected;
use super::inherited::Inherited;
use super::progress::{Cancelled, Reporter, Stage};
use crate::corpus::catalogue::Catalogue;
use crate::corpus::draft_store::Chunk;
use crate::corpus::links::Targets;
use crate::corpus::redirects::Redirect;
use crate::lint::duplicates::Meanings;
use crate::model::edition::edition_id;
use crate::model::entry::Entry;
use crate::model::expected::ExpectedQuestion;
use crate::parallel;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::problem::severity::Severity;
use crate::source::containers::containers;
use crate::source::covered::Covered;
use crate::source::draft::{Draft, SourcePage, UnresolvedEntry};
use crate::source::draft_link::LinkForm;
use crate::source::edition_files::EditionFiles;
use crate::source::files::Files;
use crate::source::front_matter::Parts;
use crate::source::generators::detect::FolderDialects;
use crate::source::generators::dialect::Dialect;
use crate::source::language_folders::LanguageFolders;
use crate::source::naming::Naming;
use crate::source::partials::Partials;
use crate::source::read::{control_characters, read_text};
use crate::source::settings::Settings;
use crate::source::slug;
use crate::source::versions::Versions;
use crate::source::walk::SourceFile;

/// The most files that one thread reads at a time; a file may hold 1,000 entries.
const PART_MAX: usize = 4;
/// The fewest parts that files are dealt into, if there are enough, so that all threads end together.
const PARTS_MIN: usize = 1_000;

/// The entries of one content folder and their problems.
pub(crate) struct Content {
    /// The settings in `faqt.toml`.
    pub(crate) settings: Settings,
    /// The catalogue of all entries, in the order of the table of contents.
    pub(crate) catalogue: Catalogue,
    /// The drafts of entries that are not finished yet.
    pub(crate) parts: Vec<Chunk>,
    /// For each entry, true if its question may as well mean another entry.
    pub(crate) recurring: Vec<bool>,
    /// The old names of entries.
    pub(crate) redirects: Vec<Redirect>,
    /// The help ids of all entries, former ones included.
    pub(crate) help_ids: Vec<String>,
    /// The questions that the knowledge base is tested with.
    pub(crate) questions: Vec<ExpectedQuestion>,
    /// The files that entries are about.
    pub(crate) covered: Vec<Covered>,
    /// The number of sections that hold entries.
    pub(crate) sections: usize,
    /// The number of links in answers and of related procedures.
    pub(crate) links: usize,
    /// The length of all questions, aliases and answers.
    pub(crate) text_bytes: usize,
    /// The problems found so far.
    pub(crate) problems: Problems,
    files: Files,
    /// The addresses, without ordering numbers, of the files that have some.
    numbered_files: HashSet<String>,
    inherited: Inherited,
    has_keywords: bool,
}

/// Reads the content among `files` as `settings` say. `problems` are those of the settings.
pub(crate) fn read(
    files: Files,
    settings: Settings,
    mut problems: Problems,
    reporter: &Reporter,
) -> Result<Content, Cancelled> {
    let listed = crate::source::walk::markdown_files(&files, &settings.exclude, &mut problems);
    let collected = collect(&files, listed, &settings, problems, reporter)?;
    Ok(Content::of(settings, collected, files))
}

/// Reads the `listed` ones of `files`; what became of one since it was listed is looked at when it is opened.
fn collect(
    files: &Files,
    mut listed: Vec<SourceFile>,
    settings: &Settings,
    problems: Problems,
    reporter: &Reporter,
) -> Result<Collector, Cancelled> {
    let dialects = FolderDialects::of(files, &listed, settings);
    let naming = naming(&listed, &dialects, settings.language_folders());
    let editions = EditionFiles::of(listed.iter().map(|file| file.path.as_str()), settings.language_folders());
    let partials = Partials::of(files, &listed, &dialects);
    listed.retain(|file| !partials.owns(&file.path));
    let numbered_files = listed.iter().filter_map(|file| slug::unordered_address(&file.path)).collect();
    let aliases = settings.aliases().map(|(id, aliases, _)| (id.to_owned(), aliases.to_vec())).collect();
    let folder = FolderMarkup { dialects, partials, aliases };
    let stage = reporter.stage(Stage::Reading, listed.len());
    let read = |meanings: &mut Meanings, part: &mut [SourceFile]| {
        meanings.forget_if_many();
        let (mut batch, mut problems) = (Batch::default(), Problems::default());
        for file in part {
            if stage.is_cancelled() {
                break;
            }
            let file = std::mem::take(file);
            if let Some(text) = read_text(files.open(file.below()), &file.path, &mut problems) {
                let page = SourcePage { language: editions.tag_of(&file.path), ..page(&file.path, settings, &naming) };
                add_drafts(page, &text, &folder, meanings, &mut batch, &mut problems);
            }
            stage.advance();
        }
        (batch, problems)
    };
    let part = (listed.len() / PARTS_MIN).clamp(1, PART_MAX);
    let mut collected = Collector { numbered_files, ..Collector::new(problems) };
    crate::lint::editions::lone_files(&editions, &mut collected.problems);
    parallel::in_order_with(
        &mut listed,
        part,
        || Meanings::new(settings),
        read,
        |(batch, found)| {
            reporter.check()?;
            collected.take(&batch);
            collected.problems.extend(found.into_sorted());
            Ok(())
        },
    )?;
    reporter.check()?;
    Ok(collected)
}

/// Reads a folder of one file at `path` with this `text`, from memory.
#[cfg(feature = "fuzzing")]
pub(crate) fn read_one(path: &str, text: &str) -> (Vec<Entry>, Problems) {
    let (settings, mut collected) = (Settings::default(), Collector::new(Problems::default()));
    let mut batch = Batch::default();
    add_drafts(
        page(path, &settings, &Naming::default()),
        text,
        &FolderMarkup::default(),
        &mut Meanings::new(&settings),
        &mut batch,
        &mut collected.problems,
    );
    collected.take(&batch);
    Content::of(settings, collected, Files::Memory(std::sync::Arc::default())).finish_all()
}

impl Content {
    fn of(mut settings: Settings, collected: Collector, files: Files) -> Content {
        let Collector {
            mut catalogue,
            draft_store,
            recurring,
            help_ids,
            asked,
            covered,
            sections,
            links,
            text_bytes,
            has_keywords,
            scripts,
            mut problems,
            conflicts,
            comparisons,
            numbered_files,
        } = collected;
        drop(comparisons);
        settings.language = settings.language.or_else(|| scripts.language().map(str::to_owned));
        crate::lint::names::make_ids_unique(&mut catalogue, &settings.default_language(), &mut problems);
        for conflict in conflicts {
            conflict.report(&catalogue, &mut problems);
        }
        crate::lint::editions::problems(&catalogue, &settings, &mut problems);
        catalogue.complete();
        let parts = draft_store.into_chunks();
        let inherited = Inherited::of(&catalogue, &parts);
        crate::lint::names::unknown_ids_of_aliases(&settings, &catalogue, &mut problems);
        let redirects = crate::corpus::redirects::resolve(&settings, &catalogue, &help_ids, &mut problems);
        let questions = expected::questions(&files, &settings, asked, (&catalogue, &redirects), &mut problems);
        let covered = covered.into_iter().map(|(position, covered)| {
            let (id, path) = (catalogue.id(position).to_owned(), catalogue.place(position).0.to_owned());
            Covered { id, path, ..covered }
        });
        let covered = covered.collect();
        let former = redirects.iter().filter(|redirect| redirect.is_help_id).map(|redirect| redirect.from.clone());
        let help_ids = help_ids.into_iter().map(|(help_id, _)| help_id).chain(former).collect();
        Content {
            settings,
            catalogue,
            parts,
            inherited,
            recurring,
            redirects,
            help_ids,
            questions,
            covered,
            sections: sections.len(),
            links,
            text_bytes,
            problems,
            files,
            numbered_files,
            has_keywords,
        }
    }

    /// Finishes the entries of a chunk.
    pub(crate) fn finish(&self, part: &Chunk) -> (Vec<Entry>, ChunkProblems) {
        let (mut entries, mut found) = (Vec::new(), ChunkProblems::default());
        for (position, draft) in part.drafts(|_| true) {
            let entry = self.entry(position, draft, &mut found.problems);
            let source_kind = self.catalogue.source_kind(position);
            let id = if self.catalogue.editions().sisters(position).is_empty() {
                &entry.id
            } else {
                self.catalogue.original_id(position)
            };
            crate::lint::names::entry(&entry, id, source_kind, &mut found.problems);
            if self.has_keywords {
                crate::lint::duplicates::keywords(&entry, source_kind, &mut found.problems);
            }
            let ids = entry.related.iter().filter_map(|related| related.id.as_deref());
            let others = ids.filter(|&id| id != entry.id).filter_map(|id| self.catalogue.by_id(id));
            found.pointed_to.extend(others);
            entries.push(entry);
        }
        (entries, found)
    }

    /// Finishes all entries, and adds the problems between them.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn finish_all(mut self) -> (Vec<Entry>, Problems) {
        let (mut entries, mut findings) = (Vec::new(), FinishedProblems::of(self.catalogue.len()));
        for part in std::mem::take(&mut self.parts) {
            let (finished, found) = self.finish(&part);
            findings.add(found);
            entries.extend(finished);
        }
        self.conclude(findings);
        (entries, self.problems)
    }

    /// Returns every `step`-th entry, the first included.
    pub(crate) fn sample(&self, step: usize) -> Vec<Entry> {
        let is_wanted = |position: usize| position.is_multiple_of(step);
        let parts = self.parts.iter().filter(|part| part.positions().any(is_wanted));
        let drafts = parts.flat_map(|part| part.drafts(is_wanted));
        drafts.map(|(position, draft)| self.entry(position, draft, &mut Problems::default())).collect()
    }

    /// Adds the problems between entries, now that the last is finished.
    pub(crate) fn conclude(&mut self, findings: FinishedProblems) {
        self.problems.extend(findings.problems.into_sorted_once());
        crate::lint::duplicates::procedures(&self.catalogue, &findings.is_pointed_to, &mut self.problems);
        self.catalogue.forget_links();
    }

    /// Makes the entry at `position` from its draft.
    fn entry(&self, position: usize, mut draft: UnresolvedEntry, problems: &mut Problems) -> Entry {
        self.catalogue.id(position).clone_into(&mut draft.entry.id);
        self.inherited.add_to(&mut draft, position, &self.catalogue);
        if let Some(Versions { since, until }) = self.catalogue.versions(position).cloned() {
            (draft.entry.since, draft.entry.until) = (since, until);
        }
        if !self.catalogue.editions().sisters(position).is_empty() && draft.entry.language.is_none() {
            draft.entry.language = Some(self.settings.default_language());
        }
        let severity = self.catalogue.source_kind(position).severity();
        let (catalogue, files, numbered_files) = (&self.catalogue, &self.files, &self.numbered_files);
        Targets { catalogue, files, numbered_files, severity }.entry(draft, problems)
    }
}

/// The facts about a folder by which the markup of its files is read.
#[derive(Default)]
struct FolderMarkup {
    dialects: FolderDialects,
    partials: Partials,
    /// The aliases that the settings give entries, by the ids of these.
    aliases: BTreeMap<String, Vec<String>>,
}

/// Adds the drafts of the text of a file.
fn add_drafts(
    page: SourcePage<'_>,
    text: &str,
    folder: &FolderMarkup,
    meanings: &mut Meanings,
    batch: &mut Batch,
    problems: &mut Problems,
) {
    let drafts = drafts(page, text, folder, problems);
    let severity = drafts.iter().map(|draft| draft.source_kind.severity()).max().unwrap_or(Severity::Warning);
    control_characters(severity, page.path, text, problems);
    let are_names_known_to_be_bad = problems.has(Check::ControlCharacter, page.path);
    for mut draft in drafts {
        let entry = &mut draft.unresolved.entry;
        let id = match page.language {
            Some(language) => Cow::Owned(edition_id(&entry.id, [language])),
            None => Cow::Borrowed(&entry.id),
        };
        entry.aliases.extend(folder.aliases.get(&*id).into_iter().flatten().cloned());
        crate::lint::editions::blocks(&draft, page.path, problems);
        if !are_names_known_to_be_bad {
            crate::lint::names::control_characters_of_names(&draft.unresolved.entry, draft.source_kind, problems);
        }
        batch.push(draft, meanings);
    }
}

/// Returns the names that the listed files and their folders stand for.
fn naming(listed: &[SourceFile], dialects: &FolderDialects, languages: Option<&LanguageFolders>) -> Naming {
    let paths: Vec<&str> = listed.iter().map(|file| file.path.as_str()).collect();
    let mut containers = containers(&paths, dialects);
    containers.extend(paths.iter().filter_map(|path| languages?.tag_of(path)));
    Naming::of(paths.iter().copied()).with_containers(containers)
}

/// Returns what is known about the file at `path` before it is read.
fn page<'a>(path: &'a str, settings: &Settings, naming: &'a Naming) -> SourcePage<'a> {
    SourcePage { path, split: settings.pages.split_of(path), source: "", naming, language: None }
}

/// Makes drafts from the text of a file.
fn drafts(page: SourcePage<'_>, text: &str, folder: &FolderMarkup, problems: &mut Problems) -> Vec<Draft> {
    let path = page.path;
    // Old systems end lines with a carriage return alone.
    let ends_lines_alone = text.contains('\r') && !text.contains('\n');
    let text = &*if ends_lines_alone { Cow::Owned(text.replace('\r', "\n")) } else { Cow::Borrowed(text) };
    match crate::source::front_matter::split(path, text, problems) {
        Some(parts) if parts.front_matter.is_draft() || crate::source::walk::is_table_of_contents(path, parts.body) => {
            Vec::new()
        }
        Some(parts) => {
            let front = &text[..text.len() - parts.body.len()];
            let dialects = folder.dialects.of_file(path, front, parts.body);
            let shown = folder.partials.shown_in(path, parts.body, dialects);
            let markdown = crate::source::generators::with_partials(parts.body, dialects, shown.texts);
            if folder.dialects.reports_dropped {
                report_dropped(path, parts.body_line, &markdown.dropped, problems);
            }
            let mut drafts = crate::source::draft::drafts(
                SourcePage { source: parts.body, ..page },
                Parts { body: &markdown.text, ..parts },
            );
            let is_wiki = dialects.any(&[Dialect::Obsidian]);
            for draft in &mut drafts {
                draft.is_partial = markdown.is_partial;
                for link in &mut draft.unresolved.links {
                    if is_wiki && link.form == LinkForm::Wiki {
                        link.form = LinkForm::WikiMarkup;
                    }
                    let included = shown.lines.get(&link.line.saturating_sub(parts.body_line));
                    let origin = included.and_then(|file| folder.partials.origin(file, &link.destination));
                    link.origin = origin.map(Box::new);
                }
            }
            drafts
        }
        None => Vec::new(),
    }
}

/// Lists the constructs of dialects that are left out of a file.
fn report_dropped(path: &str, body_line: u32, dropped: &[(u32, String)], problems: &mut Problems) {
    for (line, construct) in dropped {
        let place = (path, body_line.saturating_add(*line));
        let shown: String = construct.chars().take(60).collect();
        problems.push(Severity::Warning, place, Check::DroppedMarkup, format!("`{shown}` is left out"));
    }
}
