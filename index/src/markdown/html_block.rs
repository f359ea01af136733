//! Blocks of raw HTML as the events of the Markdown that says the same.
//!
//! Text is collected with the tags that stand in a line, and read as inline Markdown when a block begins or ends.

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::dialect::{DIALECT, one_line};
use super::html_tags::{EDGES, HIDDEN, HtmlTag, HtmlToken, attribute, decode, tokens};

/// The deepest nesting of lists and quotations; deeper ones are only their text.
const DEPTH_MAX: usize = 32;

/// Translates the HTML in a line.
type Translate<'e> = fn(std::vec::IntoIter<Event<'e>>) -> Vec<Event<'e>>;

/// Writes a block of HTML as events; `translate` reads the tags in its lines.
pub(crate) fn write<'e>(html: &str, out: &mut Vec<Event<'e>>, translate: Translate<'e>) {
    let mut block = HtmlBlock {
        out: Vec::new(),
        text: String::new(),
        open: Vec::new(),
        table: None,
        in_summary: false,
        is_line_end: false,
        translate,
    };
    let tokens = tokens(html);
    let mut at = 0;
    while at < tokens.len() {
        at = match &tokens[at] {
            HtmlToken::Text(text) => {
                block.text.push_str(text);
                at + 1
            }
            HtmlToken::Tag(tag) => {
                let name = tag.name.to_ascii_lowercase();
                let is_end = |token: &HtmlToken<'_>| matches!(token, HtmlToken::Tag(end) if end.is_end && end.name.eq_ignore_ascii_case(&name));
                let end = || tokens[at..].iter().position(is_end).map(|length| at + length);
                match name.as_str() {
                    hidden if HIDDEN.contains(&hidden) && !tag.is_end => end().unwrap_or(at) + 1,
                    "pre" if !tag.is_end => {
                        let end = end().unwrap_or(tokens.len());
                        block.preformatted(&tokens[at..end]);
                        end + 1
                    }
                    name => {
                        block.tag(name, tag);
                        at + 1
                    }
                }
            }
        };
    }
    block.flush();
    block.close_to(0);
    block.end_table();
    out.append(&mut block.out);
}

/// An element that is open.
struct Element<'e> {
    start: Tag<'e>,
    /// True if its start is written, which happens with its first content, so that none is empty.
    is_written: bool,
    has_text: bool,
}

/// A table that is being read: its rows of cells, and for each row true if it is a header.
#[derive(Default)]
struct Rows<'e> {
    rows: Vec<(bool, Vec<Vec<Event<'e>>>)>,
    in_cell: bool,
}

struct HtmlBlock<'e> {
    out: Vec<Event<'e>>,
    /// The text of the current line, with its tags.
    text: String,
    open: Vec<Element<'e>>,
    table: Option<Rows<'e>>,
    in_summary: bool,
    /// True if only the edges of `<div>` elements stand behind the last paragraph: their lines have no space between.
    is_line_end: bool,
    translate: Translate<'e>,
}

impl<'e> HtmlBlock<'e> {
    fn tag(&mut self, name: &str, tag: &HtmlTag<'_>) {
        if name == "div" {
            return self.flush();
        }
        if EDGES.contains(&name) || container(name, tag).is_some() || matches!(name, "summary" | "hr" | "tr") {
            self.flush();
            self.is_line_end = false;
        }
        match name {
            "table" if !tag.is_end && self.table.is_none() => {
                self.flush();
                self.table = Some(Rows::default());
            }
            "table" if tag.is_end => {
                self.flush();
                self.end_table();
            }
            "tr" | "td" | "th" => self.part_of_table(name, tag.is_end),
            "summary" => {
                self.flush();
                self.in_summary = !tag.is_end;
            }
            "hr" => {
                self.flush();
                self.begin();
                self.write(vec![Event::Rule]);
            }
            _ => match container(name, tag) {
                Some(start) => self.container(start, tag.is_end),
                None if EDGES.contains(&name) => self.flush(),
                None => self.text.push_str(tag.raw),
            },
        }
    }

