//! One id in several languages: which edition is found, shown and linked to.

use faqt::build::{Builder, Check, Problem};
use faqt::{ChosenBy, Findings, KnowledgeBase, KnowledgeBases, Outcome, SearchOptions};

const BIND: &str = "---
question: How do I bind a domain?
keywords: [domain, DNS]
help_ids: [E42]
related: [transfer]
---

Open the console and [transfer it](transfer.md) first.
";
const BIND_ZH: &str = "---
question: 如何绑定域名？
aliases: [域名怎么绑]
---

打开控制台，先[转移](transfer.md)。 [English](bind.md)
";
const BIND_DE: &str = "---
question: Wie binde ich eine Domain ein?
---

Öffnen Sie die Konsole.
";
const TRANSFER: &str = "---\nquestion: Transferring a filing\nkind: procedure\n---\n\nHand it over.\n";
const TRANSFER_ZH: &str = "---\nquestion: 转移备案\nkind: procedure\n---\n\n移交即可。\n";
const REFUND: &str = "---\nquestion: Can I get a refund?\n---\n\nWithin 30 days.\n";

fn folder() -> Vec<(&'static str, &'static str)> {
    vec![
        ("bind.md", BIND),
        ("bind.zh.md", BIND_ZH),
        ("bind.de.md", BIND_DE),
        ("transfer.md", TRANSFER),
        ("transfer.zh.md", TRANSFER_ZH),
        ("refund.md", REFUND),
    ]
}

fn built(files: &[(&str, &str)]) -> KnowledgeBase {
    let built = Builder::from_files("help", files.iter().copied()).build();
    let built = built.unwrap_or_else(|error| panic!("{error}"));
    let kb = KnowledgeBase::from_vec(built.pack).expect("a pack");
    kb.verify().expect("a sound pack");
    kb
}

fn problems(files: &[(&str, &str)]) -> Vec<Problem> {
    Builder::from_files("help", files.iter().copied()).check().expect("a folder").problems
}

fn ids(found: &Findings) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.entry.id.as_str()).collect()
}

#[track_caller]
fn shows(kb: &KnowledgeBase, question: &str, options: &SearchOptions, id: &str, by: ChosenBy) {
    let found = kb.search(question, options).expect("a search");
    let first = found.hits.first().expect("a hit");
    assert_eq!((first.entry.id.as_str(), first.chosen_by), (id, Some(by)), "{question}");
    assert!(!first.fallback, "{question}");
    let plain: Vec<&str> = found.hits.iter().map(|hit| faqt::plain_id(&hit.entry.id)).collect();
    let mut distinct = plain.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(plain.len(), distinct.len(), "each entry stands once: {plain:?}");
}

#[test]
fn one_edition_is_shown_in_the_language_of_the_reader() {
    let kb = built(&folder());
    let none = SearchOptions::default();
    shows(&kb, "如何绑定域名", &none, "bind@zh", ChosenBy::Question);
    shows(&kb, "how do I bind a domain", &none, "bind", ChosenBy::Question);
    shows(&kb, "wie binde ich eine Domain ein", &none, "bind@de", ChosenBy::Question);
    shows(&kb, "bind domain", &none, "bind", ChosenBy::Match);
    let locale = |tag: &str| SearchOptions::default().with_locale(tag);
    shows(&kb, "bind domain", &locale("de-AT"), "bind@de", ChosenBy::Locale);
    shows(&kb, "bind domain", &locale("fr"), "bind", ChosenBy::Match);
    shows(&kb, "如何绑定域名", &locale("de"), "bind@zh", ChosenBy::Question);
    let languages = |tags: &[&str]| SearchOptions::default().with_languages(tags.iter().copied());
    shows(&kb, "how do I bind a domain", &languages(&["zh-CN"]), "bind@zh", ChosenBy::Languages);
    shows(&kb, "如何绑定域名", &languages(&["fr", "de"]), "bind@de", ChosenBy::Languages);
    shows(&kb, "如何绑定域名", &languages(&["en"]), "bind", ChosenBy::Languages);
}

