//! No bytes of a Unigram vocabulary make reading panic, and no damage stays unfound.

mod support;

use std::ops::Range;

use faqt_encoder::{Encoder, ModelError};
use proptest::prelude::*;
use support::damage::{error_with, field, sealed};
use support::unigram::{UNIGRAM, unigram_model};

/// The places of the units of pieces, of scores, of the units of rules and of replacements.
fn places(model: &[u8]) -> [Range<usize>; 4] {
    let number = |at: usize| u32::from_le_bytes(*model[field(at)..].first_chunk().unwrap()) as usize;
    let units = (152 + (23..28).map(number).sum::<usize>()).next_multiple_of(64);
    let scores = units + 4 * number(19);
    let rules = scores + 4 * UNIGRAM.len();
    let replacements = rules + 4 * number(20);
    [units..scores, scores..rules, rules..replacements, replacements..replacements + number(21)]
}

/// Reads everything that a text can reach.
fn read(encoder: &Encoder) {
    for text in ["", "Resets my\tpassword? e\u{301}备案 ababab ﬁ ＜s＞ <mask> 🙂", &"ab".repeat(200)] {
        let pieces = encoder.pieces(text);
        assert!(pieces.iter().all(|&piece| (piece as usize) < UNIGRAM.len()), "{pieces:?}");
    }
    let vector = encoder.encode_question("reset e\u{301} 备案");
    assert!(vector.iter().all(|x| x.is_finite() && x.abs() < 1.001), "{vector:?}");
}

#[track_caller]
fn check(at: usize, bytes: &[u8], expected: &str) {
    let error = error_with(unigram_model(), at, bytes, read);
    assert_eq!(error.to_string(), format!("damaged model: {expected}"));
}

#[test]
fn a_sound_model_passes() {
    let model = unigram_model();
    Encoder::from_bytes(model.clone()).unwrap().verify().unwrap();
    assert_eq!(model, sealed(model.clone()));
}

#[test]
fn a_model_that_is_cut_off_does_not_open() {
    let sound = unigram_model();
    for end in (0..sound.len()).step_by(997) {
        assert!(Encoder::from_bytes(sound[..end].to_vec()).is_err(), "{end}");
    }
}

#[test]
fn every_flipped_bit_of_a_vocabulary_is_found_and_does_no_harm() {
    let sound = unigram_model();
    let [units, .., replacements] = places(&sound);
    for bit in (8 * units.start..8 * replacements.end).step_by(61).chain(8 * field(16)..8 * field(25)) {
        let mut model = sound.clone();
        model[bit / 8] ^= 1 << (bit % 8);
        if let Ok(encoder) = Encoder::from_bytes(model.clone()) {
            assert!(matches!(encoder.verify(), Err(ModelError::Damaged { .. })), "bit {bit}");
        }
        if let Ok(encoder) = Encoder::from_bytes(sealed(model)) {
            let _ = encoder.verify();
            read(&encoder);
        }
    }
}

#[test]
fn a_forged_vocabulary_is_found_out() {
    let [units, scores, rules, replacements] = places(&unigram_model());
    for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY].map(f32::to_le_bytes) {
        check(scores.start + 20, &number, "a score is not finite, or not the least");
        check(field(22), &number, "the least score is not finite");
    }
    check(scores.start + 20, &(-99.0_f32).to_le_bytes(), "a score is not finite, or not the least");
    check(units.start, &[0; 4], "a piece is missing");
    check(field(18), &127_u32.to_le_bytes(), "a piece is missing");
    check(replacements.start, &[255], "a rule has no replacement, or a long one");
    check(replacements.start, &vec![b'a'; replacements.len()], "a rule has no replacement, or a long one");
    check(field(19), &(1_u32 << 25).to_le_bytes(), "a trie has up to 16777216 units");
    check(field(20), &u32::MAX.to_le_bytes(), "a trie has up to 16777216 units");
    check(field(21), &u32::MAX.to_le_bytes(), "replacements have more than 16 MB");
    // Rules that lead out of the trie count as none.
    check(rules.start, &u32::MAX.to_le_bytes(), "the vectors do not match their hash");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_tries_and_replacements_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..3_000), part in 0..4_usize) {
        let mut forged = unigram_model();
        let place = places(&forged)[part].clone();
        for (place, byte) in forged[place].iter_mut().zip(bytes) {
            *place = byte;
        }
        let encoder = Encoder::from_bytes(sealed(forged)).unwrap();
        let _ = encoder.verify();
        read(&encoder);
    }

    #[test]
    fn units_that_lead_in_circles_can_be_read(offset in 0..2_048_u32) {
        let mut forged = unigram_model();
        let units = places(&forged)[0].clone();
        for (at, unit) in forged[units].as_chunks_mut().0.iter_mut().enumerate() {
            // Each byte leads on, and each node ends a piece.
            *unit = (u32::from(at.to_le_bytes()[0]) | 1 << 8 | offset << 10).to_le_bytes();
        }
        let encoder = Encoder::from_bytes(sealed(forged)).unwrap();
        prop_assert!(encoder.verify().is_err());
        read(&encoder);
    }
}
