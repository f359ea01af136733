//! From entries to the vectors of a pack.

use std::convert::Infallible;
use std::iter;

use faqt_meaning::{Letters, Quantised, Tables, Unit, Vector};
use rustc_hash::{FxHashMap, FxHashSet};

use super::unit_cache::{RowCache, UnitCache};
use super::vectors::{DISTANCE_ONE, PASSAGE, READABLE_MIN, WORDS, unit_vector};
use super::{tables, unit_weights};
use crate::markdown::plain::plain;
use crate::model::entry::Entry;
use crate::pack::grouped;
use crate::parallel;

/// Entries in which units are counted, at most; more change a weight by less than a step.
pub(crate) const COUNTED_MAX: usize = 4_096;
/// The entries in which a thread counts units at a time.
const COUNTED_PART: usize = 256;
/// Units of a passage: some 120 words.
const PASSAGE_UNITS: usize = 150;
/// The least units of a passage: `No.` answers much.
const PASSAGE_UNITS_MIN: usize = 10;
/// Passages of an answer that have vectors, at most.
const PASSAGES_MAX: usize = 12;
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

    /// Adds the vectors of an entry, whose answer is `answer` in plain text, and which `in_section` asks for as well. That of the
    /// whole is the sum of its phrasings and of the first passage. `cache` keeps the rows of one embedder.
    pub(crate) fn add(
        &self,
        entry: &Entry,
        in_section: Option<&str>,
        answer: &str,
        cache: &mut RowCache,
        part: &mut EntryVectors,
    ) {
        let start = part.vectors.len();
        let of_answer = Letters::of(beginning(answer));
        let (mut whole, mut of_whole) = (Vector::ZERO, of_answer);
        let own = entry.phrasings().map(|phrasing| (phrasing, true));
        for (phrasing, is_own) in own.chain(in_section.map(|phrasing| (phrasing, false))) {
            let (letters, sum) = (Letters::of(beginning(phrasing)), self.first_sum(phrasing, cache));
            if is_own {
                whole.add(&sum);
                of_whole = of_whole + letters;
            }
            part.vectors.push(self.stored(Text::Phrasing, letters, sum));
        }
        let mut passages = 0;
        cache.each_sum(&self.tables, answer, PASSAGE_UNITS, self.weigh(), |sum, units| {
            if passages == 0 {
                whole.add(sum);
            }
            passages += 1;
            if units >= PASSAGE_UNITS_MIN {
                part.vectors.push(self.stored(Text::Passage, of_answer, sum.clone()));
            }
            passages < PASSAGES_MAX
        });
        part.vectors.push(self.stored(Text::Whole, of_whole, whole));
        // It comes first.
        part.vectors[start..].rotate_right(1);
        part.ends.push(part.vectors.len());
    }

    /// Returns the sum of the units of a phrasing.
    fn first_sum(&self, phrasing: &str, cache: &mut RowCache) -> Vector {
        let mut first = Vector::ZERO;
        cache.each_sum(&self.tables, phrasing, UNITS_MAX, self.weigh(), |sum, _| {
            first = sum.clone();
            false
        });
        first
    }

    /// Returns the vector of a text that has these letters and this sum of units; zero if the tables read too little of it.
    fn stored(&self, text: Text, letters: Letters, sum: Vector) -> TextVector {
        let is_readable = letters.readable(&self.tables) >= READABLE_MIN;
        let vector = if is_readable { sum.normalised() } else { Vector::ZERO };
        TextVector { text, values: Quantised::new(&vector), is_words: letters.is_chinese() }
    }

    /// Returns the weights of units.
    fn weigh(&self) -> impl Fn(Unit) -> f32 {
        let unknown = unit_weights::of_unknown(self.counted_entries);
        move |unit| self.weights.get(&unit_weights::number(unit)).copied().unwrap_or(unknown)
    }

    /// Returns the section of all entries' vectors; `None` if it would be too large.
    pub(crate) fn section(&self, all: &EntryVectors) -> Option<Vec<u8>> {
        let means = [Text::Phrasing, Text::Whole].map(|text| mean(all, text));
        let words_mean = tables::words_mean(&self.tables);
        let mut out = tables::hashes(&self.tables).map(u128::to_le_bytes).concat();
        for number in [self.counted_entries as usize, self.rows.len(), all.vectors.len()] {
            out.extend(u32::try_from(number).ok()?.to_le_bytes());
        }
        out.extend(means.iter().flat_map(Vector::to_le_bytes));
        out.extend(self.rows.iter().flat_map(|row| row.to_le_bytes()));
        out.extend(grouped::starts(&all.ends)?);
        for TextVector { text, values, is_words } in &all.vectors {
            let [of_phrasings, of_entries] = &means;
            let (mean, passage) = match text {
                Text::Phrasing => (of_phrasings, 0),
                Text::Whole => (of_entries, 0),
                Text::Passage => (of_entries, PASSAGE),
            };
            let (mean, words) = if *is_words { (&words_mean, WORDS) } else { (mean, 0) };
            out.extend(values.0);
            out.extend(u16::try_from(values.squared_length()).ok()?.to_le_bytes());
            out.extend((distance(&unit_vector(values), mean) | words | passage).to_le_bytes());
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

/// The vectors of neighbouring entries: of each entry's whole text, of its phrasings, then of the passages of its answer.
#[derive(Default)]
pub(crate) struct EntryVectors {
    vectors: Vec<TextVector>,
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
}

/// A vector with what it is of.
struct TextVector {
    text: Text,
    values: Quantised,
    /// True if the text is mostly Chinese.
    is_words: bool,
}

/// The texts of an entry.
#[derive(Clone, Copy, PartialEq)]
enum Text {
    Whole,
    Phrasing,
    Passage,
}

/// Returns the beginning of a text, which tells its script.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(SCRIPT_BYTES)]
}

/// Returns the mean of the vectors of such texts, without those of Chinese words.
fn mean(all: &EntryVectors, text: Text) -> Vector {
    let wanted = |vector: &&TextVector| vector.text == text && !vector.is_words && vector.values.squared_length() > 0;
    Vector::mean(all.vectors.iter().filter(wanted).map(|vector| unit_vector(&vector.values)))
}

/// Returns the distance of two vectors as a pack holds it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance is from 0 to 2")]
fn distance(one: &Vector, other: &Vector) -> u16 {
    let pairs = one.values().iter().zip(other.values());
    let squared = pairs.fold(0.0, |sum, (one, other)| sum + (one - other) * (one - other));
    ((squared.sqrt() * DISTANCE_ONE + 0.5) as u16).min(PASSAGE - 1)
}
