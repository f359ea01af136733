//! `faqt eval` on a file of golden questions.

mod support;

use std::fs;

use support::{content, faqt};

const FAQ: &str = "# How do I reset the lamp?\nHold the button.\n\n# What does the light mean?\nIt is on.\n";

#[track_caller]
fn evaluated(queries: &str, arguments: &[&str]) -> support::Run {
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("faq.md", FAQ)]).to_string_lossy().into_owned();
    let file = folder.path().join("queries.jsonl");
    fs::write(&file, queries).expect("it can be written");
    let file = file.to_string_lossy().into_owned();
    let mut run = faqt(["eval", &file, "--kb", &content].iter().chain(arguments));
    run.stderr = run.stderr.replace(&file, "queries.jsonl");
    run
}

#[test]
fn answers_and_refusals_are_measured() {
    let queries = "{\"query\": \"reset lamp\", \"expect\": [\"how-do-i-reset-the-lamp\"]}\n\n\
                   {\"query\": \"light\", \"expect\": [\"how-do-i-reset-the-lamp\"]}\n\
                   {\"query\": \"cook rice\", \"expect\": []}\n";
    insta::assert_snapshot!(evaluated(queries, &["--misses"]).shown());
}

#[test]
fn an_answer_may_have_to_be_surer() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("faq.md", FAQ)]).to_string_lossy().into_owned();
    let asked = |sure: &str| faqt(["search", "--kb", &content, "--answered-min", sure, "reset lamp"]);
    assert_eq!(asked("0.3").code, Some(0));
    assert_eq!(asked("1").code, Some(1));
    for sure in ["70", "-1", "nan", "much"] {
        let refused = faqt(["search", "--kb", &content, &format!("--answered-min={sure}"), "reset lamp"]);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.stderr.contains("it is a number from 0 to 1"), "{refused:?}");
    }
}

#[test]
fn the_features_of_first_hits_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("features.jsonl");
    let queries = "{\"query\": \"reset lamp\", \"expect\": [\"how-do-i-reset-the-lamp\"]}\n\n\
                   {\"query\": \"light\", \"expect\": []}\n{\"query\": \"rice\", \"expect\": []}\n";
    let run = evaluated(queries, &["--features", &file.to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let written = fs::read_to_string(&file).expect("it was written");
    let lines: Vec<serde_json::Value> = written.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let facts =
        lines.iter().map(|line| (line["line"].as_u64(), line["is_covered"].as_bool(), line["is_right"].as_bool()));
    let expected = [(Some(1), Some(true), Some(true)), (Some(3), Some(false), Some(false))];
    assert_eq!(facts.collect::<Vec<_>>(), expected, "{written}");
    assert!(lines[0]["features"]["root_lead"].as_f64().is_some_and(|lead| lead > 0.0), "{written}");
    let refused = evaluated(queries, &["--features", &folder.path().to_string_lossy()]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
}

#[test]
fn a_line_that_cannot_be_read_is_named() {
    let queries = "{\"query\": \"reset lamp\", \"expect\": []}\n{\"query\": 3}\n";
    insta::assert_snapshot!(evaluated(queries, &[]).shown());
}

#[test]
fn a_line_that_is_no_object_is_named() {
    for line in ["[\"reset lamp\", [\"how-do-i-reset-the-lamp\"]]", "\"reset\"", "3", "null", "x"] {
        let run = evaluated(&format!("\n{line}\n"), &[]);
        assert_eq!(run.code, Some(2), "{run:?}");
        let hint = "hint: each line is an object: {\"query\": \"...\", \"expect\": [\"id\"]}\n";
        assert_eq!(run.stderr, format!("error: queries.jsonl:2: not an object\n{hint}"));
    }
}

#[test]
fn an_id_that_is_not_there_is_named() {
    insta::assert_snapshot!(evaluated("{\"query\": \"reset\", \"expect\": [\"nobody\"]}\n", &[]).shown());
}

#[test]
fn expected_ids_are_met_in_any_case_and_by_former_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let faq = "# How do I reset the lamp? {#Reset-Lamp}\nHold the button.\n\n# What does the light mean?\nIt is on.\n";
    let settings = "[redirects]\nold-reset = 'Reset-Lamp'\n";
    let content = content(folder.path(), &[("faq.md", faq), ("faqt.toml", settings)]).to_string_lossy().into_owned();
    let file = folder.path().join("queries.jsonl").to_string_lossy().into_owned();
    let measured = |expect: &str| {
        fs::write(&file, format!("{{\"query\": \"reset lamp\", \"expect\": [{expect}]}}\n"))
            .expect("it can be written");
        faqt(["eval", &file, "--kb", &content, "--misses", "--format", "json"])
    };
    let expected = measured("\"Reset-Lamp\"");
    let report: serde_json::Value = serde_json::from_str(&expected.stdout).expect("JSON");
    let covered = &report["evaluation"]["covered"];
    assert_eq!((&covered["mrr_at_10"], &covered["ndcg_at_10"]), (&1.0.into(), &1.0.into()), "{expected:?}");
    for ids in [
        "\"reset-lamp\"",
        "\"RESET-LAMP\"",
        "\"ｒｅｓｅｔ-lamp\"",
        "\" reset-lamp \"",
        "\"old-reset\"",
        "\"OLD-reset\"",
        "\"reset-lamp\", \"old-reset\", \"Reset-Lamp\"",
    ] {
        assert_eq!(measured(ids).stdout, expected.stdout, "{ids}");
    }
    let unknown = measured("\"reset-lamp\", \"reset\"");
    assert!(unknown.stderr.contains("queries.jsonl:1: no entry has the id `reset`"), "{unknown:?}");
    assert_eq!(unknown.code, Some(2));
}

#[test]
fn the_questions_of_the_knowledge_base_are_measured() {
    let folder = tempfile::tempdir().expect("a folder");
    let lamp = "---\nquestion: How do I reset the lamp?\nasked: [lamp reset, it hums]\nnot_for: [cook rice]\n---\nHold the button.\n";
    let settings = "unanswerable = [\"boil an egg\"]\n";
    let content = content(folder.path(), &[("lamp.md", lamp), ("faqt.toml", settings), ("more.md", FAQ)]);
    let content = content.to_string_lossy().into_owned();
    insta::assert_snapshot!(faqt(["eval", "--kb", &content, "--misses"]).shown());
    let run = faqt(["eval", "--kb", "docs"]);
    let said = "error: the knowledge base has no questions of its own\n";
    assert!(run.code == Some(2) && run.stderr.starts_with(said), "{run:?}");
}