    fn part_of_table(&mut self, name: &str, is_end: bool) {
        self.flush();
        let Some(table) = &mut self.table else { return };
        if name == "tr" && !is_end {
            table.rows.push((false, Vec::new()));
        } else if name != "tr" && !is_end {
            if table.rows.is_empty() {
                table.rows.push((false, Vec::new()));
            }
            if let Some((is_head, cells)) = table.rows.last_mut() {
                *is_head = name == "th" && (cells.is_empty() || *is_head);
                cells.push(Vec::new());
            }
        }
        table.in_cell = name != "tr" && !is_end;
    }

    /// Opens or closes a list, an item, a quotation, a definition or a heading.
    fn container(&mut self, start: Tag<'e>, is_end: bool) {
        self.flush();
        if let Some(cell) = self.cell() {
            // A cell is one line: its items are marked.
            if matches!(start, Tag::Item) && !is_end {
                let mark = if cell.is_empty() { vec![] } else { vec![Event::HardBreak] };
                cell.extend(mark);
                cell.push(Event::Text(CowStr::from("• ")));
            }
            return;
        }
        let end = start.to_end();
        let is_same = |open: &Element<'_>| std::mem::discriminant(&open.start.to_end()) == std::mem::discriminant(&end);
        let list = self.open.iter().rposition(|open| matches!(open.start, Tag::List(_) | Tag::DefinitionList));
        let own = self.open.iter().rposition(is_same);
        if is_end {
            self.close_to(own.unwrap_or(self.open.len()));
            return;
        }
        if is_item(&start) {
            match list {
                // The item before it ends, whether its end is written or not.
                Some(list) => self.close_to(list + 1),
                None if matches!(start, Tag::Item) => self.push(Tag::List(None)),
                None => self.push(Tag::DefinitionList),
            }
        }
        self.push(start);
    }

    fn push(&mut self, start: Tag<'e>) {
        if self.open.len() < DEPTH_MAX {
            self.open.push(Element { start, is_written: false, has_text: false });
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(element) = self.open.pop() else { return };
            if element.is_written {
                self.out.push(Event::End(element.start.to_end()));
            }
        }
    }

    /// Writes the starts of the open elements.
    fn begin(&mut self) {
        if self.cell().is_some() {
            return;
        }
        for element in self.open.iter_mut().filter(|element| !element.is_written) {
            element.is_written = true;
            self.out.push(Event::Start(element.start.clone()));
        }
    }

