//! From the blocks of Markdown to the tags of a page.
//!
//! One pass over the parser's events without recursion, so nesting costs memory, never the call stack. Every tag is a
//! literal here or in [`Spans`].

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::escape;
use super::options::HtmlOptions;
use super::spans::Spans;
use crate::markdown::callout;
use crate::markdown::notes::Notes;

/// Writes all events as HTML, of which about `capacity` bytes are expected.
pub(crate) fn write(events: &[Event<'_>], options: &HtmlOptions, capacity: usize) -> String {
    let mut writer = HtmlWriter {
        events,
        spans: Spans::new(options, capacity),
        options,
        notes: Notes::default(),
        in_code: false,
        alignments: &[],
        column: 0,
        cell: "td",
    };
    writer.write(0..events.len());
    writer.write_notes();
    writer.spans.page
}

struct HtmlWriter<'e> {
    events: &'e [Event<'e>],
    spans: Spans<'e>,
    options: &'e HtmlOptions,
    notes: Notes<'e>,
    in_code: bool,
    /// The open table: the alignments of its columns, the next column, and the tag of a cell in the row.
    alignments: &'e [Alignment],
    column: usize,
    cell: &'static str,
}

impl<'e> HtmlWriter<'e> {
    fn write(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            if let Event::Start(Tag::FootnoteDefinition(label)) = &self.events[at] {
                at = self.notes.define(label, self.events, at);
                continue;
            }
            self.event(at);
            at += 1;
        }
    }

    /// Writes the notes that were mentioned; a note may mention others.
    fn write_notes(&mut self) {
        let mut number = 1;
        while let Some(content) = self.notes.content(number) {
            if number == 1 {
                self.raw("<section class=\"footnotes\">\n<ol>\n");
            }
            self.raw("<li");
            escape::attribute(&mut self.spans.page, "id", &format!("{}fn-{number}", self.options.id_prefix));
            self.raw(">");
            self.write(content);
            self.back_to(number);
            self.raw("</li>\n");
            number += 1;
        }
        if number > 1 {
            self.raw("</ol>\n</section>\n");
        }
    }

    /// Writes the link from a note back to its mark, at the end of its last paragraph if it ends in one.
    fn back_to(&mut self, number: usize) {
        const END: &str = "</p>\n";
        let in_paragraph = self.spans.page.ends_with(END);
        if in_paragraph {
            let end = self.spans.page.len() - END.len();
            self.spans.page.truncate(end);
        }
        self.raw(" <a");
        escape::attribute(&mut self.spans.page, "href", &format!("#{}fnref-{number}", self.options.id_prefix));
        self.raw(">↩</a>");
        self.raw(if in_paragraph { END } else { "\n" });
    }

    fn event(&mut self, at: usize) {
        let event = &self.events[at];
        match event {
            Event::Text(code) if self.in_code => escape::code(&mut self.spans.page, code),
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(*tag),
            Event::Rule => self.block("<hr>\n"),
            Event::TaskListMarker(done) => self.raw(match done {
                true => "<input type=\"checkbox\" disabled=\"\" checked=\"\"> ",
                false => "<input type=\"checkbox\" disabled=\"\"> ",
            }),
            Event::SoftBreak => self.spans.soft_break(&self.events[at + 1..]),
            _ => self.spans.read(event, &mut self.notes),
        }
    }

    fn open(&mut self, tag: &'e Tag<'e>) {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, .. } => {
                let level = self.level(*level);
                self.block("");
                let _ = write!(self.spans.page, "<h{level}>");
            }
            Tag::BlockQuote(None) => self.block("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.open_alert(*kind),
            Tag::CodeBlock(kind) => self.open_code(kind),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(start)) => self.open_numbers(*start),
            Tag::Item => self.block("<li>"),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.block("<table>\n");
            }
            Tag::TableHead => self.open_row("<thead>\n<tr>", "th"),
            Tag::TableRow => self.open_row("<tr>", "td"),
            Tag::TableCell => self.open_cell(),
            _ => self.spans.open(tag),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.raw("</p>\n"),
            TagEnd::Heading(level) => {
                let level = self.level(level);
                let _ = writeln!(self.spans.page, "</h{level}>");
            }
            TagEnd::BlockQuote(None) => self.block("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.block("</aside>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.raw("</code></pre>\n");
            }
            TagEnd::List(true) => self.block("</ol>\n"),
            TagEnd::List(false) => self.block("</ul>\n"),
            TagEnd::Item => self.raw("</li>\n"),
            TagEnd::DefinitionList => self.block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.raw("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.raw("</dd>\n"),
            TagEnd::Table => self.raw("</tbody>\n</table>\n"),
            TagEnd::TableHead => self.raw("</tr>\n</thead>\n<tbody>\n"),
            TagEnd::TableRow => self.raw("</tr>\n"),
            TagEnd::TableCell => {
                let _ = write!(self.spans.page, "</{}>", self.cell);
            }
            _ => self.spans.close(tag),
        }
    }

    fn open_alert(&mut self, kind: BlockQuoteKind) {
        let label = callout::label(kind);
        self.block("<aside class=\"markdown-alert markdown-alert-");
        self.raw(&label.to_ascii_lowercase());
        self.raw("\">\n<p class=\"markdown-alert-title\">");
        self.raw(label);
        self.raw("</p>\n");
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        self.block("<pre><code");
        if let Some(language) = language(kind) {
            escape::attribute(&mut self.spans.page, "class", &format!("language-{language}"));
        }
        self.raw(">");
    }

    fn open_numbers(&mut self, start: u64) {
        match start {
            1 => self.block("<ol>\n"),
            start => {
                self.block("");
                let _ = writeln!(self.spans.page, "<ol start=\"{start}\">");
            }
        }
    }

    fn open_row(&mut self, tags: &str, cell: &'static str) {
        self.block(tags);
        self.cell = cell;
        self.column = 0;
    }

    fn open_cell(&mut self) {
        self.spans.begin_block();
        let alignment = self.alignments.get(self.column).copied().unwrap_or(Alignment::None);
        self.column += 1;
        let class = match alignment {
            Alignment::None => "",
            Alignment::Left => " class=\"align-left\"",
            Alignment::Center => " class=\"align-center\"",
            Alignment::Right => " class=\"align-right\"",
        };
        let _ = write!(self.spans.page, "<{}{class}>", self.cell);
    }

    fn level(&self, level: HeadingLevel) -> u8 {
        (level as u8).saturating_add(self.options.heading_offset).min(6)
    }

    /// Writes a tag that stands on a line of its own, or begins one.
    fn block(&mut self, tag: &str) {
        self.spans.begin_block();
        let page = &mut self.spans.page;
        if !page.is_empty() && !page.ends_with('\n') {
            page.push('\n');
        }
        page.push_str(tag);
    }

    fn raw(&mut self, tags: &str) {
        self.spans.page.push_str(tags);
    }
}

/// Returns the language that a block of code names, if its characters are allowed.
fn language<'k>(kind: &'k CodeBlockKind<'_>) -> Option<&'k str> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let name = info.split([' ', ',', '{', '\t']).next()?;
    let can_be = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.');
    (!name.is_empty() && name.chars().all(can_be)).then_some(name)
}
