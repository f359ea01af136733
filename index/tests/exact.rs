//! A question that is typed as an author wrote it finds its entry first, whatever else the knowledge base holds.

use faqt::build::Builder;
use faqt::{KnowledgeBase, Outcome, SearchOptions};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Words that all entries share, so that none of them tells one from another.
const WORDS: [&str; 12] =
    ["upgrade", "server", "from", "two", "to", "three", "license", "key", "reset", "window", "the", "node"];
const OTHERS: usize = 5_000;

fn built(files: &[(String, String)]) -> KnowledgeBase {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let pack = Builder::new(folder.path()).findability(false).build().expect("the content is sound").pack;
    let kb = KnowledgeBase::from_vec(pack).expect("a pack");
    kb.verify().expect("a sound pack");
    kb
}

fn entry(id: &str, question: &str, aliases: &[String], answer: &str) -> (String, String) {
    let aliases = aliases.iter().fold(String::new(), |list, alias| list + &format!("  - {alias:?}\n"));
    let aliases = if aliases.is_empty() { aliases } else { format!("aliases:\n{aliases}") };
    (format!("{id}.md"), format!("---\nid: {id}\nquestion: {question:?}\n{aliases}---\n\n{answer}\n"))
}

/// Different sequences of 4 to 7 of the words.
fn sequences(count: usize) -> Vec<String> {
    let sequence = prop::collection::vec(prop::sample::select(&WORDS[..]), 4..8);
    let mut runner = TestRunner::deterministic();
    let mut sequences: Vec<Vec<&str>> = Vec::new();
    while sequences.len() < count {
        let words = sequence.new_tree(&mut runner).expect("a sequence").current();
        let mut distinct = words.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() == words.len() && !sequences.contains(&words) {
            sequences.push(words);
        }
    }
    sequences.into_iter().map(|words| words.join(" ")).collect()
}

#[test]
fn an_alias_that_is_the_question_comes_first_among_entries_that_hold_its_words_more_often() {
    let aliases = sequences(60);
    let all = WORDS.join(" ");
    let mut files: Vec<(String, String)> = (0..OTHERS)
        .map(|at| entry(&format!("other-{at}"), &format!("Entry {at}: {all}?"), &[], &format!("{all}. ").repeat(3)))
        .collect();
    files.extend(aliases.iter().enumerate().map(|(at, alias)| {
        entry(&format!("own-{at}"), &format!("Title number {at}"), std::slice::from_ref(alias), "An answer of its own.")
    }));
    let kb = built(&files);
    for (at, alias) in aliases.iter().enumerate() {
        for typed in [alias.clone(), alias.to_uppercase(), format!("  {alias}?")] {
            for limit in [1, 5, 50] {
                let options = SearchOptions::default().with_limit(limit);
                let found = kb.search(&typed, &options).expect("a sound pack");
                assert_eq!(found.hits[0].entry.id, format!("own-{at}"), "{typed}");
                assert_eq!(found.outcome, Outcome::Answered, "{typed}");
            }
        }
    }
}

#[test]
fn the_order_of_words_tells_two_phrasings_apart() {
    let kb = built(&[
        entry("down", "How do I upgrade from 3 to 2?", &[], "Not at all."),
        entry("up", "How do I upgrade from 2 to 3?", &[], "Run the upgrade."),
    ]);
    for (question, id) in [("how do i upgrade from 2 to 3", "up"), ("How do I upgrade from 3 to 2", "down")] {
        let found = kb.ask(question).expect("a sound pack");
        assert_eq!((found.hits[0].entry.id.as_str(), found.outcome), (id, Outcome::Answered), "{question}");
    }
}

#[test]
fn of_equal_questions_the_first_in_the_table_of_contents_answers_and_the_other_is_next() {
    let kb = built(&[
        ("a.md".to_owned(), "# Alpha\n\n## Installing\n\nUnpack it.\n".to_owned()),
        ("b.md".to_owned(), "# Beta\n\n## Installing\n\nInstall the package. Installing takes a minute.\n".to_owned()),
        ("c.md".to_owned(), "# Gamma\n\n## Installed?\n\nLook for the installed file.\n".to_owned()),
    ]);
    let found = kb.ask("installing").expect("a sound pack");
    let paths: Vec<&str> = found.hits.iter().map(|hit| hit.entry.path.as_str()).collect();
    assert_eq!((found.outcome, &*paths), (Outcome::Answered, &["a.md", "b.md", "c.md"][..]));
    let found = kb.ask("Installed").expect("a sound pack");
    assert_eq!(found.hits[0].entry.path, "c.md", "the same text stands before the same stem");
}

#[test]
fn a_section_admits_no_exact_phrasing_of_another() {
    let kb = built(&[
        ("a.md".to_owned(), "# Alpha\n\n## Is it loud?\n\nNo.\n".to_owned()),
        ("b.md".to_owned(), "# Beta\n\n## Is the lamp loud?\n\nYes.\n".to_owned()),
    ]);
    let found = kb.search("Is it loud?", &SearchOptions::default().with_section("Beta")).expect("a sound pack");
    assert!(found.hits.iter().all(|hit| hit.entry.path == "b.md"));
}

#[test]
fn a_question_is_exact_in_each_language_of_the_knowledge_base() {
    let german = "---\nquestion: Wie installiere ich die Pakete?\nlang: de\n---\n\nMit dem Befehl.\n";
    let kb = built(&[
        ("a.md".to_owned(), "# How do I install packages?\n\nBy a command.\n\n# Is it loud?\n\nNo.\n".to_owned()),
        ("b.md".to_owned(), german.to_owned()),
        ("c.md".to_owned(), "---\nquestion: 软件包怎么安装？\nlang: zh\n---\n\n用命令。\n".to_owned()),
    ]);
    for question in ["how do I install packages", "WIE INSTALLIERE ICH DIE PAKETE", "软件包怎么安装"] {
        let found = kb.ask(question).expect("a sound pack");
        assert_eq!(found.outcome, Outcome::Answered, "{question}");
        assert!(found.confidence >= 0.95, "{question}");
    }
}
