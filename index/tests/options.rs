//! Options of a search: options that choose what is returned change no decision, and options that narrow it see every
//! entry.

use std::fs;

use faqt::build::Builder;
use faqt::{Findings, KnowledgeBase, KnowledgeBases, Outcome, SearchOptions};
use proptest::prelude::*;

/// Builds a knowledge base from files.
#[track_caller]
fn knowledge_base(files: &[(&str, &str)]) -> KnowledgeBase {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    let built = Builder::new(folder.path()).lenient(true).build().expect("the content is sound");
    KnowledgeBase::from_vec(built.pack).expect("the pack is sound")
}

fn ids(found: &Findings) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.entry.id.as_str()).collect()
}

/// Two entries that a question meets alike.
const TWINS: &str = "\
# How do I reset the lamp?
Hold the button.
# How do I reset the fan?
Press the switch.
# Is it loud?
No.
";

#[test]
fn between_two_that_are_alike_it_is_unsure_for_any_limit() {
    let kb = knowledge_base(&[("a.md", TWINS)]);
    for limit in [0, 1, 2, 5, 1_000, usize::MAX] {
        let found = kb.search("reset", &SearchOptions::default().with_limit(limit)).expect("sound");
        assert_eq!(found.outcome, Outcome::Unsure, "{limit}");
        assert_eq!(found.hits.len(), limit.min(2));
    }
    let found = kb.ask("reset the lamp").expect("sound");
    assert_eq!(found.outcome, Outcome::Answered);
}

#[test]
fn between_two_knowledge_bases_that_are_alike_it_is_unsure_for_any_limit() {
    let lamp = knowledge_base(&[("a.md", "# How do I reset the lamp?\nHold.\n# Is it loud?\nNo.\n")]);
    let fan = knowledge_base(&[("a.md", "# How do I reset the fan?\nPress.\n# Is it heavy?\nNo.\n")]);
    let both = KnowledgeBases::new([("lamp", lamp), ("fan", fan)]);
    for limit in [0, 1, 2, 5] {
        let found = both.search("reset", &SearchOptions::default().with_limit(limit)).expect("sound");
        assert_eq!(found.outcome, Outcome::Unsure, "{limit}");
        assert_eq!(found.hits.len(), limit.min(2));
    }
}

#[test]
fn the_answer_is_the_best_entry_though_it_is_not_returned() {
    let kb = knowledge_base(&[("a.md", TWINS)]);
    let whole = kb.search("resett the lamp", &SearchOptions::default().with_explain(true)).expect("sound");
    assert_eq!(whole.corrections[0].taken_for, "reset");
    let options = SearchOptions::default().with_explain(true).with_offset(1).with_limit(1);
    let part = kb.search("resett the lamp", &options).expect("sound");
    assert_eq!(decided(&part), decided(&whole));
    assert_eq!(ids(&part), ids(&whole)[1..2]);
    assert_eq!((part.offset, whole.offset), (1, 0));
    assert!(part.is_answered() && part.answer().is_none());
    assert_eq!(whole.answer().map(|hit| &hit.entry), Some(&whole.hits[0].entry));
    let none = kb.search("reset the lamp", &SearchOptions::default().with_limit(0)).expect("sound");
    assert!(none.is_answered() && none.answer().is_none());
    let unsure = kb.ask("reset").expect("sound");
    assert!(!unsure.is_answered() && unsure.answer().is_none() && !unsure.hits.is_empty());
}

/// Returns all findings but the hits, to the bit.
fn decided(found: &Findings) -> String {
    let Findings { outcome, confidence, corrections, why, .. } = found;
    format!("{outcome:?} {:?} {corrections:?} {why:?}", confidence.to_bits())
}

/// Texts of few words, so that many entries share them.
fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "lamp", "reset", "button", "battery", "colour", "switch", "how", "the", "is", "备案", "转移", "E1042", "loud",
        "heavy",
    ]);
    prop::collection::vec(word, words).prop_map(|words| words.join(" "))
}

/// Documents of more entries than are ranked together.
fn document() -> impl Strategy<Value = String> {
    let entry = (text(1..5), text(0..25)).prop_map(|(question, answer)| format!("## {question}\n\n{answer} so.\n\n"));
    prop::collection::vec(entry, 1..110).prop_map(|entries| format!("# Help\n\n{}", entries.concat()))
}

fn question() -> impl Strategy<Value = String> {
    prop_oneof![text(1..6), text(1..4).prop_map(|text| text + " resett batery zzz")]
}

