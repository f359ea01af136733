//! Findability: each entry should come first by the words of its own question and of each alias.
//!
//! Typed word for word a question finds its entry whatever the others hold. Readers type it nearly so: then words decide,
//! and where they put another entry first, the check names them. The finished pack is asked, so the check sees what
//! readers get.

use std::collections::hash_map::Entry as MapEntry;
use std::iter::Peekable;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::build::content::Content;
use crate::build::progress::{Counter, Reporter, Stage};
use crate::corpus::entry_hashes;
use crate::error::SearchError;
use crate::lint::{SHOWN_CHARS_MAX, WORD_SHARE_MIN, WORDS_MAX, place_of, shown, through};
use crate::model::entry::Entry;
use crate::pack::phrasings::Phrasing;
use crate::parallel;
use crate::problem::check::Check;
use crate::problem::{Problem, Problems};
use crate::reader::Reader;
use crate::search::explain;
use crate::search::pipeline::Ranking;
use crate::search::plan::Plan;
use crate::search::rank::{Own, Ranked};
use crate::source::source_kind::SourceKind;

/// The number of entries that a thread asks for at a time.
const PART: usize = 64;
/// The postings and phrasings that may be read for a question, times the logarithm of the number of entries. What is not
/// read by then is not looked at, so that the check takes no more than n log n steps whatever the entries have in common.
/// Tests have small folders, where the bound must show as well.
const BUDGET: usize = if cfg!(test) { 8 } else { 1_024 };

/// Asks `reader`, which was built from `content`. Returns the entries that readers will not find, in order.
pub(crate) fn problems(reader: &Reader, content: &Content, reporter: &Reporter) -> Result<Vec<Problem>, SearchError> {
    shadowed(reader, content, &reporter.stage(Stage::CheckingFindability, content.catalogue.len()))
}

/// Asks for every entry, on several threads.
fn shadowed(reader: &Reader, content: &Content, stage: &Counter<'_>) -> Result<Vec<Problem>, SearchError> {
    let mut positions: Vec<u32> = (0..reader.manifest.entries).collect();
    let mut problems = Vec::new();
    let ask = |asker: &mut Asker<'_>, positions: &mut [u32]| {
        // The caller drops what was found.
        if stage.is_cancelled() { Ok(Vec::new()) } else { asker.ask(positions) }
    };
    parallel::in_order_with(
        &mut positions,
        PART,
        || Asker::new(reader, content, stage),
        ask,
        |found| {
            problems.extend(found?);
            Ok::<_, SearchError>(())
        },
    )?;
    Ok(problems)
}

/// Returns the postings and phrasings that may be read for each question, on average over a part, among so many entries.
pub(super) fn budget(entries: u32) -> usize {
    BUDGET * (u32::BITS - entries.leading_zeros()) as usize
}

/// A phrasing of an entry, as a question to ask.
#[derive(Clone, Copy)]
enum AskedPhrasing<'a> {
    Question(&'a str),
    Alias(&'a str),
}

impl<'a> AskedPhrasing<'a> {
    fn text(self) -> &'a str {
        match self {
            AskedPhrasing::Question(text) | AskedPhrasing::Alias(text) => text,
        }
    }

    fn name(self) -> &'static str {
        match self {
            AskedPhrasing::Question(_) => "question",
            AskedPhrasing::Alias(_) => "alias",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            AskedPhrasing::Question(_) => "make the two differ, or add the missing words to the answer",
            AskedPhrasing::Alias(_) => "make the two differ, or drop the alias",
        }
    }

    /// Returns true if `entry` has the same phrasing, which the checks between entries report.
    fn is_taken_by(self, entry: &Found) -> bool {
        let hash = entry_hashes::caseless(self.text());
        match self {
            AskedPhrasing::Question(_) => entry.question == hash,
            AskedPhrasing::Alias(_) => entry.aliases.contains(&hash),
        }
    }
}

/// An entry that came first for another's phrasing.
struct Found {
    /// Its id, path and line, for a message.
    place: String,
    /// The hash of its question, and of each alias.
    question: u64,
    aliases: FxHashSet<u64>,
}

impl Found {
    fn of(entry: &Entry) -> Found {
        Found {
            place: place_of(entry),
            question: entry_hashes::caseless(&entry.question),
            aliases: entry.aliases.iter().map(|alias| entry_hashes::caseless(alias)).collect(),
        }
    }
}

/// The phrasings of an entry as the pack holds them: each once, in their order.
struct OwnPhrasings<'a, I: Iterator<Item = Phrasing<'a>>> {
    /// The position of the entry.
    position: u32,
    next: Peekable<I>,
    /// Those before the next one, by their terms.
    seen: FxHashMap<Vec<u32>, Phrasing<'a>>,
}

