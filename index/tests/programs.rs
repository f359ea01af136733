//! The uses of help in a program: entries by help id, completion, several knowledge bases, replacement.

use std::fs;

use faqt::build::Builder;
use faqt::{KnowledgeBase, KnowledgeBases, LiveKnowledgeBase, Outcome};

/// Builds a knowledge base from files, each a path and a text.
#[track_caller]
fn knowledge_base(files: &[(&str, &str)]) -> KnowledgeBase {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        fs::write(folder.path().join(path), text).expect("it can be written");
    }
    let built = Builder::new(folder.path()).build().expect("the content is sound");
    KnowledgeBase::from_vec(built.pack).expect("the pack is sound")
}

fn lamp() -> KnowledgeBase {
    let reset = "---\nquestion: How do I reset the lamp?\naliases: [lamp does not react]\nhelp_ids: [Lamp.Reset, E1042]\n\
                 keywords: [reset]\n---\nHold the button for ten seconds.\n";
    let bulb = "---\nquestion: Which bulbs can I use?\nkeywords: [bulb]\n---\nAny of 40 watts.\n";
    let settings = "[redirects]\n'lamp.restart' = 'Lamp.Reset'\n'reset-lamp' = 'reset'\n";
    knowledge_base(&[("reset.md", reset), ("bulb.md", bulb), ("faqt.toml", settings)])
}

#[test]
fn an_entry_is_found_by_its_help_id_in_any_case_and_by_former_names() {
    let kb = lamp();
    for id in ["Lamp.Reset", "lamp.reset", "LAMP.RESET", "e1042", "ｅ１０４２", "lamp.restart", "reset-lamp"] {
        assert_eq!(kb.help(id).unwrap().map(|entry| entry.id).as_deref(), Some("reset"), "{id}");
    }
    for id in ["", "reset", "lamp", "lamp.reset.now", "E104"] {
        assert_eq!(kb.help(id).unwrap(), None, "{id}");
    }
    assert_eq!(kb.entry("RESET-LAMP").unwrap().unwrap().id, "reset");
    assert_eq!(kb.entry("lamp.reset").unwrap(), None);
}

#[test]
fn a_redirect_to_nothing_or_over_an_id_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("reset.md"), "---\nquestion: How do I reset?\n---\nHold.\n").unwrap();
    fs::write(folder.path().join("faqt.toml"), "[redirects]\nold = 'rest'\nreset = 'reset'\n").unwrap();
    let checked = Builder::new(folder.path()).check().unwrap();
    let problems: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "faqt.toml:2: `old` is redirected to `rest`, which is not there (nearest: `reset`)",
            "faqt.toml:3: `reset` is redirected, and is the name of an entry (reset.md:1) (drop the redirect, or rename \
             the entry)",
        ]
    );
}

#[test]
fn questions_are_completed_while_they_are_typed() {
    let kb = lamp();
    let first = |typed: &str| kb.complete(typed, 5).unwrap().into_iter().next().map(|completion| completion.id);
    for typed in ["r", "res", "reset", "RES", "how do i res", "lamp rea", "E10"] {
        assert_eq!(first(typed).as_deref(), Some("reset"), "{typed}");
    }
    for typed in ["bul", "which b", "wat", "40 w"] {
        assert_eq!(first(typed).as_deref(), Some("bulb"), "{typed}");
    }
    for typed in ["", " ", "xyz", "?"] {
        assert_eq!(first(typed), None, "{typed}");
    }
    assert_eq!(kb.complete("lamp doe", 5).unwrap()[0].text, "lamp does not react");
    assert_eq!(kb.complete_id("re", 5).unwrap(), ["reset"]);
    assert_eq!(kb.complete_id("", 1).unwrap(), ["bulb"]);
}

#[test]
fn several_knowledge_bases_are_asked_as_one() {
    let fan = "---\nquestion: How do I reset the fan?\nhelp_ids: [fan.reset]\nkeywords: [reset]\n---\nPull the plug.\n";
    let help = KnowledgeBases::new([("lamp", lamp()), ("fan", knowledge_base(&[("reset.md", fan)]))]);
    let first = |question: &str| {
        let found = help.ask(question).unwrap();
        let hit = &found.hits[0];
        (found.outcome, hit.knowledge_base.clone().unwrap(), hit.entry.id.clone())
    };
    assert_eq!(first("how do I reset the fan?"), (Outcome::Answered, "fan".to_owned(), "reset".to_owned()));
    assert_eq!(first("how do I reset the lamp?"), (Outcome::Answered, "lamp".to_owned(), "reset".to_owned()));
    let reset = help.keyword("reset").unwrap();
    assert_eq!(reset.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["lamp", "fan"]);
    assert_eq!(help.help("fan.reset").unwrap().unwrap().0, "fan");
    assert!(help.help("toaster.reset").unwrap().is_none());
    assert_eq!(help.ask("what is the weather like").unwrap().outcome, Outcome::NotCovered);
    assert_eq!(help.get("fan").unwrap().manifest().entries, 1);
    let none = KnowledgeBases::default().ask("anything").unwrap();
    assert_eq!((none.outcome, none.hits.len()), (Outcome::NotCovered, 0));
}

