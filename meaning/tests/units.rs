//! Units of any text.

use faqt_meaning::{Quantised, QueryVector, Tables, Unit, Vector, english};
use faqt_meaning_zh::chinese;
use proptest::prelude::*;

fn tables() -> Tables<'static> {
    Tables::new(english(), Some(chinese())).unwrap()
}

fn units(text: &str) -> Vec<Unit> {
    tables().units(text).collect()
}

#[track_caller]
fn same(text: &str, other: &str) {
    assert_eq!(units(text), units(other), "{text:?} and {other:?}");
    assert!(!units(text).is_empty(), "{text:?}");
}

#[test]
fn spellings_of_a_word_are_one() {
    for (text, other) in [
        ("CAFÉ", "cafe"),
        ("cafe\u{301}", "cafe"),
        ("re\u{ad}set\u{200d}", "reset"),
        ("İstanbul", "istanbul"),
        ("\u{212b}", "a"),
        ("don't", "don ' t"),
        ("a-b/c", "a - b / c"),
        ("reset\u{1f}card\u{85}now\u{3000}", "reset card now"),
        ("„reset“—card…", "reset card"),
        ("card备案card", "card 备案 card"),
        ("备案。密码", "备案 密码"),
    ] {
        same(text, other);
    }
}

#[test]
fn text_without_meaning_has_no_units() {
    for text in [
        "",
        " \t\u{2028}",
        "…“”—。，？",
        "\0\u{7f}\u{200b}",
        "€ ₹100",
        "🙂🙂",
        "㐀䶿",
        "\u{301}",
        "ΟΔΟΣ",
        "карта",
        "リセット",
        "재설정",
    ] {
        assert_eq!(units(text), [], "{text:?}");
    }
}

#[test]
fn a_word_has_at_most_100_characters() {
    assert!(!units(&"a".repeat(100)).is_empty());
    assert_eq!(units(&"a".repeat(101)), []);
    // Characters count, and those that are left.
    assert!(!units(&"é".repeat(100)).is_empty());
    assert_eq!(units(&"é".repeat(101)), []);
}

#[test]
fn a_megabyte_is_read_in_one_pass() {
    const MEGABYTE: usize = 1 << 20;
    for piece in ["a", "zqxjkvzqxjkv ", "备案", "\u{301}", "Σ'"] {
        let text = piece.repeat(MEGABYTE / piece.len());
        let count = tables().units(&text).count();
        assert!(count <= text.len(), "{piece:?}: {count} units");
    }
}

/// Texts of letters, marks, punctuation, spaces and Chinese, and of anything.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 .,'#\\-éÅΣςσİǅß\u{301}\u{e31}ᄀ가备案密码。“🙂\u{ad}\u{1f}\u{2028}]{0,60}",
        "\\PC{0,60}",
        any::<String>()
    ]
}

proptest! {
    #[test]
    fn words_stand_alone(first in text(), second in text(), space in "[ \n\u{1c}\u{85}\u{3000}]{1,3}") {
        let both = units(&format!("{first}{space}{second}"));
        prop_assert_eq!(both, [units(&first), units(&second)].concat());
    }

    #[test]
    fn a_text_without_chinese_has_pieces_only(text in text()) {
        let found = units(&text);
        let has_han = text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}'));
        prop_assert!(has_han || found.iter().all(|unit| matches!(unit, Unit::Piece(_))));
        let is_sound = |unit: &Unit| match *unit {
            Unit::Piece(row) => row < english().row_count(),
            Unit::Word(row) => row < chinese().row_count(),
        };
        prop_assert!(found.iter().all(is_sound));
        // A character becomes at most four, Hangul and some Greek.
        prop_assert!(found.len() <= 4 * text.chars().count());
    }

    #[test]
    fn case_and_order_of_accents_change_nothing(text in "[a-z ]{0,40}") {
        let accented: String = text.chars().flat_map(|c| [c.to_ascii_uppercase(), '\u{301}', '\u{327}']).collect();
        prop_assert_eq!(units(&text), units(&accented));
    }

    #[test]
    fn vectors_have_length_one_or_zero(text in text(), weight in prop_oneof![0.0_f32..10.0, any::<f32>()]) {
        let found = units(&text);
        let vector = tables().embed(found.iter().copied(), |_| weight);
        let length: f32 = vector.values().iter().map(|value| value * value).sum();
        prop_assert!(vector == Vector::ZERO || (0.999..1.001).contains(&length), "{}", length);
        let query = QueryVector::new(&vector);
        let cosine = query.cosine(&Quantised::new(&vector));
        // Most of the vector of a mark alone is in one dimension.
        prop_assert!(vector == Vector::ZERO || cosine > 0.6, "{}", cosine);
    }
}
