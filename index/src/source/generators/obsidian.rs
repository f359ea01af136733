//! Constructs of Obsidian: embedded notes and anchors of blocks.

use std::borrow::Cow;

use super::copied::{clipped, copied};

/// The longest wiki link, in bytes.
const WIKI_LINK_BYTES_MAX: usize = 1000;

/// Writes an embedded file, `![[file|text]]`: a note as a link to it, another file as its text, if it has one. A link,
/// `[[Page]]`, stays for the outline.
pub(crate) fn embedded(rest: &str, out: &mut String) -> usize {
    let inner = rest.strip_prefix("![[").filter(|inner| inner.starts_with(|c: char| c.is_alphanumeric() || c == '#'));
    let parts = inner.and_then(|inner| clipped(inner, WIKI_LINK_BYTES_MAX).split_once("]]"));
    let Some((inner, _)) = parts.filter(|(inner, _)| !inner.contains(['[', ']', '`'])) else {
        return copied(rest, 1, out);
    };
    let is_size = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    let text = inner.rsplit_once('|').map(|(_, text)| text).filter(|text| !is_size(text));
    let target = inner.split('|').next().unwrap_or(inner).trim_end_matches('\\');
    if is_note(target) {
        let parts = target.split('#').filter(|part| !part.is_empty() && !part.starts_with('^'));
        let title = text.map_or_else(|| parts.collect::<Vec<_>>().join(" › "), str::to_owned);
        // The bar may stand in a table.
        out.extend(["[[", target, "\\|", &title, "]]"]);
    } else {
        out.push_str(text.unwrap_or_default());
    }
    inner.len() + "![[]]".len()
}

/// Returns true if the target of an embedding is a note, not a picture, a sound or a document.
fn is_note(target: &str) -> bool {
    let file = target.split('#').next().unwrap_or(target);
    let is_kind = |end: &str| (2..=6).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric());
    file.rsplit_once('.').is_none_or(|(_, end)| end == "md" || !is_kind(end))
}

/// Returns a line with the name of its block, ` ^name`, as an anchor.
pub(crate) fn with_block_anchor(line: &str) -> Cow<'_, str> {
    let text = line.trim_end();
    let Some((before, name)) = text.rsplit_once('^') else { return Cow::Borrowed(line) };
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let stands_apart = before.is_empty() || before.ends_with(' ');
    if !is_name || !stands_apart {
        return Cow::Borrowed(line);
    }
    Cow::Owned(format!("{}<span id=\"^{name}\"></span>", before.trim_end()))
}
