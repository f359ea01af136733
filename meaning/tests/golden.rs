//! Units and vectors are those of the reference that the tables were trained with.

use faqt_meaning::{Letters, Quantised, QueryVector, Tables, Unit, Vector, english};
use faqt_meaning_zh::chinese;

fn tables() -> Tables<'static> {
    Tables::new(english(), Some(chinese())).unwrap()
}

fn embed(text: &str) -> Vector {
    tables().embed(tables().units(text), |_| 1.0)
}

#[track_caller]
fn check(text: &str, units: &[Unit], beginning: [f32; 6]) {
    assert_eq!(tables().units(text).collect::<Vec<_>>(), units, "{text}");
    let vector = embed(text);
    for (value, expected) in vector.values().iter().zip(beginning) {
        assert!((value - expected).abs() < 1e-3, "{text}: {value} instead of {expected}");
    }
}

#[test]
fn texts_have_the_units_and_the_vectors_of_the_reference() {
    use Unit::{Piece, Word};
    check(
        "How do I reset my password?",
        &[2129, 2079, 1045, 25141, 2026, 20786, 1029].map(Piece),
        [0.2132, 0.1904, 0.0179, -0.2304, -0.1243, 0.287],
    );
    check(
        "my card was stolen, what now",
        &[2026, 4003, 2001, 7376, 1010, 2054, 2085].map(Piece),
        [0.2381, 0.0883, 0.1738, -0.12, -0.0362, 0.1323],
    );
    check("naïve café fiancé", &[15743, 7668, 19154].map(Piece), [0.0668, 0.1906, 0.0086, 0.0228, 0.0065, -0.1347]);
    check(
        "我忘记了备案密码怎么办",
        &[7, 3272, 0, 2354, 6496, 25175].map(Word),
        [0.138, -0.1676, 0.0206, -0.3027, -0.0949, 0.0679],
    );
    check(
        "ICP 备案 transfer Baidu",
        &[Piece(24582), Piece(2361), Word(2354), Piece(4651), Piece(21790), Piece(8566)],
        [0.1023, 0.0247, -0.2202, 0.0009, 0.181, -0.0131],
    );
}

#[test]
fn texts_of_one_meaning_are_alike() {
    let reset = "How do I reset my password?";
    let review = "审核需要多长时间";
    for (text, other, expected) in [
        (reset, "I forgot my login credentials", 0.56),
        (reset, "Where to eat pizza in Rome", 0.056),
        (review, "How long does the review take?", 0.259),
        (review, "Where to eat pizza in Rome", -0.113),
    ] {
        let (text, other) = (embed(text), embed(other));
        let exact: f32 = text.values().iter().zip(other.values()).map(|(a, b)| a * b).sum();
        assert!((exact - expected).abs() < 1e-3, "{exact} instead of {expected}");
        // 2 bits a value.
        let cosine = QueryVector::new(&text).cosine(&Quantised::new(&other));
        assert!((cosine - 0.92 * expected).abs() < 0.1, "{cosine} instead of {expected}");
    }
}

#[test]
fn a_question_is_chinese_if_more_than_half_of_it_is() {
    let is_chinese = |text| Letters::of(text).is_chinese();
    assert!(is_chinese("如何 reset 密码"));
    assert!(is_chinese("ICP备案"));
    assert!(!is_chinese("reset 密码"));
    assert!(!is_chinese(""));
}

#[test]
fn a_text_is_readable_as_far_as_the_tables_have_its_script() {
    let both = tables();
    let english_alone = Tables::new(english(), None).unwrap();
    for (text, by_both, by_english) in [
        ("reset the naïve café", 1.0, 1.0),
        ("2026!", 1.0, 1.0),
        ("重置密码", 1.0, 0.0),
        ("reset 密码", 1.0, 5.0 / 9.0),
        ("비밀번호", 0.0, 0.0),
        ("abc где", 1.0 / 3.0, 1.0 / 3.0),
        ("パスワードreset", 5.0 / 15.0, 5.0 / 15.0),
    ] {
        let letters = Letters::of(text);
        for (tables, expected) in [(both, by_both), (english_alone, by_english)] {
            let readable: f32 = letters.readable(&tables);
            assert!((readable - expected).abs() < 1e-6, "{text}: {readable}");
        }
    }
}

#[test]
fn without_a_table_of_words_chinese_has_no_units() {
    let tables = Tables::new(english(), None).unwrap();
    assert_eq!(tables.units("备案 card 密码").collect::<Vec<_>>(), [Unit::Piece(4003)]);
}
