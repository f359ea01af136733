//! The dialects of site generators, turned into plain Markdown before it is parsed.
//!
//! Folders written for `MkDocs`, Docusaurus, `VitePress`, Hugo, Jekyll and mdBook hold constructs that no Markdown
//! parser knows: admonitions, tabs, shortcodes, includes, components. [`to_markdown`] translates a construct with a
//! Markdown equivalent, drops the others and keeps their text. Code stays unchanged, except for lines that a generator
//! replaces before it reads Markdown.
//!
//! Every line keeps its number, so that problems keep their place. A line that the author did not write, such as the
//! title of an admonition, ends in a carriage return. Markdown takes that for a line end; the count of lines does not.
//! The result holds no other carriage return.

pub(crate) mod attributes;
pub(crate) mod block;
pub(crate) mod dialect;
pub(crate) mod inline;
pub(crate) mod tag;
#[cfg(test)]
pub(crate) mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use block::{Block, Mark};
use dialect::Dialect;
use inline::Inline;

/// The most blocks that may be open at once; deeper ones are text. Each block adds a prefix to every line.
const DEPTH_MAX: usize = 16;
/// The most blank lines in a row inside a block.
const BLANK_LINES_MAX: usize = 100;

/// Plain Markdown, and a flag for text that is missing.
pub(crate) struct Markdown {
    pub(crate) text: String,
    /// True if a generator adds text to it: another file, or documentation made from code.
    pub(crate) is_partial: bool,
}

/// Returns `text` as plain Markdown with the same number of lines.
pub(crate) fn to_markdown(text: &str, dialect: Dialect) -> Markdown {
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', " "))
    } else {
        Cow::Borrowed(text)
    };
    let lines: Vec<&str> = text.split('\n').collect();
    let mut reader = Reader::new(dialect, &lines);
    let mut markdown = String::with_capacity(text.len());
    for at in 0..lines.len() {
        if at > 0 {
            markdown.push('\n');
        }
        reader.read(&lines[at..], &mut markdown);
    }
    let is_partial = lines.iter().any(|line| tag::is_include(line) || block::is_directive(line));
    Markdown { text: markdown, is_partial }
}

/// A code fence that is open.
#[derive(Clone, Copy, Debug)]
struct Fence {
    /// Its character; `None` for a tag such as `{% highlight %}`.
    mark: Option<u8>,
    length: usize,
}

