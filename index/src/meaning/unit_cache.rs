//! Caches for builds: the units of words, and the rows of word pieces. Most words recur, and finding the units of a word takes
//! ten times as long as looking it up.

use std::mem;

use faqt_meaning::{Tables, Unit, Vector};

use super::unit_weights;
use crate::text::keyed_hash;

/// The words that are kept at first, 64 KB. A word takes the place of another whose hash ends alike.
const WORDS_MIN: usize = 1 << 10;
/// The words that are kept at last, 4 MB.
const WORDS_MAX: usize = 1 << 16;
/// The words that are looked up at once.
const BATCH: usize = 32;
/// The bytes of a word that is kept. Longer ones hardly recur: they are addresses, or sentences of a script without spaces.
const WORD_BYTES_MAX: usize = 48;
/// The units of a word that is kept.
const WORD_UNITS_MAX: usize = 13;
/// The rows that are kept, 2 MB: those met first, which are the frequent ones.
const ROWS_MAX: usize = 1 << 12;

/// The units of the words seen so far. A word is what stands between spaces.
pub(crate) struct UnitCache {
    words: Vec<CachedWord>,
    /// The words that were not there since there is room for so many.
    misses: usize,
}

/// A word with the numbers of its units, in one line of a processor's cache.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct CachedWord {
    hash: u64,
    count: u32,
    numbers: [u32; WORD_UNITS_MAX],
}

/// The weighted rows of the pieces seen so far.
#[derive(Default)]
pub(crate) struct RowCache {
    units: UnitCache,
    /// One more than the place of a piece's row in `rows`, 0 without one.
    places: Vec<u16>,
    rows: Vec<Vector>,
}

impl Default for UnitCache {
    fn default() -> UnitCache {
        UnitCache::with_room_for(WORDS_MIN)
    }
}

impl UnitCache {
    fn with_room_for(words: usize) -> UnitCache {
        // The empty word is never looked up.
        let none = CachedWord { hash: keyed_hash::of(""), count: 0, numbers: [0; WORD_UNITS_MAX] };
        UnitCache { words: vec![none; words], misses: 0 }
    }

    /// Calls `take` with each unit of `text`, until it returns false. Returns false if it did.
    pub(super) fn each(&mut self, tables: &Tables<'_>, text: &str, mut take: impl FnMut(Unit) -> bool) -> bool {
        let mut words = words(text);
        loop {
            // Looking up several first lets cache misses overlap.
            let (mut batch, mut count) = ([("", 0); BATCH], 0);
            for (place, word) in batch.iter_mut().zip(&mut words) {
                *place = (word, keyed_hash::of(word));
                count += 1;
            }
            let batch = &batch[..count];
            let room = self.words.len();
            let known = batch.iter().filter(|(_, hash)| self.words[slot(*hash, room)].hash == *hash).count();
            self.misses += count - known;
            if !batch.iter().all(|&(word, hash)| self.each_of_word(tables, word, hash, &mut take)) {
                return false;
            }
            if count < BATCH {
                return true;
            }
            if self.misses > room && room < WORDS_MAX {
                *self = UnitCache::with_room_for(room * 8);
            }
        }
    }

    /// Calls `take` with each unit of `word`, until it returns false. Returns false if it did.
    fn each_of_word(&mut self, tables: &Tables<'_>, word: &str, hash: u64, mut take: impl FnMut(Unit) -> bool) -> bool {
        match self.word(tables, word, hash) {
            Some(CachedWord { count, numbers, .. }) => {
                numbers[..*count as usize].iter().all(|&number| take(unit_weights::unit(number)))
            }
            None => tables.units(word).all(take),
        }
    }

    /// Returns a word with its units; nothing if it is too long to be kept.
    fn word(&mut self, tables: &Tables<'_>, word: &str, hash: u64) -> Option<&CachedWord> {
        if word.len() > WORD_BYTES_MAX {
            return None;
        }
        let room = self.words.len();
        let cached = &mut self.words[slot(hash, room)];
        if cached.hash != hash {
            let (mut count, mut numbers) = (0, [0; WORD_UNITS_MAX]);
            for unit in tables.units(word) {
                *numbers.get_mut(count as usize)? = unit_weights::number(unit);
                count += 1;
            }
            *cached = CachedWord { hash, count, numbers };
        }
        Some(cached)
    }
}

