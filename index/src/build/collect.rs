//! Collects the drafts of all files in order: stores each one and compares it with those before.

use std::collections::HashSet;
use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::corpus::catalogue::Catalogue;
use crate::corpus::draft_store::{self, DraftStore};
use crate::corpus::entry_hashes::{EntryHashes, FirstSeen};
use crate::lint::duplicates::{Duplicates, Meanings};
use crate::lint::names::Claims;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::source::asked::{AskedOfFile, AskedQuestion};
use crate::source::covered::Covered;
use crate::source::draft::Draft;
use crate::source::questions_file::QUESTIONS_FILE;
use crate::text::script_count::ScriptCount;

/// The drafts of some files with their hashes, which are computed on several threads.
#[derive(Default)]
pub(crate) struct Batch {
    drafts: Vec<HashedDraft>,
    /// Their lines for the draft store.
    lines: Vec<u8>,
    /// The letters of those that name no language.
    scripts: ScriptCount,
}

struct HashedDraft {
    /// The draft without its answer.
    draft: Draft,
    keys: EntryHashes,
    /// The length of its texts in bytes.
    text_bytes: usize,
    /// The end of its line in the batch's `lines`.
    end: usize,
}

impl Batch {
    /// Adds a draft; `meanings` caches the words of earlier questions.
    pub(crate) fn push(&mut self, mut draft: Draft, meanings: &mut Meanings) {
        let keys = EntryHashes::of(&draft, meanings.of_question(&draft.unresolved.entry));
        draft_store::write_line(&mut self.lines, &draft.unresolved);
        let entry = &mut draft.unresolved.entry;
        let aliases: usize = entry.aliases.iter().map(String::len).sum();
        let text_bytes = entry.question.len() + entry.answer.len() + aliases;
        if entry.language.is_none() {
            self.scripts.add([&entry.question, &entry.answer]);
        }
        entry.answer = String::new();
        self.drafts.push(HashedDraft { draft, keys, text_bytes, end: self.lines.len() });
    }
}

/// All drafts read so far.
pub(crate) struct Collector {
    pub(crate) catalogue: Catalogue,
    pub(crate) draft_store: DraftStore,
    /// For each entry, true if its question may as well mean another entry.
    pub(crate) recurring: Vec<bool>,
    /// The help ids with their entries.
    pub(crate) help_ids: Vec<(String, usize)>,
    /// The hashes of the sections.
    pub(crate) sections: FxHashSet<u64>,
    /// The questions beside answers.
    pub(crate) asked: Vec<AskedOfEntries>,
    /// The files that entries are about, each with the position of its entry.
    pub(crate) covered: Vec<(usize, Covered)>,
    /// The number of links in answers and of related procedures.
    pub(crate) links: usize,
    /// The length of the questions, aliases and answers.
    pub(crate) text_bytes: usize,
    pub(crate) has_keywords: bool,
    /// The letters of entries that name no language.
    pub(crate) scripts: ScriptCount,
    pub(crate) problems: Problems,
    /// The names and questions that two entries have.
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) comparisons: Comparisons,
    /// The addresses, without ordering numbers, of the files that have some.
    pub(crate) numbered_files: HashSet<String>,
}

/// A name or a question that two entries have; no problem if they turn out to be editions of one.
pub(crate) struct Conflict {
    entries: [usize; 2],
    found: Problems,
}

impl Conflict {
    /// Adds the problem to `problems`, unless both entries are editions of one.
    pub(crate) fn report(self, catalogue: &Catalogue, problems: &mut Problems) {
        let [one, other] = self.entries;
        if !catalogue.editions().are_sisters(one, other) {
            problems.extend(self.found.into_sorted());
        }
    }
}

/// A question beside the answers of a file.
pub(crate) struct AskedOfEntries {
    pub(crate) question: AskedQuestion,
    /// The positions of the file's entries, of which any may answer.
    pub(crate) positions: Range<usize>,
}

/// The most entries of a page whose front matter has questions: each question is compared with all of them.
const ASKED_ENTRIES_MAX: usize = 32;

