//! Admonitions and tabs: blocks of text that site generators mark by lines of their own or by indentation.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::dialect::{Dialect, Dialects};
use super::kind::{alert, capitalised};
use super::{nuxt, pandoc};

/// A block that is open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenBlock {
    /// The indentation of its first line, in columns.
    indent: usize,
    /// The mark that closes it; a block without one ends with its indentation.
    mark: Option<Mark>,
    is_quoted: bool,
    /// True if a line without indentation goes on with its paragraph.
    is_lazy: bool,
}

/// A run of the character that marks the first and last lines of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Mark {
    byte: u8,
    length: usize,
}

/// The first line of a block.
#[derive(Debug)]
pub(crate) struct Opening {
    block: OpenBlock,
    /// The kind of GitHub alert.
    alert: Option<&'static str>,
    title: String,
}

impl OpenBlock {
    /// Reads the first line of a definition, `: text`; returns its block and the text.
    pub(crate) fn definition(line: &str) -> Option<(OpenBlock, &str)> {
        let indent = indent_of(line);
        let text = line.trim_start().strip_prefix(':').filter(|text| text.starts_with([' ', '\t']))?;
        let block = OpenBlock { indent, mark: None, is_quoted: false, is_lazy: true };
        (indent < 4 && !text.trim().is_empty()).then(|| (block, text.trim_start()))
    }

    /// Returns true if a line without indentation goes on with its paragraph.
    pub(crate) fn is_lazy(&self) -> bool {
        self.is_lazy
    }

    /// Returns true if the block stands in an item of a list, or may.
    pub(crate) fn is_indented(&self) -> bool {
        self.indent > 0
    }

    /// Returns true if `mark` closes the block.
    pub(crate) fn is_closed_by(&self, mark: Mark) -> bool {
        self.mark == Some(mark)
    }
}

impl Mark {
    /// Returns the character of the mark and how often it stands there.
    pub(crate) fn parts(self) -> (u8, usize) {
        (self.byte, self.length)
    }

    /// Returns the mark that `line` begins with, and the text after it.
    pub(crate) fn at_start(line: &str) -> Option<(Mark, &str)> {
        let text = line.trim();
        let byte = *text.as_bytes().first().filter(|byte| matches!(byte, b':' | b'/' | b'`' | b'~'))?;
        let length = text.bytes().take_while(|&other| other == byte).count();
        // Two colons are a mark of Nuxt alone.
        (length >= 3 || byte == b':' && length == 2).then(|| (Mark { byte, length }, text[length..].trim()))
    }

    /// Returns true if only Nuxt knows the mark.
    pub(crate) fn is_short(self) -> bool {
        self.length < 3
    }

    /// Returns the mark of a line that holds nothing else.
    pub(crate) fn closing(line: &str) -> Option<Mark> {
        Mark::at_start(line).filter(|(_, rest)| rest.is_empty()).map(|(mark, _)| mark)
    }
}

/// Returns the number of `blocks` around the line, and the part of the line inside the innermost.
pub(crate) fn inside<'a>(blocks: &[OpenBlock], line: &'a str) -> (usize, &'a str) {
    let mut rest = line;
    for (at, block) in blocks.iter().enumerate() {
        let wanted = if block.mark.is_some() { block.indent } else { block.indent + 4 };
        if block.mark.is_none() && indent_of(rest) < wanted {
            return (at, rest);
        }
        rest = dedented(rest, wanted);
    }
    (blocks.len(), rest)
}

/// Writes the prefix of each line inside `blocks`.
pub(crate) fn write_prefix(blocks: &[OpenBlock], out: &mut String) {
    for block in blocks {
        out.extend(std::iter::repeat_n(' ', block.indent));
        out.push_str(if block.is_quoted { "> " } else { "" });
    }
}

/// Returns the position of the block that `mark` closes.
pub(crate) fn closed_by(blocks: &[OpenBlock], mark: Mark) -> Option<usize> {
    let same = blocks.iter().rposition(|block| block.mark == Some(mark));
    same.or_else(|| if mark.is_short() { None } else { closed_by_kind(blocks, mark) })
}

fn closed_by_kind(blocks: &[OpenBlock], mark: Mark) -> Option<usize> {
    blocks.iter().rposition(|block| block.mark.is_some_and(|open| open.byte == mark.byte))
}

