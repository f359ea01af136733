//! The confidence that an answer needs: the settings, the options of a search, and the cost of each value.

use faqt::build::{BuildError, Builder};
use faqt::{ANSWERED_MIN, KnowledgeBase, Outcome, SearchOptions, evaluation};

const FAQ: &str = "# How do I reset the lamp?\n\nHold the button.\n\n# Is the lamp loud?\n\nNo.\n";

#[track_caller]
fn with_settings(settings: &str) -> KnowledgeBase {
    let built = Builder::from_files("help", [("faqt.toml", settings), ("faq.md", FAQ)]).build().expect("sound");
    KnowledgeBase::from_vec(built.pack).expect("sound")
}

#[test]
fn the_settings_decide_and_an_option_overrules_them() {
    let question = "the lamp must be reset";
    let plain = with_settings("");
    assert_eq!(plain.manifest().answered_min, None);
    let found = plain.ask(question).expect("sound");
    assert!(found.is_answered() && found.confidence < 0.99, "{found:?}");
    let strict = with_settings("answered_min = 0.99");
    assert_eq!(strict.manifest().answered_min, Some(0.99));
    let unsure = strict.ask(question).expect("sound");
    assert_eq!((unsure.outcome, unsure.confidence.to_bits()), (Outcome::Unsure, found.confidence.to_bits()));
    let options = SearchOptions::default().with_answered_min(ANSWERED_MIN);
    assert!(strict.search(question, &options).expect("sound").is_answered());
    assert!(!plain.search(question, &options.with_answered_min(0.99)).expect("sound").is_answered());
}

#[test]
fn a_phrasing_word_for_word_answers_whatever_is_asked_of_an_answer() {
    let kb = with_settings("answered_min = 1");
    assert!(kb.ask("how do I reset the lamp").expect("sound").is_answered());
}

#[test]
fn what_is_no_probability_is_an_error_in_its_line() {
    for value in ["1.01", "-0.1", "nan", "inf", "70"] {
        let settings = format!("name = \"Lamp\"\nanswered_min = {value}\n");
        let built = Builder::from_files("help", [("faqt.toml", settings.as_str()), ("faq.md", FAQ)]).build();
        let Err(BuildError::Content(problems)) = built else { panic!("{value}") };
        let problem = &problems[0];
        assert_eq!((problem.path.as_str(), problem.line), ("faqt.toml", 2), "{problem}");
        assert!(problem.message.contains("no probability"), "{problem}");
    }
}

#[test]
fn each_value_has_its_cost() {
    let queries = "{\"query\": \"reset the lamp\", \"expect\": [\"how-do-i-reset-the-lamp\"]}\n\
                   {\"query\": \"lamp reset hangs\", \"expect\": [\"is-the-lamp-loud\"]}\n\
                   {\"query\": \"reset the bicycle lamp\", \"expect\": []}\n{\"query\": \"cook rice\", \"expect\": []}\n";
    let queries = evaluation::queries(queries).expect("sound");
    for settings in ["", "answered_min = 0.95"] {
        let report = evaluation::evaluate(&with_settings(settings), &queries).expect("sound");
        let shares = |of: fn(&evaluation::Threshold) -> Option<f64>| -> Vec<f64> {
            report.thresholds.iter().map(|threshold| of(threshold).expect("there are such questions")).collect()
        };
        let rightly = shares(|threshold| threshold.answered_rightly);
        let wrongly = shares(|threshold| threshold.answered_wrongly);
        let not_covered = shares(|threshold| threshold.answered_not_covered);
        assert_eq!((rightly[0], wrongly[0], not_covered[0]), (0.5, 0.5, 0.5), "{report:?}");
        for shares in [rightly, wrongly, not_covered] {
            assert!(shares.is_sorted_by(|one, next| one >= next), "{report:?}");
        }
    }
}
