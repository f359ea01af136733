//! The guard: a knowledge base whose own aliases are harder to find with meaning than without gives meaning less weight.
//!
//! Some of the entries are built into small packs without one alias each. Every alias that was left out is asked, by words
//! alone and with vectors. Where vectors put the right entries lower, and not by chance, their weight is the greatest of a
//! few at which they do not. All is chosen by position, so that the same content gives the same bytes.

use std::io::Cursor;

use ownedbytes::OwnedBytes;
use rustc_hash::FxHashMap;

use super::content::Content;
use super::progress::Reporter;
use super::write_pack;
use crate::engine::postings::checked_u32;
use crate::error::WriteError;
use crate::meaning::knows_words;
use crate::model::edition::plain_id;
use crate::model::entry::Entry;
use crate::parallel;
use crate::reader::Reader;
use crate::search::options::SearchOptions;
use crate::search::pipeline::Ranking;
use crate::source::settings::Settings;

/// The entries of a small pack, at most.
const ENTRIES_MAX: usize = 500;
/// The bytes of their texts, at most; a longer text is left out.
const TEXT_BYTES_MAX: usize = 1 << 20;
const TEXT_BYTES_OF_ENTRY: usize = 16 << 10;
/// The packs that are built, each without another alias of every entry, until there are enough questions.
const ROUNDS: usize = 3;
/// The aliases that are enough, and that are asked in each pack at most.
const QUESTIONS_MAX: usize = 100;
/// The fewest aliases that tell anything.
const QUESTIONS_MIN: usize = 30;
/// The questions that a thread asks at a time.
const PART: usize = 8;
/// The weights that are tried, as shares of the usual one.
const WEIGHTS: [f32; 4] = [0.75, 0.5, 0.25, 0.0];
/// The least loss of mean reciprocal rank that matters.
const LOSS_MIN: f32 = 0.01;
/// The least loss beside its standard error: one in twenty knowledge bases would reach it by chance.
const ERRORS_MIN: f32 = 1.64;
/// Entries behind this place count as not found.
const RANK_MAX: usize = 10;

/// Returns the weight that meaning should have in the knowledge base of `content`, from 0 to 1, if it should have less than
/// usual.
pub(crate) fn meaning_weight(content: &Content, reporter: &Reporter) -> Result<Option<f32>, WriteError> {
    if !knows_words() {
        return Ok(None);
    }
    let sample = content.sample(content.catalogue.len().div_ceil(ENTRIES_MAX).max(1));
    let entries = chosen(&sample);
    let asked = asked(&entries);
    if asked.iter().map(Vec::len).sum::<usize>() < QUESTIONS_MIN {
        return Ok(None);
    }
    let mut trials = Vec::with_capacity(asked.len());
    for (round, asked) in asked.iter().enumerate() {
        trials.push(Trial::of(&entries, round, asked, &content.settings)?);
        reporter.check()?;
    }
    let by_words = reciprocal_ranks(&mut trials, 0.0)?;
    reporter.check()?;
    let with_meaning = reciprocal_ranks(&mut trials, 1.0)?;
    if !is_harm(&by_words, &with_meaning) {
        return Ok(None);
    }
    let sum = |ranks: &[f32]| ranks.iter().fold(0.0, |sum, rank| sum + rank);
    let least = sum(&by_words) - LOSS_MIN / 2.0 * by_words.len() as f32;
    for weight in WEIGHTS {
        reporter.check()?;
        if weight == 0.0 || sum(&reciprocal_ranks(&mut trials, weight)?) >= least {
            return Ok(Some(weight));
        }
    }
    Ok(None)
}

/// Chooses the entries of the small packs.
fn chosen(sample: &[Entry]) -> Vec<&Entry> {
    let length = |entry: &Entry| entry.phrasings().map(str::len).sum::<usize>() + entry.answer.len();
    let short: Vec<&Entry> = sample.iter().filter(|entry| length(entry) <= TEXT_BYTES_OF_ENTRY).collect();
    let bytes: usize = short.iter().map(|entry| length(entry)).sum();
    let step = short.len().div_ceil(ENTRIES_MAX).max(bytes.div_ceil(TEXT_BYTES_MAX)).max(1);
    short.into_iter().step_by(step).collect()
}

