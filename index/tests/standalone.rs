//! Packs that bring the tables of their vectors along: they are compared by meaning in programs with other tables.

use faqt::build::{Builder, PackForm};
use faqt::{KnowledgeBase, SearchOptions};
use small_table::{PIECES, WORDS, sealed, table};

#[path = "../../fuzz/src/forge.rs"]
#[expect(unreachable_pub, reason = "in the crate of the fuzz targets, they are reached")]
#[expect(dead_code, reason = "other tests use the rest")]
mod forge;
#[path = "../../meaning/tests/support/mod.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod small_table;

const MANUAL: &str = "# Can I bring my dog?\n\nAnimals stay outside.\n\n# How do I reset my password?\n\nOpen the \
    settings.\n\n# How long does shipping take?\n\nThree days.\n";

fn builder() -> Builder {
    Builder::from_files("help", [("faq.md", MANUAL)])
}

fn standalone() -> Vec<u8> {
    builder().standalone(true).build().expect("the content is sound").pack
}

/// Returns a table with the vectors of English words, of which one that nobody asks for differs from the one linked in.
fn other_english() -> Vec<u8> {
    let mut other = include_bytes!("../../meaning/english.table").to_vec();
    *other.last_mut().expect("bytes") ^= 1;
    sealed(other)
}

/// Returns a pack of which the vectors were made with tables that this program lacks, and which holds them.
fn foreign() -> forge::Parts {
    let parts = forge::Parts::of(&standalone());
    let pieces = other_english();
    let mut vectors = parts.get("vectors").to_vec();
    vectors[..16].copy_from_slice(&pieces[8..24]);
    parts.with("vectors", vectors).with("pieces", pieces)
}

#[track_caller]
fn first(kb: &KnowledgeBase, question: &str) -> Option<String> {
    let found = kb.search(question, &SearchOptions::default().with_explain(true)).expect("a sound pack");
    found.hits.into_iter().next().map(|hit| hit.entry.question)
}

#[test]
fn a_pack_with_its_own_tables_is_compared_by_meaning_without_them_in_the_program() {
    let kb = KnowledgeBase::from_vec(foreign().pack()).expect("a sound pack");
    kb.verify().expect("a sound pack");
    assert!(kb.compares_meaning());
    for (question, expected) in [("are pets allowed", "Can I bring my dog?"), ("可以带狗吗", "Can I bring my dog?")]
    {
        assert_eq!(first(&kb, question).as_deref(), Some(expected), "{question}");
    }
    let similar = kb.similar("can-i-bring-my-dog", 3).expect("a sound pack");
    assert!(similar.is_some());
}

#[test]
fn a_pack_answers_as_without_tables_where_the_program_has_them() {
    let (with, without) = (standalone(), builder().build().expect("the content is sound").pack);
    assert!(with.len() > without.len() + 4_000_000);
    let [with, without] = [with, without].map(|pack| KnowledgeBase::from_vec(pack).expect("a sound pack"));
    for question in ["are pets allowed", "forgotten login", "parcels"] {
        let answers = [&with, &without].map(|kb| kb.ask(question).expect("a sound pack"));
        assert_eq!(serde_json::to_value(&answers[0]).ok(), serde_json::to_value(&answers[1]).ok(), "{question}");
    }
}

#[test]
fn tables_that_are_not_those_of_the_vectors_are_not_used() {
    let parts = foreign();
    let kb = KnowledgeBase::from_vec(parts.with("pieces", table(PIECES, false)).pack()).expect("words answer");
    assert!(!kb.compares_meaning());
    assert_eq!(first(&kb, "reset the password").as_deref(), Some("How do I reset my password?"));
}

#[test]
fn a_table_of_a_later_version_is_answered_by_words() {
    let parts = foreign();
    let mut later = table(PIECES, false);
    later[24] = 9;
    let kb = KnowledgeBase::from_vec(parts.with("pieces", sealed(later)).pack()).expect("words answer");
    assert!(!kb.compares_meaning() && kb.verify().is_ok());
}

#[test]
fn damaged_tables_are_errors_or_answers() {
    let plain = forge::Parts::of(&builder().build().expect("the content is sound").pack);
    let (pieces, words) = (table(PIECES, false), table(WORDS, true));
    let sound = plain.with_tables(pieces.clone(), words.clone());
    let kb = KnowledgeBase::from_vec(sound.pack()).expect("a sound pack");
    assert!(kb.compares_meaning() && kb.verify().is_ok());
    let mut refused = 0;
    for (name, bytes) in [("pieces", pieces), ("chinese-words", words)] {
        let cut = (0..bytes.len()).step_by(37).map(|length| bytes[..length].to_vec());
        let flipped = (0..bytes.len()).map(|at| {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1 << (at % 8);
            bytes
        });
        for damaged in cut.chain(flipped) {
            match KnowledgeBase::from_vec(sound.with(name, damaged).pack()) {
                Ok(kb) => {
                    let _ = first(&kb, "reset a password 备案密码");
                    let _ = kb.similar("can-i-bring-my-dog", 3);
                    let is_of_later_version = !kb.compares_meaning();
                    assert!(kb.verify().is_err() || is_of_later_version, "{name}");
                }
                Err(error) => {
                    refused += 1;
                    assert!(error.to_string().contains(name), "{error}");
                }
            }
        }
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn an_open_pack_is_written_with_tables_or_without_vectors() {
    let kb = KnowledgeBase::from_vec(builder().build().expect("the content is sound").pack).expect("a sound pack");
    let whole = kb.to_pack(PackForm::Standalone).expect("a sound pack");
    assert!(whole == standalone(), "as a build writes it");
    let again = KnowledgeBase::from_vec(whole.clone()).expect("a sound pack");
    assert!(again.to_pack(PackForm::Standalone).expect("a sound pack") == whole, "it stays as it is");

    let words =
        KnowledgeBase::from_vec(again.to_pack(PackForm::WordsOnly).expect("a sound pack")).expect("a sound pack");
    words.verify().expect("a sound pack");
    assert!(!words.compares_meaning());
    assert_eq!(first(&words, "reset the password").as_deref(), Some("How do I reset my password?"));
}

#[test]
fn tables_of_a_pack_are_kept_and_golden_questions_left_out() {
    let foreign = KnowledgeBase::from_vec(foreign().pack()).expect("a sound pack");
    let written = KnowledgeBase::from_vec(foreign.to_pack(PackForm::Standalone).expect("sound")).expect("a sound pack");
    assert_eq!(first(&written, "are pets allowed").as_deref(), Some("Can I bring my dog?"));

    let files = [("faq.md", MANUAL), ("questions.jsonl", r#"{"query": "dogs", "expect": ["can-i-bring-my-dog"]}"#)];
    let pack = Builder::from_files("help", files).findability(false).build().expect("the content is sound").pack;
    let kb = KnowledgeBase::from_vec(pack).expect("a sound pack");
    assert_eq!(kb.expected_questions().expect("sound").len(), 1);
    let written = KnowledgeBase::from_vec(kb.to_pack(PackForm::Standalone).expect("sound")).expect("a sound pack");
    assert!(written.expected_questions().expect("sound").is_empty());
}
