//! Raw HTML as events of the Markdown that says the same: tables, lists, emphasis, links, images, preformatted text.
//!
//! This is no HTML parser: it reads what people write in Markdown. Its output nests properly whatever it reads: an
//! element ends at the latest with the block that it begins in. `html_block` reads blocks, this module what stands in a
//! line.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::html_block;
use super::html_tags::{EDGES, HIDDEN, HtmlTag, HtmlToken, attribute, tokens};

/// The deepest nesting of elements; deeper ones are only their text.
const DEPTH_MAX: usize = 64;

/// Returns the events with the HTML in them as Markdown's own.
pub(crate) fn translated<'e>(events: impl Iterator<Item = Event<'e>>) -> Vec<Event<'e>> {
    let events: Vec<Event<'e>> = events.collect();
    let mut writer = Writer::default();
    let mut block: Option<String> = None;
    for (at, event) in events.iter().enumerate() {
        match (event, &mut block) {
            (Event::Start(Tag::HtmlBlock), _) => {
                writer.close_to(writer.innermost());
                block = Some(String::new());
            }
            (Event::End(TagEnd::HtmlBlock), Some(_)) => {
                html_block::write(&block.take().unwrap_or_default(), &mut writer.out, translated);
            }
            (Event::Html(html) | Event::Text(html), Some(block)) => block.push_str(html),
            (Event::Html(html), None) => html_block::write(html, &mut writer.out, translated),
            (Event::InlineHtml(html), _) => writer.inline(html, &events[at + 1..]),
            (event, _) => writer.markdown(event.clone()),
        }
    }
    writer.out
}

/// An element that is open, or a span or a block of Markdown.
struct Open {
    /// The name of the element; empty for Markdown's own.
    name: &'static str,
    /// Its end; `None` if nothing is written for it.
    end: Option<TagEnd>,
    is_shown: bool,
}

#[derive(Default)]
struct Writer<'e> {
    out: Vec<Event<'e>>,
    open: Vec<Open>,
    /// The name of the element whose content is not shown.
    hidden: Option<&'static str>,
    /// The classes of the open `<span>` elements.
    spans: Vec<String>,
    /// The element that ended right here.
    ended: Option<Ended>,
}

/// An element that is set off from the next one of its kind, however close.
#[derive(Debug)]
enum Ended {
    Key,
    /// A `<span>` of this class.
    Span(String),
}

/// Elements with an equivalent span.
fn span<'e>(name: &str, tag: &HtmlTag<'_>) -> Option<(&'static str, Tag<'e>)> {
    Some(match name {
        "b" => ("b", Tag::Strong),
        "strong" => ("strong", Tag::Strong),
        "i" => ("i", Tag::Emphasis),
        "em" => ("em", Tag::Emphasis),
        "del" => ("del", Tag::Strikethrough),
        "s" => ("s", Tag::Strikethrough),
        "strike" => ("strike", Tag::Strikethrough),
        "sup" => ("sup", Tag::Superscript),
        "sub" => ("sub", Tag::Subscript),
        "a" => {
            let dest_url = CowStr::from(attribute(tag.attributes, "href")?.into_owned());
            let title = CowStr::from(attribute(tag.attributes, "title").unwrap_or_default().into_owned());
            ("a", Tag::Link { link_type: LinkType::Inline, dest_url, title, id: CowStr::from("") })
        }
        _ => return None,
    })
}

/// Elements whose content is code.
const CODE: [&str; 5] = ["code", "kbd", "samp", "tt", "var"];
impl<'e> Writer<'e> {
    /// Passes on an event of Markdown; elements that are open in a block end with it.
    fn markdown(&mut self, event: Event<'e>) {
        self.ended = None;
        match &event {
            Event::Start(tag) => {
                if !is_span(tag.to_end()) {
                    // A block in a tight item ends the line before it.
                    self.close_to(self.innermost());
                    self.hidden = None;
                }
                if let Tag::CodeBlock(CodeBlockKind::Fenced(info)) = tag {
                    self.title(fence_title(info));
                }
                self.open.push(Open { name: "", end: Some(tag.to_end()), is_shown: self.hidden.is_none() });
            }
            Event::End(end) => return self.end(*end),
            Event::Rule => self.close_to(self.innermost()),
            _ => {}
        }
        if self.hidden.is_none() {
            self.out.push(event);
        }
    }

