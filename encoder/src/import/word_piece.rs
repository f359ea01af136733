//! A vocabulary of word pieces, from `tokenizer.json`, or from `vocab.txt` where there is none.

use serde_json::{Value, json};

use super::error::ImportError;
use super::files::ModelFiles;
use super::settings::Settings;
use super::tokens::{Kind, PIECES_MAX, Tokens};
use crate::special::WORD_PIECE_NAMES;
use crate::words::Casing;

/// Reads the vocabulary of a `tokenizer.json`.
pub(super) fn read(tokeniser: &Settings) -> Result<Tokens, ImportError> {
    check_tokeniser(tokeniser)?;
    let casing = casing(tokeniser, "/normalizer/lowercase", "/normalizer/strip_accents")?;
    Tokens::new("tokenizer.json", pieces_of(tokeniser)?, Kind::WordPiece(casing))
}

/// Reads the vocabulary of a `vocab.txt`, with the casing in `tokenizer_config.json`.
pub(super) fn read_lines(files: &mut ModelFiles, folder: &str) -> Result<Tokens, ImportError> {
    let Some(lines) = files.read(&format!("{folder}vocab.txt"))? else {
        return Err(ImportError::Missing { path: files.path().to_owned(), name: "tokenizer.json or vocab.txt" });
    };
    let casing = match Settings::read(files, &format!("{folder}tokenizer_config.json"))? {
        Some(config) => {
            config.check("/tokenize_chinese_chars", &json!(true), &json!(true))?;
            casing(&config, "/do_lower_case", "/strip_accents")?
        }
        None => Casing { lower_case: true, strip_accents: true },
    };
    Tokens::new("vocab.txt", pieces_in(&lines)?, Kind::WordPiece(casing))
}

/// Checks that a tokeniser is that of BERT.
fn check_tokeniser(tokeniser: &Settings) -> Result<(), ImportError> {
    let missing = &Value::Null;
    tokeniser.check("/normalizer/type", &json!("BertNormalizer"), missing)?;
    tokeniser.check("/normalizer/clean_text", &json!(true), missing)?;
    tokeniser.check("/normalizer/handle_chinese_chars", &json!(true), missing)?;
    tokeniser.check("/pre_tokenizer/type", &json!("BertPreTokenizer"), missing)?;
    tokeniser.check("/model/unk_token", &json!("[UNK]"), missing)?;
    tokeniser.check("/model/continuing_subword_prefix", &json!("##"), missing)?;
    tokeniser.check("/model/max_input_chars_per_word", &json!(100), missing)?;
    let added = tokeniser.at("/added_tokens").and_then(Value::as_array).map_or(0, Vec::len);
    for at in 0..added {
        let pointer = format!("/added_tokens/{at}/content");
        if !tokeniser.text(&pointer).is_some_and(|name| WORD_PIECE_NAMES.all.contains(&name)) {
            return Err(tokeniser.unsupported(&pointer, "[PAD], [UNK], [CLS], [SEP] and [MASK]"));
        }
        for flag in ["single_word", "lstrip", "rstrip", "normalized"] {
            tokeniser.check(&format!("/added_tokens/{at}/{flag}"), &json!(false), &json!(false))?;
        }
    }
    Ok(())
}

/// Returns the casing; accents are stripped with lower case unless the settings say otherwise.
fn casing(settings: &Settings, lower_case: &str, strip_accents: &str) -> Result<Casing, ImportError> {
    let lower_case = settings.flag(lower_case, true)?;
    Ok(Casing { lower_case, strip_accents: settings.flag(strip_accents, lower_case)? })
}

/// Returns the pieces of a `tokenizer.json`, whose numbers must leave no gap.
fn pieces_of(tokeniser: &Settings) -> Result<Vec<String>, ImportError> {
    let vocabulary_error = |reason| ImportError::Vocabulary { name: "tokenizer.json", reason };
    let Some(vocabulary) = tokeniser.at("/model/vocab").and_then(Value::as_object) else {
        return Err(tokeniser.unsupported("/model/vocab", "an object of numbers"));
    };
    if vocabulary.len() > PIECES_MAX {
        return Err(vocabulary_error("there are more than 1048576 pieces"));
    }
    let mut pieces = vec![String::new(); vocabulary.len()];
    for (piece, number) in vocabulary {
        let number = number.as_u64().and_then(|number| usize::try_from(number).ok());
        match number.and_then(|number| pieces.get_mut(number)) {
            Some(place) if place.is_empty() => place.clone_from(piece),
            _ => return Err(vocabulary_error("the numbers of the pieces leave a gap, or one stands twice")),
        }
    }
    Ok(pieces)
}

/// Returns the lines of a `vocab.txt`.
fn pieces_in(lines: &[u8]) -> Result<Vec<String>, ImportError> {
    let vocabulary_error = |reason| ImportError::Vocabulary { name: "vocab.txt", reason };
    let lines = str::from_utf8(lines).map_err(|_| vocabulary_error("it is not UTF-8"))?;
    Ok(lines.lines().map(|line| line.trim_end().to_owned()).collect())
}
