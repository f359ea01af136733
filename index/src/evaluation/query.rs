//! Query files: questions with the ids of the entries that answer them, as JSON lines.

use serde::Deserialize;

use crate::model::expected::{Expectation, ExpectedQuestion};

/// A question and the entries that answer it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Query {
    /// The file that it was read from, where it is one of the [expected questions](crate::KnowledgeBase::expected_questions) of a
    /// knowledge base.
    #[serde(skip)]
    pub path: Option<String>,
    /// The line of the file, counted from 1.
    #[serde(skip)]
    pub line: usize,
    /// The question.
    #[serde(rename = "query")]
    pub text: String,
    /// The current ids of the entries that answer it; empty if the knowledge base does not cover it.
    pub expect: Vec<String>,
}

impl Query {
    /// Returns an expected question as a query; none if some entries must not answer it, but others may.
    ///
    /// # Examples
    ///
    /// ```
    /// use faqt::evaluation::Query;
    ///
    /// let text = "---\nquestion: How do I reset the lamp?\nasked: [it hangs]\nnot_for: [cook rice]\n---\nHold the button.\n";
    /// let questions = faqt::KnowledgeBase::from_markdown(text)?.expected_questions()?;
    /// let queries: Vec<Query> = questions.into_iter().filter_map(Query::of_expected).collect();
    /// assert_eq!((queries.len(), queries[0].text.as_str(), queries[0].line), (1, "it hangs", 3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_expected(expected: ExpectedQuestion) -> Option<Query> {
        let ExpectedQuestion { question, expectation, path, line } = expected;
        Query::of(Some(path), QueryLine { line: line as usize, text: question, expectation })
    }

    fn of(path: Option<String>, QueryLine { line, text, expectation }: QueryLine) -> Option<Query> {
        let expect = match expectation {
            Expectation::AnsweredBy(ids) => ids,
            Expectation::NotAnswered => Vec::new(),
            Expectation::NotAnsweredBy(_) => return None,
        };
        Some(Query { path, line, text, expect })
    }
}

/// A line of a query file that is no question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
#[non_exhaustive]
pub struct QueryError {
    /// The line, counted from 1.
    pub line: usize,
    /// The fault, as a lowercase phrase.
    pub message: String,
}

/// The version of the lines; a line may name it as `version`.
const VERSION: u32 = 1;

/// A line of a query file, or of a folder's `questions.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueryLine {
    /// The line of the file, counted from 1.
    pub(crate) line: usize,
    /// The question.
    pub(crate) text: String,
    /// The expected outcome, by the ids of the line.
    pub(crate) expectation: Expectation,
}

/// Parses a query file: a JSON object a line, with `query` and `expect`; blank lines are skipped.
///
/// So are lines with `not_for` in place of `expect`, which name entries that must not answer: `faqt check` asks them, and
/// no measure counts them. Other fields are ignored.
///
/// # Errors
///
/// If a line is not such an object.
///
/// # Examples
///
/// ```
/// let error = faqt::evaluation::queries("{\"query\": \"a\", \"expect\": []}\n[]").unwrap_err();
/// assert_eq!(error.to_string(), "line 2: not an object");
/// ```
pub fn queries(text: &str) -> Result<Vec<Query>, QueryError> {
    let mut queries = Vec::new();
    for line in query_lines(text) {
        queries.extend(Query::of(None, line?));
    }
    Ok(queries)
}

/// Parses each line that is not blank.
pub(crate) fn query_lines(text: &str) -> impl Iterator<Item = Result<QueryLine, QueryError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(line, text)| query_line(line, text).map_err(|message| QueryError { line, message }))
}

/// Parses one line. A JSON list is refused, because serde would read its items as the fields in order.
fn query_line(line: usize, text: &str) -> Result<QueryLine, String> {
    #[derive(Deserialize)]
    struct Fields {
        query: String,
        expect: Option<Vec<String>>,
        not_for: Option<Vec<String>>,
        version: Option<u32>,
    }
    if !text.trim_start().starts_with('{') {
        return Err("not an object".to_owned());
    }
    let fields: Fields = serde_json::from_str(text).map_err(|error| fault_of(&error))?;
    if let Some(version) = fields.version.filter(|&version| version != VERSION) {
        return Err(format!("a line of version {version}; this program reads version {VERSION}"));
    }
    if fields.query.trim().is_empty() {
        return Err("the question is empty".to_owned());
    }
    let expectation = match (fields.expect, fields.not_for) {
        (Some(_), Some(_)) => return Err("both `expect` and `not_for`".to_owned()),
        (Some(ids), None) => Expectation::answered_by(ids),
        (None, Some(ids)) => Expectation::NotAnsweredBy(ids),
        (None, None) => return Err("missing field `expect`".to_owned()),
    };
    Ok(QueryLine { line, text: fields.query, expectation })
}

/// Returns the fault of a line of JSON without the place, which counts from the line.
pub(crate) fn fault_of(error: &serde_json::Error) -> String {
    error.to_string().split(" at line ").next().unwrap_or_default().to_owned()
}
