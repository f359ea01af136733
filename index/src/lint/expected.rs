//! Expected questions: each golden question should be answered by its entry, and no forbidden one.
//!
//! The finished pack is asked as a reader asks it. A message names the outcome, the entry that came first and the words
//! that put it there.

use crate::build::content::Content;
use crate::build::progress::{Counter, Reporter, Stage};
use crate::error::SearchError;
use crate::lint::findability::budget;
use crate::lint::{SHOWN_CHARS_MAX, WORD_SHARE_MIN, WORDS_MAX, place_of, quoted, shown, through};
use crate::model::edition::names_any;
use crate::model::expected::{Expectation, ExpectedQuestion};
use crate::parallel;
use crate::problem::check::Check;
use crate::problem::{Problem, Problems};
use crate::reader::Reader;
use crate::search::explain::WhyTerm;
use crate::search::findings::Findings;
use crate::search::options::SearchOptions;
use crate::search::outcome::Outcome;
use crate::search::{ask, pipeline};
use crate::source::settings_file::SETTINGS_FILE;
use crate::steps;

/// The number of questions that a thread asks at a time.
const PART: usize = 16;
/// The most entries that a message names.
const NAMED_MAX: usize = 3;
/// The least weight of a missing word that a message names, as a share of the question.
const WEIGHT_MIN: f32 = 0.1;

/// Asks `reader`, which was built from `content`, every expected question. Returns the problems in the order of their
/// places.
pub(crate) fn problems(reader: &Reader, content: &Content, reporter: &Reporter) -> Result<Vec<Problem>, SearchError> {
    let stage = reporter.stage(Stage::CheckingFindability, content.questions.len());
    let mut problems = Problems::default();
    let mut questions: Vec<&ExpectedQuestion> = affordable(reader, &content.questions, &mut problems)?;
    let ask = |part: &mut [&ExpectedQuestion]| asked(reader, part, &stage);
    parallel::in_order(&mut questions, PART, ask, |found| {
        problems.extend(found?);
        Ok::<_, SearchError>(())
    })?;
    Ok(problems.into_sorted())
}

/// Returns the questions that can be asked in n log n steps over all entries and questions; reports the first of the
/// others.
fn affordable<'q>(
    reader: &Reader,
    questions: &'q [ExpectedQuestion],
    problems: &mut Problems,
) -> Result<Vec<&'q ExpectedQuestion>, SearchError> {
    let mut costs = Vec::with_capacity(questions.len());
    let cost = |part: &mut [&ExpectedQuestion]| -> Result<Vec<usize>, SearchError> {
        part.iter().map(|expected| pipeline::cost(reader, &expected.question)).collect()
    };
    let mut all: Vec<&ExpectedQuestion> = questions.iter().collect();
    parallel::in_order(&mut all, PART, cost, |part| {
        costs.extend(part?);
        Ok::<_, SearchError>(())
    })?;
    let entries = reader.manifest.entries;
    let beside_answers = questions.iter().filter(|expected| expected.path != SETTINGS_FILE).count();
    let mut budget = budget(entries) * (entries as usize + beside_answers);
    for (at, (cost, expected)) in costs.into_iter().zip(questions).enumerate() {
        if cost > budget {
            let message = "this question and those below it are not asked: together they take too long".to_owned();
            let place = (expected.path.as_str(), expected.line);
            problems.warning(place, check_of(expected), message).hint("name fewer questions");
            all.truncate(at);
            break;
        }
        budget -= cost;
        steps::count(cost);
    }
    Ok(all)
}

/// Asks one part of the questions.
fn asked(reader: &Reader, part: &[&ExpectedQuestion], stage: &Counter<'_>) -> Result<Vec<Problem>, SearchError> {
    let mut problems = Problems::default();
    for expected in part {
        // The caller drops what was found.
        if stage.is_cancelled() {
            break;
        }
        let findings = ask::search(reader, &expected.question, &SearchOptions::default().with_limit(1))?;
        let answer = findings.answer().map(|hit| hit.entry.id.as_str());
        if !expected.expectation.is_met_by(answer) {
            let options = SearchOptions::default().with_limit(1).with_explain(true);
            report(expected, &ask::search(reader, &expected.question, &options)?, &mut problems);
        }
        stage.advance();
    }
    Ok(problems.into_sorted())
}

