//! A Unigram vocabulary from `tokenizer.json`, with the normalisation and the white space of XLM-R.

use serde_json::{Value, json};

use super::charsmap::{Charsmap, from_base64};
use super::error::ImportError;
use super::settings::Settings;
use super::tokens::{Kind, Tokens};
use crate::special::UNIGRAM_NAMES;
use crate::vocabulary_head::Spacing;

const NAME: &str = "tokenizer.json";

/// Reads the vocabulary and its rules.
pub(super) fn read(tokeniser: &Settings) -> Result<Tokens, ImportError> {
    tokeniser.check("/model/byte_fallback", &json!(false), &json!(false))?;
    let (charsmap, collapse) = normaliser(tokeniser)?;
    let split = splits_at_white_space(tokeniser)?;
    let (pieces, scores) = pieces_of(tokeniser)?;
    let spacing = Spacing { split, collapse };
    let tokens = Tokens::new(NAME, pieces, Kind::Unigram { scores, charsmap, spacing })?;
    tokeniser.check("/model/unk_id", &json!(tokens.special.unknown()), &Value::Null)?;
    check_added(tokeniser, &tokens)?;
    Ok(tokens)
}

/// Returns the rules of normalisation, and true if runs of spaces become one behind them.
fn normaliser(tokeniser: &Settings) -> Result<(Charsmap, bool), ImportError> {
    if tokeniser.text("/normalizer/type") != Some("Sequence") {
        return Ok((charsmap(tokeniser, "/normalizer")?, false));
    }
    let charsmap = charsmap(tokeniser, "/normalizer/normalizers/0")?;
    let collapses = tokeniser.at("/normalizer/normalizers/1").is_some();
    if collapses {
        tokeniser.check("/normalizer/normalizers/1/type", &json!("Replace"), &Value::Null)?;
        tokeniser.check("/normalizer/normalizers/1/pattern/Regex", &json!(" {2,}"), &Value::Null)?;
        // `▁` stands for a space behind it as well.
        if tokeniser.text("/normalizer/normalizers/1/content") != Some("▁") {
            tokeniser.check("/normalizer/normalizers/1/content", &json!(" "), &Value::Null)?;
        }
    }
    if tokeniser.at("/normalizer/normalizers/2").is_some() {
        return Err(tokeniser.unsupported("/normalizer/normalizers/2/type", "Precompiled and Replace"));
    }
    Ok((charsmap, collapses))
}

fn charsmap(tokeniser: &Settings, pointer: &str) -> Result<Charsmap, ImportError> {
    tokeniser.check(&format!("{pointer}/type"), &json!("Precompiled"), &Value::Null)?;
    let pointer = format!("{pointer}/precompiled_charsmap");
    let bytes = tokeniser.text(&pointer).and_then(from_base64);
    let bytes = bytes.ok_or_else(|| tokeniser.unsupported(&pointer, "a text in base 64"))?;
    Charsmap::parse(&bytes).map_err(|reason| ImportError::Vocabulary { name: NAME, reason })
}

/// Returns true if words end at white space of each kind before `▁` takes the place of spaces.
fn splits_at_white_space(tokeniser: &Settings) -> Result<bool, ImportError> {
    let splits = tokeniser.text("/pre_tokenizer/type") == Some("Sequence");
    let metaspace = if splits {
        let class = json!("WhitespaceSplit");
        tokeniser.check("/pre_tokenizer/pretokenizers/0/type", &class, &Value::Null)?;
        "/pre_tokenizer/pretokenizers/1"
    } else {
        "/pre_tokenizer"
    };
    let check = |key: &str, expected: Value, default: Value| {
        tokeniser.check(&format!("{metaspace}/{key}"), &expected, &default)
    };
    check("type", json!("Metaspace"), Value::Null)?;
    check("replacement", json!("▁"), Value::Null)?;
    check("add_prefix_space", json!(true), json!(true))?;
    check("prepend_scheme", json!("always"), json!("always"))?;
    check("split", json!(true), json!(true))?;
    if tokeniser.at("/pre_tokenizer/pretokenizers/2").is_some() {
        return Err(tokeniser.unsupported("/pre_tokenizer/pretokenizers/2/type", "WhitespaceSplit and Metaspace"));
    }
    Ok(splits)
}

/// Returns the pieces and their scores, which must be numbers of 4 bytes.
fn pieces_of(tokeniser: &Settings) -> Result<(Vec<String>, Vec<f32>), ImportError> {
    let Some(vocabulary) = tokeniser.at("/model/vocab").and_then(Value::as_array) else {
        return Err(tokeniser.unsupported("/model/vocab", "an array of pieces and scores"));
    };
    let (mut pieces, mut scores) = (Vec::with_capacity(vocabulary.len()), Vec::with_capacity(vocabulary.len()));
    for (number, entry) in vocabulary.iter().enumerate() {
        let piece = entry.get(0).and_then(Value::as_str);
        let score = entry.get(1).and_then(Value::as_f64).and_then(exact_score);
        let (Some(piece), Some(score)) = (piece, score) else {
            return Err(tokeniser.unsupported(&format!("/model/vocab/{number}"), "a piece and a score of 4 bytes"));
        };
        if piece.contains('\0') {
            return Err(ImportError::Vocabulary { name: NAME, reason: "a piece has a character 0" });
        }
        pieces.push(piece.to_owned());
        scores.push(score);
    }
    Ok((pieces, scores))
}

/// Returns a score as a number of 4 bytes, if it is one but for the last bits, which reading decimals may change.
fn exact_score(score: f64) -> Option<f32> {
    #[expect(clippy::cast_possible_truncation, reason = "numbers that it changes are refused")]
    let short = score as f32;
    Some(short).filter(|&short| (f64::from(short) - score).abs() <= 1e-14 * score.abs())
}

/// Checks that all names that are found in texts are those of the special pieces.
fn check_added(tokeniser: &Settings, tokens: &Tokens) -> Result<(), ImportError> {
    let added = tokeniser.at("/added_tokens").and_then(Value::as_array).map_or(0, Vec::len);
    for at in 0..added {
        let pointer = format!("/added_tokens/{at}");
        let content = format!("{pointer}/content");
        let name = tokeniser.text(&content).unwrap_or_default();
        let Some(place) = UNIGRAM_NAMES.all.iter().position(|other| *other == name) else {
            return Err(tokeniser.unsupported(&content, "<pad>, <unk>, <s>, </s> and <mask>"));
        };
        let number = json!(tokens.special.0[place]);
        tokeniser.check(&format!("{pointer}/id"), &number, &number)?;
        for flag in ["single_word", "rstrip", "normalized"] {
            tokeniser.check(&format!("{pointer}/{flag}"), &json!(false), &json!(false))?;
        }
        tokeniser.check(&format!("{pointer}/lstrip"), &json!(name == "<mask>"), &json!(false))?;
    }
    Ok(())
}
