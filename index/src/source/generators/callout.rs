//! Callouts of Obsidian, `> [!faq]- Title`, which code hosts do not know.

use std::borrow::Cow;

use super::kind;
use crate::text::fold::folded;

/// Returns the first line of a callout as an alert with its title on a line of its own.
///
/// An alert of code hosts stands alone in its line and stays as it is.
pub(crate) fn of_line(line: &str) -> Cow<'_, str> {
    let Some(at) = line.find("[!").filter(|&at| is_quotation(&line[..at])) else { return Cow::Borrowed(line) };
    let Some((kind, rest)) = line[at + 2..].split_once(']') else { return Cow::Borrowed(line) };
    let title = rest.trim_start_matches(['-', '+']).trim();
    let is_name = !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '|'));
    let known = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"].iter().any(|known| kind.eq_ignore_ascii_case(known));
    if !is_name || (known && rest.trim().is_empty()) {
        return Cow::Borrowed(line);
    }
    let kind = kind.split('|').next().unwrap_or(kind).trim();
    let kind = folded(kind);
    let quotation = &line[..at];
    let alert = kind::alert(&kind).or(match kind.as_str() {
        "example" | "quote" | "cite" => Some("NOTE"),
        _ => None,
    });
    let title = if title.is_empty() && alert.is_none() { kind::capitalised(&kind) } else { title.to_owned() };
    let label = format!("{quotation}[!{}]", alert.unwrap_or("NOTE"));
    Cow::Owned(if title.is_empty() { label } else { format!("{label}\r{quotation}**{title}**\r{quotation}") })
}

/// Returns true if `text` is the marks of a quotation, which may stand in a list.
fn is_quotation(text: &str) -> bool {
    text.trim_end().ends_with('>') && text.chars().all(|c| c.is_whitespace() || matches!(c, '>' | '-' | '*'))
}
