//! Kinds and ids narrow a search as sections and languages do: every entry that they admit is searched, and no other.

use faqt::build::Builder;
use faqt::{Findings, Kind, KnowledgeBase, KnowledgeBases, Outcome, SearchOptions};

/// Thousands of entries that are better than the few that filters admit.
fn content() -> Vec<(String, String)> {
    let lamp = |at| format!("## How do I reset lamp {at}?\n\nReset the lamp.\n\n");
    let lamps = (0..3_000).map(lamp).collect::<Vec<_>>().concat();
    let procedure = |title: &str, section: &str| {
        format!(
            "---\ntitle: {title}\nkind: procedure\nsection: {section}\n---\nHold the button of a lamp that is near to reset it.\n"
        )
    };
    [
        ("faqt.toml", "[redirects]\nold-fan = 'fan'\n".to_owned()),
        ("lamps.md", format!("# Lamps\n\n{lamps}")),
        ("fan.md", procedure("Cleaning the fan", "Few")),
        ("oven.md", procedure("Cleaning the oven", "Few")),
        (
            "door.md",
            "---\nquestion: Is the door shut?\nsection: Few\n---\nAs any lamp may tell, without a reset.\n".to_owned(),
        ),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .to_vec()
}

fn knowledge_base(files: Vec<(String, String)>) -> KnowledgeBase {
    let built = Builder::from_files("help", files).findability(false).build().expect("the content is sound");
    KnowledgeBase::from_vec(built.pack).expect("the pack is sound")
}

#[track_caller]
fn ids(kb: &KnowledgeBase, options: &SearchOptions) -> Vec<String> {
    let found = kb.search("reset the lamp", &options.clone().with_limit(usize::MAX)).expect("no question is an error");
    let mut ids: Vec<String> = found.hits.into_iter().map(|hit| hit.entry.id).collect();
    assert_eq!(ids.is_empty(), found.outcome == Outcome::NotCovered && found.confidence == 0.0, "{options:?}");
    ids.sort_unstable();
    ids
}

#[test]
fn kinds_and_ids_are_searched_whole_though_thousands_of_others_are_better() {
    let kb = knowledge_base(content());
    let all = SearchOptions::default;
    for (options, expected) in [
        (all().with_kinds([Kind::Procedure]), &["fan", "oven"][..]),
        (all().with_ids(["fan", "door"]), &["door", "fan"]),
        (all().with_ids([" FAN ", "ｆａｎ", "fan"]), &["fan"]),
        (all().with_ids(["old-fan", "nothing"]), &["fan"]),
        (all().with_ids(["fan", "door"]).with_kinds([Kind::Question]), &["door"]),
        (all().with_kinds([Kind::Procedure]).with_section("few").with_language("en"), &["fan", "oven"]),
        (all().with_section("few").with_kinds(Kind::ALL.iter().copied()), &["door", "fan", "oven"]),
        (all().with_kinds([Kind::Procedure, Kind::Procedure]).with_section("Lamps"), &[]),
        (all().with_kinds([]), &[]),
        (all().with_ids([""; 0]), &[]),
        (all().with_ids(["", "nothing", "procedure", "tprocedure"]), &[]),
    ] {
        assert_eq!(ids(&kb, &options), expected, "{options:?}");
    }
    assert_eq!(ids(&kb, &all().with_kinds([Kind::Question])).len(), 3_001);
    assert_eq!(ids(&kb, &all().with_kinds(Kind::ALL.iter().copied())), ids(&kb, &all()));
    kb.verify().expect("the pack is sound");
    for name in ["procedure", "tprocedure", "question"] {
        assert_eq!(kb.keyword(name).expect("sound"), [], "{name}");
        assert!(kb.entry(name).expect("sound").is_none() && kb.help(name).expect("sound").is_none(), "{name}");
    }
}

/// Everything that a search finds, to the bit.
fn shown(found: &Findings) -> String {
    format!("{found:?}")
}

#[test]
fn the_same_entries_are_found_alike_whichever_filter_admits_them() {
    let kb = knowledge_base(content());
    let several = KnowledgeBases::new([("one", kb.clone()), ("other", knowledge_base(content()))]);
    let by_ids = SearchOptions::default().with_ids(["door", "fan", "oven"]).with_explain(true);
    let by_section = SearchOptions::default().with_section("Few").with_explain(true);
    for question in ["reset the lamp", "resett lamp", "cleaning", "fan", "what is the capital of Mongolia", ""] {
        let found = [&by_ids, &by_section].map(|options| kb.search(question, options).expect("sound"));
        assert_eq!(shown(&found[0]), shown(&found[1]), "{question}");
        let found = [&by_ids, &by_section].map(|options| several.search(question, options).expect("sound"));
        assert_eq!(shown(&found[0]), shown(&found[1]), "{question}, several");
        assert!(found[0].hits.len() <= 6);
    }
}
