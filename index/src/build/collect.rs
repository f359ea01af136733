//! What was read of all files, in order: drafts are put where they wait, and compared with those before.

use rustc_hash::FxHashSet;

use crate::corpus::catalogue::Catalogue;
use crate::corpus::draft_store::{self, Waiting};
use crate::corpus::entry_hashes::{Firsts, Keys};
use crate::lint::duplicates::{Duplicates, Meanings};
use crate::lint::names::Claims;
use crate::problem::Problems;
use crate::source::draft::Draft;

/// What was read of some files, with all that takes time to make of it.
#[derive(Default)]
pub(crate) struct Batch {
    drafts: Vec<Noted>,
    /// Their lines, as they will wait.
    lines: Vec<u8>,
}

struct Noted {
    /// The draft without its answer.
    draft: Draft,
    keys: Keys,
    /// The length of its texts.
    text_bytes: usize,
    /// Where its line ends.
    end: usize,
}

impl Batch {
    /// Adds a draft; `meanings` are those of questions before.
    pub(crate) fn push(&mut self, mut draft: Draft, meanings: &mut Meanings) {
        let keys = Keys::of(&draft, meanings.of_question(&draft.unlinked.entry));
        draft_store::write_line(&mut self.lines, &draft.unlinked);
        let entry = &mut draft.unlinked.entry;
        let aliases: usize = entry.aliases.iter().map(String::len).sum();
        let text_bytes = entry.question.len() + entry.answer.len() + aliases;
        entry.answer = String::new();
        self.drafts.push(Noted { draft, keys, text_bytes, end: self.lines.len() });
    }
}

/// Everything that was read so far.
pub(crate) struct Gathered {
    pub(crate) catalogue: Catalogue,
    pub(crate) waiting: Waiting,
    /// True if a reader who types the question of an entry may as well mean another.
    pub(crate) recurring: Vec<bool>,
    /// The help ids with their entries.
    pub(crate) help_ids: Vec<(String, usize)>,
    /// The keys of the sections.
    pub(crate) sections: FxHashSet<u64>,
    /// The number of links in answers and of related procedures.
    pub(crate) links: usize,
    /// The length of the questions, aliases and answers.
    pub(crate) text_bytes: usize,
    pub(crate) has_keywords: bool,
    pub(crate) problems: Problems,
    pub(crate) comparisons: Comparisons,
}

/// What drafts are compared with.
pub(crate) struct Comparisons {
    /// The first entry of each question.
    questions: Firsts,
    duplicates: Duplicates,
    surfaces: Claims,
    help_ids: Claims,
}

impl Gathered {
    /// Starts with the problems that there are already.
    pub(crate) fn new(problems: Problems) -> Gathered {
        Gathered {
            catalogue: Catalogue::default(),
            waiting: Waiting::default(),
            recurring: Vec::new(),
            help_ids: Vec::new(),
            sections: FxHashSet::default(),
            links: 0,
            text_bytes: 0,
            has_keywords: false,
            problems,
            comparisons: Comparisons {
                questions: Firsts::default(),
                duplicates: Duplicates::default(),
                surfaces: Claims::new("question or alias", "duplicate-alias"),
                help_ids: Claims::new("help id", "duplicate-help-id"),
            },
        }
    }

    /// Takes what was read next.
    pub(crate) fn take(&mut self, batch: &Batch) {
        let mut start = 0;
        for noted in &batch.drafts {
            self.waiting.push(&batch.lines[start..noted.end]);
            start = noted.end;
            self.note(noted);
        }
    }

    fn note(&mut self, Noted { draft, keys, text_bytes, .. }: &Noted) {
        let position = self.catalogue.len();
        self.catalogue.push(draft, keys);
        let unlinked = &draft.unlinked;
        self.sections.extend(keys.section);
        self.links += unlinked.links.len() + unlinked.related.len();
        self.text_bytes += text_bytes;
        self.has_keywords |= !unlinked.entry.keywords.is_empty();
        self.help_ids.extend(unlinked.entry.help_ids.iter().map(|help_id| (help_id.clone(), position)));
        let Gathered { catalogue, problems, recurring, comparisons, .. } = self;
        let Comparisons { questions, duplicates, surfaces, help_ids } = comparisons;
        let first = questions.note(keys.question, position);
        recurring.push(first != position);
        recurring[first] |= first != position;
        duplicates.note(position, keys, catalogue, problems);
        for (alias, &key) in unlinked.entry.aliases.iter().zip(&keys.aliases) {
            surfaces.claim(alias, key, position, catalogue, problems);
        }
        for (help_id, &key) in unlinked.entry.help_ids.iter().zip(&keys.help_ids) {
            help_ids.claim(help_id, key, position, catalogue, problems);
        }
    }
}
