//! The layout: sections come out as they went in, and damaged ones never do.

use std::io::Cursor;

use ownedbytes::OwnedBytes;

use super::read::Pack;
use super::*;
use crate::build::builder::Builder;
use crate::error::PackError;
use crate::knowledge_base::KnowledgeBase;

/// Writes the sections, each in pieces.
fn packed(sections: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = write::PackWriter::new(Cursor::new(Vec::new())).expect("memory can be written");
    for (name, bytes) in sections {
        writer.start(name);
        for piece in bytes.chunks(3_000) {
            writer.write(piece).expect("memory can be written");
        }
    }
    writer.finish().expect("memory can be written").into_inner()
}

fn sample() -> Vec<u8> {
    let big: Vec<u8> = (0..10_000_u32).flat_map(u32::to_le_bytes).collect();
    packed(&[("a", b"first"), ("empty", b""), ("big", &big)])
}

fn open(bytes: Vec<u8>) -> Result<Pack, PackError> {
    let pack = Pack::parse(&OwnedBytes::new(bytes))?;
    pack.verify()?;
    Ok(pack)
}

#[test]
fn sections_come_out_as_they_went_in() {
    let pack = open(sample()).expect("a sound pack");
    assert_eq!(pack.required("a").and_then(|a| a.all().map(<[u8]>::to_vec)), Ok(b"first".to_vec()));
    assert_eq!(pack.section("empty").map(|empty| empty.len()), Some(0));
    let big = pack.required("big").expect("it was written");
    assert_eq!(big.bytes(39_996..40_000), Ok(&9999_u32.to_le_bytes()[..]));
    assert!(big.bytes(39_996..40_001).is_err());
    assert!(pack.required("other").is_err());
}

#[test]
fn every_length_of_data_is_told_apart() {
    for length in (0..20).chain(4080..4110).chain(2_093_000..2_093_020).chain([4_194_304, 4_200_000]) {
        let pack = packed(&[("x", &vec![7; length])]);
        let pack = open(pack).unwrap_or_else(|error| panic!("{length}: {error}"));
        assert_eq!(pack.section("x").map(|x| x.len()), Some(length));
    }
}

#[test]
fn every_cut_is_an_error() {
    let sound = sample();
    for length in 0..sound.len() {
        assert!(open(sound[..length].to_vec()).is_err(), "cut to {length} bytes");
    }
    let longer = [sound, vec![0]].concat();
    assert!(matches!(open(longer), Err(PackError::Length { .. })));
}

#[test]
fn every_changed_byte_is_an_error() {
    let sound = sample();
    for at in 0..sound.len() {
        let mut changed = sound.clone();
        changed[at] ^= 0x20;
        assert!(open(changed).is_err(), "byte {at} changed");
    }
}

#[test]
fn another_version_is_refused_by_name() {
    let mut other = sample();
    other[8] = 99;
    assert_eq!(open(other).err(), Some(PackError::FormatVersion { found: 99 }));
    assert_eq!(open(b"%PDF-1.7".to_vec()).err(), Some(PackError::NotAPack));
}

/// An answer depends on bytes that were checked and on no others, though the dictionary is not checked as a whole.
#[test]
fn what_is_not_checked_is_not_read() {
    // Pairs of Chinese characters: nodes with dozens of transitions, of which many lie across two blocks.
    let question = |number: u32| -> String {
        (1..7).map(|place| char::from_u32(0x4e00 + number * 7_919 * place % 20_000).expect("a character")).collect()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let entry = |number| format!("# {}\n\nIt is {number}.\n", question(number));
    // So many that a question is not compared with the vectors of all.
    let entries: Vec<String> = (0..8_100).map(entry).collect();
    std::fs::write(folder.path().join("faq.md"), entries.join("\n")).expect("a file");
    let pack = Builder::new(folder.path()).lenient(true).build().expect("the content is sound").pack;
    let length = pack.len();
    for number in (0..8_100).step_by(113) {
        let question = question(number);
        let ask = |bytes: Vec<u8>| {
            let kb = KnowledgeBase::from_vec(bytes).expect("it opens");
            let found = kb.ask(&question).expect("it answers");
            assert_eq!(found.hits[0].entry.question, question);
            let entry = kb.entry(&found.hits[0].entry.id).expect("it can be looked up");
            (format!("{found:?} {entry:?}"), kb)
        };
        let (answer, kb) = ask(pack.clone());
        for filler in [0, 0xff] {
            let wiped = kb.reader().pack.without_unchecked(filler);
            let kept = wiped.iter().zip(&pack).filter(|(wiped, sound)| wiped == sound).count();
            assert!(kept < length / 2, "{kept} of {length} bytes were checked");
            assert_eq!(ask(wiped).0, answer, "{question}");
        }
    }
}
