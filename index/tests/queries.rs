//! A question may be any text of any length: it is answered by its beginning, and its length costs next to nothing.

use std::path::Path;

use faqt::{KnowledgeBase, Outcome};

const MEGABYTE: usize = 1_000_000;

fn built_in() -> KnowledgeBase {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    KnowledgeBase::from_folder(content).expect("the content is sound")
}

/// 1 MB or more of each kind of text that costs an analyser most.
fn long_texts() -> Vec<String> {
    let many = |piece: &str| piece.repeat(MEGABYTE / piece.len() + 1);
    let words = |word: fn(usize) -> String| (0..MEGABYTE / 8).map(word).collect::<Vec<_>>();
    vec![
        words(|at| format!("word{at}")).join(" "),
        words(|at| format!("domian{at}")).join(" "),
        words(|at| format!("a{at}")).join("_"),
        words(|at| ('\u{4e00}'..'\u{9c20}').nth(at % 20_000).map(String::from).unwrap_or_default()).concat(),
        many("w"),
        many("备案"),
        "a".to_owned() + &many("\u{301}"),
        // A character that NFKC expands to 18 characters.
        many("\u{fdfa}"),
        many("가"),
        many("ก"),
        many("a."),
        many("*("),
        many("👩\u{200d}"),
        many("\0"),
        many("\u{202e}\u{1b}"),
        many("domain ").repeat(10),
    ]
}

#[test]
fn a_megabyte_of_anything_is_a_question() {
    let kb = built_in();
    for text in long_texts() {
        let start: String = text.chars().take(20).collect();
        kb.ask(&text).unwrap_or_else(|error| panic!("{start}: {error}"));
        kb.complete(&text, 5).unwrap_or_else(|error| panic!("{start}: {error}"));
        assert!(kb.entry(&text).unwrap_or_else(|error| panic!("{start}: {error}")).is_none());
        assert!(kb.nearest_ids(&text, 3).unwrap_or_else(|error| panic!("{start}: {error}")).len() <= 3);
    }
}

#[test]
fn what_follows_a_question_for_long_does_not_hide_its_beginning() {
    let kb = built_in();
    let question = "Can I bind a domain name that I registered with Baidu? ";
    let found = kb.ask(&(question.to_owned() + &" ".repeat(MEGABYTE) + "xyzzy")).expect("the pack is sound");
    assert_eq!(found.outcome, Outcome::Answered);
    assert_eq!(found.hits[0].entry.id, "bind-baidu-domain");
}
