//! The only way for content to reach a page.

use pulldown_cmark_escape::escape_html;

use crate::markdown::sanitise::sanitise;

/// Writes content as text or as the value of an attribute: sanitised and escaped, on one line.
pub(crate) fn content(page: &mut String, text: &str) {
    escaped(page, &one_line(text));
}

/// Returns content sanitised, on one line.
pub(crate) fn one_line(text: &str) -> String {
    sanitise(&text.replace(['\t', '\n', '\r'], " ")).into_owned()
}

/// Writes code: its lines and tabs stay.
pub(crate) fn code(page: &mut String, code: &str) {
    for line in code.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line.strip_suffix('\r').unwrap_or(line), "\n"),
            None => (line, ""),
        };
        for (at, part) in line.split('\t').enumerate() {
            if at > 0 {
                page.push('\t');
            }
            escaped(page, &sanitise(part));
        }
        page.push_str(end);
    }
}

/// Writes an attribute whose value is an address or the host's own.
pub(crate) fn attribute(page: &mut String, name: &str, value: &str) {
    page.push(' ');
    page.push_str(name);
    page.push_str("=\"");
    content(page, value);
    page.push('"');
}

/// Escapes sanitised text.
pub(crate) fn escaped(page: &mut String, text: &str) {
    escape_html(page, text).expect("a string takes any text");
}