#[test]
fn a_fallback_is_marked_as_one() {
    let kb = built(&folder());
    let zh = SearchOptions::default().with_languages(["zh"]);
    let found = kb.search("can I get a refund", &zh).expect("a search");
    assert_eq!((found.outcome, ids(&found)[0]), (Outcome::Answered, "refund"));
    assert!(found.hits[0].fallback && found.hits[0].chosen_by.is_none());
    let found = kb.search("refund bind", &SearchOptions::default().with_languages(["fr"])).expect("a search");
    assert!(!found.hits.is_empty() && found.hits.iter().all(|hit| hit.fallback), "{found:?}");
    // The strict filter finds nothing else.
    let found = kb.search("can I get a refund", &SearchOptions::default().with_language("zh")).expect("a search");
    assert!(!ids(&found).contains(&"refund"));
}

#[test]
fn an_edition_has_what_it_leaves_out_from_the_original_and_links_to_its_language() {
    let kb = built(&folder());
    let zh = kb.entry("bind@zh").expect("a lookup").expect("it is there");
    assert_eq!(
        (zh.keywords.as_slice(), zh.help_ids.as_slice()),
        (&["domain".into(), "DNS".into()][..], &["E42".into()][..])
    );
    assert_eq!(zh.related[0].id.as_deref(), Some("transfer@zh"));
    assert_eq!(zh.related[0].title, "转移备案");
    assert!(zh.answer.contains("(<faqt:transfer@zh>)") && zh.answer.contains("(<faqt:bind>)"), "{}", zh.answer);
    let de = kb.entry("bind@de").expect("a lookup").expect("it is there");
    assert_eq!(de.related[0].id.as_deref(), Some("transfer"), "there is no German edition of it");
    assert_eq!(de.language.as_deref(), Some("de"));
    assert_eq!(kb.entry("bind").expect("a lookup").expect("it is there").language.as_deref(), Some("en"));
}

#[test]
fn an_id_names_all_editions_or_one() {
    let kb = built(&folder());
    let id = |id: &str| kb.entry(id).expect("a lookup").map(|entry| entry.id);
    for (asked, expected) in [
        ("bind", Some("bind")),
        ("bind@zh", Some("bind@zh")),
        ("BIND@ZH", Some("bind@zh")),
        ("bind@zh-Hans-CN", Some("bind@zh")),
        ("bind@en", Some("bind")),
        ("bind@fr", None),
        ("refund@en", None),
        ("bind@", None),
    ] {
        assert_eq!(id(asked).as_deref(), expected, "{asked}");
    }
    assert_eq!(kb.help("E42").expect("a lookup").expect("it is there").id, "bind");
    let only = SearchOptions::default().with_ids(["bind"]);
    assert_eq!(kb.count(&only).expect("a count"), 3);
    assert_eq!(ids(&kb.search("如何绑定域名", &only).expect("a search")), ["bind@zh"]);
    let similar = kb.similar("bind@zh", 5).expect("a lookup").expect("it is there");
    assert!(similar.iter().all(|found| faqt::plain_id(&found.entry.id) != "bind"), "{similar:?}");
    let completed = kb.complete("绑定", 5).expect("completions");
    assert_eq!(completed.iter().map(|found| found.id.as_str()).collect::<Vec<_>>(), ["bind@zh"]);
}

