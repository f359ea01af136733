//! Entries like a given one: by vectors, in one knowledge base or several, and by words where a text has no vector.

use faqt::{KnowledgeBase, KnowledgeBases};
use proptest::prelude::*;

const PASSWORD: &str = "# How do I reset my password?\n\nOpen the settings and choose a new one.\n";
const CREDENTIALS: &str = "# I lost my login credentials\n\nWrite to us, and we send you new ones.\n";
const DOG: &str = "# Can I bring my dog?\n\nAnimals stay outside.\n";

fn kb(pages: &[&str]) -> KnowledgeBase {
    KnowledgeBase::from_markdown(pages.join("\n")).expect("it builds")
}

#[track_caller]
fn ids(kb: &KnowledgeBase, id: &str, limit: usize) -> Vec<String> {
    let similar = kb.similar(id, limit).expect("a sound pack").expect("the entry is there");
    assert!(similar.iter().all(|found| (0.0..=1.0).contains(&found.similarity)), "{similar:?}");
    assert!(similar.is_sorted_by(|one, next| one.similarity >= next.similarity), "{similar:?}");
    similar.into_iter().map(|found| found.entry.id).collect()
}

#[test]
fn entries_of_one_meaning_are_similar_without_a_common_word() {
    let kb = kb(&[PASSWORD, DOG, CREDENTIALS]);
    assert!(kb.compares_meaning());
    assert_eq!(ids(&kb, "how-do-i-reset-my-password", 1), ["faq#i-lost-my-login-credentials"]);
    assert_eq!(ids(&kb, "i-lost-my-login-credentials", 1), ["faq#how-do-i-reset-my-password"]);
    assert!(kb.similar("password", 5).expect("a sound pack").is_none());
}

#[test]
fn an_entry_is_not_similar_to_itself_and_no_more_are_returned_than_asked_for() {
    let kb = kb(&[PASSWORD, CREDENTIALS, DOG]);
    for entry in kb.entries() {
        let id = entry.expect("an entry").id;
        assert!(!ids(&kb, &id, 10).contains(&id));
        assert!(ids(&kb, &id, 1).len() <= 1 && ids(&kb, &id, 0).is_empty());
    }
}

#[test]
fn texts_without_vectors_are_compared_by_words() {
    let kb = kb(&[
        "# ランプをリセットするには？\n\nボタンを押します。\n",
        "# ランプはうるさいですか？\n\nいいえ。\n",
        "# 犬を連れて行けますか？\n\nだめ。\n",
    ]);
    let first = kb.entries().next().expect("three").expect("an entry").id;
    let similar = kb.similar(&first, 5).expect("a sound pack").expect("it is there");
    assert_eq!(similar[0].entry.question, "ランプはうるさいですか？");
    assert!(similar[0].similarity < 1.0, "{similar:?}");
}

#[test]
fn entries_of_several_knowledge_bases_are_compared_with_one() {
    let help = KnowledgeBases::new([("a", kb(&[PASSWORD, DOG])), ("b", kb(&[CREDENTIALS, DOG]))]);
    let similar = help.similar("a:how-do-i-reset-my-password", 1).expect("sound packs").expect("it is there");
    assert_eq!(similar[0].entry.id, "faq#i-lost-my-login-credentials");
    assert_eq!(similar[0].knowledge_base.as_deref(), Some("b"));
    // Both have one of this id, so it names neither.
    assert!(help.similar("can-i-bring-my-dog", 1).expect("sound packs").is_none());
    let dog = help.similar("a:can-i-bring-my-dog", 1).expect("sound packs").expect("it is there");
    assert_eq!(dog[0].knowledge_base.as_deref(), Some("b"));
}

#[test]
fn an_entry_without_a_vector_is_like_none_that_has_one() {
    let japanese = kb(&["# ランプをリセットするには？\n\nボタンを押します。\n"]);
    let help = KnowledgeBases::new([("a", kb(&[PASSWORD, CREDENTIALS])), ("b", japanese)]);
    let similar = help.similar("a:how-do-i-reset-my-password", 5).expect("sound packs").expect("it is there");
    assert!(similar.iter().all(|found| found.knowledge_base.as_deref() == Some("a")), "{similar:?}");
}

proptest! {
    #[test]
    fn any_id_has_an_answer(id: String) {
        prop_assert!(kb(&[PASSWORD, DOG]).similar(&id, 3).is_ok());
    }
}
