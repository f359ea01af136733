//! Search on small knowledge bases, each made for one behaviour.

use std::fs;

use faqt::build::Builder;
use faqt::{Findings, KnowledgeBase, Outcome, SearchOptions};
use proptest::prelude::*;

/// Builds a knowledge base from the text of one document and of `faqt.toml`.
#[track_caller]
fn knowledge_base(document: &str, settings: &str) -> KnowledgeBase {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("faq.md"), document).expect("it can be written");
    fs::write(folder.path().join("faqt.toml"), settings).expect("it can be written");
    let built = Builder::new(folder.path()).build().expect("the content is sound");
    KnowledgeBase::from_vec(built.pack).expect("the pack is sound")
}

const HELP: &str = "\
# How do I sign in?
Open the page and type your password.
# How do I delete my account?
Write to us. Everything you uploaded is removed.
# What does error E0308 mean?
Two types do not match. See also E0309.
# Which version of node.js is needed?
Version 18, started with --no-deprecation.
# How do I change the colour of the lamp?
Turn the wheel.
# Réinitialiser le téléphone
Appuyez sur le bouton.
# 备案要多久？
一般需要二十天。
";

/// Returns the part of an id that its heading gave it.
fn slug(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

#[track_caller]
fn first(kb: &KnowledgeBase, query: &str) -> String {
    let found = kb.ask(query).expect("the pack is sound");
    found.hits.first().map_or_else(String::new, |hit| slug(&hit.entry.id).to_owned())
}

#[test]
fn words_are_met_in_other_forms() {
    let kb = knowledge_base(HELP, "");
    for (query, id) in [
        ("deleting accounts", "how-do-i-delete-my-account"),
        ("deletion", "how-do-i-delete-my-account"),
        ("signin", "how-do-i-sign-in"),
        ("sign-in", "how-do-i-sign-in"),
        ("COLOUR", "how-do-i-change-the-colour-of-the-lamp"),
        ("reinitialiser telephone", "réinitialiser-le-téléphone"),
        ("ｄｅｌｅｔｅ", "how-do-i-delete-my-account"),
        ("备案多久", "备案要多久"),
        ("多久备案icp", "备案要多久"),
    ] {
        assert_eq!(first(&kb, query), id, "{query}");
    }
}

#[test]
fn joined_words_are_met_apart_and_the_other_way_round() {
    let kb = knowledge_base("# The signup page\nX.\n# A log in form\nY.\n# The sign of the zodiac\nZ.\n", "");
    assert_eq!(first(&kb, "sign up"), "the-signup-page");
    assert_eq!(first(&kb, "login"), "a-log-in-form");
}

#[test]
fn identifiers_survive_whole() {
    let kb = knowledge_base(HELP, "");
    assert_eq!(first(&kb, "e0308"), "what-does-error-e0308-mean");
    assert_eq!(first(&kb, "node.js"), "which-version-of-nodejs-is-needed");
    assert_eq!(first(&kb, "--no-deprecation"), "which-version-of-nodejs-is-needed");
    // Digits are never corrected.
    assert!(kb.ask("E0307").expect("sound").corrections.is_empty());
}

#[test]
fn misspelt_words_are_corrected_and_reported() {
    let kb = knowledge_base(HELP, "");
    let found = kb.ask("delte my acount").expect("sound");
    assert_eq!(slug(&found.hits[0].entry.id), "how-do-i-delete-my-account");
    let corrections: Vec<_> = found.corrections.iter().map(|word| (&*word.typed, &*word.taken_for)).collect();
    assert_eq!(corrections, [("delte", "delete"), ("acount", "account")]);
}

#[test]
fn known_and_short_words_are_not_corrected() {
    let kb = knowledge_base(
        "# The lamp\nA.\n# The lamps of others\nB.\n# The damp\nC.\n# A stage\nD.\n# A staged\nE.\n",
        "",
    );
    for query in ["lamp", "damp", "lump", "stage"] {
        assert!(kb.ask(query).expect("sound").corrections.is_empty(), "{query}");
    }
}

#[test]
fn the_word_itself_beats_its_correction() {
    let kb = knowledge_base("# About planes\nA.\n# About planets\nB.\n# About plants\nC.\n", "");
    for (query, id) in [("planes", "about-planes"), ("planets", "about-planets"), ("plants", "about-plants")] {
        assert_eq!(first(&kb, query), id);
    }
}

const SYNONYMS: &str = "synonyms = [[\"ICP filing\", \"beian\", \"备案\"], [\"lamp\", \"light\"]]\n";

#[test]
fn synonyms_are_met_whatever_their_length() {
    let kb = knowledge_base(
        "# How long does an ICP filing take?\nA.\n# How long does the train take?\nB.\n# The lamp\nC.\n",
        SYNONYMS,
    );
    assert_eq!(first(&kb, "beian how long"), "how-long-does-an-icp-filing-take");
    assert_eq!(first(&kb, "备案"), "how-long-does-an-icp-filing-take");
    assert_eq!(first(&kb, "请问备案 how long"), "how-long-does-an-icp-filing-take");
    assert_eq!(first(&kb, "light"), "the-lamp");
    let back = knowledge_base("# What is beian?\nA.\n# What is a train?\nB.\n", SYNONYMS);
    assert_eq!(first(&back, "ICP filing"), "what-is-beian");
}

#[test]
fn a_synonym_never_stands_above_the_word_itself() {
    let kb = knowledge_base("# A light\nA.\n# A lamp\nB.\n", SYNONYMS);
    assert_eq!(first(&kb, "lamp"), "a-lamp");
    assert_eq!(first(&kb, "light"), "a-light");
}

#[test]
fn what_is_not_there_is_not_covered() {
    let kb = knowledge_base(HELP, "");
    for query in ["quantum chromodynamics", "天气", "how do I", "*", "\"", "a AND OR NOT (", "-x", "😀", "ICP:"] {
        let found = kb.ask(query).expect("sound");
        assert_ne!(found.outcome, Outcome::Answered, "{query}");
    }
}

#[test]
fn syntax_is_text() {
    let kb = knowledge_base(HELP, "");
    for query in
        ["delete: account", "\"delete account", "delete AND account", "(delete) ~account^2", "+delete -account"]
    {
        assert_eq!(first(&kb, query), "how-do-i-delete-my-account", "{query}");
    }
}

#[test]
fn a_long_question_is_a_question() {
    let kb = knowledge_base(HELP, "");
    let words: Vec<String> = (0..10_000).map(|n| format!("word{n}")).collect();
    let found: Findings = kb.ask(&format!("delete account {}", words.join(" "))).expect("sound");
    assert!(found.hits.iter().any(|hit| slug(&hit.entry.id) == "how-do-i-delete-my-account"));
    assert_eq!(found.outcome, Outcome::NotCovered);
}

#[test]
fn options_narrow_the_search() {
    let kb = knowledge_base("# Lamps\n## Reset\nHold.\n# Fans\n## Reset it\nPress.\n", "");
    let options = SearchOptions::default().with_section("fans");
    let found = kb.search("reset", &options).expect("sound");
    assert_eq!(found.hits.iter().map(|hit| &*hit.entry.question).collect::<Vec<_>>(), ["Reset it"]);
    assert_eq!(kb.search("reset", &SearchOptions::default().with_limit(1)).expect("sound").hits.len(), 1);
}

#[test]
fn a_section_is_searched_whole_though_others_have_hundreds_of_better_hits() {
    let others: Vec<String> =
        (0..300).map(|at| format!("## How do I reset lamp {at}?\n\nHold its button.\n")).collect();
    let fans =
        "# Fans\n\n## Is it loud?\n\nNo. If it is, reset the fan as you would a lamp: there is a button below it.\n";
    let kb = knowledge_base(&format!("# Lamps\n\n{}\n{fans}", others.join("\n")), "");
    let options = SearchOptions::default().with_section("Fans");
    let found = kb.search("how do I reset the lamp", &options).expect("the pack is sound");
    let ids: Vec<&str> = found.hits.iter().map(|hit| slug(&hit.entry.id)).collect();
    assert_eq!(ids, ["is-it-loud"]);
}

#[test]
fn what_was_asked_for_is_explained() {
    let kb = knowledge_base(HELP, "");
    let options = SearchOptions::default().with_explain(true);
    let found = kb.search("delte account zzz", &options).expect("sound");
    let why = found.why.expect("it was asked for");
    assert_eq!(why.most_alike.as_deref(), Some("How do I delete my account?"));
    let by_words = why.bm25 + why.phrasing + why.coverage;
    assert!((by_words + why.meaning.unwrap_or_default() - why.score).abs() < 1e-4, "{why:?}");
    let gave: f32 = why.terms.iter().map(|term| term.contribution).sum();
    assert!((gave - by_words).abs() < 0.01, "{why:?}");
    assert!(why.terms.iter().any(|term| term.typed == "zzz" && !term.is_known));
}

#[test]
fn keyword_search_agrees_with_a_naive_scan() {
    let folder = tempfile::tempdir().expect("a folder");
    let keywords = [["Alpha", "beta"], ["ALPHA", "gamma"], ["alpha beta", "ｂｅｔａ"], ["delta", "alph"]];
    for (position, [first, second]) in keywords.iter().enumerate() {
        let text = format!(
            "---\nquestion: Number {position}?\nkeywords: [{first}, {second}]\nhelp_ids: [E{position}]\n---\nIt is.\n"
        );
        fs::write(folder.path().join(format!("entry{position}.md")), text).expect("it can be written");
    }
    let pack = Builder::new(folder.path()).build().expect("sound").pack;
    let kb = KnowledgeBase::from_vec(pack).expect("sound");
    let entries: Vec<_> = kb.entries().map(|entry| entry.expect("sound")).collect();
    let width = |text: &str| text.replace("ｂｅｔａ", "beta").to_ascii_lowercase();
    for term in ["alpha", "Beta", "alpha beta", "alph", "alp", "e2", "entry3", "", " gamma "] {
        let holds = |entry: &faqt::Entry| {
            let names = entry.keywords.iter().chain(&entry.help_ids).chain([&entry.id]);
            names.into_iter().any(|name| width(name) == width(term.trim()))
        };
        let naive: Vec<_> = entries.iter().filter(|entry| holds(entry)).collect();
        let found = kb.keyword(term).expect("sound");
        assert_eq!(found.iter().collect::<Vec<_>>(), naive, "{term}");
    }
}

#[test]
fn languages_are_stemmed_each_by_its_own_rules() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), "---\nquestion: Wo finde ich die Rechnungen?\nlang: de\n---\nOben.\n")
        .expect("x");
    fs::write(folder.path().join("b.md"), "---\nquestion: Where are the invoices?\n---\nAbove.\n").expect("x");
    fs::write(folder.path().join("c.md"), "---\nquestion: Where is the light?\n---\nBelow.\n").expect("x");
    let kb = KnowledgeBase::from_vec(Builder::new(folder.path()).build().expect("sound").pack).expect("sound");
    assert_eq!(first(&kb, "rechnung"), "a");
    assert_eq!(first(&kb, "invoice"), "b");
    let options = SearchOptions::default().with_language("de-AT");
    assert_eq!(kb.search("where invoice rechnung", &options).expect("sound").hits.len(), 1);
}

