//! No bytes are a model by accident, and no bytes that open make reading panic.

mod support;

use faqt_encoder::{Encoder, InstructionSet, ModelError, OpenError};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};
use support::damage::{error_with, field, sealed};
use support::{HIDDEN, INTERMEDIATE, LAYERS, LENGTH_MAX, PIECES, model};

const HEAD: usize = 152;

/// Reads everything that a text can reach.
fn read(encoder: &Encoder) {
    for text in ["", "Resets my password? 备案 xxx re ##a [MASK] 🙂"] {
        let vector = encoder.encode(text);
        assert_eq!(vector.len(), encoder.dimensions());
        assert!(vector.iter().all(|x| x.is_finite() && x.abs() < 1.001), "{vector:?}");
    }
    assert!(format!("{encoder:?}{:?}", encoder.model()).len() < 2_000);
}

/// The places of sections: directory, buckets, parameters, positions, rows, weights and the end.
fn places(model: &[u8]) -> [usize; 7] {
    let number = |at: usize| u32::from_le_bytes(*model[field(at)..].first_chunk().unwrap()) as usize;
    let texts = HEAD + (23..28).map(number).sum::<usize>();
    let directory = texts.next_multiple_of(64);
    let buckets = directory + ((1 << number(19)) + 1) * 4;
    let parameters = (buckets + number(20)).next_multiple_of(64);
    let positions = parameters + 4 * (2 * HIDDEN + LAYERS * (14 * HIDDEN + 2 * INTERMEDIATE));
    let positions = positions.next_multiple_of(64);
    let rows = (positions + 4 * LENGTH_MAX * HIDDEN).next_multiple_of(4096);
    let weights = (rows + PIECES.len() * (HIDDEN + 4)).next_multiple_of(4096);
    let end = weights + LAYERS * (4 * HIDDEN * HIDDEN + 2 * HIDDEN * INTERMEDIATE);
    [directory, buckets, parameters, positions, rows, weights, end]
}

#[test]
fn a_model_that_is_cut_off_or_goes_on_does_not_open() {
    let mut sound = model();
    assert_eq!(places(&sound)[6], sound.len());
    for end in (0..2_000).chain((2_000..sound.len()).step_by(997)).chain([sound.len() - 1]) {
        let error = Encoder::from_bytes(sound[..end].to_vec()).unwrap_err();
        assert_eq!(matches!(error, ModelError::Length { .. }), end >= 8, "{end}: {error}");
    }
    sound.push(0);
    assert!(matches!(Encoder::from_bytes(sound), Err(ModelError::Length { .. })));
}

/// Returns places of bits: all of the head and of the vocabulary, and some of each section.
fn bits(model: &[u8]) -> Vec<usize> {
    let [_, _, parameters, positions, rows, weights, end] = places(model);
    let mut chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut some = |start: usize, end: usize| -> Vec<usize> {
        (0..100).map(|_| chance.random_range(8 * start..8 * end)).collect()
    };
    let mut bits: Vec<usize> = (0..8 * parameters).collect();
    for (start, end) in [(parameters, positions), (positions, rows), (rows, weights), (weights, end)] {
        bits.extend(some(start, end));
    }
    bits
}

fn flipped(sound: &[u8], bit: usize) -> Vec<u8> {
    let mut model = sound.to_vec();
    model[bit / 8] ^= 1 << (bit % 8);
    model
}

#[test]
fn every_flipped_bit_is_found() {
    let sound = model();
    for bit in bits(&sound) {
        if let Ok(encoder) = Encoder::from_bytes(flipped(&sound, bit)) {
            assert!(matches!(encoder.verify(), Err(ModelError::Damaged { .. })), "bit {bit}");
        }
    }
}

#[test]
fn a_flipped_bit_does_no_harm() {
    let sound = model();
    for bit in bits(&sound).into_iter().step_by(7) {
        if let Ok(encoder) = Encoder::from_bytes(sealed(flipped(&sound, bit))) {
            let _ = encoder.verify();
            read(&encoder);
        }
    }
}