#[test]
fn knowledge_bases_that_are_added_are_asked_as_if_they_had_been_there_at_once() {
    let members = || [("lamp", lamp()), ("fan", knowledge_base(&[("a.md", "# How do I reset the fan?\n\nPull.\n")]))];
    let expected = KnowledgeBases::new(members());
    let collected: KnowledgeBases = members().into_iter().collect();
    let mut extended = KnowledgeBases::new([("lamp", members()[1].1.clone())]);
    extended.extend(members());
    for kbs in [collected, extended] {
        assert_eq!(kbs.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["lamp", "fan"]);
        for question in ["reset", "how do I reset the fan", "lamp"] {
            let (found, wanted) = (kbs.ask(question).unwrap(), expected.ask(question).unwrap());
            assert_eq!(format!("{found:?}"), format!("{wanted:?}"), "{question}");
        }
    }
}

#[test]
fn a_word_that_another_knowledge_base_knows_is_not_corrected() {
    let one = knowledge_base(&[("a.md", "# How do I see my zorbing?\n\nOpen the page.\n")]);
    let other = knowledge_base(&[("a.md", "# How do I see my zorping?\n\nLook down.\n")]);
    let alone = other.ask("zorbing").unwrap();
    assert_eq!(alone.corrections[0].taken_for, "zorping");
    let found = KnowledgeBases::new([("other", other), ("one", one)]).ask("zorbing").unwrap();
    assert_eq!(found.hits.len(), 1);
    assert_eq!(found.hits[0].knowledge_base.as_deref(), Some("one"));
}

#[test]
fn readers_of_a_replaced_knowledge_base_finish_undisturbed() {
    let kb = |answer: &str| knowledge_base(&[("a.md", &format!("# Is it loud?\n\n{answer}\n"))]);
    let live = LiveKnowledgeBase::new(kb("No."));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..200 {
                    let current = live.current();
                    let answers = [(); 2].map(|()| current.ask("loud").unwrap().hits[0].entry.answer.clone());
                    assert_eq!(answers[0], answers[1]);
                }
            });
        }
        for turn in 0..20 {
            live.replace(kb(if turn % 2 == 0 { "Yes." } else { "No." }));
        }
    });
    assert_eq!(live.current().ask("loud").unwrap().hits[0].entry.answer, "No.");
}

#[test]
fn the_table_of_contents_keeps_its_order() {
    let text = "# The lamp\n## Is it loud?\nNo.\n## Is it bright?\nYes.\n# The fan\n## Is it strong?\nYes.\n";
    let sections = knowledge_base(&[("a.md", text)]).sections().unwrap();
    let listed: Vec<(String, usize)> =
        sections.iter().map(|section| (section.path.join("/"), section.entries.len())).collect();
    assert_eq!(listed, [("The lamp".to_owned(), 2), ("The fan".to_owned(), 1)]);
}

#[test]
fn entries_are_read_from_either_end() {
    let entry = |number: usize| format!("# Is it {number}?\n\n{}\n", "It is. ".repeat(number + 1));
    let text: Vec<String> = (0..100).map(entry).collect();
    let kb = knowledge_base(&[("a.md", &text.concat())]);
    let forwards: Vec<_> = kb.entries().map(Result::unwrap).collect();
    let mut backwards: Vec<_> = kb.entries().rev().map(Result::unwrap).collect();
    backwards.reverse();
    assert_eq!(forwards, backwards);
    let mut entries = kb.entries();
    for (at, entry) in forwards.iter().enumerate() {
        assert_eq!(entries.len(), 100 - at);
        let next = if at % 2 == 0 { entries.next() } else { entries.next_back() };
        let expected = if at % 2 == 0 { at / 2 } else { 99 - at / 2 };
        assert_eq!(next.unwrap().unwrap(), forwards[expected], "{}", entry.id);
    }
    assert!(entries.next().is_none() && entries.next_back().is_none() && entries.next().is_none());
}

#[test]
fn a_knowledge_base_goes_to_any_thread() {
    fn is_shared<T: Send + Sync + Clone>() {}
    is_shared::<KnowledgeBase>();
    is_shared::<KnowledgeBases>();
}