impl RowCache {
    /// Adds each `count` units of `text` to a vector, each unit times its `weight`, and calls `take` with each sum and the
    /// number of its units until it returns false. `weight` is the same at each call. The sums are those of [`Tables::embed`], to the bit.
    pub(super) fn each_sum(
        &mut self,
        tables: &Tables<'_>,
        text: &str,
        count: usize,
        weight: impl Fn(Unit) -> f32,
        mut take: impl FnMut(&Vector, usize) -> bool,
    ) {
        let (mut sum, mut left) = (Vector::ZERO, count);
        let RowCache { units, places, rows } = self;
        places.resize(tables.pieces().row_count() as usize, 0);
        units.each(tables, text, |unit| {
            let place = match unit {
                Unit::Piece(row) => places.get_mut(row as usize),
                Unit::Word(_) => None,
            };
            match place {
                Some(0) | None => {
                    let row = tables.weighted(unit, weight(unit));
                    sum.add(&row);
                    if let Some(place) = place.filter(|_| rows.len() < ROWS_MAX) {
                        rows.push(row);
                        *place = u16::try_from(rows.len()).unwrap_or_default();
                    }
                }
                Some(place) => sum.add(&rows[usize::from(*place) - 1]),
            }
            left -= 1;
            if left > 0 {
                return true;
            }
            left = count;
            take(&mem::replace(&mut sum, Vector::ZERO), count)
        });
        if left < count {
            take(&sum, count - left);
        }
    }
}

/// Returns the words of a text: what stands between spaces, and marks of ASCII behind it by themselves. No unit spans two.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(char::is_whitespace).filter(|part| !part.is_empty()).flat_map(|part| {
        let word = part.trim_end_matches(|c: char| c.is_ascii_punctuation());
        let marks = (word.len()..part.len()).map(|at| &part[at..=at]);
        Some(word).filter(|word| !word.is_empty()).into_iter().chain(marks)
    })
}

/// Returns the place of a hash among `room`, a power of two.
#[expect(clippy::cast_possible_truncation, reason = "the last bits are wanted")]
fn slot(hash: u64, room: usize) -> usize {
    hash as usize & (room - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tables::tables;
    use super::*;

    #[test]
    fn a_word_that_takes_the_place_of_another_has_its_own_units() {
        let Some(tables) = tables() else { return };
        let mut cache = UnitCache::default();
        for text in (0..2 * WORDS_MAX).map(|at| at.to_string()) {
            let mut found = Vec::new();
            cache.each(&tables, &text, |unit| {
                found.push(unit);
                true
            });
            assert_eq!(found, tables.units(&text).collect::<Vec<_>>());
        }
    }

    proptest! {
        #[test]
        fn sums_are_those_without_a_cache(text in "([a-z]{1,9}[ ,.]|备案|[Α-Ω]Σ[.)]|\\PC|[ \\x1c\\t]){0,120}", count in 1_usize..60, most in 1_usize..5) {
            let Some(tables) = tables() else { return Ok(()) };
            let weight = |unit| match unit {
                Unit::Piece(row) | Unit::Word(row) => row as f32 / 40_000.0,
            };
            let mut cache = RowCache::default();
            let units: Vec<Unit> = tables.units(&text).collect();
            let expected: Vec<Vector> =
                units.chunks(count).take(most).map(|units| tables.embed(units.iter().copied(), weight)).collect();
            for _ in 0..2 {
                let mut sums = Vec::new();
                cache.each_sum(&tables, &text, count, weight, |sum, _| {
                    sums.push(sum.clone().normalised());
                    sums.len() < most
                });
                prop_assert_eq!(&sums, &expected);
            }
        }
    }
}