#[track_caller]
fn check(at: usize, bytes: &[u8], expected: &str) {
    let error = error_with(model(), at, bytes, read);
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_head_that_makes_no_sense_is_named() {
    let number = |number: u32| number.to_le_bytes();
    check(0, b"PK", "not a model of an encoder");
    for (at, value, expected) in [
        (0, 1, "model of format version 1; this program reads version 2"),
        (1, 2, "the architecture of the model is 2; this program reads 1"),
        (2, 0, "the number of layers of the model is 0; this program reads 1 to 48"),
        (2, u32::MAX, "the number of layers of the model is 4294967295; this program reads 1 to 48"),
        (3, 65, "the hidden size of the model is 65; this program reads 32 or 64 for each head"),
        (3, 0, "the hidden size of the model is 0; this program reads 32 or 64 for each head"),
        (4, 0, "the number of heads of the model is 0; this program reads 1 to 64"),
        (4, u32::MAX, "the number of heads of the model is 4294967295; this program reads 1 to 64"),
        (5, 0, "the intermediate size of the model is 0; this program reads multiples of 16 up to 16384"),
        (5, 24, "the intermediate size of the model is 24; this program reads multiples of 16 up to 16384"),
        (6, 2, "the greatest number of pieces of the model is 2; this program reads 3 to 512"),
        (6, 513, "the greatest number of pieces of the model is 513; this program reads 3 to 512"),
        (7, 4, "the number of pieces of the model is 4; this program reads 5 to 16777215"),
        (8, 2, "the pooling of the model is 2; this program reads 1"),
        (9, 0, "damaged model: the epsilon of layer normalisation is not between 0 and 1"),
        (9, 0x7fc0_0000, "damaged model: the epsilon of layer normalisation is not between 0 and 1"),
        (10, 2, "the number of bits of an embedding of the model is 2; this program reads 4 or 8"),
        (12, 1 << 23, "damaged model: a special piece is not in the vocabulary"),
        (16, 3, "the tokeniser of the model is 3; this program reads 1 or 2"),
        (17, 4, "the casing of the model is 4; this program reads 0 to 3"),
        (18, 0, "damaged model: the longest piece has 1 to 127 bytes"),
        (18, 128, "damaged model: the longest piece has 1 to 127 bytes"),
        (19, 0, "damaged model: a bucket number has 1 to 24 bits"),
        (19, 25, "damaged model: a bucket number has 1 to 24 bits"),
        (22, 1, "damaged model: a field is not empty"),
        (23, 1025, "damaged model: a prefix is longer than 1 KB"),
        (27, 1 << 21, "damaged model: a name, source or licence is longer than 1 MB"),
    ] {
        check(field(at), &number(value), expected);
    }
    for (at, byte) in [(2, 0), (5, 0), (6, 0), (7, 1), (19, 0), (20, 1), (25, 1), (26, 1), (27, 1)] {
        let mut forged = model();
        forged[field(at) + byte] ^= 16;
        assert!(matches!(Encoder::from_bytes(forged), Err(ModelError::Length { .. })), "{at}");
    }
}

#[test]
fn a_forged_model_is_found_out() {
    let [directory, buckets, parameters, positions, rows, ..] = places(&model());
    let damaged = |at, bytes: &[u8], reason| check(at, bytes, &format!("damaged model: {reason}"));
    let scales = parameters + 4 * 2 * HIDDEN;
    let biases = scales + 4 * 3 * HIDDEN;
    for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY].map(f32::to_le_bytes) {
        damaged(parameters, &number, "a factor or an offset of a norm is not finite");
        damaged(scales, &number, "a scale is negative or not finite");
        damaged(biases, &number, "a bias is not finite");
        damaged(positions, &number, "a position is not finite");
        damaged(rows + HIDDEN, &number, "a scale is negative or not finite");
    }
    damaged(scales, &(-1.0_f32).to_le_bytes(), "a scale is negative or not finite");
    damaged(rows + HIDDEN, &(-1.0_f32).to_le_bytes(), "a scale is negative or not finite");
    damaged(HEAD, &[255], "a prefix, the name, the source or the licence is no text");
    damaged(directory, &[1], "a bucket does not begin where the one before it ends");
    damaged(directory + 4, &[255; 4], "a bucket is too long, or ends before it begins");
    damaged(buckets, &[255], "a piece names no row, or the row of another");
    damaged(buckets + 3, &[127], "a bucket ends within a piece");
    damaged(buckets + 3, &[0], "a piece is no text");
    damaged(buckets + 4, &[255], "a piece is no text");
    damaged(field(18), &[127], "a piece is missing");
    damaged(HEAD - 1, &[255], "the vectors do not match their hash");
    damaged(rows, &[255], "the vectors do not match their hash");
}

#[test]
fn great_numbers_yield_no_other_than_finite_ones() {
    let [_, _, parameters, positions, rows, weights, end] = places(&model());
    for (start, end) in [(parameters, positions), (positions, rows), (rows, weights), (weights, end)] {
        for number in [f32::MAX, f32::MIN_POSITIVE, f32::NAN, f32::INFINITY].map(f32::to_le_bytes) {
            let mut forged = model();
            for place in forged[start..end].as_chunks_mut().0 {
                *place = number;
            }
            if let Ok(encoder) = Encoder::from_bytes(forged) {
                read(&encoder);
                for instructions in InstructionSet::available() {
                    let vector = encoder.encode_with(instructions, "reset").unwrap();
                    assert!(vector.iter().all(|x| x.is_finite()), "{instructions:?}");
                }
            }
        }
    }
}

#[test]
fn a_file_is_opened_or_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.encoder");
    assert!(matches!(Encoder::open(&path), Err(OpenError::Read { .. })));
    assert!(matches!(Encoder::open(folder.path()), Err(OpenError::Read { .. })));
    for bytes in [&b""[..], b"PK", b"\x89FAQTE\r\n"] {
        std::fs::write(&path, bytes).unwrap();
        let error = Encoder::open(&path).unwrap_err();
        assert!(error.to_string().ends_with("tiny.encoder as a model"), "{error}");
    }
    std::fs::write(&path, model()).unwrap();
    let encoder = Encoder::open(&path).unwrap();
    encoder.verify().unwrap();
    assert_eq!(encoder.encode("reset"), support::encoder().encode("reset"));
    let linked: &'static [u8] = model().leak();
    assert_eq!(Encoder::from_static(linked).unwrap().encode("reset"), encoder.encode("reset"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_directory_and_buckets_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..1_000)) {
        let mut forged = model();
        let [directory, _, parameters, ..] = places(&forged);
        for (place, byte) in forged[directory..parameters].iter_mut().zip(bytes) {
            *place = byte;
        }
        let encoder = Encoder::from_bytes(sealed(forged)).unwrap();
        let _ = encoder.verify();
        read(&encoder);
    }

    #[test]
    fn any_bytes_are_an_error_or_a_model(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(encoder) = Encoder::from_bytes([&model()[..28], &bytes].concat()) {
            read(&encoder);
        }
    }
}
