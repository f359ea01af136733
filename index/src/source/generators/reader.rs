//! The lines of a text in the dialects of site generators, one after another.

use std::borrow::Cow;
use std::collections::HashMap;

use super::block::{self, Mark, OpenBlock, Opening};
use super::dialect::{Dialect, Dialects};
use super::fence::Fence;
use super::html_element::HtmlElement;
use super::inline::{self, InlineMarkup};
use super::mdx::{self, constants};
use super::myst::{self, Directive, Part};
use super::placed_text::{TagRun, write_text};
use super::raw_html::{LastEnds, RawElement};
use super::{attributes, callout, code_tag, nuxt, obsidian, pandoc, tag};
use crate::source::code_fence::CodeFence;

/// The most blocks that may be open at once; deeper ones are text. Each block adds a prefix to every line.
const DEPTH_MAX: usize = 16;
/// The most blank lines in a row inside a block.
const BLANK_LINES_MAX: usize = 100;

/// Returns true if a generator puts documentation made from code in the place of `line`.
pub(crate) fn is_generated(line: &str, dialects: Dialects) -> bool {
    dialects.any(&[Dialect::Mkdocs]) && block::is_directive(line)
}

/// Writes lines as plain Markdown.
#[expect(clippy::struct_excessive_bools, reason = "each says by itself where in the file the reader stands")]
pub(crate) struct GeneratorReader {
    dialects: Dialects,
    /// The admonitions and tabs that are open, outermost first.
    blocks: Vec<OpenBlock>,
    fence: Option<Fence>,
    /// The script or style that is open.
    element: Option<RawElement>,
    pub(crate) inline: InlineMarkup,
    /// The texts that stand in the place of components.
    partials: HashMap<String, String>,
    /// The last lines that end elements.
    element_ends: LastEnds,
    html: HtmlElement,
    /// The number of lines after the last line that is only this mark.
    last_ends: HashMap<Mark, usize>,
    /// The number of lines from the last one that ends code between tags.
    code_end: Option<usize>,
    /// True if the last line was blank or indented code, after which an indented line is code.
    code_may_start: bool,
    in_list: bool,
    /// True if the last line of text was a heading or a definition, which another may follow.
    after_term: bool,
    /// The number of lines from here that belong to a statement or a component which was read.
    lines_left: usize,
    /// True if indented lines are the options of a dropped directive.
    in_options: bool,
    /// True if the next lines may be options of a directive of `MyST`.
    in_directive: bool,
    /// True between `{% raw %}` and `{% endraw %}`.
    in_raw: bool,
    tag_run: TagRun,
}

impl GeneratorReader {
    /// Starts a text of these lines.
    pub(crate) fn new(dialects: Dialects, lines: &[&str], partials: HashMap<String, String>) -> GeneratorReader {
        let length = lines.iter().map(|line| line.len() + 1).sum();
        GeneratorReader {
            dialects,
            blocks: Vec::new(),
            fence: None,
            element: None,
            element_ends: LastEnds::of(lines),
            html: HtmlElement::new(dialects, lines),
            inline: InlineMarkup::new(dialects, length),
            partials,
            last_ends: block::last_ends(lines),
            code_end: code_tag::lines_from_end(lines),
            code_may_start: true,
            in_list: false,
            after_term: false,
            lines_left: 0,
            in_options: false,
            in_directive: false,
            in_raw: false,
            tag_run: TagRun::default(),
        }
    }

