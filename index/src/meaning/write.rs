//! From entries to the vectors of a pack.

use std::convert::Infallible;
use std::iter;

use faqt_meaning::{Letters, Quantised, Tables, Vector};
use rustc_hash::{FxHashMap, FxHashSet};

use super::unit_cache::{RowCache, UnitCache};
use super::vectors::{DISTANCE_ONE, READABLE_MIN, WORDS, unit_vector};
use super::{tables, unit_weights};
use crate::markdown::plain::plain;
use crate::model::entry::Entry;
use crate::pack::grouped;
use crate::parallel;

/// Entries in which units are counted, at most; more change a weight by less than a step.
pub(crate) const COUNTED_MAX: usize = 4_096;
/// The entries in which a thread counts units at a time.
const COUNTED_PART: usize = 256;
/// Units of an entry's whole text that its vector is the sum of.
const ENTRY_UNITS_MAX: usize = 200;
/// Bytes of a text whose letters tell its script.
const SCRIPT_BYTES: usize = 2_000;
/// Units of a text that are counted, or of a phrasing.
const UNITS_MAX: usize = 4_000;

/// Makes the vectors of entries.
pub(crate) struct Embedder {
    tables: Tables<'static>,
    counted_entries: u32,
    /// The rows of units, in ascending order.
    rows: Vec<u32>,
    weights: FxHashMap<u32, f32>,
}

impl Embedder {
    /// Counts units in a `sample` of the entries; `None` without tables.
    pub(crate) fn of(sample: impl FnOnce() -> Vec<Entry>) -> Option<Embedder> {
        let tables = tables::tables()?;
        let mut sample = sample();
        let frequencies = frequencies(&tables, &mut sample);
        let counted_entries = u32::try_from(sample.len()).unwrap_or(u32::MAX);
        let row = |(&number, &frequency): (&u32, &u32)| unit_weights::row(number, frequency, counted_entries);
        let mut rows: Vec<u32> = frequencies.iter().map(row).collect();
        rows.sort_unstable();
        let weights = rows.iter().map(|&row| (row >> 8, unit_weights::of_row(row))).collect();
        Some(Embedder { tables, counted_entries, rows, weights })
    }

    /// Returns the content hashes of the tables, in hexadecimal; none without tables.
    pub(crate) fn table_hashes() -> Vec<String> {
        tables::table_hashes().map(|hash| format!("{hash:032x}")).collect()
    }

    /// Adds the vectors of an entry, whose answer is `answer` in plain text, and which `in_section` asks for as well. `cache`
    /// keeps the rows of one embedder.
    pub(crate) fn add(
        &self,
        entry: &Entry,
        in_section: Option<&str>,
        answer: &str,
        cache: &mut RowCache,
        part: &mut EntryVectors,
    ) {
        let whole: Vec<&str> = entry.phrasings().chain(iter::once(answer)).collect();
        part.vectors.push(self.vector(&whole, ENTRY_UNITS_MAX, cache));
        for phrasing in entry.phrasings().chain(in_section) {
            part.vectors.push(self.vector(&[phrasing], UNITS_MAX, cache));
        }
        part.ends.push(part.vectors.len());
    }

    /// Returns the vector of `texts` by at most `units_max` units, and true if they are mostly Chinese; zero if the tables
    /// read too little of them.
    fn vector(&self, texts: &[&str], units_max: usize, cache: &mut RowCache) -> (Quantised, bool) {
        let letters: Letters = texts.iter().map(|text| Letters::of(beginning(text))).sum();
        let count = if letters.readable(&self.tables) < READABLE_MIN { 0 } else { units_max };
        let unknown = unit_weights::of_unknown(self.counted_entries);
        let weight = |unit| self.weights.get(&unit_weights::number(unit)).copied().unwrap_or(unknown);
        let vector = cache.embed(&self.tables, texts.iter().copied(), count, weight);
        (Quantised::new(&vector), letters.is_chinese())
    }

