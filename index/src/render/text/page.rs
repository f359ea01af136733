//! The page: lines of text behind the bars and indentations of the open blocks.
//!
//! A [`Page`] knows nothing of Markdown. Its callers open and close containers and write their content. Each line is
//! complete in itself: styles end with the line, and no line ends in a space.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use anstyle::Style;

use super::frames::Frames;
use super::options::{Annotations, TextOptions};
use super::style::{Inline, TextStyle};
use super::wrap::{columns, wrap};
use crate::markdown::sanitise::sanitise;
use crate::text::fold::folded;
use crate::text::marks::Marks;

/// The longest rule between two blocks, in columns.
const RULE_MAX: usize = 72;

/// The indentation of a line of code.
const CODE_INDENT: &str = "    ";

/// The distance of tab stops in code, in columns.
const TAB: usize = 4;

/// A text being laid out.
pub(crate) struct Page {
    options: TextOptions,
    text: String,
    frames: Frames,
    /// The addresses that text styles refer to.
    addresses: Vec<String>,
    /// The ids that are listed beside the text, each with its title.
    listed: Vec<(String, String)>,
    marks: Marks,
    /// True if the next block follows without a blank line.
    glued: bool,
}

impl Page {
    pub(crate) fn new(options: &TextOptions, capacity: usize) -> Self {
        Self {
            options: *options,
            text: String::with_capacity(capacity),
            frames: Frames::new(options.width),
            addresses: Vec::new(),
            listed: Vec::new(),
            marks: Marks::default(),
            glued: false,
        }
    }

    /// Keeps the annotations that the options leave any use for.
    pub(crate) fn annotate(&mut self, annotations: &Annotations<'_>) {
        if self.options.entry_ids {
            let ids = annotations.listed.iter().filter_map(|listed| Some((listed.id.clone()?, listed.title.clone())));
            self.listed = ids.collect();
        }
        if self.options.styled {
            self.marks = Marks::of(annotations.marked);
        }
    }

    pub(crate) fn options(&self) -> &TextOptions {
        &self.options
    }

    /// Returns the words to mark.
    pub(crate) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Returns true if the entry `id` is listed beside the text under the title `text`.
    pub(crate) fn is_listed(&self, id: &str, text: &str) -> bool {
        self.listed.iter().any(|(known, title)| known == id && folded(title) == folded(text))
    }

    /// Returns the containers, to open one.
    pub(crate) fn frames(&mut self) -> &mut Frames {
        &mut self.frames
    }

    /// Returns the text: whole lines, or nothing.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Keeps the address of a link, and returns its index for [`TextStyle::address`].
    pub(crate) fn add_address(&mut self, address: String) -> usize {
        self.addresses.push(address);
        self.addresses.len() - 1
    }

    /// Returns the number of columns in a line of text.
    pub(crate) fn columns(&self) -> usize {
        self.frames.columns()
    }
}

/// Blocks.
impl Page {
    /// Opens a container with a bar on its left.
    pub(crate) fn open_quotation(&mut self, bar: Style) {
        let mut prefix = String::new();
        self.paint(&mut prefix, "│", bar);
        prefix.push(' ');
        self.frames.open_block(&prefix, 2);
    }

    /// Opens an indented container.
    pub(crate) fn open_indented(&mut self, indent: usize) {
        self.frames.open_block(&" ".repeat(indent), indent);
    }

    /// Closes the innermost container; an empty one is written as its marker.
    pub(crate) fn close(&mut self) {
        if self.frames.owes_marker() {
            self.begin_block();
            self.begin_line();
            self.end_line();
        }
        self.glued = false;
        self.frames.close();
    }

    /// Writes a paragraph, unless it is empty.
    pub(crate) fn paragraph(&mut self, content: &Inline) {
        if content.is_empty() {
            return;
        }
        self.begin_block();
        let mut hang = self.frames.deep_marker_columns().unwrap_or(0);
        if hang > self.columns() / 2 {
            self.end_marker_line();
            hang = 0;
        }
        for (index, line) in wrap(content.text(), self.columns() - hang).into_iter().enumerate() {
            self.begin_line();
            if index > 0 {
                self.spaces(hang);
            }
            self.content(content, line.range);
            self.end_line();
        }
    }

