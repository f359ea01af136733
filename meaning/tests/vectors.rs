//! Quantised vectors against the plain formulas, and bytes that are the same on every machine.

use faqt_meaning::{DIMENSIONS, Quantised, QueryVector, Tables, Unit, Vector, cosine, english};
use faqt_meaning_zh::chinese;
use proptest::prelude::*;
use twox_hash::XxHash3_128;

fn vectors() -> impl Strategy<Value = Vector> {
    let value = prop_oneof![10 => -1.0_f32..1.0, 1 => Just(0.0)];
    prop_oneof![4 => prop::collection::vec(value, DIMENSIONS), 1 => prop::collection::vec(any::<f32>(), DIMENSIONS)]
        .prop_map(|values| Vector::new(values.try_into().unwrap()))
}

/// Any bytes as a stored vector, -8 included.
fn stored() -> impl Strategy<Value = Quantised> {
    prop::collection::vec(any::<u8>(), 64).prop_map(|bytes| Quantised(bytes.try_into().unwrap()))
}

/// Returns the values of a query, read through dot products with unit vectors.
fn query_values(query: &QueryVector) -> Vec<i32> {
    let unit = |at: usize| {
        let mut bytes = [0x88; 64];
        bytes[at % 64] = if at < 64 { 0x89 } else { 0x98 };
        Quantised(bytes)
    };
    (0..DIMENSIONS).map(|at| query.dot(&unit(at))).collect()
}

proptest! {
    #[test]
    fn a_dot_product_is_exact(vector in vectors(), other in stored()) {
        let query = QueryVector::new(&vector);
        let values = query_values(&query);
        let dot: i32 = values.iter().zip(other.values()).map(|(a, b)| a * i32::from(b)).sum();
        prop_assert_eq!(query.dot(&other), dot);
        let squares: i32 = other.values().iter().map(|&value| i32::from(value).pow(2)).sum();
        prop_assert_eq!(i32::try_from(other.squared_length()).unwrap(), squares);
        let squares: i32 = values.iter().map(|value| value * value).sum();
        prop_assert_eq!(i32::try_from(query.squared_length()).unwrap(), squares);
        let cosine = query.cosine(&other);
        prop_assert!((-1.001..=1.001).contains(&cosine), "{}", cosine);
    }

    #[test]
    fn the_greatest_value_becomes_7_and_others_are_near(vector in vectors()) {
        let quantised = Quantised::new(&vector);
        let greatest = vector.values().iter().fold(0.0, |greatest: f32, value| greatest.max(value.abs()));
        let factor = 7.0 / greatest;
        prop_assume!(factor.is_finite() && factor > 1e-30 && vector.values().iter().all(|value| value.is_finite()));
        for (value, &exact) in quantised.values().into_iter().zip(vector.values()) {
            prop_assert!((f32::from(value) - exact * factor).abs() <= 0.5 + 1e-5, "{} for {}", value, exact * factor);
        }
        prop_assert!(quantised.values().iter().any(|value| value.abs() == 7));
        prop_assert!(quantised.values().iter().all(|value| value.abs() <= 7));
    }

    #[test]
    fn bytes_of_a_vector_are_read_again(vector in vectors()) {
        let read = Vector::from_le_bytes(&vector.to_le_bytes());
        prop_assert_eq!(read.to_le_bytes(), vector.to_le_bytes());
    }

    #[test]
    fn centring_has_length_one_or_zero(vector in vectors(), mean in vectors()) {
        let centred = vector.centred(&mean);
        let length: f32 = centred.values().iter().map(|value| value * value).sum();
        prop_assert!(centred == Vector::ZERO || (0.999..1.001).contains(&length), "{}", length);
    }
}

#[test]
fn a_vector_without_length_is_like_none() {
    let zero = Quantised::new(&Vector::ZERO);
    assert_eq!(zero.values(), [0; DIMENSIONS]);
    assert_eq!(zero, Quantised([0x88; 64]));
    assert_eq!(QueryVector::new(&Vector::ZERO).cosine(&zero).to_bits(), 0);
    for value in [f32::NAN, f32::INFINITY, 0.0] {
        assert_eq!(Vector::new([value; DIMENSIONS]).normalised(), Vector::ZERO, "{value}");
    }
    assert_eq!(Vector::mean(std::iter::empty::<&Vector>()), Vector::ZERO);
}

#[test]
fn what_all_vectors_share_is_taken_off() {
    let axis =
        |at: usize| Vector::new(std::array::from_fn(|k| if k == at { 0.6 } else { f32::from(u8::from(k == 9)) }));
    let (first, second) = (axis(0), axis(1));
    let mean = Vector::mean([&first, &second]);
    assert_eq!(mean.values()[..2], [0.3, 0.3]);
    let query = QueryVector::new(&first.centred(&mean));
    assert!((query.cosine(&Quantised::new(&second.centred(&mean))) + 1.0).abs() < 1e-3);
}

#[test]
fn a_cosine_is_that_of_the_formula() {
    assert!((cosine(50, 100, 100) - 0.5).abs() < 1e-6);
    assert!((cosine(-8 * 127 * 128, 127 * 127 * 128, 64 * 128) + 1.0).abs() < 1e-6);
    assert_eq!(cosine(0, 0, 100).to_bits(), 0);
}

#[test]
fn bytes_are_the_same_on_every_machine() {
    let tables = Tables::new(english(), Some(chinese())).unwrap();
    let texts =
        ["How do I reset my password?", "naïve café fiancé", "我忘记了备案密码怎么办", "ICP 备案 transfer Baidu"];
    let weight = |unit| if unit < Unit::Piece(5_000) { 0.7 } else { 1.3 };
    let vectors = texts.map(|text| tables.embed(tables.units(text), weight));
    let mean = Vector::mean(&vectors);
    let centred = vectors.each_ref().map(|vector| vector.centred(&mean));
    let mut bytes = mean.to_le_bytes().to_vec();
    for vector in vectors.iter().chain(&centred) {
        bytes.extend(vector.to_le_bytes());
        bytes.extend(Quantised::new(vector).0);
    }
    for vector in &centred {
        bytes.extend(QueryVector::new(&vectors[0]).cosine(&Quantised::new(vector)).to_le_bytes());
    }
    assert_eq!(XxHash3_128::oneshot(&bytes), 0x88f3_92ee_aa66_c568_d51b_3ede_4504_4b4c);
}
