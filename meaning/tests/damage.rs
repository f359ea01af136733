//! No bytes are a table by accident, and no bytes that open make reading panic.

mod support;

use faqt_meaning::{Kind, Quantised, QueryVector, Table, TableError, Tables, Unit, english};
use faqt_meaning_zh::chinese;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};
use support::{DIRECTORY, HEAD, PIECES, ROW, WORDS, sealed, table};

/// Reads everything that a question can reach.
fn read(table: Table<'_>) {
    let tables = match table.kind() {
        Kind::Pieces => Tables::new(table, Some(chinese())),
        _ => Tables::new(english(), Some(table)),
    };
    let tables = tables.unwrap();
    let text = "resets passwords, re a? üa жук xxxx 备案密码怎么办备码";
    for weight in [1.0, f32::NAN] {
        let units = tables.units(text).chain([Unit::Piece(u32::MAX), Unit::Word(u32::MAX)]);
        let vector = tables.embed(units, |_| weight);
        let vector = vector.centred(&table.mean().unwrap_or(vector.clone()));
        let cosine = QueryVector::new(&vector).cosine(&Quantised::new(&vector));
        assert!((-1.001..=1.001).contains(&cosine), "{cosine}");
    }
    assert!(format!("{table:?}").len() < 200);
}

#[test]
fn the_tables_that_are_linked_in_are_sound() {
    for (table, kind, rows) in [(english(), Kind::Pieces, 30_522), (chinese(), Kind::Words, 30_000)] {
        table.verify().unwrap();
        assert_eq!((table.kind(), table.row_count()), (kind, rows));
    }
}

#[test]
fn small_tables_are_sound() {
    for table in [table(PIECES, false), table(WORDS, true)] {
        let table = Table::open(&table).unwrap();
        table.verify().unwrap();
        read(table);
    }
}

#[test]
fn a_table_that_is_cut_off_or_goes_on_does_not_open() {
    for mut table in [table(PIECES, false), table(WORDS, true)] {
        for end in 0..table.len() {
            let expected = end >= 8;
            let error = Table::open(&table[..end]).unwrap_err();
            assert_eq!(matches!(error, TableError::Length { .. }), expected, "{end}: {error}");
        }
        table.push(0);
        assert!(matches!(Table::open(&table), Err(TableError::Length { .. })));
    }
}

/// Returns copies of a table with one bit flipped: each in front of the second row, and the last.
fn flipped(sound: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    let row_count = Table::open(sound).unwrap().row_count() as usize;
    let end = 8 * (sound.len() - ROW * (row_count - 1));
    (0..end).chain([8 * sound.len() - 1]).map(|bit| {
        let mut table = sound.to_vec();
        table[bit / 8] ^= 1 << (bit % 8);
        (bit, table)
    })
}

#[test]
fn every_flipped_bit_is_found() {
    for sound in [table(PIECES, false), table(WORDS, true)] {
        for (bit, table) in flipped(&sound) {
            if let Ok(table) = Table::open(&table) {
                assert!(matches!(table.verify(), Err(TableError::Damaged { .. })), "bit {bit}");
                read(table);
            }
        }
    }
}

#[test]
fn a_flipped_bit_with_a_matching_hash_does_no_harm() {
    for sound in [table(PIECES, false), table(WORDS, true)] {
        for (_, table) in flipped(&sound) {
            let table = sealed(table);
            if let Ok(table) = Table::open(&table) {
                let _ = table.verify();
                read(table);
            }
        }
    }
}

#[test]
fn a_flipped_bit_of_the_tables_that_are_linked_in_does_no_harm() {
    let mut chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    for (sound, is_english) in
        [(&include_bytes!("../english.table")[..], true), (include_bytes!("../chinese/chinese.table"), false)]
    {
        let mut bytes = sound.to_vec();
        for _ in 0..100 {
            let at = chance.random_range(0..bytes.len());
            bytes[at] ^= 1 << chance.random_range(0..8);
        }
        let tables = Table::open(&bytes).map(|table| {
            assert!(table.verify().is_err());
            if is_english { Tables::new(table, Some(chinese())) } else { Tables::new(english(), Some(table)) }
        });
        let tables = tables.expect("no flip meets the head").unwrap();
        let units: Vec<Unit> = tables.units("How do I reset my password? 我忘记了备案密码怎么办").collect();
        tables.embed(units, |_| 1.0);
    }
}

