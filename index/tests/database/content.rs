//! Knowledge bases for the tests of databases, and the findings that must agree. `cluster/tests/database/` has this file, too.

use std::fmt::Debug;

use faqt::build::Builder;
use faqt::{Kind, KnowledgeBase, SearchOptions};

const WORDS: [&str; 24] = [
    "lamp",
    "battery",
    "charger",
    "screen",
    "password",
    "account",
    "invoice",
    "order",
    "delivery",
    "refund",
    "cable",
    "network",
    "router",
    "printer",
    "update",
    "driver",
    "license",
    "backup",
    "folder",
    "sound",
    "camera",
    "keyboard",
    "webhook",
    "error E0308",
];

pub(crate) const QUESTIONS: [&str; 14] = [
    "How do I begin?",
    "lamp battery charger number 4",
    "how do I set up the printer of the router",
    "pasword account",
    "refnud of an invoice",
    "E0308",
    "cable",
    "the of to",
    "zebra crossing",
    "",
    "my laptop is out of power",
    "充电器 battery",
    "keybord camera webhook license update driver",
    "error",
];

pub(crate) fn built(files: impl IntoIterator<Item = (String, String)>) -> KnowledgeBase {
    let built = Builder::from_files("help", files).lenient(true).findability(false).build().expect("it builds");
    KnowledgeBase::from_vec(built.pack).expect("it opens")
}

/// Returns `count` entries of two sections and two kinds, some of which share their words.
pub(crate) fn generated(count: usize) -> KnowledgeBase {
    let word = |number: usize| WORDS[number % WORDS.len()];
    let text = |number: usize| {
        let (one, two, three) = (word(number), word(number / 7 + 3), word(number / 31 + 11));
        let section = if number.is_multiple_of(3) { "At home" } else { "On the way" };
        let kind = if number.is_multiple_of(5) { "kind: procedure\n" } else { "" };
        let question = if number.is_multiple_of(50) {
            "How do I begin".to_owned()
        } else {
            format!("How do I set up the {one} of the {two}")
        };
        format!(
            "---\nid: e{number}\nquestion: {question}?\naliases: [\"{one} {two} {three} number {number}\"]\n\
             keywords: [\"{three}\"]\nsection: {section}\n{kind}---\nTake the {one}, then the {two}. {}\n",
            format!("The {three} waits. ").repeat(number % 9),
        )
    };
    built((0..count).map(|number| (format!("e{number}.md"), text(number))))
}

/// Returns entries in several languages.
pub(crate) fn editions() -> KnowledgeBase {
    let entry =
        |id: &str, question: &str, answer: &str| (id.to_owned(), format!("---\nquestion: {question}\n---\n{answer}\n"));
    built([
        entry("loud.md", "Is the lamp loud?", "No."),
        entry("loud.de.md", "Ist die Lampe laut?", "Nein."),
        entry("heavy.md", "Is the lamp heavy?", "Yes."),
        entry("warm.md", "Is the lamp warm?", "Sometimes."),
        entry("warm.fr.md", "La lampe est-elle chaude ?", "Parfois."),
    ])
}

pub(crate) fn options() -> Vec<SearchOptions> {
    let plain = SearchOptions::default;
    vec![
        plain(),
        plain().with_explain(true).with_limit(3),
        plain().with_limit(60).with_offset(5),
        plain().with_section("at home"),
        plain().with_section("on the way").with_kinds([Kind::Procedure]).with_explain(true),
        plain().with_ids(["e4", "e50", "e100", "no-such-id"]),
        plain().with_section("nowhere"),
        plain().with_answered_min(0.2),
    ]
}

/// Compares two results. A failure shows the first line that differs.
#[track_caller]
pub(crate) fn assert_same<T: Debug>(one: T, other: T, of: impl Debug) {
    let [one, other] = [one, other].map(|result| format!("{result:#?}"));
    let differs = one.lines().zip(other.lines()).position(|(one, other)| one != other);
    let shown =
        |text: &str| text.lines().skip(differs.unwrap_or(0).saturating_sub(4)).take(9).collect::<Vec<_>>().join("\n");
    assert!(one == other, "{of:?}:\n{}\n--\n{}", shown(&one), shown(&other));
}

pub(crate) fn assert_same_findings(
    pack: &KnowledgeBase,
    over: &KnowledgeBase,
    questions: &[&str],
    options: &[SearchOptions],
) {
    for question in questions {
        for options in options {
            let [one, other] = [pack, over].map(|kb| kb.search(question, options).expect("it is asked"));
            assert_same(one, other, (question, options));
        }
    }
}

pub(crate) fn assert_same_lookups(pack: &KnowledgeBase, over: &KnowledgeBase, ids: &[&str]) {
    for id in ids {
        assert_same(pack.entry(id).unwrap(), over.entry(id).unwrap(), id);
        assert_same(pack.keyword(id).unwrap(), over.keyword(id).unwrap(), id);
        assert_same(pack.complete_id(id, 7).unwrap(), over.complete_id(id, 7).unwrap(), id);
        // More entries than have their vectors in the planning pack are compared by words.
        if pack.manifest().entries <= 1_000 {
            assert_same(pack.similar(id, 5).unwrap(), over.similar(id, 5).unwrap(), id);
        }
        assert_same(pack.help(id).unwrap(), over.help(id).unwrap(), id);
        assert_same(pack.complete(id, 5).unwrap(), over.complete(id, 5).unwrap(), id);
    }
    assert_same(pack.sections().unwrap(), over.sections().unwrap(), ());
    for options in options() {
        assert_eq!(pack.count(&options).unwrap(), over.count(&options).unwrap());
    }
    let entries = |kb: &KnowledgeBase| kb.entries().rev().map(|entry| entry.unwrap().id).collect::<Vec<_>>();
    assert_eq!(entries(pack), entries(over));
}

/// Compares the answers for readers of several languages, in a knowledge base of [`editions`].
pub(crate) fn assert_same_editions(pack: &KnowledgeBase, over: &KnowledgeBase) {
    let wants = |tags: &[&str]| SearchOptions::default().with_languages(tags.iter().copied()).with_explain(true);
    let options = [wants(&[]), wants(&["de"]), wants(&["fr", "de"]), SearchOptions::default().with_language("de")];
    let questions = ["Is the lamp loud?", "Lampe laut", "is it heavy", "chaude", "lamp"];
    assert_same_findings(pack, over, &questions, &options);
    for id in ["loud", "loud@de", "loud@fr", "warm@fr"] {
        assert_same(pack.entry(id).unwrap(), over.entry(id).unwrap(), id);
        assert_same(pack.edition(id, &options[2]).unwrap(), over.edition(id, &options[2]).unwrap(), id);
    }
}