    /// Returns the cell that is being read.
    fn cell(&mut self) -> Option<&mut Vec<Event<'e>>> {
        let table = self.table.as_mut().filter(|table| table.in_cell)?;
        table.rows.last_mut()?.1.last_mut()
    }

    fn write(&mut self, events: Vec<Event<'e>>) {
        match self.cell() {
            Some(cell) => cell.extend(events),
            None => self.out.extend(events),
        }
    }

    /// Writes the text of the line.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        let parsed = Parser::new_ext(&one_line(&text), DIALECT).map(Event::into_static).collect::<Vec<_>>();
        let mut events = (self.translate)(parsed.into_iter());
        events.retain(|event| !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)));
        if !events
            .iter()
            .any(|event| matches!(event, Event::Text(text) if &**text != "\u{200b}") || matches!(event, Event::Code(_)))
        {
            return;
        }
        if self.in_summary {
            events.insert(0, Event::Start(Tag::Strong));
            events.push(Event::End(TagEnd::Strong));
        }
        self.begin();
        if let Some(cell) = self.cell() {
            if !cell.is_empty() && !matches!(cell.last(), Some(Event::Text(text)) if &**text == "• ") {
                cell.push(Event::HardBreak);
            }
            cell.extend(events);
            return;
        }
        // A tight item has no paragraph.
        let is_line = self.open.last_mut().is_some_and(|element| {
            let is_heading = matches!(element.start, Tag::Heading { .. } | Tag::DefinitionListTitle);
            let is_line = is_heading || (is_item(&element.start) && !element.has_text);
            element.has_text = true;
            is_line
        });
        if is_line {
            self.out.extend(events);
        } else if self.is_line_end {
            self.out.pop();
            self.out.push(Event::HardBreak);
            self.out.extend(events);
            self.out.push(Event::End(TagEnd::Paragraph));
        } else {
            self.is_line_end = true;
            self.out.push(Event::Start(Tag::Paragraph));
            self.out.extend(events);
            self.out.push(Event::End(TagEnd::Paragraph));
        }
    }

    /// Writes a `<pre>`, whose tags are `tokens`, as code.
    fn preformatted(&mut self, tokens: &[HtmlToken<'_>]) {
        self.flush();
        self.is_line_end = false;
        let texts =
            tokens.iter().filter_map(|token| if let HtmlToken::Text(text) = token { Some(decode(text)) } else { None });
        let code = texts.collect::<String>();
        let code = code.strip_prefix('\n').unwrap_or(&code);
        let class = tokens.iter().find_map(|token| match token {
            HtmlToken::Tag(tag) => attribute(tag.attributes, "class"),
            HtmlToken::Text(_) => None,
        });
        let class = class.unwrap_or_default();
        let language = class.split_whitespace().find_map(|class| class.strip_prefix("language-")).unwrap_or_default();
        if code.trim().is_empty() {
            return;
        }
        self.begin();
        if let Some(cell) = self.cell() {
            for line in code.lines() {
                cell.extend([Event::HardBreak, Event::Code(CowStr::from(line.to_owned()))]);
            }
            return;
        }
        let kind = CodeBlockKind::Fenced(CowStr::from(language.to_owned()));
        let code = CowStr::from(format!("{}\n", code.trim_end()));
        self.out.extend([Event::Start(Tag::CodeBlock(kind)), Event::Text(code), Event::End(TagEnd::CodeBlock)]);
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let columns = table.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
        if columns == 0 {
            return;
        }
        self.begin();
        self.out.push(Event::Start(Tag::Table(vec![Alignment::None; columns])));
        let mut rows = table.rows.into_iter().filter(|(_, cells)| !cells.is_empty()).peekable();
        let head = rows.next_if(|(is_head, _)| *is_head).map(|(_, cells)| cells).unwrap_or_default();
        self.row(&Tag::TableHead, head, columns);
        for (_, cells) in rows {
            self.row(&Tag::TableRow, cells, columns);
        }
        self.out.push(Event::End(TagEnd::Table));
    }

    fn row(&mut self, row: &Tag<'e>, cells: Vec<Vec<Event<'e>>>, columns: usize) {
        self.out.push(Event::Start(row.clone()));
        let empty = columns.saturating_sub(cells.len());
        for cell in cells.into_iter().chain(std::iter::repeat_with(Vec::new).take(empty)) {
            self.out.push(Event::Start(Tag::TableCell));
            self.out.extend(cell);
            self.out.push(Event::End(TagEnd::TableCell));
        }
        self.out.push(Event::End(row.to_end()));
    }
}

fn is_item(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition)
}

/// Returns the block of Markdown that an element stands for.
fn container<'e>(name: &str, tag: &HtmlTag<'_>) -> Option<Tag<'e>> {
    let level = match name {
        "h1" => HeadingLevel::H1,
        "h2" => HeadingLevel::H2,
        "h3" => HeadingLevel::H3,
        "h4" => HeadingLevel::H4,
        "h5" => HeadingLevel::H5,
        "h6" => HeadingLevel::H6,
        _ => {
            return Some(match name {
                "ul" => Tag::List(None),
                "ol" => {
                    let start = attribute(tag.attributes, "start").and_then(|start| start.trim().parse().ok());
                    Tag::List(Some(start.unwrap_or(1)))
                }
                "li" => Tag::Item,
                "blockquote" => Tag::BlockQuote(None),
                "dl" => Tag::DefinitionList,
                "dt" => Tag::DefinitionListTitle,
                "dd" => Tag::DefinitionListDefinition,
                _ => return None,
            });
        }
    };
    Some(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
}
