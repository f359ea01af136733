//! From inline Markdown to the tags in a line: emphasis, code, links, images, footnote marks.

use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::options::{HtmlOptions, Images};
use super::{address, escape};
use crate::markdown::inline::is_unspaced;
use crate::markdown::link::{Destination, is_misleading, spoken};
use crate::markdown::notes::Notes;
use crate::markdown::sanitise::MarkRun;

/// A line break of HTML.
const BREAK: &str = "<br>\n";

/// The `rel` of an outside link: it gets no access to the page, no referrer and no endorsement.
const OUTSIDE: &str = "noopener noreferrer nofollow";

/// The stand-in for an image in the text of a link.
const IMAGE: char = '\u{fffc}';

/// The page so far, and the inline content of the current block.
pub(crate) struct Spans<'e> {
    pub(crate) page: String,
    options: &'e HtmlOptions,
    /// The last character of content in this block or line.
    last: Option<char>,
    /// The run of combining marks at its end, which no tag interrupts.
    marks: MarkRun,
    /// The open link. A link inside it, such as an address in angle brackets, is part of its text.
    link: Option<HtmlLink<'e>>,
    image: Option<Image<'e>>,
    /// The number of footnotes mentioned so far.
    mentioned: usize,
}

/// A link whose text is being read.
struct HtmlLink<'e> {
    destination: Option<Destination<'e>>,
    is_marked: bool,
    text: String,
    /// The number of open links in its text.
    inner: usize,
}

/// An image whose description is being read.
struct Image<'e> {
    url: &'e str,
    title: &'e str,
    description: String,
    /// The number of open images in the description.
    inner: usize,
}

impl<'e> Spans<'e> {
    pub(crate) fn new(options: &'e HtmlOptions, capacity: usize) -> Self {
        Self {
            page: String::with_capacity(capacity),
            options,
            last: None,
            marks: MarkRun::default(),
            link: None,
            image: None,
            mentioned: 0,
        }
    }

    /// Resets the state that the block before left.
    pub(crate) fn begin_block(&mut self) {
        self.last = None;
    }

    /// Reads an inline event that is neither the edge of a span nor a line break of the source; others are ignored.
    pub(crate) fn read(&mut self, event: &'e Event<'e>, notes: &mut Notes<'e>) {
        match event {
            Event::Text(text) => self.content(text),
            Event::Code(code) => {
                self.tag("<code>");
                self.content(code);
                self.tag("</code>");
            }
            Event::HardBreak => self.line_break(),
            Event::FootnoteReference(label) if self.image.is_none() => self.mark(notes.number(label)),
            _ => {}
        }
    }

