//! Readers' questions to the built-in knowledge base find their entries.

mod support;

use faqt::KnowledgeBase;
use support::{faqt, first_id};

/// Questions as readers type them, with the id of the entry that answers each.
const ASKED: [(&str, &str); 12] = [
    ("ICP transfer Baidu", "bind-baidu-domain"),
    ("do I need a filing if my server is in Hong Kong", "need-icp-filing"),
    ("how many domains per website", "domains-per-website"),
    ("百度 域名 绑定", "bind-baidu-domain"),
    ("备案密码 找回", "recover-filing-password"),
    ("psb filing required?", "public-security-filing-required"),
    ("company info on a personal site", "company-content-personal-site"),
    ("how long does the review take", "review-time"),
    ("CDN still shows wrong status after approval", "cdn-status-wrong"),
    ("get service number from another account", "file-with-another-account"),
    ("what ports and bandwidth do I enter", "network-access-details"),
    ("备案要多久", "review-time"),
];

#[test]
fn each_question_finds_its_entry() {
    for (query, id) in ASKED {
        assert_eq!(first_id(query).as_deref().map(faqt::plain_id), Some(id), "{query}");
    }
}

#[test]
fn each_question_finds_its_entry_with_a_typo_in_it() {
    let mut asked = 0;
    for (query, id) in ASKED {
        for misspelt in with_one_typo(query) {
            assert_eq!(first_id(&misspelt).as_deref().map(faqt::plain_id), Some(id), "{misspelt}");
            asked += 1;
        }
    }
    assert!(asked > 60, "{asked}");
}

/// Swaps, drops and doubles letters of the longest Latin word, at every third position.
fn with_one_typo(query: &str) -> Vec<String> {
    let latin = |word: &&str| word.chars().all(|c| c.is_ascii_alphabetic());
    let Some(longest) = query.split_whitespace().filter(latin).max_by_key(|word| word.len()) else { return Vec::new() };
    let mut misspelt = Vec::new();
    for at in (0..longest.len() - 1).step_by(3) {
        let (start, end) = (&longest[..at], &longest[at + 2..]);
        let (first, second) = (&longest[at..=at], &longest[at + 1..at + 2]);
        misspelt.push(format!("{start}{second}{first}{end}"));
        misspelt.push(format!("{start}{second}{end}"));
        misspelt.push(format!("{start}{first}{first}{second}{end}"));
    }
    misspelt.into_iter().map(|word| query.replacen(longest, &word, 1)).collect()
}

#[test]
fn nothing_typed_is_an_error_or_matches_everything() {
    for query in ["ICP: transfer", "\"transfer", "a AND OR NOT (", "*", "-x", "😀"] {
        let run = faqt(["--format", "json", "--", query]);
        assert!(matches!(run.code, Some(0 | 1)), "{query}: {}", run.stderr);
    }
    for query in ["*", "-x", "😀", "("] {
        let run = faqt(["--format", "json", "--", query]);
        assert!(run.stdout.contains("\"candidates\":[]"), "{query}: {}", run.stdout);
    }
    assert_eq!(first_id("ICP: transfer").as_deref(), Some("transfer-icp-filing"));
}

#[test]
fn questions_from_elsewhere_are_not_covered() {
    for query in ["how do I cook rice", "AWS billing alarm", "weather in Hangzhou"] {
        let run = faqt([query]);
        assert_eq!(run.code, Some(1), "{}", run.stdout);
        assert!(run.stdout.starts_with("Not covered"), "{}", run.stdout);
    }
}

#[test]
fn each_entry_is_found_by_its_question_and_its_aliases() {
    static CONTENT: faqt::Embedded = faqt::embed!("content");
    let kb: KnowledgeBase = CONTENT.open().expect("the built-in pack is sound");
    let mut asked = 0;
    for entry in kb.entries().map(|entry| entry.expect("entries can be read")) {
        for phrasing in std::iter::once(&entry.question).chain(&entry.aliases) {
            let found = kb.ask(phrasing).expect("the pack is sound");
            assert_eq!(faqt::plain_id(&found.hits[0].entry.id), faqt::plain_id(&entry.id), "{phrasing}");
            asked += 1;
        }
    }
    assert!(asked > 100, "{asked}");
}

/// Questions by people who had not read the entries; nothing is fitted to them (`questions/README.md`).
#[test]
fn people_who_do_not_know_the_words_are_answered_and_near_misses_are_not() {
    static CONTENT: faqt::Embedded = faqt::embed!("content");
    let kb: KnowledgeBase = CONTENT.open().expect("the built-in pack is sound");
    let measured = |text| {
        let queries = faqt::evaluation::queries(text).expect("each line is a question");
        faqt::evaluation::evaluate(&kb, &queries).expect("the pack is sound")
    };
    let covered = measured(include_str!("questions/covered.jsonl")).covered.expect("there are some");
    let answered_rightly = 1.0 - covered.answered_wrongly - covered.unsure - covered.refused;
    assert!(covered.recall_at_1 > 0.85 && answered_rightly > 0.58, "{covered:?}");
    assert!(covered.answered_wrongly < 0.02, "{covered:?}");
    let near_misses = measured(include_str!("questions/near-misses.jsonl")).not_covered.expect("there are some");
    assert!(near_misses.answered < 0.09, "{near_misses:?}");
}
