use crate::knowledge_base::KnowledgeBase;
use crate::search::interpret::interpret as plan;
use crate::search::options::SearchOptions;
use crate::search::plan::{Plan, QueryMode};
use crate::search::retrieve::lexical::weighted_terms;

/// Makes a knowledge base of the questions; each answer is the number of its question.
fn knowledge_base(questions: &[&str], settings: &str) -> KnowledgeBase {
    let entry = |(at, question): (usize, &&str)| format!("# {question}\n\n{at}.\n\n");
    let text: String = questions.iter().enumerate().map(entry).collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("faq.md"), text).unwrap();
    std::fs::write(folder.path().join("faqt.toml"), settings).unwrap();
    KnowledgeBase::from_folder(folder.path()).unwrap()
}

fn read(kb: &KnowledgeBase, question: &str, mode: QueryMode) -> Plan {
    plan(question, mode, &kb.reader().dictionary, &kb.reader().synonyms).unwrap()
}

fn asked(kb: &KnowledgeBase, question: &str) -> Plan {
    read(kb, question, QueryMode::Whole)
}

/// Returns the words that one word of the question is split into.
fn read_as(kb: &KnowledgeBase, question: &str) -> Option<String> {
    asked(kb, question).rewrites.into_iter().find_map(|rewrite| rewrite.read_as)
}

#[track_caller]
fn assert_near(a: f32, b: f32) {
    assert!((a - b).abs() < 1e-5, "{a} {b}");
}

/// The terms that are looked for, each with the most that it can give.
fn weights(plan: &Plan) -> Vec<(&str, f32)> {
    let mut weights: Vec<_> = weighted_terms(plan).iter().map(|term| (term.term, term.weight)).collect();
    weights.sort_by(|a, b| a.0.cmp(b.0));
    weights
}

const VIRUS: [&str; 6] = [
    "Is the coronavirus airborne?",
    "Does coronavirus live on paper?",
    "Which coronavirus symptoms are there?",
    "Can cats have the coronavirus?",
    "Can I drink corona beer?",
    "Can a computer have a virus?",
];

#[test]
fn a_word_typed_apart_weighs_what_it_does_as_one() {
    let kb = knowledge_base(&VIRUS, "");
    let (one, apart) = (asked(&kb, "coronavirus"), asked(&kb, "corona virus"));
    assert_near(one.weight, apart.weight);
    let word = |plan: &Plan| weights(plan).iter().find(|(term, _)| *term == "coronavirus").unwrap().1;
    assert_near(word(&one), word(&apart));
    let (one, apart) = (kb.ask("coronavirus symptoms").unwrap(), kb.ask("corona virus symptoms").unwrap());
    assert_eq!(one.hits[0].entry.id, apart.hits[0].entry.id);
    assert_near(score_by_words(&kb, "coronavirus symptoms"), score_by_words(&kb, "corona virus symptoms"));
}

/// Returns the score that words give the first entry.
fn score_by_words(kb: &KnowledgeBase, question: &str) -> f32 {
    let found = kb.search(question, &SearchOptions::default().with_explain(true)).unwrap();
    let why = found.why.unwrap();
    why.score - why.meaning.unwrap_or_default()
}

#[test]
fn a_word_with_an_unknown_part_is_the_word() {
    let kb = knowledge_base(&VIRUS[..4], "");
    for question in ["corona virus symptoms", "corona-virus symptoms", "Corona  virus symptoms"] {
        let apart = kb.ask(question).unwrap();
        assert_near(score_by_words(&kb, "coronavirus symptoms"), score_by_words(&kb, question));
        assert_eq!(apart.corrections.len(), 1, "{question}");
        assert_eq!((&*apart.corrections[0].typed, &*apart.corrections[0].taken_for), ("corona virus", "coronavirus"));
    }
    let apart = kb.ask("corona, virus symptoms").unwrap();
    assert!(apart.corrections.iter().all(|correction| correction.typed != "corona virus"));
}

#[test]
fn words_are_joined_of_three_and_once_however_often_they_are_typed() {
    let kb = knowledge_base(&["Where is the wificode?", "Is it loud?", "Does bye bye mean byebye?"], "");
    assert_near(asked(&kb, "wi fi code").weight, asked(&kb, "wificode").weight);
    assert_near(asked(&kb, "wi-fi code or wificode").weight, asked(&kb, "wificode or").weight);
    assert_near(asked(&kb, "wi fi code, wi fi code").weight, asked(&kb, "wificode").weight);
    assert!(asked(&kb, "bye bye").weight <= asked(&kb, "byebye").weight + 1e-5);
}

#[test]
fn the_parts_of_a_word_weigh_what_they_do_as_words() {
    let kb = knowledge_base(&["How do I sign in?", "What is in a sign?", "Is it in?", "Where is the lamp?"], "");
    let (apart, together) = (asked(&kb, "sign in"), asked(&kb, "signin"));
    for (apart, together) in apart.query_terms.iter().zip(&together.query_terms) {
        assert_eq!(apart.term, together.term);
        assert_near(apart.weight, together.weight);
        assert_near(apart.tempered_idf, together.tempered_idf);
        assert_eq!(apart.carries_meaning, together.carries_meaning);
    }
    assert!(!together.query_terms[1].carries_meaning);
    let (found, of_apart) = (kb.ask("signin").unwrap(), kb.ask("sign in").unwrap());
    assert_eq!(found.hits[0].entry.id, of_apart.hits[0].entry.id);
    assert_eq!((&*found.corrections[0].typed, &*found.corrections[0].taken_for), ("signin", "sign in"));
    assert_near(asked(&kb, "signin sign in").weight, apart.weight);
    assert_eq!(weights(&asked(&kb, "signin sign in")), weights(&apart));
}

