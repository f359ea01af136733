//! The definitions of the tools, as `tools/list` sends them.
//!
//! An assistant reads them at the beginning of every conversation, so each word of them is paid for again and again: a test
//! bounds their bytes.

use std::ops::RangeInclusive;
use std::sync::Arc;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

/// The budget of `ask`, in characters of the answer.
pub(super) const ASK_BUDGET: usize = 4_000;
/// The budget of `show`.
pub(super) const SHOW_BUDGET: usize = 20_000;
/// The budgets that may be asked for.
pub(super) const BUDGETS: RangeInclusive<usize> = 1..=200_000;
/// The entries that `ask` returns.
pub(super) const LIMIT: usize = 5;
/// The limits that may be asked for.
pub(super) const LIMITS: RangeInclusive<usize> = 1..=50;
/// The entries on a page of `list`.
pub(super) const PAGE: usize = 100;
/// The sizes of pages that may be asked for.
pub(super) const PAGES: RangeInclusive<usize> = 1..=1_000;

/// Returns the tools.
pub(super) fn all() -> Vec<Tool> {
    let section = json!({ "type": "string", "description": "only this section" });
    let name = json!({ "type": "string" });
    let ask = json!({
        "question": { "type": "string", "description": "in the user's own words and language" },
        "budget": whole(&BUDGETS, ASK_BUDGET, "characters of the answer; the passage that answers comes first"),
        "limit": whole(&LIMITS, LIMIT, "entries"),
        "section": section,
        "language": { "type": "string", "description": "a tag: en" },
        "version": name,
    });
    let show = json!({
        "id": name,
        "budget": whole(&BUDGETS, SHOW_BUDGET, "characters of the answer"),
        "language": name,
        "version": name,
    });
    let list = json!({
        "section": section,
        "offset": { "type": "integer", "minimum": 0, "default": 0 },
        "limit": whole(&PAGES, PAGE, "entries"),
    });
    vec![
        tool(
            "ask",
            "Answer a question from the FAQ. The outcome is `answered`, `unsure` (the candidates may answer) or \
             `not_covered`: then say so, and do not guess.",
            &ask,
            &["question"],
        ),
        tool("show", "Read one entry, by the id that `ask` or `list` gave.", &show, &["id"]),
        tool("list", "List ids and questions by section.", &list, &[]),
    ]
}

fn tool(name: &'static str, description: &'static str, properties: &Value, required: &[&str]) -> Tool {
    let schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    let Value::Object(schema): Value = schema else { unreachable!("it is written as an object") };
    let schema: Arc<JsonObject> = Arc::new(schema);
    Tool::new(name, description, schema).with_annotations(ToolAnnotations::new().read_only(true).open_world(false))
}

/// Returns the schema of a whole number.
fn whole(range: &RangeInclusive<usize>, default: usize, description: &str) -> Value {
    json!({
        "type": "integer",
        "minimum": range.start(),
        "maximum": range.end(),
        "default": default,
        "description": description,
    })
}