/// Returns, for each mark, the number of lines after the last line that closes a block with it.
pub(crate) fn last_ends(lines: &[&str]) -> HashMap<Mark, usize> {
    let mark = |line: &str| Mark::closing(line.trim_start_matches(['>', ' ']));
    let ends = lines.iter().enumerate().filter_map(|(at, line)| Some((mark(line)?, lines.len() - at - 1)));
    ends.collect()
}

/// Returns true if `line` is a directive that a generator replaces with documentation of code: `::: package.module`,
/// `::: mkdocs-click`.
pub(crate) fn is_directive(line: &str) -> bool {
    let Some((Mark { byte: b':', length: 3.. }, name)) = Mark::at_start(line) else { return false };
    (name.contains('.') || GENERATORS.contains(&name))
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | ':' | '-'))
}

/// Directives of plugins that make documentation from code.
const GENERATORS: [&str; 3] = ["mkdocs-click", "mkdocs-typer", "mkdocs-typer2"];

/// Returns true if `text` opens a block that ends with its indentation.
pub(crate) fn is_indented_opening(text: &str) -> bool {
    text.starts_with(['!', '?', '=']) && opening(text, Dialects::default().with(Dialect::Mkdocs)).is_some()
}

/// Returns true if `text` opens a block of a known kind between colons.
pub(crate) fn is_known_opening(text: &str) -> bool {
    let Some((Mark { byte: b':', length: 3.. }, rest)) = Mark::at_start(text) else { return false };
    let (kind, _) = split_kind(rest);
    rest.starts_with('{') || alert(&kind.to_ascii_lowercase()).is_some() || LAYOUT.contains(&kind) || kind == "details"
}

/// Returns true if `text` opens a block of a known kind between slashes.
pub(crate) fn is_block_of_slashes(text: &str) -> bool {
    let kind = text.strip_prefix("/// ").map(|rest| split_kind(rest).0);
    kind.is_some_and(|kind| {
        alert(kind).is_some() || ["details", "tab", "admonition", "html", "definition"].contains(&kind)
    })
}

/// Returns true if `line` opens a component of Nuxt between two colons.
pub(crate) fn is_component(line: &str) -> bool {
    let name = line.strip_prefix("::").filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
    name.is_some_and(|name| (name.ends_with('}') || !name.contains(' ')) && nuxt::component(name).is_some())
}

/// Reads `line` as the first of a block.
pub(crate) fn opening(line: &str, dialects: Dialects) -> Option<Opening> {
    let (indent, text) = (indent_of(line), line.trim());
    if text.starts_with(['!', '?', '=', '/']) && !dialects.any(&[Dialect::Mkdocs]) {
        return None;
    }
    let by_indent = OpenBlock { indent, mark: None, is_quoted: true, is_lazy: false };
    if let Some(tab) = text.strip_prefix("===").filter(|tab| tab.starts_with(['!', '+', ' '])) {
        let title = tab.trim_start_matches(['!', '+', ' ']).strip_prefix('"')?.strip_suffix('"')?.to_owned();
        return Some(Opening { block: OpenBlock { is_quoted: false, ..by_indent }, alert: None, title });
    }
    if let Some(rest) = ["!!!", "???+", "???"].iter().find_map(|mark| text.strip_prefix(mark)) {
        let (kind, rest) = split_kind(rest.trim_start());
        let title = rest.find('"').map(|start| rest[start..].trim().trim_matches('"').to_owned());
        // Only blocks that open and close may be of no kind.
        let kind = if kind.is_empty() && title.is_some() && text.starts_with('?') { "details" } else { kind };
        return (!kind.is_empty()).then(|| Opening::of(by_indent, kind, title));
    }
    let (mark, rest) = Mark::at_start(text).filter(|(mark, _)| matches!(mark.byte, b':' | b'/'))?;
    if mark.byte == b':' && !dialects.has_colon_blocks() {
        return None;
    }
    if mark.byte == b':' && mark.is_short() && !dialects.any(&[Dialect::Nuxt]) {
        return None;
    }
    let block = OpenBlock { mark: Some(mark), ..by_indent };
    if mark.byte == b':' && dialects.any(&[Dialect::Nuxt]) {
        return nuxt::component(rest).map(|(kind, title)| Opening::of(block, kind, title));
    }
    if dialects.any(&[Dialect::Quarto]) && !rest.is_empty() {
        let title = if rest.starts_with('{') { title_of(rest) } else { None };
        return Some(Opening::of(block, pandoc::division(rest), title));
    }
    let (kind, rest) = split_kind(rest.trim_start_matches(['{', '.', ' ']));
    let kind = kind.trim_start_matches("callout-");
    (!kind.is_empty()).then(|| Opening::of(block, kind, title_of(rest)))
}

