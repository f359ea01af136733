//! Query files: questions with the ids of the entries that answer them, as JSON lines.

use serde::Deserialize;

/// A question and the entries that answer it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Query {
    /// The line of the file, counted from 1.
    #[serde(skip)]
    pub line: usize,
    /// The question.
    #[serde(rename = "query")]
    pub text: String,
    /// The current ids of the entries that answer it; empty if the knowledge base does not cover it.
    pub expect: Vec<String>,
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

/// Parses a query file: a JSON object a line, with `query` and `expect`; blank lines are skipped.
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
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let query = |(line, text): (usize, &str)| match query(text) {
        Ok(query) => Ok(Query { line, ..query }),
        Err(message) => Err(QueryError { line, message }),
    };
    lines.map(query).collect()
}

/// Parses one line. A JSON list is refused, because serde would read its items as the fields in order.
fn query(line: &str) -> Result<Query, String> {
    if !line.trim_start().starts_with('{') {
        return Err("not an object".to_owned());
    }
    serde_json::from_str(line).map_err(|error| {
        let said = error.to_string();
        said.split(" at line ").next().unwrap_or_default().to_owned()
    })
}