fn check_of(expected: &ExpectedQuestion) -> Check {
    match expected.expectation {
        _ if expected.path == SETTINGS_FILE => Check::Answered,
        Expectation::AnsweredBy(_) => Check::GoldenUnanswered,
        Expectation::NotAnsweredBy(_) | Expectation::NotAnswered => Check::ForbiddenAnswered,
    }
}

/// Reports a question whose outcome is not the expected one.
fn report(expected: &ExpectedQuestion, findings: &Findings, problems: &mut Problems) {
    let (place, check) = ((expected.path.as_str(), expected.line), check_of(expected));
    let question = shown(&expected.question, SHOWN_CHARS_MAX);
    let first = findings.hits.first().map(|hit| &hit.entry);
    let (message, hint) = match &expected.expectation {
        Expectation::AnsweredBy(ids) => {
            let (outcome, hint) = golden(ids, findings);
            (format!("“{question}” must be answered by {}, {outcome}", names(ids)), hint)
        }
        Expectation::NotAnsweredBy(ids) => {
            let hint = "say in the entry what it is about, or let it answer".to_owned();
            let by = first.map_or_else(|| names(ids), place_of);
            (format!("“{question}” must not be answered by {by}, and is{}", through_words(findings)), hint)
        }
        Expectation::NotAnswered => {
            let answer = first.map_or_else(String::new, place_of);
            let hint = "say in the entry what it is about, or let the question be answered".to_owned();
            (format!("“{question}” must not be answered, and {answer} answers it{}", through_words(findings)), hint)
        }
    };
    let problem = if check == Check::Answered {
        problems.error(place, check, message)
    } else {
        problems.warning(place, check, message)
    };
    problem.hint(hint);
}

/// Describes the outcome of a golden question that one of `ids` does not answer, and the remedy.
fn golden(ids: &[String], findings: &Findings) -> (String, String) {
    let Some(first) = findings.hits.first().map(|hit| &hit.entry) else {
        let hint = "add an alias in the words of such questions".to_owned();
        return ("and its words find nothing".to_owned(), hint);
    };
    let is_own = names_any(ids, &first.id);
    let who = if is_own { format!("`{}`", first.id) } else { place_of(first) };
    let through = through_words(findings);
    let outcome = match findings.outcome {
        Outcome::Answered => format!("and {who} answers it{through}"),
        Outcome::Unsure => {
            format!("and is unsure: {who} comes first with a confidence of {:.2}{through}", findings.confidence)
        }
        _ => format!("and is not covered: {who} comes first with a confidence of {:.2}{through}", findings.confidence),
    };
    let missing = if is_own { missing(findings) } else { Vec::new() };
    let hint = match quoted(&missing) {
        Some(words) => format!("the entry lacks {words}: say them in the answer, or add an alias or a keyword"),
        None if is_own => "add an alias that says it".to_owned(),
        None => "make the two differ, or add the missing words to the answer or to an alias".to_owned(),
    };
    (outcome, hint)
}

/// Names the expected entries.
fn names(ids: &[String]) -> String {
    let shown: Vec<String> = ids.iter().take(NAMED_MAX).map(|id| format!("`{id}`")).collect();
    let others = if ids.len() > NAMED_MAX { " or another" } else { "" };
    format!("{}{others}", shown.join(" or "))
}

/// Names the words that put the first entry first, by descending contribution.
fn through_words(findings: &Findings) -> String {
    through(&greatest(findings, |term| {
        Some(term.contribution).filter(|&contribution| !term.places.is_empty() && contribution > 0.0)
    }))
}

/// Lists the weighty words of the question that the first entry lacks.
fn missing(findings: &Findings) -> Vec<&str> {
    greatest(findings, |term| Some(term.weight).filter(|&weight| term.places.is_empty() && weight >= WEIGHT_MIN))
}

/// Lists the words of the question that have a `number`, the greatest first.
fn greatest(findings: &Findings, number: impl Fn(&WhyTerm) -> Option<f32>) -> Vec<&str> {
    let terms = findings.why.iter().flat_map(|why| &why.terms);
    let mut words: Vec<(f32, &str)> = terms.filter_map(|term| Some((number(term)?, term.typed.as_str()))).collect();
    words.sort_by(|a, b| b.0.total_cmp(&a.0));
    let most = words.first().map_or(0.0, |&(number, _)| number);
    words.retain(|&(number, _)| number > WORD_SHARE_MIN * most);
    words.into_iter().take(WORDS_MAX).map(|(_, word)| word).collect()
}
