//! A knowledge base whose rows are in a database answers as its pack does, in every call.

mod memory;

use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use faqt::build::Builder;
use faqt::{Kind, KnowledgeBase, KnowledgeBases, SearchOptions};
use memory::Memory;

/// Returns a knowledge base as a pack and over a database.
fn both(files: impl IntoIterator<Item = (String, String)>) -> (KnowledgeBase, KnowledgeBase, Arc<Memory>) {
    let built = Builder::from_files("help", files).lenient(true).findability(false).build().expect("it builds");
    let pack = KnowledgeBase::from_vec(built.pack).expect("it opens");
    let generation = pack.generation().expect("a pack has rows");
    let memory = Arc::new(Memory::of(&generation));
    let over = KnowledgeBase::over(generation.planning_pack().expect("it is written"), memory.clone());
    (pack, over.expect("it opens"), memory)
}

/// The words that generated entries are made of.
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

/// Returns `count` entries of two sections and two kinds, some of which share their words.
fn generated(count: usize) -> Vec<(String, String)> {
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
            "---\nid: e{number}\nquestion: {question}?\naliases: [\"{one} {two} {three} number {number}\"]\nkeywords: [\"{three}\"]\nsection: {section}\n{kind}---\nTake the {one}, then the {two}. {}\n",
            format!("The {three} waits. ").repeat(number % 9),
        )
    };
    (0..count).map(|number| (format!("e{number}.md"), text(number))).collect()
}

const QUESTIONS: [&str; 14] = [
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

fn options() -> Vec<SearchOptions> {
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

fn assert_same<T: Debug>(one: T, other: T, of: impl Debug) {
    assert_eq!(format!("{one:#?}"), format!("{other:#?}"), "{of:?}");
}

fn assert_same_findings(pack: &KnowledgeBase, over: &KnowledgeBase, questions: &[&str], options: &[SearchOptions]) {
    for question in questions {
        for options in options {
            let [one, other] = [pack, over].map(|kb| kb.search(question, options).expect("it is asked"));
            assert_same(one, other, (question, options));
        }
    }
}

#[test]
fn searches_find_what_the_pack_finds_where_a_question_is_compared_with_all_vectors() {
    let (pack, over, _) = both(generated(300));
    assert_same_findings(&pack, &over, &QUESTIONS, &options());
}

#[test]
fn searches_find_what_the_pack_finds_where_it_is_compared_with_the_vectors_of_candidates() {
    let (pack, over, _) = both(generated(2_500));
    assert_same_findings(&pack, &over, &QUESTIONS, &options());
    let all = SearchOptions::default().with_limit(usize::MAX).with_offset(995);
    assert_same_findings(&pack, &over, &["how do I set up the printer"], &[all]);
}

#[test]
fn lookups_find_what_the_pack_finds() {
    let (pack, over, _) = both(generated(300));
    for id in ["e4", "E4", "e", "", "keyboard", "no-such"] {
        assert_same(pack.entry(id).unwrap(), over.entry(id).unwrap(), id);
        assert_same(pack.keyword(id).unwrap(), over.keyword(id).unwrap(), id);
        assert_same(pack.complete_id(id, 7).unwrap(), over.complete_id(id, 7).unwrap(), id);
        assert_same(pack.similar(id, 5).unwrap(), over.similar(id, 5).unwrap(), id);
        assert_same(pack.help(id).unwrap(), over.help(id).unwrap(), id);
    }
    for typed in ["key", "how do I set", "", "pri"] {
        assert_same(pack.complete(typed, 5).unwrap(), over.complete(typed, 5).unwrap(), typed);
    }
    assert_same(pack.nearest_ids("e2999", 3).unwrap(), over.nearest_ids("e2999", 3).unwrap(), ());
    assert_same(pack.sections().unwrap(), over.sections().unwrap(), ());
    for options in options() {
        assert_eq!(pack.count(&options).unwrap(), over.count(&options).unwrap());
    }
    let entries = |kb: &KnowledgeBase| kb.entries().rev().map(|entry| entry.unwrap().id).collect::<Vec<_>>();
    assert_eq!(entries(&pack), entries(&over));
}

#[test]
fn editions_are_chosen_as_in_the_pack() {
    let entry =
        |id: &str, question: &str, answer: &str| (id.to_owned(), format!("---\nquestion: {question}\n---\n{answer}\n"));
    let (pack, over, _) = both([
        entry("loud.md", "Is the lamp loud?", "No."),
        entry("loud.de.md", "Ist die Lampe laut?", "Nein."),
        entry("heavy.md", "Is the lamp heavy?", "Yes."),
        entry("warm.md", "Is the lamp warm?", "Sometimes."),
        entry("warm.fr.md", "La lampe est-elle chaude ?", "Parfois."),
    ]);
    let wants = |tags: &[&str]| SearchOptions::default().with_languages(tags.iter().copied()).with_explain(true);
    let options = [wants(&[]), wants(&["de"]), wants(&["fr", "de"]), SearchOptions::default().with_language("de")];
    let questions = ["Is the lamp loud?", "Lampe laut", "is it heavy", "chaude", "lamp"];
    assert_same_findings(&pack, &over, &questions, &options);
    for id in ["loud", "loud@de", "loud@fr", "warm@fr"] {
        assert_same(pack.entry(id).unwrap(), over.entry(id).unwrap(), id);
        assert_same(pack.edition(id, &options[2]).unwrap(), over.edition(id, &options[2]).unwrap(), id);
    }
}

#[test]
fn a_pack_and_a_database_are_asked_together() {
    let (pack, over, _) = both(generated(300));
    let other =
        KnowledgeBase::from_markdown("# How do I reset the kettle?\n\nHold.\n\n# Is the printer loud?\n\nNo.\n")
            .unwrap();
    let together = |kb: &KnowledgeBase| KnowledgeBases::new([("help", kb.clone()), ("kettle", other.clone())]);
    for question in QUESTIONS {
        for options in options() {
            let [one, several] = [&pack, &over].map(|kb| together(kb).search(question, &options).unwrap());
            assert_same(one, several, question);
        }
    }
    let similar = |kb: &KnowledgeBase| together(kb).similar("help:e4", 3).unwrap();
    assert_same(similar(&pack), similar(&over), ());
}

#[test]
fn a_question_takes_three_rounds_and_few_statements() {
    let (_, over, memory) = both(generated(2_500));
    over.ask("how do I set up the printer of the router").unwrap();
    let statements = memory.statements.load(Ordering::Relaxed);
    assert!(statements <= 6, "{statements} statements");
}

#[test]
fn an_entry_that_the_database_has_lost_is_an_error_and_no_shorter_list() {
    let (pack, _, _) = both(generated(300));
    let generation = pack.generation().unwrap();
    let first = pack.ask("printer router").unwrap().hits[0].entry.id.clone();
    let position = pack.entries().position(|entry| entry.unwrap().id == first).unwrap();
    let mut memory = Memory::of(&generation);
    memory.lost = u32::try_from(position).ok();
    let over = KnowledgeBase::over(generation.planning_pack().unwrap(), Arc::new(memory)).unwrap();
    let error = over.ask("printer router").unwrap_err().to_string();
    assert!(error.contains("is missing"), "{error}");
}

#[test]
fn a_planning_pack_is_refused_without_its_database() {
    let (pack, _, _) = both(generated(3));
    let planning = pack.generation().unwrap().planning_pack().unwrap();
    let error = KnowledgeBase::from_vec(planning).unwrap_err().to_string();
    assert!(error.contains("open it with its database"), "{error}");
}