    /// Reads the first of `lines`; the others are for lookahead.
    pub(crate) fn read(&mut self, lines: &[&str], out: &mut String) {
        if self.lines_left > 0 {
            self.lines_left -= 1;
            self.blank(lines, out);
            return;
        }
        if lines[0].trim().is_empty() {
            self.blank(lines, out);
            return;
        }
        let open = self.blocks.len();
        let (mut staying, line) = block::inside(&self.blocks, lines[0]);
        if staying + 1 == open && self.blocks[staying].is_lazy() && !self.code_may_start && !line.starts_with('#') {
            staying = open;
        }
        if staying < open {
            self.in_list |= self.blocks[staying].is_indented();
            self.blocks.truncate(staying);
            self.fence = None;
            self.element = None;
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
        let Some(fence) = self.fence else { return };
        if fence.is_closed_by(line) {
            let of_tag = || format!("{}```", block::indentation(line));
            let end = if fence.marks.is_none() { of_tag() } else { line.replace(':', "`") };
            out.push_str(if fence.is_replaced { "" } else { &end });
            self.fence = None;
        } else if self.in_directive && self.skips_option(line) || fence.is_replaced {
        } else if tag::is_include(line, self.dialects) {
            self.in_directive = false;
        } else if self.dialects.any(&[Dialect::Jekyll]) {
            out.push_str(&tag::without_raw(line));
        } else {
            out.push_str(line);
        }
    }

    /// Writes a line outside code.
    fn text(&mut self, line: &str, lines: &[&str], out: &mut String) {
        if self.inline.is_between() {
            self.inline.write(line, &lines[1..], out);
            return;
        }
        if self.hidden_element(line, lines.len(), out) || self.raw(line, out) || self.directive(line, lines, out) {
            return;
        }
        let line = self.html.read(line, lines.len(), self.code_may_start);
        if self.partial(line, out) || self.code_component(line, lines, out) {
            return;
        }
        if self.skips(line, lines) {
            self.inline.dropped.push(line.trim().to_owned());
            return;
        }
        if let Some(marks) = CodeFence::opened_by(line) {
            self.open_code(marks, line, lines, out);
            return;
        }
        let indent = block::indent_of(line);
        let may_be_code = self.code_may_start && !self.in_list && !self.dialects.is_without_indented_code();
        if indent >= 4 && may_be_code {
            out.push_str(line);
            return;
        }
        if std::mem::replace(&mut self.after_term, line.starts_with('#')) && self.definition(line, lines, out) {
            return;
        }
        self.in_list = block::is_list_item(line) || (self.in_list && (indent > 0 || !self.code_may_start));
        self.code_may_start = false;
        let is_closed = self.code_end.is_some_and(|end| end < lines.len());
        if let Some(fence) = code_tag::fence(line, &lines[1..], self.dialects).filter(|_| is_closed) {
            self.fence = Some(Fence { marks: None, is_replaced: false });
            out.push_str(&fence);
        } else if !self.block(line, lines, out) {
            let line = if self.dialects.has_attributes() { attributes::of_line(line) } else { Cow::Borrowed(line) };
            let line =
                if self.dialects.any(&[Dialect::Quarto]) { pandoc::of_heading(&line) } else { line.as_ref().into() };
            let line = callout::of_line(&line);
            let line = if self.dialects.is_mdx() { attributes::of_mdx_heading(&line) } else { line };
            let is_wiki = self.dialects.any(&[Dialect::Obsidian]);
            let line = if is_wiki { obsidian::with_block_anchor(&line) } else { line };
            let line = self.without_unclosed_element(&line, lines.len());
            let start = out.len();
            self.inline.write(&line, &lines[1..], out);
            self.tag_run.set_apart(&line, lines.get(1), start, out);
            let prefix = block::last_line(&out[..start]).to_owned();
            self.html.end_block(lines.get(1), &prefix, out);
        }
    }

    /// Writes the line that opens code.
    fn open_code(&mut self, marks: CodeFence, line: &str, lines: &[&str], out: &mut String) {
        let is_pandoc = self.dialects.any(&[Dialect::Quarto]);
        let cell = if is_pandoc { pandoc::cell(line, &lines[1..], block::last_line(out)) } else { None };
        let is_replaced = cell.is_some() && pandoc::is_hidden(line, &lines[1..]);
        self.fence = Some(Fence { marks: Some(marks), is_replaced });
        self.in_list &= block::indent_of(line) > 0;
        self.in_directive = cell.is_some();
        if is_replaced {
            self.inline.dropped.push(line.trim().to_owned());
        } else {
            out.push_str(cell.as_deref().unwrap_or(line));
        }
    }

    /// Writes a line of a script or a style; returns true if it is one.
    fn hidden_element(&mut self, line: &str, left: usize, out: &mut String) -> bool {
        let is_inside = self.element.is_some();
        if let Some(element) = self.element {
            self.element = Some(element).filter(|element| !element.is_closed_by(line));
        } else if block::indent_of(line) < 4 {
            let opened = RawElement::opened_by(line).filter(|element| element.is_hidden());
            self.element = opened.filter(|&element| self.element_ends.is_ahead(element, left));
        }
        let is_one = is_inside || self.element.is_some();
        out.push_str(if is_one { line } else { "" });
        is_one
    }

    /// Escapes the tag of an element that never ends: it would hide all that follows.
    fn without_unclosed_element<'l>(&self, line: &'l str, left: usize) -> Cow<'l, str> {
        match RawElement::opened_by(line) {
            Some(element) if !self.element_ends.is_ahead(element, left) => Cow::Owned(line.replacen('<', "\\<", 1)),
            _ => Cow::Borrowed(line),
        }
    }

    /// Returns true if the line holds no text.
    fn skips(&mut self, line: &str, lines: &[&str]) -> bool {
        if self.in_options && block::indent_of(line) >= 4 {
            return true;
        }
        if std::mem::take(&mut self.in_directive) && self.skips_option(line) {
            return true;
        }
        self.in_options = is_generated(line, self.dialects);
        self.in_options
            || self.statement(line, lines)
            || (self.dialects.is_mdx() && inline::is_import(line))
            || (self.dialects.any(&[Dialect::Myst]) && myst::is_markup(line))
            || (self.dialects.any(&[Dialect::Nuxt]) && !self.blocks.is_empty() && nuxt::is_slot(line))
            || tag::is_include(line, self.dialects)
            || attributes::is_contents(line, lines.get(1).copied(), self.dialects)
    }

    /// Returns true if the line begins a statement of MDX, whose other lines are passed over.
    fn statement(&mut self, line: &str, lines: &[&str]) -> bool {
        let is_statement = self.dialects.is_mdx() && inline::is_module_code(line);
        self.lines_left = if is_statement { constants::statement_lines(lines) - 1 } else { self.lines_left };
        is_statement
    }

    /// Returns true if the line is an option of the directive that was opened last.
    fn skips_option(&mut self, line: &str) -> bool {
        let of_pandoc = || self.dialects.any(&[Dialect::Quarto]) && pandoc::option(line).is_some();
        self.in_directive = of_pandoc() || self.dialects.any(&[Dialect::Myst]) && myst::option(line).is_some();
        self.in_directive
    }

    /// Writes a line of the text that a template engine does not read; returns true if it is one.
    fn raw(&mut self, line: &str, out: &mut String) -> bool {
        if !self.dialects.any(&[Dialect::Jekyll]) {
            return false;
        }
        let ends = self.in_raw && line.contains(tag::RAW_END);
        let begins = !self.in_raw && line.trim() == tag::RAW;
        if self.in_raw && !ends {
            out.push_str(line);
        } else if ends {
            out.push_str(&line.replace(tag::RAW_END, ""));
        }
        let is_raw = self.in_raw || begins;
        self.in_raw = is_raw && !ends;
        is_raw
    }

    /// Writes the text that stands in the place of a component; returns true if `line` is one.
    fn partial(&mut self, line: &str, out: &mut String) -> bool {
        let Some(text) = inline::placed_name(line, self.dialects).and_then(|name| self.partials.get(name)) else {
            return false;
        };
        write_text(text, line, out);
        self.code_may_start = true;
        true
    }

    /// Writes the code that a component shows, or a drawn table; returns true if `line` begins one.
    fn code_component(&mut self, line: &str, lines: &[&str], out: &mut String) -> bool {
        let is_pandoc = self.dialects.any(&[Dialect::Quarto]);
        let of_mdx = if self.dialects.is_mdx() { mdx::code::at_start(lines) } else { None };
        let found = of_mdx.or_else(|| if is_pandoc { pandoc::grid_table(lines) } else { None });
        let Some((code, length)) = found else { return false };
        write_text(&code, line, out);
        self.lines_left = length - 1;
        self.code_may_start = true;
        true
    }

    /// Writes a definition whose term is a heading; returns true if `line` is one.
    fn definition(&mut self, line: &str, lines: &[&str], out: &mut String) -> bool {
        let opened = OpenBlock::definition(line).filter(|_| self.blocks.len() < DEPTH_MAX);
        let Some((block, text)) = opened else { return false };
        if !self.code_may_start && self.blocks.last().is_some_and(OpenBlock::is_lazy) {
            out.push('\r');
        }
        if self.blocks.last().is_some_and(OpenBlock::is_lazy) {
            self.blocks.pop();
        }
        self.inline.write(text, &lines[1..], out);
        self.blocks.push(block);
        self.after_term = true;
        self.code_may_start = false;
        self.in_list = block::is_list_item(text);
        true
    }

    /// Opens a directive of `MyST`, or closes one; returns true if `line` is used up.
    fn directive(&mut self, line: &str, lines: &[&str], out: &mut String) -> bool {
        if !self.dialects.any(&[Dialect::Myst]) {
            return false;
        }
        if let Some(mark) = Mark::closing(line)
            && self.blocks.iter().any(|block| block.is_closed_by(mark))
        {
            return self.block(line, lines, out);
        }
        let Some(directive) = Directive::of(line).filter(|_| self.blocks.len() < DEPTH_MAX) else { return false };
        let prefix = block::last_line(out).to_owned();
        let indent = block::indentation(line);
        let options = || lines[1..].iter().map_while(|line| myst::option(line));
        let shown =
            |names: &[&str]| options().find(|(name, _)| names.contains(name)).map(|(_, value)| value.to_owned());
        self.in_directive = true;
        match directive.part() {
            part @ (Part::Code | Part::Replaced) => {
                if let Some(title) = shown(&["caption", "title"]) {
                    out.extend([indent, "**", &title, "**\r", &prefix, "\r", &prefix]);
                }
                let (mark, length) = directive.mark.parts();
                let is_replaced = part == Part::Replaced;
                self.fence = Some(Fence { marks: Some(CodeFence { mark, length }), is_replaced });
                let marks = char::from(if mark == b':' { b'`' } else { mark }).to_string().repeat(length);
                let opening = format!("{indent}{marks}{}", directive.language());
                out.push_str(if is_replaced { "" } else { &opening });
            }
            part => {
                let (kind, title) = directive.block();
                let title = if part == Part::Picture { shown(&["alt"]) } else { title.or_else(|| shown(&["caption"])) };
                let opening = Opening::of_directive(line, directive.mark, kind, title);
                opening.write(&prefix, out);
                self.blocks.push(opening.into_block());
                self.code_may_start = true;
                self.in_list = false;
            }
        }
        true
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
        let Some(opening) = block::opening(line, self.dialects) else { return false };
        let has_end = |mark: Mark| self.last_ends.get(&mark).is_some_and(|&left| left + 1 < lines.len());
        if self.blocks.len() == DEPTH_MAX || !opening.mark().is_none_or(has_end) {
            return opening.is_noise();
        }
        let prefix = block::last_line(out).to_owned();
        opening.write(&prefix, out);
        self.blocks.push(opening.into_block());
        self.code_may_start = true;
        self.in_list = false;
        true
    }
}
