//! The questions of a folder: the file `questions.jsonl` at its top, with one JSON object a line.

use std::io;
use std::path::Path;

use super::files::Files;
use super::read::{control_characters, read_text};
use super::settings::Settings;
use crate::evaluation::query::{QueryLine, query_lines};
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::problem::severity::Severity;

/// The name of the file.
pub(crate) const QUESTIONS_FILE: &str = "questions.jsonl";

/// Reads the questions of a content. A line that is none is a problem, and is left out.
pub(crate) fn questions(files: &Files, settings: &Settings, problems: &mut Problems) -> Vec<QueryLine> {
    let path = Path::new(QUESTIONS_FILE);
    if settings.exclude.set.is_match(path) {
        return Vec::new();
    }
    let file = files.open(path);
    if file.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return Vec::new();
    }
    let Some(text) = read_text(file, QUESTIONS_FILE, problems) else { return Vec::new() };
    control_characters(Severity::Warning, QUESTIONS_FILE, &text, problems);
    let mut questions = Vec::new();
    for line in query_lines(&text) {
        match line {
            Ok(line) => questions.push(line),
            Err(error) => {
                let place = (QUESTIONS_FILE, u32::try_from(error.line).unwrap_or(u32::MAX));
                let problem = problems.warning(place, Check::Questions, error.message);
                problem.hint(r#"each line is an object: {"query": "...", "expect": ["id"]}"#);
            }
        }
    }
    questions
}
