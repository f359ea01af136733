//! Answers, lookups and editions from one server.

use faqt::{KnowledgeBase, SearchOptions};

use crate::content::{
    QUESTIONS, assert_same, assert_same_editions, assert_same_findings, assert_same_lookups, built, editions,
    generated, options,
};
use crate::over;
use crate::servers::{Engine, Server};

/// Texts that have a meaning in SQL, as keywords of entries and in questions.
const HOSTILE: [&str; 9] = [
    "it's",
    "back\\slash\\'",
    "'; drop table x; --",
    "\\x41 \\0 \\n",
    "a`b\"c",
    "%_like",
    "$1 {name:String}",
    "ünï 🦀 中文",
    "\\",
];

fn answers_are_those_of_the_pack(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    // The imitation of Elasticsearch takes a minute for more.
    let large = if engine == Engine::Noida { 500 } else { 2_500 };
    for (name, count) in [("small", 300), ("large", large)] {
        let pack = generated(count);
        let over = over(&server, name, &pack);
        assert_same_findings(&pack, &over, &QUESTIONS, &options());
        assert_same_lookups(&pack, &over, &["e4", "E4", "e", "", "keyboard", "no-such", "how do I set"]);
    }
    let pack = editions();
    let over = over(&server, "editions", &pack);
    assert_same_editions(&pack, &over);
    assert_same_lookups(&pack, &over, &["loud", "loud@de", "loud@fr", "warm@fr"]);
}

/// Returns entries of two sections, of which that of cables has much longer ones.
fn lopsided() -> KnowledgeBase {
    let entry = |number: usize| {
        let (section, thing, answer) = match number {
            0..60 => ("Cables", "cable", "Pull it.".to_owned()),
            60..130 => {
                ("Cables", "cable", format!("{}{}", "A cable. ".repeat(number % 17), "Wait for it. ".repeat(50)))
            }
            _ => ("Lamps", "lamp", "Press it.".to_owned()),
        };
        let head = format!("id: e{number}\nquestion: Is the {thing} loose?\nsection: {section}");
        (format!("e{number}.md"), format!("---\n{head}\n---\n{answer}\n"))
    };
    built((0..500).map(entry))
}

/// An engine weighs with the mean length of all entries, and a question with a filter with that of those which meet it.
fn sections_of_other_lengths_are_weighed_as_by_the_pack(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    let pack = lopsided();
    let over = over(&server, "lopsided", &pack);
    let of = |section: &str| SearchOptions::default().with_section(section).with_limit(12).with_explain(true);
    let options = [SearchOptions::default().with_limit(12), of("cables"), of("lamps")];
    assert_same_findings(&pack, &over, &["cable", "loose", "wait cable", "lamp"], &options);
}

#[test]
fn sections_of_other_lengths_are_weighed_as_by_the_pack_in_an_imitation_of_elasticsearch() {
    sections_of_other_lengths_are_weighed_as_by_the_pack(Engine::Noida);
}

#[test]
fn sections_of_other_lengths_are_weighed_as_by_the_pack_in_an_imitation_of_opensearch() {
    sections_of_other_lengths_are_weighed_as_by_the_pack(Engine::Osmem);
}

#[test]
fn answers_from_postgresql_are_those_of_the_pack() {
    answers_are_those_of_the_pack(Engine::Postgres);
}

#[test]
fn answers_from_clickhouse_are_those_of_the_pack() {
    answers_are_those_of_the_pack(Engine::ClickHouse);
}

#[test]
fn answers_from_todays_clickhouse_are_those_of_the_pack() {
    answers_are_those_of_the_pack(Engine::Chdb);
}

#[test]
fn answers_from_an_imitation_of_elasticsearch_are_those_of_the_pack() {
    answers_are_those_of_the_pack(Engine::Noida);
}

#[test]
fn answers_from_an_imitation_of_opensearch_are_those_of_the_pack() {
    answers_are_those_of_the_pack(Engine::Osmem);
}

/// Returns entries whose keywords are hostile texts, one of them of 60 kB.
fn hostile() -> KnowledgeBase {
    let mut keywords: Vec<String> = HOSTILE.iter().map(|&text| text.to_owned()).collect();
    keywords.push("'\\x ".repeat(15_000));
    built(keywords.iter().enumerate().map(|(number, keyword)| {
        let quoted = keyword.replace('\'', "''");
        let text = format!("---\nquestion: Is number {number} hostile?\nkeywords: ['{quoted}']\n---\nYes.\n");
        (format!("h{number}.md"), text)
    }))
}

fn names_may_be_hostile(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    let pack = hostile();
    let over = over(&server, "hostile", &pack);
    let long = "'\\x ".repeat(15_000);
    let mut texts: Vec<&str> = HOSTILE.to_vec();
    texts.extend([long.as_str(), "\0", "a\0'b", "\u{feff}\u{1}", "'", "') or 1=1 --"]);
    for text in &texts {
        assert_same(pack.keyword(text).unwrap(), over.keyword(text).unwrap(), text.len());
        assert_same(pack.complete_id(text, 3).unwrap(), over.complete_id(text, 3).unwrap(), text.len());
        assert_same(pack.complete(text, 3).unwrap(), over.complete(text, 3).unwrap(), text.len());
        let section = SearchOptions::default().with_section(*text);
        assert_same_findings(&pack, &over, &[text], &[SearchOptions::default(), section]);
    }
    for text in HOSTILE {
        assert!(!over.keyword(text).unwrap().is_empty(), "{text}");
    }
}

#[test]
fn names_in_postgresql_may_be_hostile() {
    names_may_be_hostile(Engine::Postgres);
}

#[test]
fn names_in_clickhouse_may_be_hostile() {
    names_may_be_hostile(Engine::ClickHouse);
}

#[test]
fn names_in_todays_clickhouse_may_be_hostile() {
    names_may_be_hostile(Engine::Chdb);
}

#[test]
fn names_in_an_imitation_of_elasticsearch_may_be_hostile() {
    names_may_be_hostile(Engine::Noida);
}

#[test]
fn names_in_an_imitation_of_opensearch_may_be_hostile() {
    names_may_be_hostile(Engine::Osmem);
}
