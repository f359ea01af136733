//! Questions with what every face must answer, from `tests/conformance/questions.jsonl`.

#![allow(dead_code, reason = "each test file uses its part")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A question and the answer of every face.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
pub(crate) struct Conforming {
    /// The knowledge base: `built-in` or `second`.
    pub(crate) kb: String,
    /// The question.
    pub(crate) query: String,
    /// The outcome, as JSON names it.
    pub(crate) outcome: String,
    /// The confidence of the outcome, rounded to four digits.
    pub(crate) confidence: f64,
    /// The ids of the hits, best first.
    pub(crate) hits: Vec<String>,
}

impl Conforming {
    /// Returns the question with this answer.
    pub(crate) fn with_answer(&self, outcome: &str, confidence: f64, hits: Vec<String>) -> Conforming {
        let confidence = (confidence * 10_000.0).round() / 10_000.0;
        Conforming { outcome: outcome.to_owned(), confidence, hits, ..self.clone() }
    }

    /// Returns the question with the answer in the JSON of a search, as the command line prints it.
    pub(crate) fn with_json(&self, output: &serde_json::Value) -> Conforming {
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let candidates = output["candidates"].as_array().map(Vec::as_slice).unwrap_or_default();
        let hits = [&output["answer"]].into_iter().chain(candidates).filter_map(|entry| text(&entry["id"])).collect();
        let outcome = text(&output["outcome"]).unwrap_or_default();
        self.with_answer(&outcome, output["confidence"].as_f64().unwrap_or_default(), hits)
    }
}

/// Returns the path of the questions.
pub(crate) fn file() -> PathBuf {
    folder().join("questions.jsonl")
}

/// Returns the folder of a knowledge base.
pub(crate) fn content(kb: &str) -> PathBuf {
    match kb {
        "built-in" => folder().join("../../content"),
        _ => folder().join("router"),
    }
}

/// Reads the questions.
pub(crate) fn questions() -> Vec<Conforming> {
    let text = std::fs::read_to_string(file()).expect("the questions can be read");
    let questions: Vec<Conforming> =
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
    assert!(questions.len() >= 200, "{}", questions.len());
    questions
}

/// Asks all questions and compares; lists all differences at once.
#[track_caller]
pub(crate) fn assert_conforms(answer: impl Fn(&Conforming) -> Conforming) {
    let mut differences = String::new();
    for expected in questions() {
        let answered = answer(&expected);
        if answered != expected {
            let _ = write!(differences, "\nexpected {expected:?}\nanswered {answered:?}");
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

fn folder() -> PathBuf {
    // The packages of the bindings are two folders below the workspace.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().map(|above| above.join("tests/conformance")).find(|folder| folder.is_dir()).expect("it is there")
}
