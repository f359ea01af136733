//! A glance at front matter that cannot be parsed: its lines of the form `key: value`.

use serde_saphyr::{Location, Spanned};

use super::front_matter_values::{Loose, Placed};

/// Lists the keys of front matter with their values; `None` if they may hide the file, or belong to an entry with a
/// question. A value that is empty is none.
pub(crate) fn pairs(source: &str) -> Option<Vec<(String, Option<Placed>)>> {
    let mut pairs = Vec::new();
    for line in source.lines() {
        let Some((key, value)) = pair(line) else {
            if may_hide(line) {
                return None;
            }
            continue;
        };
        let value = Some(placed(value)).filter(|value| value.value != Loose::Text(String::new()));
        if matches!(key.as_str(), "question" | "help_ids") {
            return None;
        }
        pairs.push((key, value));
    }
    Some(pairs)
}

/// Returns the key and the value of a line that is not indented.
pub(super) fn pair(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once([':', '='])?;
    let key = key.trim_end().trim_matches(['"', '\'']);
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    is_key.then(|| (key.to_ascii_lowercase(), value))
}

/// Returns true if a key that hides a file may stand in a line that is not understood.
fn may_hide(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    line.contains(['=', ':']) && (line.contains("draft") || line.contains("published"))
}

/// Returns a value without its quotes, or without the comment behind it.
fn placed(value: &str) -> Placed {
    let value = value.trim();
    let quoted = ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
    let text = quoted.unwrap_or_else(|| value.split(" #").next().unwrap_or(value).trim_end());
    let is_number = quoted.is_none() && text.parse::<f64>().is_ok();
    let value = if is_number { Loose::Scalar(text.to_owned()) } else { Loose::Text(text.to_owned()) };
    Spanned::new(value, Location::UNKNOWN, Location::UNKNOWN)
}
