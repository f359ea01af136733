//! Gaps of a log: each kind of suggestion, its proof, and the texts that it changes.

use faqt::build::Builder;
use faqt::gaps::{GapOptions, Gaps, Group, Proof, QuestionTally, Suggestion, changed_texts};
use faqt::log::LogRecord;
use faqt::{KnowledgeBase, Outcome};

const FILES: [(&str, &str); 5] = [
    ("reset.md", "---\nquestion: How do I reset the lamp?\n---\nHold the button.\n"),
    ("clean.md", "---\nquestion: How do I clean the lamp?\n---\nUse a dry cloth.\n"),
    ("mount.md", "---\nquestion: How do I mount the lamp on a wall?\n---\nUse two screws.\n"),
    ("fan.md", "---\nquestion: Is the fan loud?\n---\nOnly at night.\n"),
    ("page.md", "# Manual\n\n## Which bulb fits?\n\nAn E27.\n"),
];

/// A knowledge base with the log of its questions.
struct Help {
    builder: Builder,
    kb: KnowledgeBase,
    tally: QuestionTally,
}

impl Help {
    fn new() -> Help {
        let builder = Builder::from_files("help", FILES);
        let kb = KnowledgeBase::from_vec(builder.build().expect("sound content").pack).expect("a pack");
        Help { builder, kb, tally: QuestionTally::default() }
    }

    fn ask(&mut self, question: &str, day: &str) -> LogRecord {
        let found = self.kb.ask(question).expect("a sound pack");
        let record = LogRecord::of(question, &found).with_knowledge_base(&self.kb).with_day(day);
        self.tally.add(&record);
        record
    }

    /// Asks a question, and says that an entry answers it or not.
    fn ask_and_say(&mut self, question: &str, entry: &str, has_helped: bool) {
        let asked = self.ask(question, "2026-11-27");
        self.tally.add(&asked.helped(entry, has_helped));
    }

    fn gaps(&self) -> Gaps {
        let mut gaps = Gaps::find(&self.tally, &self.kb, &GapOptions::default()).expect("a sound pack");
        gaps.prove(&self.kb, &self.builder).expect("sound content");
        gaps
    }
}

#[test]
fn words_that_nobody_wrote_become_synonyms_if_several_groups_use_them() {
    let mut help = Help::new();
    help.ask_and_say("reset the luminaire", "reset", true);
    help.ask_and_say("clean the luminaire", "clean", true);
    help.ask_and_say("where does the luminaire go", "mount", true);
    let gaps = help.gaps();
    let suggestions = gaps.groups.iter().map(|group| match &group.suggestion {
        Suggestion::Synonyms { terms, groups, .. } => format!("{} for {groups:?}", terms.join(" and ")),
        Suggestion::Alias { text, .. } => text.clone(),
        _ => panic!("{group:?}"),
    });
    let suggestions = suggestions.collect::<Vec<_>>();
    // The synonyms do not answer the third group.
    let synonyms = "lamp and luminaire for [1, 2]";
    assert_eq!(suggestions, [synonyms, synonyms, "where does the luminaire go"]);
    let is_proved = |group: &Group| group.suggestion.proof().is_some_and(Proof::is_proved);
    assert!(gaps.groups.iter().all(is_proved), "{gaps:?}");
    let changed = changed_texts(&help.kb, &help.builder, &[gaps.groups[0].suggestion.change().expect("a change")]);
    let texts = changed.expect("sound content").texts;
    assert_eq!(texts["faqt.toml"], "synonyms = [[\"lamp\", \"luminaire\"]]\n");
}

#[test]
fn entries_that_readers_choose_equally_compete() {
    let mut help = Help::new();
    for entry in ["reset", "clean", "reset", "clean"] {
        help.ask_and_say("what about the thing above my bed", entry, true);
    }
    let gaps = help.gaps();
    let Suggestion::Competing { entries } = &gaps.groups[0].suggestion else { panic!("{gaps:?}") };
    assert_eq!(entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["clean", "reset"]);
}

#[test]
fn an_answer_that_does_not_help_is_named() {
    let mut help = Help::new();
    help.ask_and_say("how do I reset the lamp", "reset", false);
    let gaps = help.gaps();
    let Suggestion::Unhelpful { entry } = &gaps.groups[0].suggestion else { panic!("{gaps:?}") };
    assert_eq!((entry.id.as_str(), gaps.groups[0].outcome), ("reset", Outcome::Answered));
}