    /// Writes a label of our own as a paragraph, without a blank line below it.
    pub(crate) fn label(&mut self, label: &str, style: Style) {
        self.begin_block();
        self.begin_line();
        self.write_styled(label, style);
        self.end_line();
        self.suppress_blank();
    }

    /// Writes lines of code, with tabs expanded, controls made visible and surrounding blank lines dropped.
    pub(crate) fn code(&mut self, code: &str, style: Style) {
        let lines: Vec<String> = code.lines().map(code_line).collect();
        let is_inked = |line: &String| !line.is_empty();
        let (Some(first), Some(last)) = (lines.iter().position(is_inked), lines.iter().rposition(is_inked)) else {
            return;
        };
        self.begin_block();
        self.end_marker_line();
        for line in &lines[first..=last] {
            self.begin_line();
            self.text.push_str(CODE_INDENT);
            self.write_styled(line, style);
            self.end_line();
        }
    }

    /// Writes a rule.
    pub(crate) fn rule(&mut self) {
        self.begin_block();
        self.end_marker_line();
        self.begin_line();
        self.write_styled(&"─".repeat(self.columns().min(RULE_MAX)), Style::new().dimmed());
        self.end_line();
    }

    /// Suppresses the blank line before the next block.
    pub(crate) fn suppress_blank(&mut self) {
        self.glued = true;
    }

    /// Begins a block: writes the blank line that separates it from the block before.
    pub(crate) fn begin_block(&mut self) {
        let separator = self.frames.begin_block();
        if !std::mem::take(&mut self.glued)
            && let Some(start) = separator
        {
            self.text.push_str(start);
            self.end_line();
        }
    }

    /// Writes a marker too deep to be drawn on a line of its own, before a block that cannot hang behind it.
    pub(crate) fn end_marker_line(&mut self) {
        if self.frames.deep_marker_columns().is_some() {
            self.begin_line();
            self.end_line();
        }
    }
}

/// Parts of a line.
impl Page {
    pub(crate) fn begin_line(&mut self) {
        self.frames.begin_line(&mut self.text);
    }

    pub(crate) fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }

    pub(crate) fn spaces(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    /// Writes the `range` of some content.
    pub(crate) fn content(&mut self, content: &Inline, range: Range<usize>) {
        let mut start = range.start;
        for run in content.runs_after(start) {
            let end = run.end.min(range.end);
            self.stretch(&content.text()[start..end], run.face);
            start = end;
            if start == range.end {
                break;
            }
        }
    }

    /// Writes text of one style.
    pub(crate) fn write_styled(&mut self, text: &str, style: Style) {
        let mut target = std::mem::take(&mut self.text);
        self.paint(&mut target, text, style);
        self.text = target;
    }

    /// Writes text of one style, as a hyperlink if it has an address.
    fn stretch(&mut self, text: &str, face: TextStyle) {
        match face.address.filter(|_| self.options.styled && self.options.hyperlinks) {
            Some(address) => {
                let _ = write!(self.text, "\x1b]8;;{}\x1b\\", self.addresses[address]);
                self.write_styled(text, face.style);
                self.text.push_str("\x1b]8;;\x1b\\");
            }
            None => self.write_styled(text, face.style),
        }
    }

    /// Appends text of one style to `target`.
    fn paint(&self, target: &mut String, text: &str, style: Style) {
        if !self.options.styled || style == Style::new() || text.is_empty() {
            target.push_str(text);
        } else {
            let _ = write!(target, "{style}{text}{style:#}");
        }
    }
}

fn code_line(line: &str) -> String {
    sanitise(&expand_tabs(line)).trim_end().to_owned()
}

/// Replaces each tab by spaces to the next tab stop.
fn expand_tabs(line: &str) -> Cow<'_, str> {
    if !line.contains('\t') {
        return line.into();
    }
    let mut expanded = String::with_capacity(line.len() + 8);
    let mut width = 0;
    for (index, part) in line.split('\t').enumerate() {
        if index > 0 {
            let gap = TAB - width % TAB;
            expanded.extend(std::iter::repeat_n(' ', gap));
            width += gap;
        }
        expanded.push_str(part);
        width += columns(part);
    }
    expanded.into()
}
