//! Arguments of tools: parsed strictly, so that a misspelt parameter is an error and not ignored.

use std::ops::RangeInclusive;

use rmcp::model::JsonObject;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::reply::Refusal;

/// Parses the arguments of a call.
pub(super) fn parsed<T: DeserializeOwned>(arguments: Option<JsonObject>) -> Result<T, Refusal> {
    let arguments = Value::Object(arguments.unwrap_or_default());
    serde_json::from_value(arguments).map_err(|error| Refusal::Arguments(error.to_string()))
}

/// Returns the value of a number, or `default`.
pub(super) fn number(
    name: &str,
    value: Option<usize>,
    default: usize,
    range: RangeInclusive<usize>,
) -> Result<usize, Refusal> {
    let value = value.unwrap_or(default);
    if range.contains(&value) {
        return Ok(value);
    }
    Err(Refusal::Arguments(format!("`{name}` must be from {} to {}, not {value}", range.start(), range.end())))
}
