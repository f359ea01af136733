//! From the blocks of Markdown to a [`Page`].
//!
//! One pass over the parser's events with stacks of its own instead of recursion, so nesting costs memory, never the
//! call stack. Inline events go to [`Spans`]; the end of a block writes the gathered content.

use std::ops::Range;

use anstyle::Style;
use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::page::Page;
use super::spans::Spans;
use super::style;
use super::table::Table;
use crate::markdown::callout;
use crate::markdown::notes::Notes;

/// The indentation of a definition below its term, in columns.
const DEFINITION_INDENT: usize = 4;

/// Writes all events to the page.
pub(crate) fn write<'e>(events: &'e [Event<'e>], page: &mut Page) {
    let mut writer = TextWriter::new(events, page);
    writer.write(0..events.len());
    writer.write_notes();
}

/// Writes all events to the page in bold.
pub(crate) fn write_title<'e>(events: &'e [Event<'e>], page: &mut Page) {
    let mut writer = TextWriter::new(events, page);
    writer.spans.restyle(writer.page, Style::bold);
    writer.write(0..events.len());
}

struct TextWriter<'e, 'p> {
    events: &'e [Event<'e>],
    /// The number of items in each list, by the position of its start among the events.
    list_lengths: Vec<(usize, u64)>,
    page: &'p mut Page,
    spans: Spans<'e>,
    lists: Vec<Markers>,
    /// The content of the open block of code.
    verbatim: String,
    verbatim_open: bool,
    table: Option<Table>,
    notes: Notes<'e>,
}

/// The markers of a list's items.
enum Markers {
    Bullets,
    Numbers { next: u64, width: usize },
}

impl<'e, 'p> TextWriter<'e, 'p> {
    fn new(events: &'e [Event<'e>], page: &'p mut Page) -> Self {
        Self {
            events,
            list_lengths: list_lengths(events),
            page,
            spans: Spans::default(),
            lists: Vec::new(),
            verbatim: String::new(),
            verbatim_open: false,
            table: None,
            notes: Notes::default(),
        }
    }

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
        self.flush();
    }

    /// Writes the notes that were mentioned; a note may mention others.
    fn write_notes(&mut self) {
        let mut number = 1;
        self.page.frames().open_list();
        while let Some(content) = self.notes.content(number) {
            self.page.frames().open_note(format!("[{number}] "));
            self.write(content);
            self.page.close();
            number += 1;
        }
        self.page.close();
    }

    fn event(&mut self, at: usize) {
        let event = &self.events[at];
        match event {
            Event::Text(text) if self.verbatim_open => self.verbatim.push_str(text),
            Event::Start(tag) if is_block(tag) => {
                self.flush();
                self.open(tag, at);
            }
            Event::End(tag) => self.close(event, *tag),
            Event::Rule => {
                self.flush();
                self.page.rule();
            }
            _ => self.spans.read(event, self.page, &mut self.notes),
        }
    }

    fn open(&mut self, tag: &'e Tag<'e>, at: usize) {
        match tag {
            Tag::Paragraph => self.page.frames().mark_loose(),
            Tag::Heading { .. } | Tag::DefinitionListTitle => self.spans.restyle(self.page, Style::bold),
            Tag::BlockQuote(kind) => self.open_quotation(*kind),
            Tag::CodeBlock(_) => self.verbatim_open = true,
            Tag::List(start) => self.open_list(*start, at),
            Tag::Item => self.open_item(at),
            Tag::DefinitionListDefinition => {
                self.page.suppress_blank();
                self.page.open_indented(DEFINITION_INDENT);
            }
            Tag::Table(alignments) => self.table = Some(Table::new(alignments.clone())),
            Tag::TableHead => {
                self.begin_row();
                self.spans.restyle(self.page, Style::bold);
            }
            Tag::TableRow => self.begin_row(),
            _ => {}
        }
    }

    fn close(&mut self, event: &'e Event<'e>, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(_) | TagEnd::DefinitionListTitle => {
                self.flush();
                self.spans.restore();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::DefinitionListDefinition => {
                self.flush();
                self.page.close();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.page.close();
            }
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::TableHead => self.spans.restore(),
            TagEnd::TableCell => {
                let cell = self.spans.take();
                if let Some(table) = &mut self.table {
                    table.push_cell(cell);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    table.write(self.page);
                }
            }
            _ => self.spans.read(event, self.page, &mut self.notes),
        }
    }

    /// Writes the inline content read so far as a paragraph.
    fn flush(&mut self) {
        let content = self.spans.take();
        self.page.paragraph(&content);
    }

    fn open_quotation(&mut self, kind: Option<BlockQuoteKind>) {
        match kind {
            Some(kind) => {
                let style = style::callout(kind);
                self.page.open_quotation(style);
                self.page.label(callout::label(kind), style.bold());
            }
            None => self.page.open_quotation(style::QUOTATION),
        }
    }

    fn open_list(&mut self, start: Option<u64>, at: usize) {
        let index = self.list_lengths.partition_point(|(place, _)| *place < at);
        let length = self.list_lengths.get(index).map_or(1, |(_, length)| *length);
        self.lists.push(match start {
            None => Markers::Bullets,
            Some(next) => {
                let last = next.saturating_add(length.saturating_sub(1));
                Markers::Numbers { next, width: last.to_string().len() }
            }
        });
        self.page.frames().open_list();
    }

    fn open_item(&mut self, at: usize) {
        let task = match &self.events[at + 1..] {
            [Event::TaskListMarker(done), ..] | [Event::Start(Tag::Paragraph), Event::TaskListMarker(done), ..] => {
                Some(*done)
            }
            _ => None,
        };
        let mut marker = match self.lists.last_mut() {
            Some(Markers::Numbers { next, width }) => {
                let number = *next;
                *next = next.saturating_add(1);
                format!("{number:>width$}. ")
            }
            _ if task.is_some() => String::new(),
            _ => "• ".to_owned(),
        };
        marker.push_str(match task {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        });
        self.page.frames().open_item(marker);
    }

    fn close_code(&mut self) {
        self.verbatim_open = false;
        self.page.code(&self.verbatim, Style::new().fg_color(Some(style::CODE)));
        self.verbatim.clear();
    }

    fn begin_row(&mut self) {
        if let Some(table) = &mut self.table {
            table.begin_row();
        }
    }
}

/// Returns true if a tag begins a block, and so ends the paragraph before it.
fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Superscript
            | Tag::Subscript
    )
}

/// Counts the items of every list.
fn list_lengths(events: &[Event<'_>]) -> Vec<(usize, u64)> {
    let mut lengths = Vec::new();
    let mut open = Vec::new();
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::List(_)) => {
                open.push(lengths.len());
                lengths.push((at, 0));
            }
            Event::End(TagEnd::List(_)) => {
                open.pop();
            }
            Event::Start(Tag::Item) => {
                if let Some(&list) = open.last() {
                    lengths[list].1 += 1;
                }
            }
            _ => {}
        }
    }
    lengths
}