#[test]
fn a_question_of_today_counts_more_than_two_of_the_summer() {
    let mut help = Help::new();
    help.ask("the price of rice", "2026-06-01");
    help.ask("the price of rice", "2026-06-02");
    help.ask("the capital of Mongolia", "2026-11-27");
    let gaps = help.gaps();
    let questions: Vec<&str> = gaps.groups.iter().map(|group| group.question.as_str()).collect();
    assert_eq!(questions, ["the capital of Mongolia", "the price of rice"]);
    assert_eq!(gaps.groups[1].count, 2);
    assert!(matches!(gaps.groups[0].suggestion, Suggestion::Missing { .. }));
}

#[test]
fn questions_with_secrets_become_no_aliases() {
    let mut help = Help::new();
    help.ask_and_say("write to ann@example.org about the thing", "reset", true);
    let gaps = help.gaps();
    assert_eq!(gaps.groups[0].question, "write to [email] about the thing");
    assert!(matches!(gaps.groups[0].suggestion, Suggestion::Missing { .. }), "{gaps:?}");
}

#[test]
fn questions_that_are_answered_by_now_are_no_gaps() {
    let mut help = Help::new();
    let asked = LogRecord::asked("How do I reset the lamp?", Outcome::NotCovered, 0.1, []).with_day("2026-11-27");
    help.tally.add(&asked);
    let gaps = help.gaps();
    assert_eq!((gaps.asked, gaps.unanswered, gaps.groups.len()), (1, 0, 0));
}

#[test]
fn headings_have_aliases_in_the_settings() {
    let text = "[aliases]\n\"page#which-bulb-fits\" = [\"what goes in\"]\nnothing = [\"at all\"]\n";
    let builder = Builder::from_files("help", FILES.into_iter().chain([("faqt.toml", text)]));
    let checked = builder.check().expect("content");
    let problem = checked.problems.iter().find(|problem| problem.path == "faqt.toml").expect("a problem");
    assert_eq!((problem.line, problem.message.as_str()), (3, "aliases for `nothing`, which is the id of no entry"));
    let kb = KnowledgeBase::from_vec(builder.lenient(true).build().expect("content").pack).expect("a pack");
    let found = kb.ask("what goes in").expect("a sound pack");
    assert_eq!(found.answer().expect("an answer").entry.id, "page#which-bulb-fits");
}

#[test]
fn where_a_suggestion_cannot_be_written_the_next_is_proved() {
    for others in [&[][..], &[("why does it blink red", "reset")]] {
        let mut help = Help::new();
        help.ask_and_say("E1042", "page#which-bulb-fits", true);
        for (question, entry) in others {
            help.ask_and_say(question, entry, true);
        }
        let gaps = help.gaps();
        // A heading has no front matter for a keyword.
        let of_code = gaps.groups.iter().find(|group| group.question == "E1042").expect("a group");
        assert!(matches!(of_code.suggestion, Suggestion::Alias { .. }), "{gaps:?}");
        assert!(gaps.groups.iter().all(|group| group.suggestion.proof().is_some_and(Proof::is_proved)), "{gaps:?}");
    }
}

/// Returns the reason for which the suggestion of a group is refuted.
#[track_caller]
fn refutation<'a>(gaps: &'a Gaps, question: &str) -> &'a str {
    let group = gaps.groups.iter().find(|group| group.question == question);
    match group.and_then(|group| group.suggestion.proof()) {
        Some(Proof::Refuted { reason }) => reason,
        _ => panic!("{gaps:?}"),
    }
}

#[test]
fn an_alias_that_takes_answers_away_is_refuted_and_no_other() {
    let mut help = Help::new();
    // These were not covered by the pack of that time.
    for question in ["the lamp on a wall is loud", "loud on the wall of a lamp"] {
        help.tally.add(&LogRecord::asked(question, Outcome::NotCovered, 0.1, []).with_day("2026-11-27"));
    }
    help.ask_and_say("my lamp on the wall is so loud tonight", "fan", true);
    help.ask_and_say("E1042", "reset", true);
    let gaps = help.gaps();
    assert_eq!(
        refutation(&gaps, "my lamp on the wall is so loud tonight"),
        "“loud on the wall of a lamp” was answered by `mount`, and `fan` comes first with this"
    );
    let other = gaps.groups.iter().find(|group| group.question == "E1042").expect("a group");
    assert!(other.suggestion.proof().is_some_and(Proof::is_proved), "{gaps:?}");
}