    /// Writes the white space of a line break of the source: none between two Chinese characters.
    pub(crate) fn soft_break(&mut self, following: &[Event<'_>]) {
        let next = following.iter().find_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.chars().next()),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => None,
            _ => Some(None),
        });
        let is_joined = self.last.is_some_and(is_unspaced) && next.flatten().is_some_and(is_unspaced);
        if !is_joined {
            self.content(" ");
        }
    }

    pub(crate) fn open(&mut self, tag: &'e Tag<'e>) {
        match tag {
            Tag::Emphasis => self.tag("<em>"),
            Tag::Strong => self.tag("<strong>"),
            Tag::Strikethrough => self.tag("<del>"),
            Tag::Superscript => self.tag("<sup>"),
            Tag::Subscript => self.tag("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } if self.image.is_none() => {
                self.open_link(Destination::of_link(*link_type, dest_url), title);
            }
            Tag::Image { dest_url, title, .. } => match &mut self.image {
                Some(image) => image.inner += 1,
                None => {
                    self.image = Some(Image { url: dest_url, title, description: String::new(), inner: 0 });
                }
            },
            _ => {}
        }
    }

    pub(crate) fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.tag("</em>"),
            TagEnd::Strong => self.tag("</strong>"),
            TagEnd::Strikethrough => self.tag("</del>"),
            TagEnd::Superscript => self.tag("</sup>"),
            TagEnd::Subscript => self.tag("</sub>"),
            TagEnd::Link if self.image.is_none() => self.close_link(),
            TagEnd::Image => match &mut self.image {
                Some(image) if image.inner > 0 => image.inner -= 1,
                _ => self.close_image(),
            },
            _ => {}
        }
    }

    /// Writes content, or keeps it for the description of the open image.
    fn content(&mut self, text: &str) {
        let Some(last) = text.chars().next_back() else { return };
        if let Some(image) = &mut self.image {
            image.description.push_str(text);
            return;
        }
        let safe = escape::one_line(text);
        let safe = self.marks.go_on(&safe);
        if let Some(link) = &mut self.link {
            link.text.push_str(&safe);
        }
        self.last = Some(last);
        escape::escaped(&mut self.page, &safe);
    }

    fn line_break(&mut self) {
        if self.image.is_some() {
            self.content(" ");
        } else {
            self.page.push_str(BREAK);
            self.last = None;
        }
    }

    /// Writes a tag, unless it is inside the description of an image.
    fn tag(&mut self, tag: &str) {
        if self.image.is_none() {
            self.page.push_str(tag);
        }
    }

    fn open_link(&mut self, destination: Option<Destination<'e>>, title: &str) {
        if let Some(outer) = &mut self.link {
            outer.inner += 1;
            return;
        }
        let is_marked = destination.as_ref().is_some_and(|destination| self.anchor(destination, title));
        self.link = Some(HtmlLink { destination, is_marked, text: String::new(), inner: 0 });
    }

    fn close_link(&mut self) {
        if let Some(outer) = self.link.as_mut().filter(|outer| outer.inner > 0) {
            outer.inner -= 1;
            return;
        }
        let Some(HtmlLink { destination: Some(destination), is_marked, text, .. }) = self.link.take() else { return };
        if text.trim().is_empty() {
            self.content(match &destination {
                Destination::Entry(id) => id,
                Destination::Outside(address) => spoken(address),
            });
        }
        if is_marked {
            self.tag("</a>");
        }
        if let Destination::Outside(address) = &destination
            && is_misleading(text.trim(), address)
        {
            self.content(&format!(" ({})", spoken(address)));
        }
    }

    fn close_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        match (self.options.images, address::image(image.url)) {
            (Images::Load, Some(address)) => self.load(&address, &image),
            (Images::Link, Some(address)) if self.link.is_none() => {
                self.open_link(Destination::parse(image.url), image.title);
                self.content(if image.description.trim().is_empty() { &address } else { &image.description });
                self.close_link();
            }
            _ => self.content(&image.description),
        }
    }

    fn load(&mut self, address: &str, image: &Image<'_>) {
        self.page.push_str("<img");
        escape::attribute(&mut self.page, "src", address);
        escape::attribute(&mut self.page, "alt", &image.description);
        self.title(image.title);
        self.page.push_str(" loading=\"lazy\" referrerpolicy=\"no-referrer\">");
        if let Some(link) = &mut self.link {
            link.text.push(IMAGE);
        }
    }

    /// Opens an anchor, if the page has an address for the destination; returns true if it did.
    fn anchor(&mut self, destination: &Destination<'_>, title: &str) -> bool {
        let Some(address) = address::href(destination, self.options.entry_href.as_deref()) else { return false };
        self.page.push_str("<a");
        escape::attribute(&mut self.page, "href", &address);
        self.title(title);
        if matches!(destination, Destination::Outside(_)) {
            escape::attribute(&mut self.page, "rel", OUTSIDE);
        }
        self.page.push('>');
        true
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            escape::attribute(&mut self.page, "title", title);
        }
    }

    /// Writes the mark of a footnote; the note links back to its first mark.
    fn mark(&mut self, number: usize) {
        let prefix = &self.options.id_prefix;
        self.page.push_str("<sup");
        if number > self.mentioned {
            self.mentioned = number;
            escape::attribute(&mut self.page, "id", &format!("{prefix}fnref-{number}"));
        }
        self.page.push('>');
        if self.link.is_none() {
            self.page.push_str("<a");
            escape::attribute(&mut self.page, "href", &format!("#{prefix}fn-{number}"));
            let _ = write!(self.page, ">{number}</a>");
        } else {
            let _ = write!(self.page, "{number}");
        }
        self.page.push_str("</sup>");
    }
}