    /// Returns the section of all entries' vectors; `None` if it would be too large.
    pub(crate) fn section(&self, all: &EntryVectors) -> Option<Vec<u8>> {
        let means = [false, true].map(|is_entry| mean(all, is_entry));
        let words_mean = tables::words_mean(&self.tables);
        let mut out = tables::hashes(&self.tables).map(u128::to_le_bytes).concat();
        for number in [self.counted_entries as usize, self.rows.len(), all.vectors.len()] {
            out.extend(u32::try_from(number).ok()?.to_le_bytes());
        }
        out.extend(means.iter().flat_map(Vector::to_le_bytes));
        out.extend(self.rows.iter().flat_map(|row| row.to_le_bytes()));
        out.extend(grouped::starts(&all.ends)?);
        for (is_entry, (values, is_words)) in all.each() {
            let mean = if *is_words { &words_mean } else { &means[usize::from(is_entry)] };
            out.extend(values.0);
            out.extend(u16::try_from(values.squared_length()).ok()?.to_le_bytes());
            let flag = if *is_words { WORDS } else { 0 };
            out.extend((distance(&unit_vector(values), mean) | flag).to_le_bytes());
        }
        Some(out)
    }
}

/// Counts the entries of `sample` that hold each unit.
fn frequencies(tables: &Tables<'_>, sample: &mut [Entry]) -> FxHashMap<u32, u32> {
    let count = |cache: &mut UnitCache, entries: &mut [Entry]| {
        let (mut frequencies, mut own) = (FxHashMap::<u32, u32>::default(), FxHashSet::default());
        for entry in entries {
            own.clear();
            let answer = plain(&entry.answer);
            for text in entry.phrasings().chain(iter::once(answer.as_str())) {
                let mut left = UNITS_MAX;
                cache.each(tables, text, |unit| {
                    own.insert(unit_weights::number(unit));
                    left -= 1;
                    left > 0
                });
            }
            for &unit in &own {
                *frequencies.entry(unit).or_insert(0) += 1;
            }
        }
        frequencies
    };
    let mut all = FxHashMap::default();
    let added: Result<(), Infallible> =
        parallel::in_order_with(sample, COUNTED_PART, UnitCache::default, count, |part| {
            for (unit, frequency) in part {
                *all.entry(unit).or_insert(0) += frequency;
            }
            Ok(())
        });
    match added {
        Ok(()) => all,
    }
}

/// The vectors of neighbouring entries: of each entry's whole text, then of its phrasings.
#[derive(Default)]
pub(crate) struct EntryVectors {
    /// Each with true if the text is mostly Chinese.
    vectors: Vec<(Quantised, bool)>,
    /// The end of each entry.
    ends: Vec<usize>,
}

impl EntryVectors {
    /// Appends the next entries.
    pub(crate) fn append(&mut self, next: EntryVectors) {
        let before = self.vectors.len();
        self.ends.extend(next.ends.iter().map(|end| before + end));
        self.vectors.extend(next.vectors);
    }

    /// Returns each vector, with true for those of whole texts.
    fn each(&self) -> impl Iterator<Item = (bool, &(Quantised, bool))> {
        let starts = iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .flat_map(|(start, &end)| self.vectors[start..end].iter().enumerate().map(|(at, vector)| (at == 0, vector)))
    }
}

/// Returns the beginning of a text, which tells its script.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(SCRIPT_BYTES)]
}

/// Returns the mean of the vectors of whole texts or of phrasings, without those of Chinese words.
fn mean(all: &EntryVectors, of_entries: bool) -> Vector {
    let wanted = |&(is_entry, (values, is_words)): &(bool, &(Quantised, bool))| {
        is_entry == of_entries && !is_words && values.squared_length() > 0
    };
    Vector::mean(all.each().filter(wanted).map(|(_, (values, _))| unit_vector(values)))
}

/// Returns the distance of two vectors as a pack holds it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance is from 0 to 2")]
fn distance(one: &Vector, other: &Vector) -> u16 {
    let pairs = one.values().iter().zip(other.values());
    let squared = pairs.fold(0.0, |sum, (one, other)| sum + (one - other) * (one - other));
    ((squared.sqrt() * DISTANCE_ONE + 0.5) as u16).min(WORDS - 1)
}
