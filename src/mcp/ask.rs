//! The tool `ask`: answers a question.

use std::fmt::Write as _;

use faqt::{Findings, SearchError, SearchOptions, Why};
use serde::{Deserialize, Serialize};

use super::arguments::number;
use super::excerpt::Excerpt;
use super::reply::{Refusal, Reply};
use super::source::Source;
use super::tools::{ASK_BUDGET, BUDGETS, LIMIT, LIMITS};
use crate::open::asked::Asked;
use crate::open::no_such;
use crate::output::markdown;
use faqt::json::FindingsObject;

/// The arguments of `ask`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ask {
    question: String,
    budget: Option<usize>,
    limit: Option<usize>,
    section: Option<String>,
    language: Option<String>,
    version: Option<String>,
}

/// The result of `ask`.
#[derive(Serialize)]
struct Answered<'a> {
    #[serde(flatten)]
    found: FindingsObject<'a, &'a Excerpt<'a>>,
    /// The words of the question that the first entry lacks.
    missing: Vec<&'a str>,
    /// The word that decides, if the first entry says nothing like it.
    lacks: Option<&'a str>,
}

/// Answers a question by the knowledge bases of `source`.
pub(super) fn ask(source: &impl Source, ask: &Ask) -> Result<Reply, Refusal> {
    let budget = number("budget", ask.budget, ASK_BUDGET, BUDGETS)?;
    let limit = number("limit", ask.limit, LIMIT, LIMITS)?;
    if ask.question.trim().is_empty() {
        return Err(Refusal::Arguments("`question` is empty".to_owned()));
    }
    let kb = source.current();
    let mut options = SearchOptions::default().with_limit(limit).with_explain(true);
    options.section.clone_from(&ask.section);
    options.languages.extend(ask.language.clone());
    options.version.clone_from(&ask.version);
    let findings = kb.search(&ask.question, &options)?;
    if findings.hits.is_empty()
        && let Some(unknown) = no_such::section(&kb, ask.section.as_deref())?
    {
        return Err(Refusal::NoSuch(unknown));
    }
    source.asked(&kb, &ask.question, &findings);
    Ok(reply(&kb, &ask.question, &findings, budget)?)
}

fn reply(kb: &Asked, question: &str, findings: &Findings, budget: usize) -> Result<Reply, SearchError> {
    let (missing, lacks) = findings.why.as_ref().map_or((Vec::new(), None), missing);
    let excerpt = match findings.answer() {
        None => None,
        Some(hit) => Some(Excerpt::about(&hit.entry, budget, |fits| {
            kb.passage(hit.knowledge_base.as_deref(), question, &hit.entry, fits)
        })?),
    };
    let mut text = match (&excerpt, findings.answer()) {
        (Some(excerpt), Some(hit)) => {
            let beside = format!("; confidence {:.2}", findings.confidence);
            markdown::notes(findings)
                + &excerpt.text(&hit.entry, &beside)
                + &markdown::links("Other candidates", &findings.hits[1..])
        }
        _ => markdown::findings(question, findings),
    };
    for correction in &findings.corrections {
        let (typed, taken_for) = (markdown::line(&correction.typed), markdown::line(&correction.taken_for));
        let _ = writeln!(text, "\n“{typed}” was taken for “{taken_for}”.");
    }
    if !missing.is_empty() {
        let _ = writeln!(text, "\nThe first entry does not hold: {}.", markdown::line(&missing.join(", ")));
    }
    Ok(Reply::new(text, &Answered { found: FindingsObject::new(findings, excerpt.as_ref()), missing, lacks }))
}

/// Returns the words that the first entry neither holds nor has a word near in meaning for, and the word that decides.
fn missing(why: &Why) -> (Vec<&str>, Option<&str>) {
    let is_near = |typed: &str| why.near.iter().any(|near| near.typed == typed);
    let missing = why.terms.iter().filter(|term| term.places.is_empty() && !is_near(&term.typed));
    (missing.map(|term| term.typed.as_str()).collect(), why.lacks.as_deref())
}
