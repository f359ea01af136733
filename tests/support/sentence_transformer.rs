//! A tiny sentence transformer with made-up weights, as the files of its folder: for tests and for `fuzz/`.
#![allow(dead_code, reason = "each of them uses a part")]

use std::fs;
use std::path::Path;

/// The word pieces, by their numbers.
pub(crate) const PIECES: [&str; 20] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "reset", "re", "##set", "##s", "password", "a", "##a", "cafe", "?",
    "'", "备", "ガ", "ß", "🙂", "##ing",
];
/// The greatest number of pieces of a text.
pub(crate) const LENGTH_MAX: usize = 16;

const HIDDEN: usize = 32;
const INTERMEDIATE: usize = 16;

/// Writes the files into a folder.
pub(crate) fn write(folder: &Path, seed: u32, readme: &str) {
    for (path, bytes) in files(seed, readme) {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().expect("it is in a folder")).expect("folders can be made");
        fs::write(file, bytes).expect("files can be written");
    }
}

/// Returns the files, by their paths. Another `seed` makes other weights.
pub(crate) fn files(seed: u32, readme: &str) -> Vec<(&'static str, Vec<u8>)> {
    let modules = r#"[{"path": "", "type": "models.Transformer"}, {"path": "1_Pooling", "type": "models.Pooling"}]"#;
    vec![
        ("modules.json", modules.into()),
        ("1_Pooling/config.json", r#"{"pooling_mode_mean_tokens": true}"#.into()),
        ("config.json", config().into_bytes()),
        ("vocab.txt", PIECES.join("\n").into_bytes()),
        ("model.safetensors", weights(seed)),
        ("README.md", readme.into()),
    ]
}

fn config() -> String {
    format!(
        r#"{{"model_type": "bert", "hidden_act": "gelu", "layer_norm_eps": 1e-12, "num_hidden_layers": 1,
            "hidden_size": {HIDDEN}, "num_attention_heads": 1, "intermediate_size": {INTERMEDIATE},
            "max_position_embeddings": {LENGTH_MAX}, "vocab_size": {}, "type_vocab_size": 1}}"#,
        PIECES.len()
    )
}

/// Returns `model.safetensors`.
fn weights(seed: u32) -> Vec<u8> {
    let (mut head, mut data) = (Vec::new(), Vec::new());
    for (name, shape) in tensors() {
        let start = data.len();
        // The factors of a norm are near 1, all other numbers near 0.
        let center = f32::from(u8::from(name.ends_with("Norm.weight")));
        for number in 0..shape.iter().product() {
            data.extend((center + noise(seed, start + number)).to_le_bytes());
        }
        let end = data.len();
        head.push(format!(r#""{name}": {{"dtype": "F32", "shape": {shape:?}, "data_offsets": [{start}, {end}]}}"#));
    }
    let head = format!("{{{}}}", head.join(","));
    [&(head.len() as u64).to_le_bytes(), head.as_bytes(), &data].concat()
}

/// Returns the names and the shapes of the tensors.
fn tensors() -> Vec<(String, Vec<usize>)> {
    let mut tensors = vec![
        ("embeddings.word_embeddings.weight".to_owned(), vec![PIECES.len(), HIDDEN]),
        ("embeddings.position_embeddings.weight".to_owned(), vec![LENGTH_MAX, HIDDEN]),
        ("embeddings.token_type_embeddings.weight".to_owned(), vec![1, HIDDEN]),
    ];
    let layer = "encoder.layer.0";
    for (part, rows, columns) in [
        ("attention.self.query", HIDDEN, HIDDEN),
        ("attention.self.key", HIDDEN, HIDDEN),
        ("attention.self.value", HIDDEN, HIDDEN),
        ("attention.output.dense", HIDDEN, HIDDEN),
        ("intermediate.dense", INTERMEDIATE, HIDDEN),
        ("output.dense", HIDDEN, INTERMEDIATE),
    ] {
        tensors.push((format!("{layer}.{part}.weight"), vec![rows, columns]));
        tensors.push((format!("{layer}.{part}.bias"), vec![rows]));
    }
    for part in ["embeddings", &format!("{layer}.attention.output"), &format!("{layer}.output")] {
        tensors.push((format!("{part}.LayerNorm.weight"), vec![HIDDEN]));
        tensors.push((format!("{part}.LayerNorm.bias"), vec![HIDDEN]));
    }
    tensors
}

/// Returns a number from -0.5 to 0.5, by the constants of `SplitMix64`.
fn noise(seed: u32, place: usize) -> f32 {
    let mut bits = (u64::from(seed) << 32 | place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    f32::from(u16::try_from(bits >> 48).unwrap_or(0)) / 65_535.0 - 0.5
}
