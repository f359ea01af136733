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

/// Any bytes as a stored vector.
fn stored() -> impl Strategy<Value = Quantised> {
    prop::collection::vec(any::<u8>(), 32).prop_map(|bytes| Quantised(bytes.try_into().unwrap()))
}

/// Returns the values of a query, read through dot products with unit vectors.
fn query_values(query: &QueryVector) -> Vec<i32> {
    let ones = [0b1010_1010; 32];
    let with_three_at = |at: usize| {
        let mut bytes = ones;
        bytes[at % 32] |= 0b11 << (2 * (at / 32));
        Quantised(bytes)
    };
    (0..DIMENSIONS).map(|at| (query.dot(&with_three_at(at)) - query.dot(&Quantised(ones))) / 2).collect()
}

proptest! {
    #[test]
    fn a_dot_product_is_exact(vector in vectors(), other in stored()) {
        let query = QueryVector::new(&vector);
        let values = query_values(&query);
        prop_assume!(other.0 != [0; 32]);
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
    fn levels_are_steps_of_a_deviation(vector in vectors()) {
        let unit = vector.clone().normalised();
        prop_assume!(unit != Vector::ZERO);
        let deviation = (128.0_f32).sqrt().recip();
        for (level, &value) in Quantised::new(&vector).values().into_iter().zip(unit.values()) {
            let steps = value / deviation;
            prop_assert_eq!(level < 0, steps < 0.0, "{} for {} deviations", level, steps);
            let is_on_edge = (steps.abs() - 0.9957).abs() < 1e-4;
            prop_assert!(is_on_edge || level.abs() == if steps.abs() < 0.9957 { 1 } else { 3 }, "{} for {} deviations", level, steps);
        }
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
    assert_eq!(zero, Quantised([0; 32]));
    assert_eq!(zero.squared_length(), 0);
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
    let [first, second] = [first, second].map(|vector| vector.centred(&mean));
    let product: f32 = first.values().iter().zip(second.values()).map(|(one, other)| one * other).sum();
    assert!((product + 1.0).abs() < 1e-6, "{product}");
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
    assert_eq!(XxHash3_128::oneshot(&bytes), 0x0489_336f_56f4_e8a5_c4b6_ae74_e579_3251);
}
