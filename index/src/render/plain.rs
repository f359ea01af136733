//! The words of Markdown without layout, for an index and for JSON.

use super::html::{Piece, Stripper};
use super::inline::{Face, Inline};
use pulldown_cmark::{Event, Tag, TagEnd};

/// What stands between two cells of a row.
const CELL_SEPARATOR: &str = " | ";

/// Returns the text of all blocks, a line each; code keeps its lines.
pub(super) fn text_of<'e>(events: impl Iterator<Item = Event<'e>>) -> String {
    let mut collector = Collector::default();
    for event in events {
        collector.read(&event);
    }
    collector.end_line();
    collector.text
}

#[derive(Default)]
struct Collector {
    text: String,
    line: Inline,
    stripper: Stripper,
    in_code: bool,
}

impl Collector {
    fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(code) if self.in_code => self.code(code),
            Event::Text(text) if !self.stripper.is_hiding() => self.line.push_text(text, Face::default()),
            Event::Code(code) if !self.stripper.is_hiding() => self.line.push_verbatim(code, Face::default()),
            Event::Html(html) | Event::InlineHtml(html) => self.html(html),
            Event::SoftBreak => self.line.soft_break(Face::default()),
            Event::HardBreak => self.line.hard_break(),
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(*tag),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::TableCell if !self.line.is_empty() => self.line.push_text(CELL_SEPARATOR, Face::default()),
            // A tight item has no paragraph that would end its line before the block in it.
            Tag::List(_) | Tag::BlockQuote(_) | Tag::Heading { .. } | Tag::Table(_) | Tag::HtmlBlock => self.end_line(),
            Tag::CodeBlock(_) => {
                self.end_line();
                self.in_code = true;
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::TableCell => {}
            _ => self.end_line(),
        }
    }

    fn html(&mut self, html: &str) {
        let line = &mut self.line;
        self.stripper.strip(html, |piece| match piece {
            Piece::Text(text) => line.push_text(&text, Face::default()),
            Piece::Break => line.hard_break(),
            Piece::Edge => line.fresh_line(),
        });
    }

    /// Adds lines of code; an event may hold several.
    fn code(&mut self, code: &str) {
        for line in code.lines() {
            self.line.push_verbatim(line, Face::default());
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        self.stripper = Stripper::default();
        let line = self.line.take();
        if !line.is_empty() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(line.text());
        }
    }
}
