//! Opening a file says the same whether the pack is mapped into memory or read, as without the feature `mmap`.

use std::error::Error as _;
use std::fs;

use faqt::build::Builder;
use faqt::{KnowledgeBase, OpenError, PackError};

#[test]
fn a_pack_is_opened_from_its_file_and_what_is_none_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let pack = Builder::from_files("help", [("a.md", "# Is it loud?\n\nNo.\n")]).build().expect("sound").pack;
    fs::write(at("help.faqt"), &pack).expect("it can be written");
    fs::write(at("short.faqt"), &pack[..pack.len() - 1]).expect("it can be written");
    fs::write(at("empty.faqt"), "").expect("it can be written");
    fs::create_dir(at("folder.faqt")).expect("a folder");
    let kb = KnowledgeBase::open(at("help.faqt")).expect("a pack");
    assert_eq!(kb.ask("loud").expect("sound").hits[0].entry.answer, "No.");
    kb.verify().expect("sound");
    for (name, expected) in [("short.faqt", "pack of "), ("empty.faqt", "not a pack")] {
        let error = KnowledgeBase::open(at(name)).expect_err(name);
        let OpenError::File { path, source } = error else { panic!("{name}: {error}") };
        assert!(path == at(name) && source.to_string().starts_with(expected), "{name}: {source}");
        assert!(matches!(source, PackError::Length { .. } | PackError::NotAPack), "{name}");
    }
    for name in ["missing.faqt", "folder.faqt"] {
        let error = KnowledgeBase::open(at(name)).expect_err(name);
        assert!(matches!(error, OpenError::Read { .. }) && error.source().is_some(), "{name}: {error}");
    }
}
