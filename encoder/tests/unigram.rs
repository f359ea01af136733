//! Pieces of a Unigram model, as `tokenizers` of Hugging Face has them, and the prefixes of questions and passages.

mod support;

use std::collections::HashMap;

use faqt_encoder::Encoder;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::unigram::{UNIGRAM, unigram_encoder, unigram_files, unigram_tokeniser};
use support::{LENGTH_MAX, folder};

/// Returns the pieces of a text without the two around it.
fn pieces(encoder: &Encoder, text: &str) -> Vec<&'static str> {
    let names: Vec<_> = encoder.pieces(text).into_iter().map(|piece| UNIGRAM[piece as usize].0).collect();
    let [first, inner @ .., last] = &names[..] else { panic!("two pieces at least") };
    assert_eq!((*first, *last), ("<s>", "</s>"));
    inner.to_vec()
}

#[track_caller]
fn check_by(encoder: &Encoder, text: &str, expected: &str) {
    assert_eq!(pieces(encoder, text).join(" "), expected, "{text:?}");
}

#[test]
fn the_sequence_with_the_best_score_is_taken() {
    for (text, expected) in [
        ("", ""),
        ("a", "▁a"),
        ("ab", "▁ab"),
        ("aba", "▁ aba"),
        ("bab", "▁ b ab"),
        ("reset", "▁reset"),
        ("resets", "▁reset s"),
        ("set", "▁ set"),
        ("备案", "▁ 备案"),
        ("query: a", "▁query : ▁a"),
    ] {
        check_by(&unigram_encoder(), text, expected);
    }
}

#[test]
fn unknown_characters_beside_each_other_are_one_piece() {
    for (text, expected) in [
        ("xyz", "▁ <unk>"),
        ("xya", "▁ <unk> a"),
        ("axyaz", "▁a <unk> a <unk>"),
        ("x y", "▁ <unk> ▁ <unk>"),
        ("\0", "▁ <unk>"),
        ("a\0b", "▁a <unk> b"),
    ] {
        check_by(&unigram_encoder(), text, expected);
    }
}

#[test]
fn texts_are_normalised() {
    for (text, expected) in [
        ("a\tb", "▁a ▁ b"),
        ("a\u{1}b\u{1}", "▁ab"),
        ("\u{1}", ""),
        ("ﬁ", "▁ fi"),
        ("Ａb", "▁ab"),
        ("e\u{301}é", "▁ é é"),
        // Two rules: that of the first character stands for the whole cluster.
        ("ﬁ\u{301}", "▁ fi"),
        // A long cluster has no rule as a whole.
        ("e\u{301}\u{302}\u{303}", "▁ e <unk>"),
        ("👨\u{200d}👩", "▁ <unk>"),
    ] {
        check_by(&unigram_encoder(), text, expected);
    }
}

/// Returns an encoder with this part of `tokenizer.json`.
fn with(key: &str, value: Value) -> Encoder {
    let mut tokeniser = unigram_tokeniser();
    tokeniser[key] = value;
    let mut files = unigram_files();
    files.insert("tokenizer.json", tokeniser.to_string().into_bytes());
    Encoder::from_bytes(faqt_encoder::import(folder(&files).path()).unwrap()).unwrap()
}

#[test]
fn white_space_is_that_of_the_tokeniser() {
    let collapsing = unigram_encoder();
    let precompiled = unigram_tokeniser()["normalizer"]["normalizers"][0].clone();
    let keeping = with("normalizer", precompiled);
    let metaspace = unigram_tokeniser()["pre_tokenizer"].clone();
    let pretokenizers = json!([{ "type": "WhitespaceSplit" }, metaspace]);
    let splitting = with("pre_tokenizer", json!({ "type": "Sequence", "pretokenizers": pretokenizers }));
    for (text, collapsed, kept, split) in [
        ("a  b", "▁a ▁ b", "▁a ▁ ▁ b", "▁a ▁ b"),
        (" a ", "▁a ▁", "▁a ▁", "▁a"),
        ("  ", "▁", "▁ ▁", ""),
        (" \t\u{a0}", "▁", "▁ ▁ ▁", ""),
        ("a▁b", "▁a ▁ b", "▁a ▁ b", "▁a ▁ b"),
        ("▁▁", "▁ ▁", "▁ ▁", "▁ ▁"),
        ("a\u{2028}b", "▁a <unk> b", "▁a <unk> b", "▁a ▁ b"),
    ] {
        check_by(&collapsing, text, collapsed);
        check_by(&keeping, text, kept);
        check_by(&splitting, text, split);
    }
}