proptest! {
    #[test]
    fn any_string_is_an_acceptable_question(query in any::<String>()) {
        let kb = shared();
        let found = kb.ask(&query).expect("no question is an error");
        prop_assert!((0.0..=1.0).contains(&found.confidence));
        prop_assert!(found.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
        kb.keyword(&query).expect("no keyword is an error");
        kb.entry(&query).expect("no id is an error");
    }

    #[test]
    fn words_of_the_content_in_any_order_are_acceptable(words in prop::collection::vec("(delete|sign|备案|e0308|node\\.js|[a-z]{1,8}|\\PC{1,3})", 0..12)) {
        let found = shared().ask(&words.join(" ")).expect("no question is an error");
        prop_assert!(found.hits.len() <= 5);
    }
}

fn shared() -> KnowledgeBase {
    static SHARED: std::sync::OnceLock<KnowledgeBase> = std::sync::OnceLock::new();
    SHARED.get_or_init(|| knowledge_base(HELP, SYNONYMS)).clone()
}

#[test]
fn a_limit_of_any_size_takes_only_the_memory_of_what_is_there() {
    let kb = knowledge_base(HELP, "");
    for limit in [0, 1, usize::MAX / 3, usize::MAX] {
        let found = kb.search("lamp", &SearchOptions::default().with_limit(limit)).expect("the pack is sound");
        assert!(found.hits.len() <= limit);
        assert!(kb.complete("lam", limit).expect("the pack is sound").len() <= limit);
    }
}
