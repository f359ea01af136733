//! A tiny sentence transformer with random weights, as a folder of files and as a model.
#![allow(dead_code, reason = "each test uses a part")]

pub(crate) mod damage;
pub(crate) mod onnx;
pub(crate) mod reference;
pub(crate) mod unigram;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use faqt_encoder::Encoder;
use proptest::prelude::RngExt;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const HIDDEN: usize = 64;
pub(crate) const HEADS: usize = 2;
pub(crate) const LAYERS: usize = 2;
pub(crate) const INTERMEDIATE: usize = 128;
pub(crate) const POSITIONS: usize = 40;
/// The greatest number of pieces of a text, fewer than there are positions.
pub(crate) const LENGTH_MAX: usize = 32;

/// The pieces of the model, by their numbers.
pub(crate) const PIECES: &[&str] = &[
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "reset", "re", "##set", "##s", "password", "a", "##a", "b", "cafe",
    "istanbul", "don", "'", "t", ".", ",", "-", "#", "[", "]", "备", "案", "ガ", "カ", "σ", "ς", "ss", "ß", "🙂", "x",
    "##x", "card", "##ing", "how", "do", "i", "my", "?", "≠", "₂", "2", "sep", "リ", "##セ",
];

/// A tensor: its shape and its values.
pub(crate) type Tensor = (Vec<usize>, Vec<f32>);

/// The tensors of a model, by their names.
pub(crate) type Tensors = BTreeMap<String, Tensor>;

/// Returns the tensors of the tiny model, the same in every run.
pub(crate) fn tensors() -> Tensors {
    let mut chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut random = |scale: f32, offset: f32, shape: &[usize]| {
        let mut value = || {
            // The sum of three uniform numbers is nearly normal.
            let sum: f32 = (0..3).map(|_| f32::from(chance.random::<u16>()) / 32_768.0 - 1.0).sum();
            offset + scale * sum
        };
        (shape.to_vec(), (0..shape.iter().product()).map(|_| value()).collect())
    };
    let mut tensors = Tensors::new();
    let mut add = |name: &str, tensor| {
        tensors.insert(name.to_owned(), tensor);
    };
    add("embeddings.word_embeddings.weight", random(0.5, 0.0, &[PIECES.len(), HIDDEN]));
    add("embeddings.position_embeddings.weight", random(0.1, 0.0, &[POSITIONS, HIDDEN]));
    add("embeddings.token_type_embeddings.weight", random(0.1, 0.0, &[2, HIDDEN]));
    add("embeddings.LayerNorm.weight", random(0.1, 1.0, &[HIDDEN]));
    add("embeddings.LayerNorm.bias", random(0.1, 0.0, &[HIDDEN]));
    for layer in 0..LAYERS {
        for (part, rows, columns) in linear_layers(HIDDEN, INTERMEDIATE) {
            add(&format!("encoder.layer.{layer}.{part}.weight"), random(0.2, 0.0, &[rows, columns]));
            add(&format!("encoder.layer.{layer}.{part}.bias"), random(0.1, 0.0, &[rows]));
        }
        for part in ["attention.output", "output"] {
            add(&format!("encoder.layer.{layer}.{part}.LayerNorm.weight"), random(0.1, 1.0, &[HIDDEN]));
            add(&format!("encoder.layer.{layer}.{part}.LayerNorm.bias"), random(0.1, 0.0, &[HIDDEN]));
        }
    }
    tensors
}

/// Returns the linear layers of a layer of BERT: their names, and the rows and columns of their weights.
pub(crate) fn linear_layers(hidden: usize, intermediate: usize) -> [(&'static str, usize, usize); 6] {
    [
        ("attention.self.query", hidden, hidden),
        ("attention.self.key", hidden, hidden),
        ("attention.self.value", hidden, hidden),
        ("attention.output.dense", hidden, hidden),
        ("intermediate.dense", intermediate, hidden),
        ("output.dense", hidden, intermediate),
    ]
}

/// Returns a file in safetensors format.
pub(crate) fn safetensors(tensors: &Tensors) -> Vec<u8> {
    let (mut head, mut data) = (serde_json::Map::new(), Vec::new());
    for (name, (shape, values)) in tensors {
        let start = data.len();
        data.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        head.insert(name.clone(), json!({ "dtype": "F32", "shape": shape, "data_offsets": [start, data.len()] }));
    }
    let head = Value::Object(head).to_string();
    [&(head.len() as u64).to_le_bytes(), head.as_bytes(), &data].concat()
}

/// Returns `config.json`.
pub(crate) fn config() -> Value {
    json!({
        "model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute", "layer_norm_eps": 1e-12,
        "num_hidden_layers": LAYERS, "hidden_size": HIDDEN, "num_attention_heads": HEADS,
        "intermediate_size": INTERMEDIATE, "max_position_embeddings": POSITIONS, "vocab_size": PIECES.len(),
        "type_vocab_size": 2,
    })
}

/// Returns `tokenizer.json`.
pub(crate) fn tokeniser() -> Value {
    let vocabulary = PIECES.iter().enumerate().map(|(number, piece)| ((*piece).to_owned(), json!(number)));
    let added = |number: usize| {
        json!({
            "id": number, "content": PIECES[number], "special": true,
            "single_word": false, "lstrip": false, "rstrip": false, "normalized": false,
        })
    };
    json!({
        "added_tokens": (0..5).map(added).collect::<Vec<_>>(),
        "normalizer": {
            "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null,
            "lowercase": true,
        },
        "pre_tokenizer": { "type": "BertPreTokenizer" },
        "model": {
            "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": vocabulary.collect::<serde_json::Map<_, _>>(),
        },
    })
}

/// Returns the files of the tiny sentence transformer.
pub(crate) fn files() -> BTreeMap<&'static str, Vec<u8>> {
    let json = |value: Value| value.to_string().into_bytes();
    BTreeMap::from([
        (
            "modules.json",
            json(json!([
                { "path": "", "type": "sentence_transformers.models.Transformer" },
                { "path": "1_Pooling", "type": "sentence_transformers.models.Pooling" },
                { "path": "2_Normalize", "type": "sentence_transformers.models.Normalize" },
            ])),
        ),
        ("1_Pooling/config.json", json(json!({ "pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false }))),
        ("config.json", json(config())),
        ("sentence_bert_config.json", json(json!({ "max_seq_length": LENGTH_MAX, "do_lower_case": false }))),
        ("tokenizer.json", json(tokeniser())),
        ("model.safetensors", safetensors(&tensors())),
        ("README.md", b"---\nlanguage: en\nlicense: mit\n---\n\n# Tiny\n".to_vec()),
    ])
}

/// Writes files to a folder.
pub(crate) fn write(folder: &Path, files: &BTreeMap<&'static str, Vec<u8>>) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Returns a folder with these files.
pub(crate) fn folder(files: &BTreeMap<&'static str, Vec<u8>>) -> TempDir {
    let folder = TempDir::with_prefix("tiny").unwrap();
    write(folder.path(), files);
    folder
}

/// Returns the tiny model.
pub(crate) fn model() -> Vec<u8> {
    static MODEL: LazyLock<Vec<u8>> = LazyLock::new(|| faqt_encoder::import(folder(&files()).path()).unwrap());
    MODEL.clone()
}

/// Returns the encoder of the tiny model.
pub(crate) fn encoder() -> Encoder {
    Encoder::from_bytes(model()).unwrap()
}

/// Returns the sum of the products of two vectors.
pub(crate) fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}
