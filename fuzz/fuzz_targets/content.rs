//! Any text as a file of a content folder, front matter, dialects and links included: entries, or problems with their
//! places. Each entry is then found by its id, and its answer can be shown.

#![no_main]

use faqt::KnowledgeBase;
use faqt::build::{BuildError, Builder};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // The first letter chooses what the file is called, and with that its dialect.
    let name = match text.as_bytes().first() {
        Some(b'x') => "a.mdx",
        Some(b't') => "faqt.toml",
        _ => "a.md",
    };
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), text).expect("a file");
    match Builder::new(folder.path()).lenient().build() {
        Ok(built) => {
            let kb = KnowledgeBase::from_vec(built.pack).expect("a pack that was built opens");
            for entry in kb.entries() {
                let entry = entry.expect("an entry that was written can be read");
                let found = kb.entry(&entry.id).expect("the pack is sound");
                assert!(found.is_some(), "{} is not found", entry.id);
                let _ = faqt::render::plain(&entry.answer);
            }
        }
        Err(BuildError::Empty { .. }) => {}
        Err(error) => panic!("{error}"),
    }
});
