//! Models of a sentence encoder and weights in ONNX format from any bytes, and word pieces of any text.

use std::sync::{Arc, LazyLock};

use faqt::SentenceEncoder;
use faqt_encoder::Encoder;
use twox_hash::XxHash3_128;

#[path = "../../tests/support/sentence_transformer.rs"]
mod sentence_transformer;

use sentence_transformer::{LENGTH_MAX, PIECES};

/// The end of the magic bytes, where the content hash stands.
const HASH_START: usize = 8;
/// The end of the content hash, where the hashed bytes begin.
const HASHED_START: usize = 24;
/// The length of the head, the texts and the vocabulary of the sound model, which the most checks are about.
const CHECKED: usize = 1024;

/// A model of 17 kB.
static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    sentence_transformer::write(folder.path(), 1, "---\nlicense: mit\n---\n# Tiny\n");
    faqt_encoder::import(folder.path()).expect("it is sound")
});
/// The sound model as the encoder of knowledge bases.
pub(crate) static SENTENCES: LazyLock<Arc<SentenceEncoder>> =
    LazyLock::new(|| Arc::new(SentenceEncoder::of(Encoder::from_bytes(SOUND.clone()).expect("it is sound"))));
static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::from_bytes(SOUND.clone()).expect("it is sound"));

/// Opens any bytes as a model, and as changes to a sound model with a matching content hash. Encoding by it must not
/// panic, and yields finite numbers.
pub fn encoder_model(bytes: &[u8]) {
    read(bytes.to_vec());
    let mut forged = SOUND.clone();
    for change in bytes.chunks_exact(3).take(16) {
        let end = if change[0] % 2 == 0 { CHECKED } else { forged.len() };
        let at = HASHED_START + usize::from(u16::from_le_bytes([change[0], change[1]])) % (end - HASHED_START);
        forged[at] ^= change[2];
    }
    let hash = XxHash3_128::oneshot(&forged[HASHED_START..]);
    forged[HASH_START..HASHED_START].copy_from_slice(&hash.to_le_bytes());
    read(forged);
}

fn read(model: Vec<u8>) {
    let Ok(encoder) = Encoder::from_bytes(model) else { return };
    let _ = encoder.verify();
    let vector = encoder.encode("Resets my password? 备案 [MASK] 🙂");
    assert_eq!(vector.len(), encoder.dimensions());
    assert!(vector.iter().all(|value| value.is_finite()), "{vector:?}");
    assert!(!format!("{encoder:?} {:?}", encoder.model()).is_empty());
}

/// Imports any bytes as the weights of a sentence transformer in ONNX format. A model that comes of them is sound.
pub fn encoder_onnx(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    sentence_transformer::write(folder.path(), 1, "# Tiny\n");
    std::fs::remove_file(folder.path().join("model.safetensors")).expect("it was written");
    std::fs::write(folder.path().join("model.onnx"), bytes).expect("files can be written");
    if let Ok(model) = faqt_encoder::import(folder.path()) {
        let encoder = Encoder::from_bytes(model).expect("what was imported opens");
        encoder.verify().expect("what was imported is sound");
    }
}

/// Cuts any text into pieces: each is in the vocabulary, and words stand alone.
pub fn encoder_pieces(text: &str) {
    let (first, second) = text.split_at(text.floor_char_boundary(text.len() / 2));
    let apart = [body(first), body(second)].concat();
    assert_eq!(body(&format!("{first} {second}")), apart[..apart.len().min(LENGTH_MAX - 2)]);
    assert_eq!(body(&format!("\t{text} \n")), body(text));
}

/// Returns the pieces of a text without the two around it.
fn body(text: &str) -> Vec<u32> {
    let pieces = ENCODER.pieces(text);
    assert!((2..=LENGTH_MAX).contains(&pieces.len()), "{} pieces", pieces.len());
    assert!(pieces.iter().all(|&piece| (piece as usize) < PIECES.len()), "{pieces:?}");
    assert_eq!([pieces[0], pieces[pieces.len() - 1]].map(|piece| PIECES[piece as usize]), ["[CLS]", "[SEP]"]);
    pieces[1..pieces.len() - 1].to_vec()
}