#[test]
fn names_of_special_pieces_are_these() {
    for (text, expected) in [
        ("a<mask>", "▁a <mask>"),
        ("a  <mask> b", "▁a <mask> ▁ b"),
        ("<s></s><pad><unk>", "<s> </s> <pad> <unk>"),
        ("a </s>a", "▁a ▁ </s> ▁a"),
        ("<<s>", "▁ <unk> <s>"),
        // Normalisation can yield a name, which is a piece as others are.
        ("a＜s＞", "▁a <s>"),
    ] {
        check_by(&unigram_encoder(), text, expected);
    }
}

#[test]
fn a_text_is_cut_at_the_greatest_number_of_pieces() {
    let encoder = unigram_encoder();
    for text in ["a ".repeat(LENGTH_MAX), "<mask>".repeat(100), "a ".repeat(1 << 19), "备".repeat(1 << 16)] {
        assert_eq!(pieces(&encoder, &text).len(), LENGTH_MAX - 2);
    }
}

#[test]
fn a_long_text_of_one_character_takes_bounded_time() {
    let encoder = unigram_encoder();
    for character in ["a", "x", "\u{301}", "\u{0}", "\u{1}", " ", "<", "▁", "备", "🙂", "\u{200d}", "</s"] {
        assert!(encoder.pieces(&character.repeat((1 << 17) / character.len())).len() <= LENGTH_MAX);
    }
}

#[test]
fn questions_and_passages_have_prefixes() {
    let encoder = unigram_encoder();
    let model = encoder.model();
    assert_eq!((model.question_prefix, model.passage_prefix), ("query: ", "passage: "));
    assert_eq!(encoder.encode_question("reset"), encoder.encode("query: reset"));
    assert_eq!(encoder.encode_passage("reset"), encoder.encode("passage: reset"));
    assert_ne!(encoder.encode_question("reset"), encoder.encode_passage("reset"));
    let plain = support::encoder();
    assert_eq!(plain.encode_question("reset"), plain.encode("reset"));
    assert_eq!(plain.encode_passage("reset"), plain.encode("reset"));
}

/// Returns the greatest sum of scores over all sequences of pieces that make up a text.
fn best(text: &str, scores: &HashMap<&str, f64>) -> f64 {
    if text.is_empty() {
        return 0.0;
    }
    let ends = (1..=text.len()).filter(|&end| text.is_char_boundary(end));
    let sums = ends.filter_map(|end| Some(scores.get(&text[..end])? + best(&text[end..], scores)));
    sums.fold(f64::NEG_INFINITY, f64::max)
}

proptest! {
    #[test]
    fn pieces_make_up_the_text_with_the_best_score(words in prop::collection::vec("[abrest]{1,7}|(备|案|🙂|a){1,5}", 0..3)) {
        let scores = UNIGRAM.iter().map(|&(piece, score)| (piece, f64::from(score))).collect();
        let found = pieces(&unigram_encoder(), &words.join(" "));
        let signed: Vec<_> = words.iter().map(|word| format!("▁{word}")).collect();
        prop_assert_eq!(found.concat(), signed.concat());
        let expected: f64 = signed.iter().map(|word| best(word, &scores)).sum();
        let sum: f64 = found.iter().map(|piece| scores[piece]).sum();
        // Scores are quarters, so that sums are exact.
        prop_assert!((sum - expected).abs() < 0.1, "{} {}", sum, expected);
    }

    #[test]
    fn any_text_has_pieces(text in "\\PC{0,80}|[ -~]{0,80}|(?s:.{0,80})") {
        let found = unigram_encoder().pieces(&text);
        prop_assert!((2..=LENGTH_MAX).contains(&found.len()));
        prop_assert!(found.iter().all(|&piece| (piece as usize) < UNIGRAM.len()));
    }
}