    /// Ends a span or a block of Markdown, if its start is shown.
    fn end(&mut self, end: TagEnd) {
        if !is_span(end) {
            self.hidden = None;
        }
        let own = self.open.iter().rposition(|open| open.name.is_empty() && open.end == Some(end));
        let Some(own) = own else { return };
        self.close_to(own + 1);
        let is_shown = self.open.pop().is_some_and(|open| open.is_shown);
        if is_shown {
            self.out.push(Event::End(end));
        }
    }

    /// Writes the title of a block of code.
    fn title(&mut self, title: Option<String>) {
        if let Some(title) = title {
            self.out.push(Event::Start(Tag::Paragraph));
            self.out.push(Event::Text(CowStr::from(title)));
            self.out.push(Event::End(TagEnd::Paragraph));
        }
    }

    /// Reads HTML inside a paragraph.
    fn inline(&mut self, html: &str, following: &[Event<'e>]) {
        for token in tokens(html) {
            let HtmlToken::Tag(tag) = token else { continue };
            let name = tag.name.to_ascii_lowercase();
            if let Some(hidden) = self.hidden {
                self.hidden = Some(hidden).filter(|hidden| !(tag.is_end && name == *hidden));
            } else if let Some(hidden) = HIDDEN.iter().find(|hidden| **hidden == name && !tag.is_end) {
                let is_end = |event: &&Event<'_>| matches!(event, Event::InlineHtml(html) if is_end_of(html, hidden));
                let block = following
                    .iter()
                    .take_while(|event| !matches!(event, Event::End(TagEnd::Paragraph | TagEnd::Heading(_))));
                self.hidden = block.take(DEPTH_MAX).any(|event| is_end(&event)).then_some(*hidden);
            } else if tag.is_end {
                self.ended = self.ended_by(&name);
                self.end_span(&name);
            } else {
                self.set_off(&name, &tag);
                self.begin_inline(&name, &tag);
            }
        }
    }

    /// Returns the element that an end tag ends, if the next one is set off from it.
    fn ended_by(&mut self, name: &str) -> Option<Ended> {
        match name {
            "kbd" => Some(Ended::Key),
            "span" => self.spans.pop().map(Ended::Span),
            _ => None,
        }
    }

    /// Writes what sets an element off from the one that ended right before it.
    fn set_off(&mut self, name: &str, tag: &HtmlTag<'_>) {
        let class = if name == "span" { attribute(tag.attributes, "class").unwrap_or_default() } else { "".into() };
        match self.ended.take() {
            Some(Ended::Key) if name == "kbd" => self.out.push(Event::Text(CowStr::from(" "))),
            Some(Ended::Span(ended)) if are_variants(&ended, &class) => {
                self.out.push(Event::Text(CowStr::from(" / ")));
            }
            _ => {}
        }
        if name == "span" && self.spans.len() < DEPTH_MAX {
            self.spans.push(class.into_owned());
        }
    }

    fn begin_inline(&mut self, name: &str, tag: &HtmlTag<'_>) {
        match name {
            "br" | "hr" => self.out.push(Event::HardBreak),
            "img" => self.image(tag),
            "q" => self.out.push(Event::Text(CowStr::from("“"))),
            _ if name == "li" || EDGES.contains(&name) => self.out.push(Event::HardBreak),
            "td" | "th" => self.out.push(Event::Text(CowStr::from(" "))),
            _ => {
                if let Some((name, start)) = span(name, tag).filter(|_| self.open.len() < DEPTH_MAX) {
                    self.open.push(Open { name, end: Some(start.to_end()), is_shown: true });
                    self.out.push(Event::Start(start));
                } else if let Some(name) =
                    CODE.iter().find(|code| **code == name).filter(|_| self.open.len() < DEPTH_MAX)
                {
                    self.open.push(Open { name, end: None, is_shown: true });
                    // The beginning of its text; no other event of this kind is passed on.
                    self.out.push(Event::InlineHtml(CowStr::from("<code>")));
                }
            }
        }
    }

    fn end_span(&mut self, name: &str) {
        if name == "q" {
            self.out.push(Event::Text(CowStr::from("”")));
        }
        if EDGES.contains(&name) || name == "li" {
            self.out.push(Event::HardBreak);
        }
        let innermost = self.innermost();
        if let Some(at) = self.open[innermost..].iter().rposition(|open| open.name == name) {
            self.close_to(innermost + at);
        }
    }

    /// Returns the number of open elements up to the innermost span or block of Markdown.
    fn innermost(&self) -> usize {
        self.open.iter().rposition(|open| open.name.is_empty()).map_or(0, |at| at + 1)
    }

    /// Ends all that is open above `depth`.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { return };
            match open.end {
                Some(end) if open.is_shown => self.out.push(Event::End(end)),
                None if CODE.contains(&open.name) => self.end_code(),
                _ => {}
            }
        }
    }

    /// Makes code of the text since its element began, if it is nothing but text.
    fn end_code(&mut self) {
        let is_mark = |event: &Event<'_>| matches!(event, Event::InlineHtml(html) if &**html == "<code>");
        let Some(at) = self.out.iter().rposition(is_mark) else { return };
        let texts = self.out[at + 1..].iter().map(|event| match event {
            Event::Text(text) => Some(&**text),
            Event::SoftBreak => Some(" "),
            _ => None,
        });
        let code: Option<String> = texts.collect();
        match code {
            Some(code) if !code.trim().is_empty() => {
                self.out.truncate(at);
                self.out.push(Event::Code(CowStr::from(code)));
            }
            _ => drop(self.out.remove(at)),
        }
    }

    fn image(&mut self, tag: &HtmlTag<'_>) {
        let value = |name| CowStr::from(attribute(tag.attributes, name).unwrap_or_default().into_owned());
        let (dest_url, alt, title) = (value("src"), value("alt"), value("title"));
        if alt.trim().is_empty() {
            return;
        }
        self.out.push(Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url, title, id: CowStr::from("") }));
        self.out.push(Event::Text(alt));
        self.out.push(Event::End(TagEnd::Image));
    }
}

