//! Packs that were cut, changed or forged: each gives an error, or the right answers.

use std::num::NonZero;
use std::path::Path;

use faqt::build::Builder;
use faqt::{KnowledgeBase, OpenError, PackError, SearchOptions};
use forge::{ROW, contents, sealed, sections};

#[path = "../../fuzz/src/forge.rs"]
#[expect(dead_code, unreachable_pub, reason = "the fuzz targets and index/tests/forged_packs.rs use the rest")]
mod forge;

const CONTENT: &str = "# How do I reset the lamp?\n\nHold the button, see [loudness](#is-it-loud).\n\n\
    # Is it loud?\n\nNo, it is quiet.\n\n# 备案需要多久？\n\n二十天。\n";
const QUESTIONS: &[&str] = &["how do I reset the lamp", "resett the lammp", "备案需要多久", "quiet"];

fn sound() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("faq.md"), CONTENT).expect("a file");
    Builder::new(folder.path()).build().expect("the content is sound").pack
}

/// Returns all answers of a pack, or nothing if any of them is an error.
fn answers(pack: Vec<u8>) -> Option<String> {
    let kb = KnowledgeBase::from_vec(pack).ok()?;
    let mut options = SearchOptions::default();
    options.explain = true;
    let found: Vec<_> =
        QUESTIONS.iter().map(|question| kb.search(question, &options)).collect::<Result<_, _>>().ok()?;
    let entries: Vec<_> = kb.entries().collect::<Result<_, _>>().ok()?;
    let looked_up = (kb.entry("is-it-loud").ok()?, kb.keyword("lamp").ok()?, kb.help("E1").ok()?);
    let typed = (kb.complete("re", 5).ok()?, kb.complete_id("is", 5).ok()?, kb.nearest_ids("iss", 2).ok()?);
    Some(format!("{found:?} {entries:?} {looked_up:?} {typed:?} {:?}", kb.sections().ok()?))
}

fn damage(pack: Vec<u8>) -> String {
    match KnowledgeBase::from_vec(pack) {
        Err(OpenError::Pack(error)) => error.to_string(),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("it opens"),
    }
}

fn assert_each_cut_is_an_error(sound: &[u8]) {
    for length in 0..sound.len() {
        assert!(KnowledgeBase::from_vec(sound[..length].to_vec()).is_err(), "cut to {length} bytes");
    }
}

/// Changes each byte by each of `changes(place)`, one at a time; each thread has a part of the places.
fn assert_each_change_is_an_error_or_answered_rightly<C: IntoIterator<Item = u8>>(
    sound: &[u8],
    changes: fn(usize) -> C,
) {
    let expected = answers(sound.to_vec()).expect("a sound pack answers");
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let check = |first: usize| {
        let mut pack = sound.to_vec();
        for at in (first..pack.len()).step_by(threads) {
            for change in changes(at) {
                pack[at] ^= change;
                if let Some(answered) = answers(pack.clone()) {
                    assert_eq!(answered, expected, "byte {at} changed");
                }
                pack[at] ^= change;
            }
        }
    };
    std::thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || check(first));
        }
    });
}

#[test]
fn every_cut_is_an_error() {
    assert_each_cut_is_an_error(&sound());
}

#[test]
fn every_changed_byte_is_an_error_or_answered_rightly() {
    assert_each_change_is_an_error_or_answered_rightly(&sound(), |_| [0xff, 0x01]);
}

#[test]
fn the_layout_is_what_it_is_here() {
    let sound = sound();
    assert!(sealed(sound.clone()) == sound, "checksums that match are those that were written");
}

/// The pack that is compiled into the program.
fn built_in() -> Vec<u8> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    Builder::new(content).findability(false).build().expect("the content is sound").pack
}

#[test]
fn every_cut_of_the_built_in_pack_is_an_error() {
    assert_each_cut_is_an_error(&built_in());
}

/// One byte in so many is changed. `.ci/run` runs these tests on an optimised library, too, where it is every byte.
const EVERY: usize = if cfg!(debug_assertions) { 7 } else { 1 };

#[test]
fn every_changed_byte_of_the_built_in_pack_is_an_error_or_answered_rightly() {
    assert_each_change_is_an_error_or_answered_rightly(&built_in(), |at| {
        at.is_multiple_of(EVERY).then(|| 1 << (at % 8))
    });
}

