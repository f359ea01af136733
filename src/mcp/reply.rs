//! The result of a tool: text for the model, and the same as structured content.

use faqt::SearchError;
use rmcp::model::{CallToolResult, ContentBlock};
use serde::Serialize;
use serde_json::{Value, json};

use crate::open::no_such::NoSuch;
use crate::output::markdown;

/// The result of a tool.
pub(super) struct Reply {
    pub(super) text: String,
    pub(super) data: Value,
}

impl Reply {
    /// Puts text beside its data.
    ///
    /// Numbers keep the digits that the command line writes, and all text is sanitised.
    pub(super) fn new(text: String, data: &impl Serialize) -> Reply {
        let written = faqt::json::to_string(data).expect("data are maps with text keys");
        let mut data = serde_json::from_str(&written).expect("it was written here");
        sanitise(&mut data);
        Reply { text, data }
    }
}

impl From<Reply> for CallToolResult {
    fn from(reply: Reply) -> CallToolResult {
        let mut result = CallToolResult::success(vec![ContentBlock::text(reply.text)]);
        result.structured_content = Some(reply.data);
        result
    }
}

/// The reason that a tool has no result, which a model can read and mend.
#[derive(Debug)]
pub(super) enum Refusal {
    Arguments(String),
    NoSuch(NoSuch),
    Search(SearchError),
}

impl From<SearchError> for Refusal {
    fn from(error: SearchError) -> Refusal {
        Refusal::Search(error)
    }
}

impl From<Refusal> for CallToolResult {
    fn from(refusal: Refusal) -> CallToolResult {
        let (message, nearest) = match refusal {
            Refusal::Arguments(message) => (message, Vec::new()),
            Refusal::NoSuch(no_such) => (no_such.message, no_such.nearest),
            Refusal::Search(error) => (format!("the knowledge base cannot be read: {error}"), Vec::new()),
        };
        let hint = if nearest.is_empty() { String::new() } else { format!("; nearest: {}", nearest.join(", ")) };
        let mut data = json!({ "error": message, "nearest": nearest });
        sanitise(&mut data);
        let text = markdown::lines(&format!("{message}{hint}"));
        let mut result = CallToolResult::error(vec![ContentBlock::text(text)]);
        result.structured_content = Some(data);
        result
    }
}

/// Sanitises every text of a value, line by line.
fn sanitise(value: &mut Value) {
    match value {
        Value::String(text) => *text = markdown::lines(text),
        Value::Array(items) => items.iter_mut().for_each(sanitise),
        Value::Object(fields) => fields.values_mut().for_each(sanitise),
        _ => {}
    }
}