/// Returns true if two classes name variants of one thing, of which a page shows one: `options-api`, `composition-api`.
fn are_variants(a: &str, b: &str) -> bool {
    let parts = a.rsplit_once('-').zip(b.rsplit_once('-'));
    parts.is_some_and(|((of_a, kind_of_a), (of_b, kind_of_b))| kind_of_a == kind_of_b && of_a != of_b)
}

fn is_span(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Returns true if `html` ends the element `name`.
fn is_end_of(html: &str, name: &str) -> bool {
    let inner = html.strip_prefix("</").and_then(|html| html.strip_suffix('>'));
    inner.is_some_and(|inner| inner.trim().eq_ignore_ascii_case(name))
}

/// Returns the title that the info string of a fence gives: `title="a.js"`, `[a.js]`, `"a.js"` or `a.js`.
fn fence_title(info: &str) -> Option<String> {
    let (_, rest) = info.split_once([' ', '{', '[', '"'])?;
    let rest = &info[info.len() - rest.len() - 1..];
    let keys = ["title=", "filename=", "file=", "name=", "label=", "caption="];
    let named = keys.iter().find_map(|name| {
        let (before, value) = rest.split_once(name)?;
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let is_name = before.ends_with([' ', '{', ',']);
        let value = quote.map_or_else(|| value.split([' ', '}', ',']).next(), |quote| value[1..].split(quote).next());
        value.filter(|_| is_name)
    });
    let between = |open: char, close: char| {
        let (before, after) = rest.split_once(open)?;
        let (title, _) = after.split_once(close)?;
        before.trim().is_empty().then_some(title)
    };
    let file = || rest.split_whitespace().next().filter(|word| is_file(word));
    let title = named.or_else(|| between('[', ']')).or_else(|| between('"', '"')).or_else(file)?.trim();
    // Two brackets hold places in the code.
    (!title.is_empty() && !title.starts_with('[')).then(|| title.to_owned())
}

/// Returns true if a word is the path of a file: letters and digits behind a dot.
fn is_file(word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '_');
    let end = word.rsplit_once('.').map(|(stem, end)| (!stem.is_empty()).then_some(end)).unwrap_or_default();
    word.chars().all(is_part)
        && end.is_some_and(|end| (1..=5).contains(&end.len()) && end.starts_with(|c: char| c.is_ascii_alphabetic()))
}