/// Chooses the entries of each round whose alias is left out and asked: those of `entries` at these places.
fn asked(entries: &[&Entry]) -> Vec<Vec<usize>> {
    let (mut rounds, mut questions) = (Vec::new(), 0);
    for round in 0..ROUNDS {
        let has_alias = |at: &usize| entries[*at].aliases.len() > round;
        let having: Vec<usize> = (0..entries.len()).filter(has_alias).collect();
        if having.is_empty() || questions >= QUESTIONS_MAX {
            break;
        }
        let step = having.len().div_ceil(QUESTIONS_MAX);
        let asked: Vec<usize> = having.into_iter().step_by(step).collect();
        questions += asked.len();
        rounds.push(asked);
    }
    rounds
}

/// A small pack, with the aliases that its entries lack.
struct Trial {
    reader: Reader,
    /// Each with the position of its entry.
    questions: Vec<(u32, String)>,
    /// A number for the id of each entry, which its editions share.
    ids: Vec<usize>,
}

impl Trial {
    /// Builds a pack of `entries`, of which those at the places `asked` lack the alias number `round`.
    fn of(entries: &[&Entry], round: usize, asked: &[usize], settings: &Settings) -> Result<Trial, WriteError> {
        let mut entries: Vec<Entry> = entries.iter().map(|&entry| entry.clone()).collect();
        let question = |&at: &usize| (checked_u32(at), entries[at].aliases.remove(round));
        let questions = asked.iter().map(question).collect();
        let pack = write_pack::of_entries(&entries, settings, Cursor::new(Vec::new()))?.into_inner();
        let reader = Reader::open(&OwnedBytes::new(pack)).map_err(|error| WriteError::Trial(error.into()))?;
        let mut numbers = FxHashMap::default();
        let ids = entries.iter().map(|entry| {
            let next = numbers.len();
            *numbers.entry(plain_id(&entry.id)).or_insert(next)
        });
        let ids = ids.collect();
        Ok(Trial { reader, questions, ids })
    }

    /// Asks each question, with `weight` for meaning, and returns the reciprocal of the rank of its entry.
    fn reciprocal_ranks(&mut self, weight: f32, ranks: &mut Vec<f32>) -> Result<(), WriteError> {
        let Trial { reader, questions, ids } = self;
        if let Some(vectors) = &mut reader.vectors {
            vectors.set_weight(weight);
        }
        let rank = |(position, question): &(u32, String)| {
            let found =
                Ranking::by(reader, None, &reader.dictionary, None, question, &SearchOptions::default())?.ranked;
            let place = place_of(ids[*position as usize], found.iter().map(|ranked| ids[ranked.position as usize]));
            Ok(place.map_or(0.0, |place| 1.0 / (place + 1) as f32))
        };
        let ask = |part: &mut [(u32, String)]| part.iter().map(rank).collect::<Result<Vec<f32>, _>>();
        parallel::in_order(questions, PART, ask, |found| {
            ranks.extend(found.map_err(WriteError::Trial)?);
            Ok(())
        })
    }
}

/// Returns the place of `id` among the ids that were found, each counted once; nothing behind the last place that counts.
fn place_of(id: usize, found: impl Iterator<Item = usize>) -> Option<usize> {
    let mut before = Vec::new();
    for other in found {
        if other == id {
            return Some(before.len());
        }
        if !before.contains(&other) {
            before.push(other);
        }
        if before.len() >= RANK_MAX {
            return None;
        }
    }
    None
}

fn reciprocal_ranks(trials: &mut [Trial], weight: f32) -> Result<Vec<f32>, WriteError> {
    let mut ranks = Vec::new();
    for trial in trials {
        trial.reciprocal_ranks(weight, &mut ranks)?;
    }
    Ok(ranks)
}

/// Returns true if the second ranks are worse than the first, by a paired test.
fn is_harm(by_words: &[f32], with_meaning: &[f32]) -> bool {
    let losses = by_words.iter().zip(with_meaning).map(|(before, after)| before - after);
    let (sum, squares) =
        losses.fold((0.0, 0.0), |(sum, squares): (f32, f32), loss| (sum + loss, squares + loss * loss));
    sum >= LOSS_MIN * by_words.len() as f32 && sum >= ERRORS_MIN * squares.sqrt()
}