impl Opening {
    /// Opens the block of a directive.
    pub(crate) fn of_directive(line: &str, mark: Mark, kind: &str, title: Option<String>) -> Opening {
        let block = OpenBlock { indent: indent_of(line), mark: Some(mark), is_quoted: true, is_lazy: false };
        Opening::of(block, kind, title)
    }

    fn of(block: OpenBlock, kind: &str, title: Option<String>) -> Opening {
        let alert = alert(&kind.to_ascii_lowercase());
        let is_quoted = !LAYOUT.contains(&kind);
        let named = || if alert.is_some() || !is_quoted { String::new() } else { capitalised(kind) };
        Opening { block: OpenBlock { is_quoted, ..block }, alert, title: title.unwrap_or_else(named) }
    }

    pub(crate) fn into_block(self) -> OpenBlock {
        self.block
    }

    /// Returns the mark that ends the block; a block that ends with its indentation has none.
    pub(crate) fn mark(&self) -> Option<Mark> {
        self.block.mark
    }

    /// Returns true if the opening line is dropped, not kept as text, where its block never ends.
    pub(crate) fn is_noise(&self) -> bool {
        self.block.mark.is_some_and(|mark| mark.byte == b':') && self.alert.is_some()
    }

    /// Writes the first lines of the block, each behind `outer`.
    pub(crate) fn write(&self, outer: &str, out: &mut String) {
        let mut prefix = outer.to_owned();
        write_prefix(&[self.block], &mut prefix);
        out.truncate(out.len() - outer.len());
        let title = self.title.trim();
        // Writing to a string cannot fail.
        let _ = match (self.alert, title) {
            (Some(alert), "") => write!(out, "{prefix}[!{alert}]"),
            (Some(alert), title) => write!(out, "{prefix}[!{alert}]\r{prefix}**{title}**\r{prefix}"),
            (None, "") => write!(out, "{}", prefix.trim_end()),
            (None, title) => write!(out, "{prefix}**{title}**\r{prefix} "),
        };
    }
}

/// Kinds of blocks that only lay out their content; their names are not shown.
const LAYOUT: [&str; 22] = [
    "figure",
    "image",
    "figure-md",
    "list-table",
    "table",
    "glossary",
    "grid-item-card",
    "card",
    "tab",
    "tabs",
    "tab-set",
    "tab-item",
    "code-group",
    "columns",
    "column",
    "grid",
    "steps",
    "div",
    "raw",
    "v-pre",
    "html",
    "row",
];

fn split_kind(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(text.len()))
}

/// Returns the title in the text after a kind: `[Title]`, `{title="Title"}`, `| Title` or just `Title`.
fn title_of(rest: &str) -> Option<String> {
    let rest = rest.trim().trim_start_matches(['|', '}']).trim();
    let given = rest.split_once("title=\"").and_then(|(_, after)| after.split_once('"')).map(|(title, _)| title);
    let bracketed = || rest.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')).map(|(title, _)| title);
    let plain = || rest.split('{').next().unwrap_or(rest).trim().trim_matches('"');
    let title = given.or_else(bracketed).unwrap_or_else(plain).trim();
    (!title.is_empty() && !title.ends_with('}')).then(|| title.to_owned())
}

/// Returns the number of columns that a line is indented by, with tab stops at every fourth.
pub(crate) fn indent_of(line: &str) -> usize {
    let mut columns = 0;
    for byte in line.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
    }
    columns
}

/// Returns the spaces that a line begins with.
pub(crate) fn indentation(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// Returns the last line of what was written, which a carriage return does not end.
pub(crate) fn last_line(out: &str) -> &str {
    &out[out.rfind('\n').map_or(0, |at| at + 1)..]
}

/// Returns `line` without up to `columns` of its indentation.
pub(crate) fn dedented(line: &str, columns: usize) -> &str {
    let (mut done, mut rest) = (0, line);
    while done < columns && rest.starts_with([' ', '\t']) {
        done += if rest.starts_with('\t') { 4 - done % 4 } else { 1 };
        rest = &rest[1..];
    }
    rest
}

/// Returns true if `line` begins an item of a list.
pub(crate) fn is_list_item(line: &str) -> bool {
    let text = line.trim_start();
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = after.len() < text.len() && after.starts_with(['.', ')']);
    (is_number || text.starts_with(['-', '*', '+'])) && after.get(1..).is_some_and(|rest| rest.starts_with([' ', '\t']))
}
