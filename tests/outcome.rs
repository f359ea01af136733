//! The outcome of a question is the same for every limit, in each format and in the exit code.

mod support;

use support::{Run, content, faqt};

const TWINS: &str = "\
# How do I reset the lamp?
Hold the button.

# How do I reset the fan?
Press the switch.

# Is it loud?
No.
";

#[track_caller]
fn ask(arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("faq.md", TWINS)]).to_string_lossy().into_owned();
    faqt(["search", "--kb", &content].iter().chain(arguments))
}

#[test]
fn an_unsure_outcome_is_shown_in_each_format() {
    insta::assert_snapshot!("unsure_text", ask(&["reset"]).shown());
    insta::assert_snapshot!("unsure_markdown", ask(&["reset", "--format", "markdown"]).shown());
}

#[test]
fn the_outcome_is_the_same_for_every_limit_and_format() {
    for (question, outcome, code) in
        [("reset the lamp", "answered", 0), ("reset", "unsure", 1), ("cook rice", "not_covered", 1)]
    {
        for limit in ["0", "1", "2", "5", "1000"] {
            let json = ask(&[question, "-n", limit, "--format", "json"]);
            let found: serde_json::Value = serde_json::from_str(&json.stdout).unwrap_or_else(|_| panic!("{json:?}"));
            assert_eq!((&found["outcome"], json.code), (&outcome.into(), Some(code)), "{question}, {limit}");
            assert_eq!(found["answer"].is_object(), outcome == "answered" && limit != "0", "{question}, {limit}");
            let is_other_there = found["candidates"].as_array().is_some_and(|others| !others.is_empty());
            let named_beside = match outcome {
                "answered" => 2,
                "unsure" => 1,
                _ => usize::MAX,
            };
            let limit_number: usize = limit.parse().expect("a number");
            assert_eq!(is_other_there, limit_number >= named_beside, "{question}, {limit}: {json:?}");
            for format in ["text", "markdown"] {
                let run = ask(&[question, "-n", limit, "--format", format]);
                assert_eq!(run.code, Some(code), "{question}, {limit}: {run:?}");
                let says = |words: &str| run.stdout.starts_with(words);
                let said = (says("No confident answer for"), says("Not covered"));
                assert_eq!(said, (outcome == "unsure", outcome == "not_covered"), "{question}, {limit}: {run:?}");
            }
        }
    }
}

#[test]
fn a_limit_of_none_names_no_entry() {
    let run = ask(&["reset the lamp", "-n", "0"]);
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(0)));
    let run = ask(&["reset", "-n", "0"]);
    assert_eq!(run.stdout, "No confident answer for “reset”.\n");
}
