//! The bytes of packs: the same content gives the same bytes on every machine, and no change of the bytes is an
//! accident.

use std::path::Path;

use faqt::KnowledgeBase;
use faqt::build::{self, Builder};

/// The hash of the pack of `golden/`.
const GOLDEN: &str = "69d203a98e01fc38c615643bf21cba80";

#[test]
fn the_bytes_of_a_pack_change_only_when_they_are_meant_to() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let pack = Builder::new(folder).build().expect("the content is sound").pack;
    assert_eq!(
        build::hash(&pack),
        GOLDEN,
        "packs have other bytes. If that is meant and packs of before cannot be read, the version of the format or of \
         the analyser is another one; then the constant is the first of these"
    );
}

/// Two words with the same XXH3 of 64 bits, as an author may find within minutes.
const SAME_HASH: [&str; 2] = ["bqrqtlrmkkmblvhl", "pvhhcbmglbqmdbfc"];

/// Returns two words whose XXH3 ends in the same 24 bits.
fn same_end() -> [String; 2] {
    let mut seen = std::collections::HashMap::new();
    for number in 0..100_000_u32 {
        let word: String = format!("{number:05}").bytes().map(|digit| char::from(b'b' + digit - b'0')).collect();
        let hash = twox_hash::XxHash3_64::oneshot(word.as_bytes()) & 0x00ff_ffff;
        if let Some(other) = seen.insert(hash, word.clone()) {
            return [other, word];
        }
    }
    unreachable!("a hundred thousand words of 24 bits without two alike")
}

#[test]
fn two_words_of_one_hash_are_two_words() {
    let [same, other] = SAME_HASH.map(str::to_owned);
    assert_eq!(twox_hash::XxHash3_64::oneshot(same.as_bytes()), twox_hash::XxHash3_64::oneshot(other.as_bytes()));
    for [word, other] in [[same, other], same_end()] {
        let folder = tempfile::tempdir().expect("a folder");
        let text = format!("# Where is the {word} lamp?\n\nA.\n\n# Where is the {other} lamp?\n\nB.\n");
        std::fs::write(folder.path().join("faq.md"), text).expect("it can be written");
        let kb = KnowledgeBase::from_folder(folder.path()).expect("the content is sound");
        for (question, answer) in [(&word, "A."), (&other, "B.")] {
            let found = kb.ask(question).expect("the pack is sound");
            assert_eq!(found.hits.len(), 1, "{question}");
            assert_eq!(found.hits[0].entry.answer, answer, "{question}");
        }
        let both = kb.ask(&format!("{word} lamp")).expect("the pack is sound");
        let scores: Vec<f32> = both.hits.iter().map(|hit| hit.score).collect();
        assert!(scores[0] > 1.5 * scores[1], "{scores:?}");
    }
}
