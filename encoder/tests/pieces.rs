//! Pieces of any text, as `tokenizers` of Hugging Face has them.

mod support;

use faqt_encoder::Encoder;
use proptest::prelude::*;
use support::{LENGTH_MAX, PIECES, config, encoder, files, folder, tokeniser};

/// Returns the pieces of a text without the two around it.
fn pieces(encoder: &Encoder, text: &str) -> Vec<&'static str> {
    let pieces = encoder.pieces(text);
    let names: Vec<_> = pieces.iter().map(|&piece| PIECES[piece as usize]).collect();
    let [first, inner @ .., last] = &names[..] else { panic!("two pieces at least") };
    assert_eq!((*first, *last), ("[CLS]", "[SEP]"));
    inner.to_vec()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(pieces(&encoder(), text).join(" "), expected, "{text:?}");
}

#[test]
fn words_are_cut_by_the_longest_piece() {
    for (text, expected) in [
        ("", ""),
        (" \t\r\n\u{a0}\u{3000}\u{2028}", ""),
        ("reset", "reset"),
        ("resets", "reset ##s"),
        ("rea", "re ##a"),
        ("reseta resetb", "reset ##a [UNK]"),
        ("set", "[UNK]"),
        ("xx xxxx", "x ##x x ##x ##x ##x"),
        ("##set", "# # [UNK]"),
        ("#a", "# a"),
    ] {
        check(text, expected);
    }
}

#[test]
fn spellings_are_normalised() {
    for (text, expected) in [
        ("CAFÉ", "cafe"),
        ("cafe\u{301}", "cafe"),
        ("İstanbul", "istanbul"),
        ("ΣΑΣ Σ ς", "[UNK] σ ς"),
        ("ß SS ẞ", "ß ss ß"),
        ("ガ", "カ"),
        ("リセ", "リ ##セ"),
        ("don't", "don ' t"),
        ("a-b.", "a - b ."),
        ("a\u{2013}b", "a [UNK] b"),
        ("≠ ₂", "[UNK] ₂"),
        ("🙂a 🙂🙂", "🙂 ##a [UNK]"),
        ("🙂", "🙂"),
    ] {
        check(text, expected);
    }
}

#[test]
fn chinese_characters_are_words() {
    for (text, expected) in [
        ("备案", "备 案"),
        ("a备b", "a 备 b"),
        ("备\u{301}案", "备 案"),
        ("\u{20000}a", "[UNK] a"),
        ("カ备", "カ 备"),
        // Hugging Face's range of extension E starts at 2B920.
        ("\u{2b820}a", "[UNK]"),
        ("\u{2b920}a", "[UNK] a"),
    ] {
        check(text, expected);
    }
}

#[test]
fn control_characters_are_removed() {
    for (text, expected) in [
        ("re\0set", "reset"),
        ("re\u{ad}set\u{200d}", "reset"),
        ("re\u{b}set re\u{c}set re\u{1f}set re\u{85}set", "reset reset reset reset"),
        ("re\u{fffd}set", "reset"),
        ("re\u{e000}set", "reset"),
        ("\u{feff}reset", "reset"),
        ("reset\ncard\tcard\rcard", "reset card card card"),
        ("a\u{200b}a", "a ##a"),
    ] {
        check(text, expected);
    }
}

#[test]
fn names_of_special_pieces_are_these() {
    for (text, expected) in [
        ("[MASK]", "[MASK]"),
        ("reset[SEP]a", "reset [SEP] a"),
        ("[[PAD]]", "[ [PAD] ]"),
        ("[sep]", "[ sep ]"),
        ("[SEP", "[ sep"),
        ("[UNK][CLS]", "[UNK] [CLS]"),
    ] {
        check(text, expected);
    }
}

#[test]
fn a_word_of_more_than_100_characters_is_unknown() {
    check(&"x".repeat(101), "[UNK]");
    check(&format!("{}-a", "é".repeat(101)), "[UNK] - a");
    // Of 100 characters, the model has room for 30.
    check(&"x".repeat(100), &["x"].into_iter().chain(["##x"; 29]).collect::<Vec<_>>().join(" "));
}

#[test]
fn a_text_is_cut_at_the_greatest_number_of_pieces() {
    let encoder = encoder();
    for text in ["a ".repeat(LENGTH_MAX), "[MASK]".repeat(100), "备".repeat(1 << 20), "..".repeat(1 << 19)] {
        assert_eq!(pieces(&encoder, &text).len(), LENGTH_MAX - 2);
    }
}

#[test]
fn a_long_text_of_one_character_takes_bounded_time() {
    let encoder = encoder();
    for character in ["a", "\u{301}", "\u{0}", " ", "[", "ガ", "🙂", "\u{1d165}", "ﷺ", "[SEP"] {
        assert!(encoder.pieces(&character.repeat((1 << 18) / character.len())).len() <= LENGTH_MAX);
    }
}

#[test]
fn a_model_with_capitals_keeps_them() {
    let mut files = files();
    let mut settings = tokeniser();
    settings["normalizer"]["lowercase"] = false.into();
    files.insert("tokenizer.json", settings.to_string().into_bytes());
    let cased = Encoder::from_bytes(faqt_encoder::import(folder(&files).path()).unwrap()).unwrap();
    assert_eq!(pieces(&cased, "reset RESET ガ cafe\u{301}"), ["reset", "[UNK]", "ガ", "[UNK]"]);
    assert_eq!(config()["vocab_size"], PIECES.len());
}

proptest! {
    #[test]
    fn any_text_has_pieces(text in "\\PC{0,80}|[ -~]{0,80}|(?s:.{0,80})") {
        let encoder = encoder();
        let pieces = encoder.pieces(&text);
        assert!((2..=LENGTH_MAX).contains(&pieces.len()));
        assert!(pieces.iter().all(|&piece| (piece as usize) < PIECES.len()));
    }
}