#[test]
fn a_word_is_split_into_several_but_not_into_function_words() {
    let kb = knowledge_base(&["How do I reset my password?", "Is this the ring of an id?"], "");
    for (question, expected) in [
        ("resetmypassword", Some("reset my password")),
        ("passwordreset", Some("password reset")),
        ("ringid", Some("ring id")),
        ("myidring", None),
        ("thismy", None),
        ("howdoido", None),
    ] {
        assert_eq!(read_as(&kb, question).as_deref(), expected, "{question}");
    }
}

#[test]
#[cfg(feature = "meaning")]
fn a_word_of_the_language_is_split_into_two_at_most() {
    let kb = knowledge_base(&["What do I do in two ORs?", "Can I set up a data base?"], "");
    for (question, expected) in [
        ("indoors", None),
        ("indoorors", Some("in do or ors")),
        ("database", Some("data base")),
        ("setup", Some("set up")),
    ] {
        assert_eq!(read_as(&kb, question).as_deref(), expected, "{question}");
    }
}

#[test]
fn synonyms_stand_for_parts_and_for_wholes() {
    let synonyms = "synonyms = [[\"sign in\", \"logon\"], [\"coronavirus\", \"covid\"]]\n";
    let kb = knowledge_base(&["Where is the logon?", "What is covid?", "Is it on the lamp?"], synonyms);
    assert_eq!(kb.ask("signin").unwrap().hits[0].entry.question, "Where is the logon?");
    let kb = knowledge_base(&["What is covid?", "What is a computer?", "Where is coronavirus research?"], synonyms);
    assert_eq!(weights(&asked(&kb, "corona virus")), weights(&asked(&kb, "coronavirus")));
}

#[test]
fn what_is_being_typed_counts_once() {
    let kb = knowledge_base(&["How do I reset the lamp?", "Is the lamp loud?"], "");
    let typing = |text| read(&kb, text, QueryMode::Prefix);
    for (repeated, once) in
        [("reset the reset", "reset the"), ("reset reset", "reset "), ("reset rese", "reset "), ("lamp LAMP", "lamp ")]
    {
        assert_near(typing(repeated).weight, typing(once).weight);
    }
    assert!(typing("reset lam").weight > typing("reset ").weight);
}

#[test]
fn the_words_of_an_identifier_count_half_unless_they_stand_alone_too() {
    let kb = knowledge_base(&["Which node.js is needed?", "Where is the node?", "Is the js file loud?"], "");
    let weight = |question: &str, term: &str| {
        asked(&kb, question).query_terms.iter().find(|query_term| query_term.term == term).unwrap().weight
    };
    assert_near(weight("node.js", "node"), 0.5 * weight("node", "node"));
    assert_near(weight("node.js node", "node"), weight("node", "node"));
    assert_near(weight("node in node.js", "node"), weight("node", "node"));
    assert_near(weight("node.js node.js", "node"), 0.5 * weight("node", "node"));
    assert_near(weight("node.py", "node"), weight("node", "node"));
}

#[test]
fn several_forms_of_a_word_in_one_entry_count_once() {
    let settings = "synonyms = [['logo', 'emblem']]\n";
    for (question, both, single) in [
        (
            "web worker",
            "May a webworker web worker run",
            ["May a webworker that you run", "May that web worker you run"],
        ),
        ("logo", "May a logo emblem change", ["May a logo ever change", "May an emblem ever change"]),
    ] {
        let kb = knowledge_base(&[both, single[0], single[1], "Is it loud", "Is it hot"], settings);
        let hits = kb.ask(question).unwrap().hits;
        let bm25 = |text: &str| {
            let at = hits.iter().position(|hit| hit.entry.question == text).expect("a hit");
            hits[at].score
        };
        assert!(bm25(both) <= bm25(single[0]).max(bm25(single[1])) + 1e-5, "{question}: {hits:?}");
    }
}

#[test]
fn letters_and_digits_part_where_they_meet() {
    for (word, pieces) in [("25mb", vec!["25", "mb"]), ("v2x64", vec!["v", "2", "x", "64"]), ("wifi", vec!["wifi"])] {
        assert_eq!(super::letters_and_digits(word), pieces);
    }
    let kb = knowledge_base(&["How do I send 25 MB?", "Is the wi-fi on?", "Is it loud?", "Am I in?"], "");
    for (word, terms) in
        [("25mb", vec!["25", "mb"]), ("wifi", vec!["wi", "fi"]), ("26mb", vec!["26mb"]), ("amin", vec!["amin"])]
    {
        let plan = asked(&kb, word);
        assert_eq!(plan.query_terms.iter().map(|term| &*term.term).collect::<Vec<_>>(), terms, "{word}");
    }
}