#[test]
fn sisters_do_not_compete_and_are_not_duplicates() {
    // Both editions have the same question and alias, as product names do.
    let files = [
        ("reset.md", "---\nquestion: Reset LampOS\naliases: [LampOS reset]\nhelp_ids: [E1]\n---\nHold.\n"),
        ("reset.de.md", "---\nquestion: Reset LampOS\naliases: [LampOS reset]\nhelp_ids: [E1]\n---\nHalten.\n"),
        ("loud.md", "---\nquestion: Is it loud?\n---\nNo.\n"),
    ];
    assert_eq!(problems(&files).iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    let kb = built(&files);
    let found = kb.ask("reset lampos please").expect("a search");
    let alone = built(&[files[0], files[2]]).ask("reset lampos please").expect("a search");
    assert_eq!((found.outcome, found.hits.len()), (Outcome::Answered, alone.hits.len()));
    assert!(found.confidence > 0.9 * alone.confidence, "{} beside {}", found.confidence, alone.confidence);
}

#[test]
fn languages_with_one_id_are_editions_whatever_the_files_are_called() {
    let files = [
        ("en/a.md", "---\nid: loud\nquestion: Is it loud?\nlang: en\n---\nNo.\n"),
        ("de/b.md", "---\nid: loud\nquestion: Ist sie laut?\nlang: de\n---\nNein.\n"),
        ("faqt.toml", "language = 'de'\n"),
    ];
    let kb = built(&files);
    assert_eq!(kb.entry("loud").expect("a lookup").expect("it is there").answer, "Nein.");
    assert_eq!(kb.entry("loud@en").expect("a lookup").expect("it is there").answer, "No.");
    let twice = [files[0], ("en/c.md", "---\nid: loud\nquestion: Is it noisy?\nlang: en\n---\nNo.\n")];
    let found = problems(&twice);
    assert!(found.iter().any(|problem| problem.check == Check::DuplicateId), "{found:?}");
}

#[test]
fn a_file_beside_its_sister_has_her_id() {
    let kb = built(&[
        ("1-start/04-loud.md", "---\nid: loud\nquestion: Is it loud?\naliases: [too loud]\n---\nNo.\n"),
        ("1-start/04-loud.de.md", "---\nquestion: Ist sie laut?\naliases: [too loud]\n---\nNein.\n"),
        ("1-start/05-hot.md", "---\nquestion: Is it hot?\n---\nNo.\n"),
        ("1-start/05-hot.de.md", "---\nid: hot\nquestion: Ist sie heiß?\n---\nNein.\n"),
    ]);
    let ids: Vec<String> = kb.entries().map(|entry| entry.expect("an entry").id).collect();
    assert_eq!(ids, ["loud@de", "loud", "hot@de", "hot"]);
}

#[test]
fn names_of_files_without_sisters_mean_nothing() {
    let kb = built(&[
        ("notes.io.md", "---\nquestion: What is I/O?\n---\nInput.\n"),
        ("v1.de.md", "---\nquestion: What is v1?\n---\nOld.\n"),
    ]);
    let ids: Vec<String> = kb.entries().map(|entry| entry.expect("an entry").id).collect();
    assert_eq!(ids, ["notes.io", "v1.de"]);
    assert!(kb.parts().all(|(name, _)| name != "editions"));
}

#[test]
fn headings_of_pages_are_editions_if_their_ids_are_the_same() {
    let kb = built(&[
        ("lamp.md", "# The lamp\n\n## Is it loud? {#loud}\n\nNo.\n\n## Cleaning\n\nWipe it.\n"),
        ("lamp.de.md", "# Die Lampe\n\n## Ist sie laut? {#loud}\n\nNein.\n\n## Reinigung\n\nAbwischen.\n"),
        ("fan.md", "---\nlang: fr\n---\n\n# Le ventilateur\n\n## Est-il bruyant ? {#loud}\n\nOui.\n\n## Prix\n\n20.\n"),
    ]);
    let ids: Vec<String> = kb.entries().map(|entry| entry.expect("an entry").id).collect();
    assert_eq!(ids, ["loud", "fan#prix", "lamp#loud@de", "lamp#reinigung", "lamp#loud", "lamp#cleaning"]);
}

#[test]
fn golden_questions_are_met_by_any_edition() {
    let mut files = folder();
    files.push(("questions.jsonl", "{\"query\": \"域名怎么绑定\", \"expect\": [\"bind\"]}\n"));
    let kb = built(&files);
    assert_eq!(kb.expected_questions().expect("questions").len(), 1);
    assert!(problems(&files).iter().all(|problem| problem.check != Check::GoldenUnanswered), "{:?}", problems(&files));
}

#[test]
fn several_knowledge_bases_show_the_wanted_edition() {
    let several = KnowledgeBases::new([("a", built(&folder())), ("b", built(&[("refund.md", REFUND)]))]);
    let found = several.search("如何绑定域名", &SearchOptions::default().with_languages(["de"])).expect("a search");
    assert_eq!((found.hits[0].entry.id.as_str(), found.hits[0].fallback), ("bind@de", false));
    assert_eq!(several.entry("a:bind@zh").expect("a lookup").expect("it is there").1.id, "bind@zh");
}

fn versions() -> Vec<(&'static str, &'static str)> {
    vec![
        (
            "reset.md",
            "---\nid: reset\nquestion: How do I reset the lamp?\nsince: 3.0\nkeywords: [reset]\n---\nSay reset.\n",
        ),
        (
            "reset-2.md",
            "---\nid: reset\nquestion: How do I reset the lamp?\nversions: '>=2, <3'\n---\nHold the button.\n",
        ),
        ("reset-1.md", "---\nid: reset\nquestion: How do I reset the lamp?\nuntil: 2.0\n---\nPull the plug.\n"),
        ("reset.zh.md", "---\nid: reset\nlang: zh\nquestion: 怎么重置灯？\nsince: 3.0\n---\n说重置。\n"),
        ("dim.md", "---\nquestion: Can I dim the light?\nsince: v2.4\n---\nTurn the knob.\n"),
        ("loud.md", "---\nquestion: Is the fan loud?\n---\nNo.\n"),
    ]
}

#[test]
fn the_edition_for_the_version_is_shown() {
    let kb = built(&versions());
    let none = SearchOptions::default();
    let with = |version: &str| SearchOptions::default().with_version(version);
    for (question, options, id, applies) in [
        ("how do I reset the lamp", &none, "reset", None),
        ("how do I reset the lamp", &with("2.4"), "reset@2.0", Some(true)),
        ("how do I reset the lamp", &with("1"), "reset@until-2.0", Some(true)),
        ("how do I reset the lamp", &with("v3.1.0-beta"), "reset", Some(true)),
        ("how do I reset the lamp", &with("never"), "reset", None),
        ("how do I reset the lamp in 1.2", &none, "reset@until-2.0", Some(true)),
        ("how do I reset the lamp in 1.2", &with("2.9"), "reset@2.0", Some(true)),
        ("怎么重置灯", &none, "reset@zh", None),
        ("怎么重置灯", &with("2.1"), "reset@2.0", Some(true)),
        ("can I dim the light", &none, "dim", None),
        ("can I dim the light", &with("2.4.1"), "dim", Some(true)),
        ("is the fan loud", &with("2.4.1"), "loud", None),
    ] {
        let found = kb.search(question, options).expect("a search");
        let first = &found.hits[0];
        assert_eq!((first.entry.id.as_str(), first.applies), (id, applies), "{question} {:?}", options.version);
        assert_eq!(found.outcome, Outcome::Answered, "{question} {:?}", options.version);
    }
    let found = kb.search("can I dim the light", &with("2.3")).expect("a search");
    assert_eq!((found.outcome, found.hits[0].applies), (Outcome::Unsure, Some(false)));
    assert_eq!(found.version.as_deref(), Some("2.3"));
    assert_eq!(found.hits[0].entry.since.as_deref(), Some("2.4"));
}

#[test]
fn an_id_names_the_edition_for_a_version() {
    let kb = built(&versions());
    for (id, expected) in [
        ("reset", Some("reset")),
        ("reset@2.7", Some("reset@2.0")),
        ("reset@1", Some("reset@until-2.0")),
        ("reset@until-2.0", Some("reset@until-2.0")),
        ("reset@zh@3.5", Some("reset@zh")),
        ("reset@zh@1.5", None),
        ("dim@2.3", None),
    ] {
        assert_eq!(kb.entry(id).expect("a lookup").map(|entry| entry.id).as_deref(), expected, "{id}");
    }
    let edition = |id: &str, version: &str| {
        let edition =
            kb.edition(id, &SearchOptions::default().with_version(version)).expect("a lookup").expect("it is there");
        (edition.entry.id, edition.applies)
    };
    assert_eq!(edition("reset", "2.2"), ("reset@2.0".to_owned(), Some(true)));
    assert_eq!(edition("reset@zh", "2.2"), ("reset@zh".to_owned(), Some(false)));
    assert_eq!(edition("loud", "2.2"), ("loud".to_owned(), None));
}

#[test]
fn versions_that_overlap_leave_holes_or_are_none_are_reported() {
    let checks = |front: &[&str]| {
        let texts: Vec<(String, String)> = front
            .iter()
            .enumerate()
            .map(|(at, front)| {
                (
                    format!("reset-{at}.md"),
                    format!("---\nid: reset\nquestion: How do I reset the lamp?\n{front}\n---\nHold {at}.\n"),
                )
            })
            .collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let found = problems(&files).into_iter().map(|problem| format!("{}: {}", problem.check, problem.message));
        found.collect::<Vec<_>>()
    };
    assert_eq!(checks(&["since: 2.0", "until: 2.0"]), Vec::<String>::new());
    let overlapping = "overlapping-versions: `reset` is for versions that overlap with those of reset-0.md:1";
    assert!(checks(&["since: 2.0", "until: 2.5"]).iter().any(|problem| problem == overlapping));
    assert_eq!(checks(&["since: 3.0", "until: 2.0"]), ["version-hole: no edition of `reset` is for 2.0 up to 3.0"]);
    assert_eq!(checks(&["since: latest"]), ["bad-version: `latest` is no version"]);
    assert_eq!(checks(&["versions: two"]), ["bad-version: `two` is no requirement of versions"]);
    assert_eq!(checks(&["since: 3.0\nuntil: 2.0"]), ["bad-version: `until` is not after `since`"]);
    assert_eq!(checks(&["versions: '>=2'\nsince: 2"]), ["bad-version: `versions` stands beside `since` or `until`"]);
    // Other tools may keep other values under these keys of a page.
    assert_eq!(problems(&[("page.md", "---\ntitle: News\nsince: last week\n---\n\nMuch.\n")]).len(), 0);
}

#[test]
fn blocks_of_an_answer_are_for_versions() {
    let text = "---\nquestion: How do I reset the lamp?\n---\n\nFirst.\n\n<!-- since 2.4 -->\nSay “reset”.\n<!-- end -->\n\n\
                <!-- until 2.4 -->\nHold the button.\n<!-- end -->\n";
    let kb = built(&[("reset.md", text)]);
    let answer = |question: &str, options: &SearchOptions| {
        kb.search(question, options).expect("a search").answer().expect("an answer").entry.answer.clone()
    };
    let none = SearchOptions::default();
    let (new, old) = ("First.\n\nSay “reset”.\n\n", "First.\n\n\nHold the button.\n");
    assert_eq!(answer("how do I reset the lamp", &none), new);
    assert_eq!(answer("how do I reset the lamp", &none.clone().with_version("2.3")), old);
    assert_eq!(answer("how do I reset the lamp in 2.1", &none), old);
    assert_eq!(kb.entry("reset").expect("a lookup").expect("it is there").answer, new);
    assert_eq!(kb.entries().next().expect("an entry").expect("sound").answer, new);
    let edition = kb.edition("reset", &none.with_version("2")).expect("a lookup").expect("it is there");
    assert_eq!((edition.entry.answer.as_str(), edition.applies), (new, None));
    let found = problems(&[("reset.md", "---\nquestion: Reset it?\n---\n\nNo.\n\n<!-- since 2.4 -->\nYes.\n")]);
    let found: Vec<String> =
        found.iter().map(|problem| format!("{}:{}: {}", problem.path, problem.line, problem.message)).collect();
    assert_eq!(found, ["reset.md:7: `<!-- since 2.4 -->` has no `<!-- end -->` behind it"]);
}

/// A folder of lamps and fans whose entries are in English, and in Chinese if wanted.
fn lamps(in_chinese: bool) -> KnowledgeBase {
    let texts = [
        ("reset", "How do I reset the lamp?", "Hold the button for ten seconds.", "怎么重置灯？", "按住按钮十秒钟。"),
        ("loud", "Is the fan loud?", "No, it is quiet.", "风扇吵吗？", "不吵，很安静。"),
        ("bulb", "Which bulb does the lamp take?", "One with a small base.", "灯用什么灯泡？", "小灯头的。"),
        (
            "rain",
            "May the fan stand in the rain?",
            "No, water destroys it.",
            "风扇可以淋雨吗？",
            "不可以，水会损坏它。",
        ),
    ];
    let mut files = Vec::new();
    for (name, question, answer, chinese_question, chinese_answer) in texts {
        files.push((format!("{name}.md"), format!("---\nquestion: {question}\n---\n\n{answer}\n")));
        if in_chinese {
            let text = format!("---\nquestion: {chinese_question}\n---\n\n{chinese_answer}\n");
            files.push((format!("{name}.zh.md"), text));
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    built(&files)
}

#[test]
fn a_translation_makes_no_word_rarer_and_no_entry_a_rival() {
    let (english, both) = (lamps(false), lamps(true));
    for question in ["reset lamp", "does the fan make noise", "fan and rain", "which bulb"] {
        let (alone, found) = (english.ask(question).expect("a search"), both.ask(question).expect("a search"));
        assert_eq!(ids(&alone)[0], ids(&found)[0], "{question}");
        assert!(
            (alone.confidence - found.confidence).abs() < 0.1,
            "{question}: {} {}",
            alone.confidence,
            found.confidence
        );
    }
}

#[test]
fn the_likeness_of_vectors_is_that_of_all_editions() {
    let kb = lamps(true);
    let found = kb.search("灯怎么重置", &SearchOptions::default().with_explain(true)).expect("a search");
    assert_eq!(ids(&found)[0], "reset@zh");
    // Chinese is compared with the vector of the English edition only.
    assert!(found.why.expect("it was asked for").meaning.is_some());
}
