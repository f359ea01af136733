//! Questions of a file: a query file, a log, or plain lines.

use std::collections::HashMap;
use std::io::{self, BufRead};

use serde::Deserialize;

use crate::evaluation::query::{QueryError, fault_of};

/// The events of a log by which a reader asked nothing.
const LATER_EVENTS: [&str; 3] = ["opened", "helped", "not_helped"];

/// A question of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoggedQuestion {
    /// The question.
    pub question: String,
    /// The ids of the entries that answer it, if the line names them; empty if none does.
    pub expect: Option<Vec<String>>,
    /// The line on which it stands first, counted from 1.
    pub line: usize,
    /// The number of lines on which it stands.
    pub asked: usize,
}

/// Reads a file of questions: on each line a JSON object with `question` or `query`, and perhaps `expect`, or the question
/// itself. Each question is returned once, in the order of the file.
///
/// A line with a broken object is left out, and returned as an error with its number. A line of an object that has no question,
/// or a null, is passed over, and so is a record of what a reader did with an answer.
///
/// # Errors
///
/// If the file cannot be read.
///
/// # Examples
///
/// ```
/// use faqt::comparison::read_logged;
///
/// let file = "{\"question\": \"the lamp hangs\", \"outcome\": \"unsure\"}\nis it loud\n{\"query\": \n";
/// let (questions, faults) = read_logged(file.as_bytes())?;
/// assert_eq!((questions[0].question.as_str(), questions[1].question.as_str()), ("the lamp hangs", "is it loud"));
/// assert_eq!(faults[0].line, 3);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn read_logged(mut file: impl BufRead) -> io::Result<(Vec<LoggedQuestion>, Vec<QueryError>)> {
    let (mut questions, mut faults) = (Vec::<LoggedQuestion>::new(), Vec::new());
    let mut places: HashMap<String, usize> = HashMap::new();
    let (mut bytes, mut line) = (Vec::new(), 0);
    loop {
        bytes.clear();
        if file.read_until(b'\n', &mut bytes)? == 0 {
            return Ok((questions, faults));
        }
        line += 1;
        match read_line(&String::from_utf8_lossy(&bytes)) {
            Ok(None) => {}
            Ok(Some((question, expect))) => {
                let at = *places.entry(question).or_insert_with_key(|question| {
                    questions.push(LoggedQuestion { question: question.clone(), expect: None, line, asked: 0 });
                    questions.len() - 1
                });
                questions[at].asked += 1;
                questions[at].expect = questions[at].expect.take().or(expect);
            }
            Err(message) => faults.push(QueryError { line, message }),
        }
    }
}

/// A question, and the ids of the entries that answer it.
type ReadLine = (String, Option<Vec<String>>);

/// Reads one line: a question and the ids of the entries that answer it; nothing if it has none.
fn read_line(line: &str) -> Result<Option<ReadLine>, String> {
    #[derive(Deserialize)]
    struct Fields {
        #[serde(alias = "query")]
        question: Option<String>,
        expect: Option<Vec<String>>,
        event: Option<String>,
    }
    let line = line.trim_start_matches('\u{feff}').trim();
    if !line.starts_with('{') {
        return Ok(Some(line).filter(|line| !line.is_empty()).map(|line| (line.to_owned(), None)));
    }
    let fields: Fields = serde_json::from_str(line).map_err(|error| fault_of(&error))?;
    if fields.event.is_some_and(|event| LATER_EVENTS.contains(&event.as_str())) {
        return Ok(None);
    }
    let question = fields.question.map(|question| question.trim().to_owned()).filter(|question| !question.is_empty());
    Ok(question.map(|question| (question, fields.expect)))
}