impl<'a, I: Iterator<Item = Phrasing<'a>>> OwnPhrasings<'a, I> {
    /// Returns the entry with the phrasing that was read as `plan`, which is the next one or has the terms of an earlier.
    fn of(&mut self, plan: &Plan) -> Own<'a> {
        let Some(terms) = plan.sequences.first() else { return Own { position: self.position, phrasing: None } };
        if let Some(next) = self.next.next_if(|next| next.is(terms)) {
            self.seen.insert(terms.clone(), next);
        }
        Own { position: self.position, phrasing: self.seen.get(terms).copied() }
    }
}

/// Asks for one part of the entries after another.
struct Asker<'a> {
    reader: &'a Reader,
    content: &'a Content,
    stage: &'a Counter<'a>,
    problems: Problems,
    /// The entries found for others' phrasings: one with many aliases is read once.
    found: FxHashMap<u32, Found>,
    /// The hashes of the questions that several entries have, once one of these came first.
    answered: FxHashSet<u64>,
    /// The postings that may still be read for the questions of the part.
    budget: usize,
}

impl<'a> Asker<'a> {
    fn new(reader: &'a Reader, content: &'a Content, stage: &'a Counter<'a>) -> Asker<'a> {
        Asker {
            reader,
            content,
            stage,
            problems: Problems::default(),
            found: FxHashMap::default(),
            answered: FxHashSet::default(),
            budget: 0,
        }
    }

    fn ask(&mut self, positions: &[u32]) -> Result<Vec<Problem>, SearchError> {
        let reader = self.reader;
        self.budget = positions.len() * budget(reader.manifest.entries);
        for (&position, entry) in positions.iter().zip(reader.entries.all_at(positions.iter().copied())) {
            let entry = entry?;
            let mut own =
                OwnPhrasings { position, next: reader.phrasings.of(position)?.peekable(), seen: FxHashMap::default() };
            let is_recurring = self.content.recurring[position as usize];
            let hash = is_recurring.then(|| entry_hashes::caseless(&entry.question));
            let is_of_file = self.content.catalogue.source_kind(position as usize) == SourceKind::File;
            // A reader who types a heading or a title that other entries share cannot mean one of them.
            if is_recurring && !is_of_file || hash.is_some_and(|hash| self.answered.contains(&hash)) {
                own.next.next();
            } else if self.is_found(&entry, AskedPhrasing::Question(&entry.question), &mut own)? {
                self.answered.extend(hash);
            }
            for alias in &entry.aliases {
                self.budget += budget(reader.manifest.entries);
                self.is_found(&entry, AskedPhrasing::Alias(alias), &mut own)?;
            }
            self.stage.advance();
        }
        Ok(std::mem::take(&mut self.problems).into_sorted())
    }

    /// Asks for an entry by one `phrasing`, of which `own` has the terms. Returns true if it comes first, or another
    /// with the same phrasing does; else reports it.
    fn is_found(
        &mut self,
        entry: &Entry,
        phrasing: AskedPhrasing<'_>,
        own: &mut OwnPhrasings<'a, impl Iterator<Item = Phrasing<'a>>>,
    ) -> Result<bool, SearchError> {
        let position = own.position;
        let ranking = Ranking::of_rivals(self.reader, phrasing.text(), |plan| own.of(plan), &mut self.budget)?;
        let first = ranking.ranked.first().copied();
        let editions = self.content.catalogue.editions();
        if first.is_some_and(|first| {
            first.position == position || editions.are_sisters(first.position as usize, position as usize)
        }) {
            return Ok(true);
        }
        let text = shown(phrasing.text(), SHOWN_CHARS_MAX);
        let (message, hint) = match first {
            Some(first) => {
                let found = self.found(first.position)?;
                if phrasing.is_taken_by(found) {
                    return Ok(true);
                }
                let through = through_words(&ranking, first)?;
                let message =
                    format!("the words of the {} “{text}” find {} first{through}", phrasing.name(), found.place);
                (message, phrasing.hint())
            }
            None => (
                format!("the words of the {} “{text}” find nothing", phrasing.name()),
                "ask with a word that says something",
            ),
        };
        self.problems.warning((&entry.path, entry.line), Check::Shadowed, message).hint(hint);
        Ok(false)
    }

    /// Returns the entry at `position`, which came first for another's phrasing.
    fn found(&mut self, position: u32) -> Result<&Found, SearchError> {
        Ok(match self.found.entry(position) {
            MapEntry::Occupied(known) => known.into_mut(),
            MapEntry::Vacant(unknown) => unknown.insert(Found::of(&self.reader.entry_at(position)?)),
        })
    }
}

/// Names the words that put the first entry first, by descending contribution.
fn through_words(ranking: &Ranking<'_>, first: Ranked) -> Result<String, SearchError> {
    let words = explain::contributions(ranking, first)?;
    let most = words.iter().map(|word| word.share).fold(0.0, f32::max);
    let named = words.iter().filter(|word| word.is_held && word.share > WORD_SHARE_MIN * most);
    let named: Vec<&str> = named.take(WORDS_MAX).map(|word| word.typed).collect();
    Ok(through(&named))
}
