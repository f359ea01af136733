//! Any text as a question, a beginning of one, a keyword and an id: never an error.

#![no_main]

use std::sync::LazyLock;

use faqt::{KnowledgeBase, SearchOptions};
use libfuzzer_sys::fuzz_target;

static KB: LazyLock<KnowledgeBase> = LazyLock::new(|| {
    KnowledgeBase::from_folder(concat!(env!("CARGO_MANIFEST_DIR"), "/../content")).expect("it is sound")
});

fuzz_target!(|text: &str| {
    let mut options = SearchOptions::default();
    options.explain = true;
    let found = KB.search(text, &options).expect("no question is an error");
    assert!((0.0..=1.0).contains(&found.confidence));
    assert!(found.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    KB.complete(text, 5).expect("no beginning is an error");
    KB.complete_id(text, 5).expect("no beginning is an error");
    KB.keyword(text).expect("no keyword is an error");
    KB.nearest_ids(text, 3).expect("no id is an error");
});
