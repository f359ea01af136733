//! Vectors are close to those of the weights before quantising, and the same from every set of instructions.

mod support;

use faqt_encoder::{Encoder, InstructionSet};
use proptest::prelude::*;
use support::{HIDDEN, LENGTH_MAX, PIECES, dot, encoder, reference, tensors};

/// Returns the vector of a text, after a check that every set of instructions yields it.
#[track_caller]
fn vector(encoder: &Encoder, text: &str) -> Vec<f32> {
    let vector = encoder.encode(text);
    let bits = |vector: &[f32]| vector.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    for instructions in InstructionSet::available() {
        let other = encoder.encode_with(instructions, text).unwrap();
        assert_eq!(bits(&vector), bits(&other), "{instructions:?}");
    }
    assert_eq!(vector.len(), HIDDEN);
    assert!((dot(&vector, &vector) - 1.0).abs() < 1e-5);
    vector
}

#[track_caller]
fn check_close(encoder: &Encoder, text: &str) {
    let expected = reference::encode(&tensors(), &encoder.pieces(text));
    let cosine = dot(&vector(encoder, text), &expected);
    assert!(cosine > 0.999, "{text:?}: {cosine}");
}

#[test]
fn vectors_are_close_to_those_before_quantising() {
    let encoder = encoder();
    for text in ["", "reset", "How do I reset my password?", "备案 card", "unknown words", "[MASK] a"] {
        check_close(&encoder, text);
    }
    // As many pieces as there are tiles of different lengths, up to the greatest number.
    for count in 0..LENGTH_MAX {
        let words = PIECES[5..].iter().cycle().filter(|piece| !piece.starts_with("##"));
        check_close(&encoder, &words.take(count).copied().collect::<Vec<_>>().join(" "));
    }
}

#[test]
fn a_set_of_instructions_is_there_or_not() {
    let available: Vec<_> = InstructionSet::available().collect();
    assert!(available.contains(&InstructionSet::Plain));
    #[cfg(target_arch = "x86_64")]
    {
        assert!(available.contains(&InstructionSet::Sse2));
        assert!(encoder().encode_with(InstructionSet::Neon, "a").is_none());
    }
    #[cfg(target_arch = "aarch64")]
    assert!(available.contains(&InstructionSet::Neon));
}

#[test]
fn a_text_counts_up_to_the_greatest_number_of_pieces() {
    let encoder = encoder();
    let long = "reset ".repeat(LENGTH_MAX - 2);
    assert_eq!(vector(&encoder, &long), vector(&encoder, &format!("{long} card")));
    assert_ne!(vector(&encoder, &long), vector(&encoder, &long["reset ".len()..]));
}

#[test]
fn the_order_of_words_matters() {
    let encoder = encoder();
    let cosine = dot(&vector(&encoder, "reset my card"), &vector(&encoder, "card reset my"));
    assert!((0.1..0.999).contains(&cosine), "{cosine}");
}

#[test]
fn threads_share_an_encoder() {
    let encoder = encoder();
    let expected = encoder.encode("reset my password");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(encoder.encode("reset my password"), expected));
        }
    });
}

#[test]
fn a_model_says_what_it_is() {
    let encoder = encoder();
    let model = encoder.model();
    assert_eq!((model.name, model.licence), ("Tiny", "mit"));
    assert!(model.source.starts_with("tiny"));
    assert_eq!((model.dimensions, model.length_max), (HIDDEN, LENGTH_MAX));
    assert!(format!("{encoder:?}").starts_with("Encoder { name: \"Tiny\", content_hash: "));
    encoder.verify().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_text_has_a_vector(text in ".{0,60}") {
        vector(&encoder(), &text);
    }
}
