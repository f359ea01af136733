//! Sentence transformers with a Unigram vocabulary become models, or the reason is named.

mod support;

use std::collections::BTreeMap;

use faqt_encoder::{Encoder, import};
use serde_json::{Value, json};
use support::unigram::{charsmap, unigram_files, unigram_model, unigram_tokeniser};
use support::{HIDDEN, POSITIONS, config, folder, safetensors, tensors};

type Files = BTreeMap<&'static str, Vec<u8>>;

#[track_caller]
fn encoder(files: &Files) -> Encoder {
    let encoder = Encoder::from_bytes(import(folder(files).path()).unwrap()).unwrap();
    encoder.verify().unwrap();
    encoder
}

#[test]
fn prefixes_come_from_prompts_or_from_the_readme_of_an_e5_model() {
    let prefixes = |files: &Files| {
        let encoder = encoder(files);
        let model = encoder.model();
        (model.name.to_owned(), model.question_prefix.to_owned(), model.passage_prefix.to_owned())
    };
    let owned = |name: &str, question: &str, passage: &str| (name.to_owned(), question.to_owned(), passage.to_owned());
    let mut files = unigram_files();
    assert_eq!(prefixes(&files), owned("Tiny", "query: ", "passage: "));
    files.remove("config_sentence_transformers.json");
    assert_eq!(prefixes(&files), owned("Tiny", "", ""));
    let readme = "## Small E5\n\n    # Each text begins with \"query: \" or \"passage: \".\n";
    files.insert("README.md", readme.as_bytes().to_vec());
    assert_eq!(prefixes(&files), owned("Small E5", "query: ", "passage: "));
    files.insert("config_sentence_transformers.json", br#"{"prompts": {"query": "ask: "}}"#.to_vec());
    assert_eq!(prefixes(&files), owned("Small E5", "ask: ", ""));
}

#[test]
fn positions_of_xlm_roberta_begin_behind_two_others() {
    let mut tensors = tensors();
    let (shape, values) = tensors.get_mut("embeddings.position_embeddings.weight").unwrap();
    values.splice(0..0, vec![9.0; 2 * HIDDEN]);
    shape[0] = POSITIONS + 2;
    let tensors = tensors.into_iter().map(|(name, tensor)| (format!("roberta.{name}"), tensor)).collect();
    let mut settings = config();
    settings["model_type"] = json!("xlm-roberta");
    settings["max_position_embeddings"] = json!(POSITIONS + 2);
    let mut files = unigram_files();
    files.insert("config.json", settings.to_string().into_bytes());
    files.insert("model.safetensors", safetensors(&tensors));
    let expected = Encoder::from_bytes(unigram_model()).unwrap();
    assert_eq!(encoder(&files).model().vectors_hash, expected.model().vectors_hash);
    files.remove("sentence_bert_config.json");
    assert_eq!(encoder(&files).model().length_max, POSITIONS);
}

#[track_caller]
fn check(pointer: &str, value: &Value, expected: &str) {
    let mut settings = unigram_tokeniser();
    *settings.pointer_mut(pointer).unwrap() = value.clone();
    let mut files = unigram_files();
    files.insert("tokenizer.json", settings.to_string().into_bytes());
    assert_eq!(import(folder(&files).path()).unwrap_err().to_string(), expected);
}

#[test]
fn a_tokeniser_that_is_not_that_of_xlm_r_is_named() {
    let second = "normalizer.normalizers.1";
    for (pointer, value, expected) in [
        ("/model/byte_fallback", json!(true), "model.byte_fallback in tokenizer.json is true; import reads false"),
        ("/model/unk_id", json!(4), "model.unk_id in tokenizer.json is 4; import reads 3"),
        (
            "/model/vocab/5",
            json!(["▁a", 0.1]),
            r#"model.vocab.5 in tokenizer.json is ["▁a",0.1]; import reads a piece and a score of 4 bytes"#,
        ),
        ("/model/vocab/5", json!(["\0", -1]), "the vocabulary in tokenizer.json: a piece has a character 0"),
        ("/model/vocab/5", json!(["a", -1]), "the vocabulary in tokenizer.json: a piece stands twice"),
        (
            "/model/vocab/0",
            json!(["x", -1]),
            "the vocabulary in tokenizer.json: <pad>, <unk>, <s>, </s> or <mask> is missing",
        ),
        (
            "/normalizer/normalizers/0/type",
            json!("NFKC"),
            r#"normalizer.normalizers.0.type in tokenizer.json is "NFKC"; import reads "Precompiled""#,
        ),
        (
            "/normalizer/normalizers/1/type",
            json!("Strip"),
            &format!(r#"{second}.type in tokenizer.json is "Strip"; import reads "Replace""#),
        ),
        (
            "/pre_tokenizer/prepend_scheme",
            json!("never"),
            r#"pre_tokenizer.prepend_scheme in tokenizer.json is "never"; import reads "always""#,
        ),
        (
            "/added_tokens/4/content",
            json!("<new>"),
            r#"added_tokens.4.content in tokenizer.json is "<new>"; import reads <pad>, <unk>, <s>, </s> and <mask>"#,
        ),
        ("/added_tokens/4/lstrip", json!(false), "added_tokens.4.lstrip in tokenizer.json is false; import reads true"),
    ] {
        check(pointer, &value, expected);
    }
}

#[test]
fn damaged_rules_are_named() {
    let pointer = "/normalizer/normalizers/0/precompiled_charsmap";
    let whole = charsmap(&[("\t", " ")]);
    let base64 = |bytes: &[u8]| json!(support::unigram::base64(bytes));
    let refused = |reason: &str| format!("the vocabulary in tokenizer.json: {reason}");
    check(pointer, &base64(&whole[..100]), &refused("the rules of normalisation are cut off"));
    check(pointer, &base64(&whole[..whole.len() - 1]), &refused("a rule has no replacement, or a long one"));
    let field = "normalizer.normalizers.0.precompiled_charsmap in tokenizer.json";
    check(pointer, &json!("?"), &format!(r#"{field} is "?"; import reads a text in base 64"#));
}

#[test]
fn fewer_embeddings_than_pieces_are_refused() {
    let mut settings = config();
    settings["vocab_size"] = json!(7);
    let mut files = unigram_files();
    files.insert("config.json", settings.to_string().into_bytes());
    let expected = "vocab_size in config.json is 7; import reads the number of pieces in the vocabulary, 30";
    assert_eq!(import(folder(&files).path()).unwrap_err().to_string(), expected);
}
