//! The weights of word pieces and words: their inverse document frequency in a knowledge base.

use faqt_meaning::Unit;

/// The weight of 1 in a pack. A unit of no entry among 14 weighs 1.26, so a byte holds each.
const ONE: f32 = 200.0;

/// Returns the weight of a unit that `frequency` of `entries` entries hold: 1 for about one, nearly 0 for all.
///
/// The inverse document frequency of BM25, as a share of that of a unit in half an entry.
fn weight(frequency: f32, entries: f32) -> f32 {
    let idf = libm::logf(1.0 + (entries - frequency + 0.5) / (frequency + 0.5));
    idf / libm::logf(1.0 + entries.max(1.0))
}

/// Returns the weight of a unit that no entry holds.
pub(super) fn of_unknown(entries: u32) -> f32 {
    weight(0.0, entries as f32)
}

/// The bit of a number that words have.
const WORD: u32 = 1 << 23;

/// Returns the unit of a number in a pack.
#[cfg(feature = "build")]
pub(super) fn unit(number: u32) -> Unit {
    if number & WORD == 0 { Unit::Piece(number) } else { Unit::Word(number & !WORD) }
}

/// Returns the number of a unit in a pack: pieces before words.
pub(super) fn number(unit: Unit) -> u32 {
    match unit {
        Unit::Piece(row) => row,
        Unit::Word(row) => WORD | row,
    }
}

/// Returns a unit's row in a pack: its number above, its weight in the low byte.
#[cfg(feature = "build")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a weight is at most 1.275 and never negative"
)]
pub(super) fn row(number: u32, frequency: u32, entries: u32) -> u32 {
    let weight = weight(frequency as f32, entries as f32) * ONE + 0.5;
    number << 8 | u32::from(weight.clamp(0.0, 255.0) as u8)
}

/// Returns the weight in a row.
pub(super) fn of_row(row: u32) -> f32 {
    (row & 0xff) as f32 / ONE
}