#[track_caller]
fn check(sound: &[u8], at: usize, bytes: &[u8], expected: &str) {
    let mut forged = sound.to_vec();
    forged[at..at + bytes.len()].copy_from_slice(bytes);
    let forged = sealed(forged);
    let error = match Table::open(&forged) {
        Ok(table) => {
            read(table);
            table.verify().unwrap_err()
        }
        Err(error) => error,
    };
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_head_that_makes_no_sense_is_named() {
    let sound = table(PIECES, false);
    check(&sound, 0, b"PK", "not a table of vectors");
    check(&sound, 24, &[2], "table of format version 2; this program reads version 1");
    check(&sound, 28, &[3], "table of the unknown kind 3");
    check(&sound, 32, &[64], "table of 64 dimensions; this program reads 128");
    check(&sound, 40, &[0], "damaged table: the longest piece has 1 to 127 bytes");
    check(&sound, 40, &[255; 4], "damaged table: the longest piece has 1 to 127 bytes");
    for bits in [0, 25, 32, 64, 255] {
        check(&sound, 44, &[bits], "damaged table: a bucket number has 1 to 24 bits");
    }
    for field in [36, 48] {
        let mut forged = sound.clone();
        forged[field..field + 4].fill(255);
        assert!(matches!(Table::open(&forged), Err(TableError::Length { .. })));
    }
}

#[track_caller]
fn check_damaged(sound: &[u8], at: usize, bytes: &[u8], reason: &str) {
    check(sound, at, bytes, &format!("damaged table: {reason}"));
}

#[test]
fn a_forged_table_is_found_out() {
    let sound = table(PIECES, false);
    let last = HEAD + DIRECTORY - 4;
    let buckets = HEAD + DIRECTORY;
    let rows = sound.len() - PIECES.len() * ROW;
    check_damaged(&sound, HEAD, &[1], "a bucket does not begin where the one before it ends");
    check_damaged(&sound, HEAD + 4, &[255; 4], "a bucket is too long, or ends before it begins");
    check_damaged(&sound, last, &[0; 4], "a bucket is too long, or ends before it begins");
    check_damaged(&sound, buckets, &[255], "a piece names no row, or the row of another");
    check_damaged(&sound, buckets + 3, &[127], "a bucket ends within a piece");
    check_damaged(&sound, buckets + 3, &[0], "a piece is no text");
    check_damaged(&sound, buckets + 4, &[255], "a piece is no text");
    check_damaged(&sound, buckets + 4, b"_", "a piece stands in the bucket of others");
    check_damaged(&sound, 40, &[127], "a piece is missing");
    check_damaged(&sound, rows, &[0, 0x7c], "a scale is negative or not finite");
    check_damaged(&sound, rows + 1, &[0xff], "a scale is negative or not finite");
    check_damaged(&sound, rows + 2, &[0x10], "a value is below -7");
    check_damaged(&sound, sound.len() - 1, &[0x01], "a value is below -7");

    let words = table(WORDS, true);
    let mean = words.len() - WORDS.len() * ROW - 512;
    check_damaged(&words, mean, &f32::NAN.to_le_bytes(), "the mean is not finite");
    check_damaged(&table(&["备", "##案"], true), 0, &[], "a word continues a word");
    check_damaged(&table(&["a", "a"], false), 0, &[], "a piece stands twice");
}

#[test]
fn offsets_of_buckets_may_lead_anywhere() {
    let mut chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    for sound in [table(PIECES, false), table(WORDS, true)] {
        let buckets = u32::try_from(sound.len()).unwrap();
        for _ in 0..2_000 {
            let mut forged = sound.clone();
            for offset in forged[HEAD..HEAD + DIRECTORY].as_chunks_mut().0 {
                let anywhere = if chance.random() { chance.random() } else { chance.random_range(0..buckets) };
                *offset = u32::to_le_bytes(anywhere);
            }
            let forged = sealed(forged);
            let table = Table::open(&forged).unwrap();
            assert!(table.verify().is_err());
            read(table);
        }
    }
}

#[test]
fn each_table_has_its_place() {
    let error = Tables::new(chinese(), None).unwrap_err();
    assert_eq!(error.to_string(), "table of words in the place of one of word pieces");
    let error = Tables::new(english(), Some(english())).unwrap_err();
    assert_eq!(error, TableError::Kind { expected: Kind::Words, found: Kind::Pieces });
}

proptest! {
    #[test]
    fn any_bytes_behind_a_head_can_be_read(
        bytes in prop::collection::vec(any::<u8>(), 0..2_000),
        is_words in any::<bool>(),
    ) {
        let mut forged = if is_words { table(WORDS, true) } else { table(PIECES, false) };
        let end = forged.len();
        for (place, byte) in forged[HEAD..end].iter_mut().zip(bytes) {
            *place = byte;
        }
        let forged = sealed(forged);
        let table = Table::open(&forged).unwrap();
        let _ = table.verify();
        read(table);
    }

    #[test]
    fn any_bytes_are_an_error_or_a_table(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let bytes = [&table(PIECES, false)[..24], &bytes].concat();
        if let Ok(table) = Table::open(&bytes) {
            read(table);
        }
    }
}
