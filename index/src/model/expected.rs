//! Questions with what is expected of a knowledge base that they are put to.

use serde::{Deserialize, Serialize};

use super::edition::names_any;

/// A question that a knowledge base is tested with: golden, to be answered by an entry, or forbidden.
///
/// Authors write them beside the answers, under `asked` and `not_for` in front matter, in `questions.jsonl`, and under
/// `unanswerable` in `faqt.toml`. They are not indexed, so that they test a knowledge base and do not train it. In JSON, a
/// question is a line of a [query file](crate::evaluation::queries) with its place:
/// `{"query": "...", "expect": ["id"], "path": "faq.md", "line": 3}`.
///
/// # Examples
///
/// ```
/// use faqt::Expectation;
///
/// let text = "---\nquestion: How do I reset the lamp?\nasked: the lamp hangs\n---\nHold the button.\n";
/// let kb = faqt::KnowledgeBase::from_markdown(text)?;
/// let questions = kb.expected_questions()?;
/// assert_eq!(questions[0].question, "the lamp hangs");
/// assert_eq!(questions[0].expectation, Expectation::AnsweredBy(vec!["faq".to_owned()]));
/// assert_eq!((questions[0].path.as_str(), questions[0].line), ("faq.md", 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
#[non_exhaustive]
pub struct ExpectedQuestion {
    /// The question as a reader asks it.
    pub question: String,
    /// The expected outcome.
    pub expectation: Expectation,
    /// The file that it was read from, relative to the content folder, with `/` between its parts.
    pub path: String,
    /// The line of that file, counted from 1.
    pub line: u32,
}

/// The outcome that is expected of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expectation {
    /// One of the entries with these ids answers the question: it is golden.
    AnsweredBy(Vec<String>),
    /// No entry with one of these ids answers it; another may.
    NotAnsweredBy(Vec<String>),
    /// No entry answers it.
    NotAnswered,
}

impl Expectation {
    /// Returns the expectation that one of the entries with these ids answers, or none if there are no ids.
    pub(crate) fn answered_by(ids: Vec<String>) -> Expectation {
        if ids.is_empty() { Expectation::NotAnswered } else { Expectation::AnsweredBy(ids) }
    }

    /// Returns true if the question is golden: an entry must answer it.
    ///
    /// # Examples
    ///
    /// ```
    /// assert!(!faqt::Expectation::NotAnswered.is_golden());
    /// ```
    pub fn is_golden(&self) -> bool {
        matches!(self, Expectation::AnsweredBy(_))
    }

    /// Returns true if the outcome with this `answer`, the id of the entry that is shown as the answer, is expected. The id of an
    /// entry stands for all its editions.
    ///
    /// # Examples
    ///
    /// ```
    /// let golden = faqt::Expectation::AnsweredBy(vec!["reset".to_owned()]);
    /// assert!(golden.is_met_by(Some("reset")) && !golden.is_met_by(Some("loud")) && !golden.is_met_by(None));
    /// assert!(faqt::Expectation::NotAnswered.is_met_by(None));
    /// ```
    pub fn is_met_by(&self, answer: Option<&str>) -> bool {
        let is_of = |ids: &[String]| answer.is_some_and(|answer| names_any(ids, answer));
        match self {
            Expectation::AnsweredBy(ids) => is_of(ids),
            Expectation::NotAnsweredBy(ids) => !is_of(ids),
            Expectation::NotAnswered => answer.is_none(),
        }
    }
}

/// A question as JSON.
#[derive(Serialize, Deserialize)]
struct Row {
    query: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expect: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_for: Option<Vec<String>>,
    path: String,
    line: u32,
}

impl From<Row> for ExpectedQuestion {
    fn from(row: Row) -> ExpectedQuestion {
        let Row { query: question, expect, not_for, path, line } = row;
        let expectation = match (expect, not_for) {
            (None, Some(ids)) => Expectation::NotAnsweredBy(ids),
            (ids, _) => Expectation::answered_by(ids.unwrap_or_default()),
        };
        ExpectedQuestion { question, expectation, path, line }
    }
}

impl From<ExpectedQuestion> for Row {
    fn from(expected: ExpectedQuestion) -> Row {
        let ExpectedQuestion { question: query, expectation, path, line } = expected;
        let (expect, not_for) = match expectation {
            Expectation::AnsweredBy(ids) => (Some(ids), None),
            Expectation::NotAnsweredBy(ids) => (None, Some(ids)),
            Expectation::NotAnswered => (Some(Vec::new()), None),
        };
        Row { query, expect, not_for, path, line }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_from_json_as_it_was_written() {
        let ids = || vec!["a".to_owned(), "b#c".to_owned()];
        for expectation in [Expectation::AnsweredBy(ids()), Expectation::NotAnsweredBy(ids()), Expectation::NotAnswered]
        {
            let question = "备案 “how”?".to_owned();
            let expected = ExpectedQuestion { question, expectation, path: "a/b.md".to_owned(), line: 7 };
            let json = serde_json::to_string(&expected).expect("it is plain data");
            assert_eq!(serde_json::from_str::<ExpectedQuestion>(&json).expect("written above"), expected, "{json}");
        }
    }
}