/// The indexes that drafts are compared with.
pub(crate) struct Comparisons {
    /// The first entry of each question.
    questions: FirstSeen,
    duplicates: Duplicates,
    phrasings: Claims,
    help_ids: Claims,
}

impl Collector {
    /// Starts with the problems found so far.
    pub(crate) fn new(problems: Problems) -> Collector {
        Collector {
            catalogue: Catalogue::default(),
            draft_store: DraftStore::default(),
            recurring: Vec::new(),
            help_ids: Vec::new(),
            sections: FxHashSet::default(),
            asked: Vec::new(),
            covered: Vec::new(),
            links: 0,
            text_bytes: 0,
            has_keywords: false,
            scripts: ScriptCount::default(),
            problems,
            conflicts: Vec::new(),
            numbered_files: HashSet::new(),
            comparisons: Comparisons {
                questions: FirstSeen::default(),
                duplicates: Duplicates::default(),
                phrasings: Claims::new("question or alias", Check::DuplicateAlias),
                help_ids: Claims::new("help id", Check::DuplicateHelpId),
            },
        }
    }

    /// Takes the next batch.
    pub(crate) fn take(&mut self, batch: &Batch) {
        self.scripts.join(batch.scripts);
        let mut start = 0;
        for noted in &batch.drafts {
            self.draft_store.push(&batch.lines[start..noted.end]);
            start = noted.end;
            self.note(noted);
        }
    }

    /// Adds the questions of a file whose first entry is at `position`.
    fn note_asked(&mut self, asked: &AskedOfFile, position: usize) {
        let Some(first) = asked.questions.first() else { return };
        if asked.entries > ASKED_ENTRIES_MAX {
            let message = format!("the questions are for a page of {} entries", asked.entries);
            let problem =
                self.problems.warning((self.catalogue.place(position).0, first.line), Check::Questions, message);
            problem.hint(format!("name the entry of each in `{QUESTIONS_FILE}`"));
            return;
        }
        let positions = position..position + asked.entries;
        let of_entries =
            |question: &AskedQuestion| AskedOfEntries { question: question.clone(), positions: positions.clone() };
        self.asked.extend(asked.questions.iter().map(of_entries));
    }

    fn note(&mut self, HashedDraft { draft, keys, text_bytes, .. }: &HashedDraft) {
        let position = self.catalogue.len();
        self.catalogue.push(draft, keys);
        let unresolved = &draft.unresolved;
        self.note_asked(&draft.asked, position);
        self.covered.extend(draft.covered.clone().map(|covered| (position, covered)));
        self.sections.extend(keys.section);
        self.links += unresolved.links.len() + unresolved.related.len();
        self.text_bytes += text_bytes;
        self.has_keywords |= !unresolved.entry.keywords.is_empty();
        self.help_ids.extend(unresolved.entry.help_ids.iter().map(|help_id| (help_id.clone(), position)));
        let Collector { catalogue, conflicts, recurring, comparisons, .. } = self;
        let Comparisons { questions, duplicates, phrasings, help_ids } = comparisons;
        let first = questions.note(keys.question, position);
        let recurs = first != position && !catalogue.may_be_sisters(first, position);
        recurring.push(recurs);
        recurring[first] |= recurs;
        let mut compare = |compare: &mut dyn FnMut(&mut Problems) -> Option<usize>| {
            let mut found = Problems::default();
            if let Some(earlier) = compare(&mut found) {
                conflicts.push(Conflict { entries: [earlier, position], found });
            }
        };
        compare(&mut |found| duplicates.note(position, keys, catalogue, found));
        for (alias, &key) in unresolved.entry.aliases.iter().zip(&keys.aliases) {
            compare(&mut |found| phrasings.claim(alias, key, position, catalogue, found));
        }
        for (help_id, &key) in unresolved.entry.help_ids.iter().zip(&keys.help_ids) {
            compare(&mut |found| help_ids.claim(help_id, key, position, catalogue, found));
        }
    }
}