/// A forger of a pack can also forge its checksums: nonsense below them must not crash the program, and a pack that
/// passes `verify` must answer.
#[test]
fn nonsense_below_matching_checksums_is_survived() {
    let sound = sound();
    let (mut errors, mut answered) = (0, 0);
    for section in sections(&sound) {
        for at in section {
            for change in [0xff, 0x01, 0x80] {
                let mut forged = sound.clone();
                forged[at] ^= change;
                let forged = sealed(forged);
                let is_sound = KnowledgeBase::from_vec(forged.clone()).is_ok_and(|kb| kb.verify().is_ok());
                match answers(forged) {
                    Some(_) => answered += 1,
                    None => {
                        assert!(!is_sound, "byte {at}, changed by {change:#x}: sound, but it does not answer");
                        errors += 1;
                    }
                }
            }
        }
    }
    assert!(errors > 1_000 && answered > 100, "{errors} errors, {answered} answered");
}

/// Blocks of a few KB that unpack to several MB are refused, so a build writes none.
#[test]
fn an_entry_that_repeats_itself_for_megabytes_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("# How do I reset the lamp?\n\n{}\n", "Hold the button. ".repeat(300_000));
    std::fs::write(folder.path().join("faq.md"), &text).expect("a file");
    let pack = Builder::new(folder.path()).build().expect("the content is sound").pack;
    let kb = KnowledgeBase::from_vec(pack).expect("it opens");
    assert_eq!(kb.entries().next().expect("an entry").expect("it can be read").answer.len(), 5_099_999);
    kb.verify().expect("it is sound");
}

#[test]
fn tables_that_lie_are_found_out() {
    let sound = sound();
    let row = |row: usize| contents(&sound).start + row * ROW + 16;
    let forged = |at: usize, value: u64| {
        let mut pack = sound.clone();
        pack[at..at + 8].copy_from_slice(&value.to_le_bytes());
        damage(sealed(pack))
    };
    for value in [u64::MAX, 1 << 63, sound.len() as u64] {
        assert!(forged(row(1), value).contains("section"), "an offset of {value}");
        assert!(forged(row(1) + 8, value).contains("section"), "a length of {value}");
    }
    assert!(forged(row(1), 0).contains("section"), "a section that overlaps the one before");
    let manifest = sound[contents(&sound)].chunks(ROW).position(|row| row.starts_with(b"manifest\0"));
    assert!(forged(row(manifest.expect("it has one")) + 8, 0).contains("manifest"), "an empty manifest");
}

#[test]
fn swapped_sections_are_an_error() {
    let sound = sound();
    let table = contents(&sound);
    let rows: Vec<Vec<u8>> = sound[table.clone()].chunks(ROW).map(<[u8]>::to_vec).collect();
    for a in 0..rows.len() {
        for b in 0..a {
            let mut pack = sound.clone();
            // The names trade places: each section's bytes are read as the other's.
            pack[table.start + a * ROW..][..16].copy_from_slice(&rows[b][..16]);
            pack[table.start + b * ROW..][..16].copy_from_slice(&rows[a][..16]);
            let pack = sealed(pack);
            let is_sound = KnowledgeBase::from_vec(pack.clone()).is_ok_and(|kb| kb.verify().is_ok());
            assert!(!is_sound, "sections {a} and {b}");
            // Both dictionaries have the same layout; nobody asks for terms of the other field.
            let is_empty = |answers: String| answers.contains("hits: []") && !answers.contains("Hit {");
            assert!(answers(pack).is_none_or(is_empty), "sections {a} and {b}");
        }
    }
}

#[test]
fn counts_and_versions_that_lie_are_refused() {
    let sound = sound();
    let forged = |at: usize, value: u32| {
        let mut pack = sound.clone();
        pack[at..at + 4].copy_from_slice(&value.to_le_bytes());
        damage(pack)
    };
    assert_eq!(forged(8, 1), "pack of format version 1; this program reads version 9");
    for count in [u32::MAX, 1 << 27, 0, 1_000] {
        assert!(forged(12, count).starts_with("damaged pack: "), "{count} sections");
    }
}

#[test]
fn what_is_no_file_of_a_pack_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = |path: &Path| KnowledgeBase::open(path).expect_err("no pack").to_string();
    let empty = folder.path().join("empty.faqt");
    std::fs::write(&empty, "").expect("a file");
    assert!(error(&empty).ends_with("not a pack"), "{}", error(&empty));
    assert!(error(folder.path()).contains("is a directory"), "{}", error(folder.path()));
    assert!(matches!(KnowledgeBase::open(folder.path().join("none")), Err(OpenError::Read { .. })));
    let other = folder.path().join("other.faqt");
    std::fs::write(&other, "SQLite format 3\0").expect("a file");
    assert!(matches!(KnowledgeBase::open(&other), Err(OpenError::File { source: PackError::NotAPack, .. })));
}

/// Opening a pipe to read waits for a writer.
#[cfg(unix)]
#[test]
fn a_pipe_is_an_error_and_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe.faqt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let error = KnowledgeBase::open(&pipe).expect_err("no pack").to_string();
    assert!(error.contains("not a regular file"), "{error}");
}
