//! From inline Markdown to [`Inline`] text: emphasis, code, links, images, HTML tags and footnote marks.

use anstyle::Style;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::page::Page;
use super::style::{self, Inline, TextStyle};
use crate::markdown::link::{Destination, is_misleading, says, spoken};
use crate::markdown::notes::Notes;
use crate::markdown::superscript::VerticalPosition;

/// The inline content of the current block.
#[derive(Default)]
pub(crate) struct Spans<'e> {
    content: Inline,
    /// The styles of the open spans; the last one applies to the next text.
    faces: Vec<TextStyle>,
    links: Vec<TextLink<'e>>,
    script: VerticalPosition,
}

/// A link whose text is being read.
struct TextLink<'e> {
    destination: Option<Destination<'e>>,
    /// The start of its text.
    start: usize,
}

impl<'e> Spans<'e> {
    /// Returns the content read so far and starts anew.
    pub(crate) fn take(&mut self) -> Inline {
        self.script = VerticalPosition::default();
        self.content.take()
    }

    /// Reads an inline event; others are ignored.
    pub(crate) fn read(&mut self, event: &'e Event<'e>, page: &mut Page, notes: &mut Notes<'e>) {
        match event {
            Event::Text(text) => {
                let text = self.script.shown(text);
                self.marked(&text, page, Inline::push_text);
            }
            Event::Code(code) => self.code(code, page),
            Event::FootnoteReference(label) => {
                let mark = format!("[{}]", notes.number(label));
                self.content.push_verbatim(&mark, self.face());
            }
            Event::SoftBreak => self.content.soft_break(self.face()),
            Event::HardBreak => self.content.hard_break(),
            Event::Start(tag) => self.open(tag, page),
            Event::End(tag) => self.close(*tag, page),
            _ => {}
        }
    }

    /// Changes the style of the next text, until [`Spans::restore`].
    pub(crate) fn restyle(&mut self, page: &Page, change: impl FnOnce(Style) -> Style) {
        let mut face = self.face();
        if page.options().styled {
            face.style = change(face.style);
        }
        self.faces.push(face);
    }

    /// Undoes the last [`Spans::restyle`].
    pub(crate) fn restore(&mut self) {
        self.faces.pop();
    }

    fn face(&self) -> TextStyle {
        self.faces.last().copied().unwrap_or_default()
    }

    fn open(&mut self, tag: &'e Tag<'e>, page: &mut Page) {
        self.script.open(tag);
        match tag {
            Tag::Emphasis => self.restyle(page, Style::italic),
            Tag::Strong => self.restyle(page, Style::bold),
            Tag::Strikethrough => {
                self.restyle(page, Style::strikethrough);
                self.strike(page);
            }
            Tag::Link { link_type, dest_url, .. } => self.open_link(Destination::of_link(*link_type, dest_url), page),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd, page: &Page) {
        self.script.close(tag);
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => self.restore(),
            TagEnd::Strikethrough => {
                self.strike(page);
                self.restore();
            }
            TagEnd::Link => self.close_link(page),
            _ => {}
        }
    }

    /// Marks the edge of struck text in output without styles: unmarked, the text would say the opposite.
    fn strike(&mut self, page: &Page) {
        if !page.options().styled {
            self.content.push_verbatim("~~", self.face());
        }
    }

    /// Adds text by `push`, the words to mark in bold.
    fn marked(&mut self, text: &str, page: &Page, push: fn(&mut Inline, &str, TextStyle)) {
        let face = self.face();
        let bold = TextStyle { style: face.style.bold(), ..face };
        let mut start = 0;
        // A page without styles has no marks.
        for word in page.marks().in_text(text) {
            push(&mut self.content, &text[start..word.start], face);
            push(&mut self.content, &text[word.clone()], bold);
            start = word.end;
        }
        push(&mut self.content, &text[start..], face);
    }

    fn code(&mut self, code: &str, page: &Page) {
        if page.options().styled {
            self.restyle(page, |style| style.fg_color(Some(style::CODE)));
            self.marked(code, page, Inline::push_verbatim);
            self.restore();
        } else {
            self.content.push_verbatim(&format!("`{code}`"), self.face());
        }
    }

    fn open_link(&mut self, destination: Option<Destination<'e>>, page: &mut Page) {
        match &destination {
            Some(_) => self.restyle(page, Style::underline),
            None => self.faces.push(self.face()),
        }
        if let (Some(Destination::Outside(address)), Some(face)) = (&destination, self.faces.last_mut())
            && page.options().styled
            && page.options().hyperlinks
        {
            face.address = Some(page.add_address(address.clone()));
        }
        self.links.push(TextLink { destination, start: self.content.text().len() });
    }

    fn close_link(&mut self, page: &Page) {
        let Some(link) = self.links.pop() else { return };
        let text = self.content.text().get(link.start..).unwrap_or_default().trim();
        let addition = link.destination.and_then(|destination| addition(text, &destination, page));
        if text.is_empty() {
            self.content.push_verbatim(addition.as_deref().unwrap_or_default().trim_matches(['(', ')']), self.face());
            self.restore();
        } else {
            self.restore();
            if let Some(addition) = addition {
                self.content.push_text(" ", self.face());
                self.content.push_verbatim(&addition, self.face());
            }
        }
    }
}

/// Returns the note on a link's destination that must follow its text, if one must.
fn addition(text: &str, destination: &Destination<'_>, page: &Page) -> Option<String> {
    let options = page.options();
    match destination {
        Destination::Entry(id) => {
            let is_wanted = options.entry_ids && text != *id && !page.is_listed(id, text);
            (is_wanted || text.is_empty()).then(|| format!("[{id}]"))
        }
        Destination::Outside(address) => {
            let hidden = options.styled && options.hyperlinks && !text.is_empty() && !is_misleading(text, address);
            (!hidden && !says(text, address)).then(|| format!("({})", spoken(address)))
        }
    }
}