fn options() -> impl Strategy<Value = SearchOptions> {
    let limit = prop_oneof![0..6_usize, 36..44_usize, Just(1_000), Just(usize::MAX)];
    let offset = prop_oneof![3 => Just(0_usize), 3 => 0..6_usize, 2 => 36..60_usize, 1 => Just(usize::MAX)];
    (limit, offset).prop_map(|(limit, offset)| SearchOptions::default().with_limit(limit).with_offset(offset))
}

/// Checks that options which choose hits return a part of all of them, and change nothing else.
fn check_same(search: impl Fn(&SearchOptions) -> Findings, choices: &[SearchOptions]) -> Result<(), TestCaseError> {
    let all = search(&SearchOptions::default().with_limit(usize::MAX).with_explain(true));
    for options in choices {
        let part = search(&options.clone().with_explain(true));
        prop_assert_eq!(decided(&part), decided(&all), "{:?}", options);
        let expected: Vec<_> = all.hits.iter().skip(options.offset).take(options.limit).collect();
        prop_assert_eq!(format!("{:?}", part.hits), format!("{expected:?}"), "{:?}", options);
        let unexplained = search(options);
        prop_assert_eq!((unexplained.outcome, unexplained.confidence), (all.outcome, all.confidence));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_returned_changes_no_decision(
        document in document(),
        questions in prop::collection::vec(question(), 1..6),
        choices in prop::collection::vec(options(), 1..8),
    ) {
        let kb = knowledge_base(&[("a.md", &document)]);
        for question in &questions {
            check_same(|options| kb.search(question, options).expect("no question is an error"), &choices)?;
            let all = kb.complete(question, usize::MAX).expect("no beginning is an error");
            for options in &choices {
                let some = kb.complete(question, options.limit).expect("no beginning is an error");
                prop_assert_eq!(&some[..], &all[..options.limit.min(all.len())]);
            }
        }
    }

    #[test]
    fn what_is_returned_of_several_changes_no_decision(
        documents in prop::collection::vec(document(), 2..4),
        questions in prop::collection::vec(question(), 1..4),
        choices in prop::collection::vec(options(), 1..8),
    ) {
        let named = documents.iter().enumerate();
        let kbs = KnowledgeBases::new(named.map(|(at, text)| (at.to_string(), knowledge_base(&[("a.md", text)]))));
        for question in &questions {
            check_same(|options| kbs.search(question, options).expect("no question is an error"), &choices)?;
        }
    }
}

/// Entries that all hold the same words.
fn lamps(count: usize) -> String {
    let entries = (0..count).map(|at| format!("## How do I reset lamp {at}?\n\nReset the lamp.\n\n"));
    entries.collect::<Vec<_>>().concat()
}

#[test]
fn a_section_is_searched_whole_though_thousands_elsewhere_are_better() {
    let others = lamps(5_200);
    let fans = "# Fans\n\n## Noise\n\n### Is it loud?\n\nNo. A fan hums, and whoever does not like that may reset it, as \
                one would do with any lamp that is near, by the button on its back.\n";
    let german =
        "---\nquestion: Ist er laut?\nlang: de-AT\nsection: Lüfter\n---\nNein, außer nach einem reset der lamp.\n";
    let kb = knowledge_base(&[("a.md", &format!("# Lamps\n\n{others}\n{fans}")), ("b.md", german)]);
    let all = kb.search("reset the lamp", &SearchOptions::default().with_limit(usize::MAX)).expect("sound");
    let rank = ids(&all).iter().position(|id| *id == "a#is-it-loud").expect("it holds the words");
    assert!(rank > 1_000, "{rank}");
    let find = |options: SearchOptions| {
        let found = kb.search("reset the lamp", &options).expect("sound");
        (ids(&found).join(" "), found.outcome)
    };
    for section in ["Fans", "ＦＡＮＳ", " noise ", "Fans › Noise"] {
        let (ids, outcome) = find(SearchOptions::default().with_section(section));
        assert_eq!(ids, "a#is-it-loud", "{section}");
        assert_ne!(outcome, Outcome::NotCovered, "{section}");
    }
    for tag in ["de", "DE_at", "de-AT"] {
        assert_eq!(find(SearchOptions::default().with_language(tag)).0, "b", "{tag}");
    }
    assert_eq!(find(SearchOptions::default().with_language("de").with_section("lüfter")).0, "b");
    for nothing in [
        SearchOptions::default().with_section("Fan"),
        SearchOptions::default().with_section(""),
        SearchOptions::default().with_section("Noise › Fans"),
        SearchOptions::default().with_language("de").with_section("Fans"),
        SearchOptions::default().with_language("xx"),
        SearchOptions::default().with_language(""),
    ] {
        assert_eq!(find(nothing.clone()), (String::new(), Outcome::NotCovered), "{nothing:?}");
    }
    let lamps = kb.search("reset the lamp", &SearchOptions::default().with_section("Lamps").with_limit(usize::MAX));
    assert_eq!(lamps.expect("sound").hits.len(), 5_200);
    for name in ["Fans", "sFans", "fans › noise", "de", "lde", "rde", "rde-at", "lde-at"] {
        assert_eq!(kb.keyword(name).expect("sound"), [], "{name}");
        assert!(kb.entry(name).expect("sound").is_none() && kb.help(name).expect("sound").is_none(), "{name}");
    }
}

#[test]
fn a_section_that_holds_a_word_covers_it_though_every_other_entry_holds_it_too() {
    let fans = "# Fans\n\n## Is the fan loud?\n\nNo lamp is as loud.\n\n## Colours\n\nBlack, or white.\n\n";
    for others in [3, 30, 300, 3_000] {
        let lamps = lamps(others);
        let kb = knowledge_base(&[("a.md", &format!("# Lamps\n\n{lamps}\n{fans}"))]);
        let several = KnowledgeBases::new([("one", kb.clone()), ("other", knowledge_base(&[("a.md", &lamps)]))]);
        let options = SearchOptions::default().with_section("Fans").with_explain(true);
        let mut confidences = Vec::new();
        for question in ["lamp", "loud lamp"] {
            for found in [kb.search(question, &options), several.search(question, &options)] {
                let found = found.expect("sound");
                assert_eq!(ids(&found)[0], "a#is-the-fan-loud", "{others}, {question}");
                let why = found.why.expect("it was asked for");
                let gave: f32 = why.terms.iter().map(|term| term.contribution).sum();
                let by_words = why.score - why.meaning.unwrap_or_default();
                assert!((gave - by_words).abs() < 0.01, "{others}, {question}: {why:?}");
                confidences.push(found.confidence);
                assert!(question == "lamp" || found.outcome != Outcome::NotCovered, "{others}, {question}");
            }
        }
        // Only one answer holds the word: its confidence depends on other entries by the mean of their vectors alone.
        let range = 0.1..0.75;
        assert!(confidences[..2].iter().all(|confidence| range.contains(confidence)), "{others}: {confidences:?}");
    }
}

/// Entries that all hold the same word, each with the language that it names, if any.
#[track_caller]
fn in_languages(settings: &str, languages: &[(&str, Option<&str>)]) -> KnowledgeBase {
    let mut files = vec![("faqt.toml".to_owned(), settings.to_owned())];
    for (id, language) in languages {
        let named = language.map_or_else(String::new, |tag| format!("lang: '{tag}'\n"));
        files.push((format!("{id}.md"), format!("---\nquestion: The lamp {id}?\n{named}---\nA lamp.\n")));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    knowledge_base(&files)
}

#[track_caller]
fn check_languages(settings: &str, languages: &[(&str, Option<&str>)], expected: &[(&str, &[&str])]) {
    let kb = in_languages(settings, languages);
    for (tag, expected) in expected {
        let options = SearchOptions::default().with_language(*tag).with_limit(100);
        let found = kb.search("lamp", &options).expect("sound");
        let mut ids = ids(&found);
        ids.sort_unstable();
        assert_eq!(ids, *expected, "{settings}, {tag}");
    }
}

#[test]
fn entries_that_name_no_language_are_in_that_of_the_settings() {
    let german = [("a", Some("de")), ("b", Some("de")), ("c", Some("de")), ("d", None)];
    check_languages("language = 'en'", &german, &[("en", &["d"]), ("de", &["a", "b", "c"]), ("EN-gb", &["d"])]);
    check_languages("", &german, &[("en", &["d"]), ("de", &["a", "b", "c"])]);
    check_languages("language = 'de'", &german, &[("en", &[]), ("de", &["a", "b", "c", "d"])]);
    let mixed = [("a", Some("en")), ("b", Some("en")), ("c", None), ("d", Some("Deutsch")), ("e", Some("ja"))];
    check_languages(
        "language = 'zh-TW'",
        &mixed,
        &[("zh", &["c", "d"]), ("en", &["a", "b"]), ("zh-Hant", &["c", "d"])],
    );
    check_languages("language = 'pt_BR'", &[("a", None)], &[("pt", &["a"]), ("PT-br", &["a"]), ("pt-PT", &[])]);
    // No stemmer is known for these.
    check_languages(
        "language = 'eo'",
        &[("a", None), ("b", Some("vi"))],
        &[("eo", &["a"]), ("vi", &["b"]), ("en", &[])],
    );
}

#[test]
fn a_tag_finds_what_no_subtag_contradicts() {
    let tags = ["zh", "zh-TW", "zh-Hant", "zh_hans", "zh-CN", "zh-HK", "zh-Hant-TW"];
    let named: Vec<(&str, Option<&str>)> = tags.iter().map(|&tag| (tag, Some(tag))).collect();
    check_languages(
        "",
        &named,
        &[
            ("zh", &["zh", "zh-CN", "zh-HK", "zh-Hant", "zh-Hant-TW", "zh-TW", "zh_hans"]),
            ("ZH_tw", &["zh", "zh-Hant", "zh-Hant-TW", "zh-TW"]),
            ("zh-Hant", &["zh", "zh-HK", "zh-Hant", "zh-Hant-TW", "zh-TW"]),
            ("zh-CN", &["zh", "zh-CN", "zh_hans"]),
        ],
    );
}

#[test]
fn the_manifest_says_which_language_is_the_default() {
    for (settings, language) in [("", "en"), ("language = 'zh-TW'", "zh-TW"), ("language = ' pt_BR'", "pt-BR")] {
        let kb = in_languages(settings, &[("a", Some("de")), ("b", Some("de"))]);
        assert_eq!(kb.manifest().language, language);
        assert_eq!(kb.manifest().languages, ["de"]);
    }
}

#[test]
fn words_are_met_by_the_rules_of_the_default_language_though_another_is_more_common() {
    let german = "---\nquestion: Wo steht die Rechnung {}?\nlang: de\n---\nOben.\n";
    let files = [
        ("faqt.toml", "language = 'en'\nsynonyms = [['invoices', 'bills'], ['Rechnungen', 'Belege']]\n".to_owned()),
        ("a.md", german.replace("{}", "eins")),
        ("b.md", german.replace("{}", "zwei")),
        ("c.md", german.replace("{}", "drei")),
        ("d.md", "---\nquestion: Where are invoices kept?\n---\nAbove.\n".to_owned()),
    ];
    let kb = knowledge_base(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let found = kb.search("invoyces", &SearchOptions::default().with_explain(true)).expect("sound");
    assert_eq!(ids(&found), ["d"]);
    assert_eq!(found.corrections[0].taken_for, "invoices");
    let why = found.why.expect("it was asked for");
    assert_eq!(why.most_alike.as_deref(), Some("Where are invoices kept?"));
    assert_eq!(kb.complete("invoi", 1).expect("sound")[0].text, "Where are invoices kept?");
    // Synonyms are recognised by the terms of a question, which is analysed in the most common language first.
    assert_eq!(ids(&kb.ask("Beleg zwei").expect("sound"))[0], "b");
}

#[test]
fn two_entries_that_fit_alike_are_offered_not_answered() {
    let text =
        "# How do I reset the lamp?\n\nHold it.\n\n# How do I reset the fan?\n\nHold it.\n\n# Is it loud?\n\nNo.\n";
    let kb = KnowledgeBase::from_markdown(text).expect("the content is sound");
    let tied = kb.ask("how to reset").expect("a sound pack");
    assert!(tied.covered >= faqt::UNSURE_MIN, "{tied:?}");
    assert_eq!(tied.outcome, Outcome::Unsure, "nothing is ahead of anything");
    assert_eq!(kb.ask("how to reset the lamp").expect("a sound pack").outcome, Outcome::Answered);
}

#[test]
fn words_are_stemmed_as_the_language_of_the_folder_asks() {
    let entries = "# Wo stehen die Häuser?\n\nDort.\n\n# Ist es laut?\n\nNein.\n\n# Was kostet das Boot?\n\nViel.\n";
    let files = [("faq.md", entries), ("faqt.toml", "language = \"de\"\n")];
    let pack = Builder::from_files("help", files).build().expect("the content is sound").pack;
    let kb = KnowledgeBase::from_vec(pack).expect("a pack");
    let options = SearchOptions::default().with_explain(true);
    let found = kb.search("Haus stehend", &options).expect("a sound pack");
    let why = found.why.expect("it was asked for");
    let matched: Vec<&str> = why.terms.iter().flat_map(|term| term.matched_as.iter().map(String::as_str)).collect();
    assert!(found.hits[0].entry.question.contains("Häuser") && matched.contains(&"häuser"), "{matched:?}");
}