impl Fence {
    fn is_closed_by(self, line: &str) -> bool {
        match self.mark {
            Some(mark) => line.len() >= self.length && line.bytes().all(|byte| byte == mark),
            None => tag::is_end_of_highlight(line),
        }
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each says by itself where in the file the reader stands")]
struct Reader {
    dialect: Dialect,
    /// The admonitions and tabs that are open, outermost first.
    blocks: Vec<Block>,
    fence: Option<Fence>,
    inline: Inline,
    /// The number of lines after the last line that is only this mark.
    last_ends: HashMap<Mark, usize>,
    /// True if the last line was blank or indented code, after which an indented line is code.
    code_may_start: bool,
    in_list: bool,
    /// True if the lines up to the next blank one are MDX code.
    in_module: bool,
    /// True if indented lines are the options of a dropped directive.
    in_options: bool,
}

impl Reader {
    fn new(dialect: Dialect, lines: &[&str]) -> Reader {
        let length = lines.iter().map(|line| line.len() + 1).sum();
        Reader {
            dialect,
            blocks: Vec::new(),
            fence: None,
            inline: Inline::new(dialect, length),
            last_ends: block::last_ends(lines),
            code_may_start: true,
            in_list: false,
            in_module: false,
            in_options: false,
        }
    }

    /// Reads the first of `lines`; the others are for lookahead.
    fn read(&mut self, lines: &[&str], out: &mut String) {
        if lines[0].trim().is_empty() {
            self.blank(lines, out);
            return;
        }
        let open = self.blocks.len();
        let (staying, line) = block::inside(&self.blocks, lines[0]);
        if staying < open {
            self.blocks.truncate(staying);
            self.fence = None;
        }
        let start = out.len();
        block::write_prefix(&self.blocks, out);
        if self.fence.is_some() {
            self.code(line, out);
        } else {
            self.text(line, lines, out);
        }
        let end = out.trim_end_matches([' ', '\t']).len();
        if out[start..].trim().is_empty() {
            out.truncate(end.max(start));
        }
    }

    /// Writes a blank line, which belongs to the blocks that go on after it.
    fn blank(&mut self, lines: &[&str], out: &mut String) {
        self.in_module = false;
        self.inline.pass();
        self.code_may_start = true;
        if self.blocks.is_empty() {
            return;
        }
        let Some(next) = lines.iter().take(BLANK_LINES_MAX).find(|line| !line.trim().is_empty()) else { return };
        let (staying, _) = block::inside(&self.blocks, next);
        let start = out.len();
        block::write_prefix(&self.blocks[..staying], out);
        out.truncate(start + out[start..].trim_end().len());
    }

    /// Writes a line of code, or its end.
    fn code(&mut self, line: &str, out: &mut String) {
        let marks = unquoted(line);
        let is_end = self.fence.is_some_and(|fence| fence.is_closed_by(marks));
        if is_end {
            out.push_str(if tag::is_end_of_highlight(line) { "```" } else { line });
            self.fence = None;
        } else if !tag::is_include(line) {
            out.push_str(&tag::without_raw(line));
        }
    }

    /// Writes a line outside code.
    fn text(&mut self, line: &str, lines: &[&str], out: &mut String) {
        if self.inline.is_between() {
            self.inline.write(line, &lines[1..], out);
            return;
        }
        if self.skips(line, lines) {
            return;
        }
        if let Some(fence) = fence_of(line) {
            self.fence = Some(fence);
            self.in_list &= block::indent_of(line) > 0;
            out.push_str(line);
            return;
        }
        let indent = block::indent_of(line);
        if indent >= 4 && self.code_may_start && !self.in_list {
            out.push_str(line);
            return;
        }
        self.in_list = is_list_item(line) || (self.in_list && (indent > 0 || !self.code_may_start));
        self.code_may_start = false;
        if let Some(fence) = tag::highlight(line) {
            self.fence = Some(Fence { mark: None, length: 3 });
            out.push_str(&fence);
        } else if !self.block(line, lines, out) {
            let line = attributes::of_line(line);
            self.inline.write(&line, &lines[1..], out);
        }
    }

    /// Returns true if the line holds no text.
    fn skips(&mut self, line: &str, lines: &[&str]) -> bool {
        if self.in_options && block::indent_of(line) >= 4 {
            return true;
        }
        self.in_options = block::is_directive(line);
        self.in_module |= self.dialect.is_mdx && inline::is_module_code(line);
        self.in_options
            || self.in_module
            || inline::is_import(line)
            || tag::is_include(line)
            || attributes::is_contents(line, lines.get(1).copied())
    }

    /// Opens or closes a block; returns true if `line` is used up.
    fn block(&mut self, line: &str, lines: &[&str], out: &mut String) -> bool {
        if let Some(mark) = Mark::closing(line) {
            let Some(at) = block::closed_by(&self.blocks, mark) else { return false };
            self.blocks.truncate(at);
            out.truncate(out.rfind('\n').map_or(0, |end| end + 1));
            block::write_prefix(&self.blocks, out);
            return true;
        }
        let Some(opening) = block::opening(line) else { return false };
        let has_end = |mark: Mark| self.last_ends.get(&mark).is_some_and(|&left| left + 1 < lines.len());
        if self.blocks.len() == DEPTH_MAX || !opening.mark().is_none_or(has_end) {
            return opening.is_noise();
        }
        let prefix = out[out.rfind('\n').map_or(0, |at| at + 1)..].to_owned();
        opening.write(&prefix, out);
        self.blocks.push(opening.into_block());
        self.code_may_start = true;
        self.in_list = false;
        true
    }
}

/// Returns the fence that `line` opens, which may follow the mark of a list item or a quotation.
fn fence_of(line: &str) -> Option<Fence> {
    let text = unquoted(line);
    let text = text.strip_prefix(['-', '*', '+']).map_or(text, str::trim_start);
    let mark = *text.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let length = text.bytes().take_while(|&byte| byte == mark).count();
    let is_fence = length >= 3 && !(mark == b'`' && text[length..].contains('`'));
    is_fence.then_some(Fence { mark: Some(mark), length })
}

fn unquoted(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

fn is_list_item(line: &str) -> bool {
    let text = line.trim_start();
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = after.len() < text.len() && after.starts_with(['.', ')']);
    (is_number || text.starts_with(['-', '*', '+'])) && after.get(1..).is_some_and(|rest| rest.starts_with([' ', '\t']))
}
