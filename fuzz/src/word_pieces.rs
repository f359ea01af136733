//! Units and vectors of any text, by sound tables and by damaged ones.

use std::sync::LazyLock;

use faqt_meaning::{Quantised, QueryVector, Table, Tables, Unit, Vector, english};
use faqt_meaning_zh::chinese;

static ENGLISH: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../meaning/english.table"));
static SOUND: LazyLock<Tables<'static>> =
    LazyLock::new(|| Tables::new(english(), Some(chinese())).expect("each is in its place"));

/// Cuts any text into units: words stand alone, and vectors have length 1 or 0. Then reads it as changes to a table;
/// a damaged table must not panic.
pub fn word_pieces(text: &str) {
    let (first, second) = text.split_at(text.floor_char_boundary(text.len() / 2));
    let both = units(&SOUND, &format!("{first} {second}"));
    assert_eq!(both, [units(&SOUND, first), units(&SOUND, second)].concat());
    assert_similar_to_itself(&SOUND.embed(both, |_| 1.0));
    read_damaged(text);
}

fn units(tables: &Tables<'_>, text: &str) -> Vec<Unit> {
    let units: Vec<Unit> = tables.units(text).collect();
    // Normalisation makes at most 11 bytes of one.
    assert!(units.len() <= 11 * text.len(), "{} units", units.len());
    units
}

fn assert_similar_to_itself(vector: &Vector) {
    let length: f32 = vector.values().iter().map(|value| value * value).sum();
    assert!(*vector == Vector::ZERO || (0.999..1.001).contains(&length), "length {length}");
    let cosine = QueryVector::new(vector).cosine(&Quantised::new(vector));
    // Most of the vector of a mark alone is in one dimension.
    assert!(*vector == Vector::ZERO || cosine > 0.6, "cosine {cosine}");
}

/// Reads text by a table with a byte changed for each 4 bytes of the text: 3 for the place, 1 for the change.
fn read_damaged(text: &str) {
    let mut table = ENGLISH.to_vec();
    let rows = table.len() - 66 * english().row_count() as usize;
    for change in text.as_bytes().chunks_exact(4).take(64) {
        let at = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % rows;
        table[at] ^= change[3];
    }
    if let Ok(tables) = Table::open(&table).and_then(|table| Tables::new(table, Some(chinese()))) {
        let vector = tables.embed(units(&tables, text), |_| 1.0);
        let _ = Quantised::new(&vector);
    }
}
