//! The elements of a page of MDX: tags and expressions over the lines, and the common indentation of what stands in each.

use crate::source::generators::block::indent_of;
use crate::source::generators::tag::Nesting;

/// The most elements, one in another, whose content is moved; deeper ones stay where they are.
const DEPTH_MAX: usize = 64;
/// Elements whose content keeps its lines.
const RAW: [&str; 4] = ["pre", "script", "style", "textarea"];

/// An element, from the line of its tag to that of its end tag.
#[derive(Debug)]
pub(super) struct Element<'a> {
    name: &'a str,
    /// The number of elements that it stands in, and itself.
    pub(super) level: usize,
    /// The column of the text in the line of its tag.
    pub(super) column: usize,
    /// The common indentation of the lines directly in it.
    content: Option<usize>,
    is_closed: bool,
}

impl Element<'_> {
    /// Returns the columns by which its content stands further right than its tag.
    pub(super) fn depth(&self) -> usize {
        self.content.filter(|_| self.is_closed).map_or(0, |content| content.saturating_sub(self.column))
    }
}

/// The elements and the place of a reader among them.
#[derive(Debug, Default)]
pub(super) struct Elements<'a> {
    pub(super) all: Vec<Element<'a>>,
    open: Vec<usize>,
    state: State<'a>,
}

/// A construct that goes on in the next line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State<'a> {
    #[default]
    Text,
    /// A tag that has not ended.
    Tag { name: &'a str, is_end: bool, column: usize, nesting: Nesting },
    /// An expression in braces.
    Expression { is_template: bool, braces: usize },
    /// The content of an element that keeps its lines.
    Raw(&'a str),
}

impl<'a> Elements<'a> {
    /// Returns true if the next line does not begin inside a tag, an expression or an element that keeps its lines.
    pub(super) fn is_at_text(&self) -> bool {
        self.state == State::Text
    }

    /// Reads a line, whose text behind the marks of lists is `text`; returns the element whose content it is.
    pub(super) fn read(&mut self, line: &'a str, text: &'a str) -> Option<usize> {
        if line.trim().is_empty() {
            // A paragraph that only looks like a tag ends here.
            if matches!(self.state, State::Tag { nesting, .. } if nesting == Nesting::default()) {
                self.state = State::Text;
            }
            return self.open.last().copied();
        }
        let is_text = self.is_at_text();
        let mut lowest = self.open.len();
        if is_text && text.starts_with(['<', '{']) {
            let column = indent_of(line) + line.trim_start().len() - text.len();
            self.tags(text, column, &mut lowest);
        } else if !is_text {
            self.tags(line, indent_of(line), &mut lowest);
        }
        let owner = lowest.checked_sub(1).map(|at| self.open[at]);
        if is_text && let Some(owner) = owner {
            let content = &mut self.all[owner].content;
            *content = Some(content.map_or(indent_of(line), |least| least.min(indent_of(line))));
        }
        owner
    }

    /// Follows the tags and expressions of a text; `lowest` becomes the least number of elements that were open.
    fn tags(&mut self, text: &'a str, column: usize, lowest: &mut usize) {
        let mut rest = text;
        while !rest.is_empty() {
            let length = match &mut self.state {
                State::Text => self.begin(rest, column),
                State::Raw(name) => match rest.match_indices("</").find(|(at, _)| rest[at + 2..].starts_with(*name)) {
                    Some((at, _)) => {
                        self.state = State::Text;
                        at
                    }
                    None => rest.len(),
                },
                State::Expression { is_template, braces } => {
                    match rest.as_bytes()[0] {
                        b'`' => *is_template = !*is_template,
                        b'{' => *braces += 1,
                        b'}' => *braces -= 1,
                        _ => {}
                    }
                    if *braces == 0 {
                        self.state = State::Text;
                    }
                    1
                }
                State::Tag { nesting, .. } => {
                    if nesting.ends_at(rest.as_bytes()[0]) {
                        self.end_tag(text[..text.len() - rest.len()].ends_with('/'), lowest);
                    }
                    1
                }
            };
            rest = rest.get(length..).unwrap_or_else(|| &rest[rest.ceil_char_boundary(length)..]);
        }
    }

    /// Begins the construct that `rest` begins with; returns the length of what is read of it.
    fn begin(&mut self, rest: &'a str, column: usize) -> usize {
        match rest.as_bytes()[0] {
            b'{' => {
                self.state = State::Expression { is_template: false, braces: 1 };
                1
            }
            b'`' => {
                let marks = rest.len() - rest.trim_start_matches('`').len();
                rest[marks..].find(&rest[..marks]).map_or(marks, |end| end + 2 * marks)
            }
            b'<' => {
                let is_end = rest.starts_with("</");
                let inner = &rest[1 + usize::from(is_end)..];
                let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
                let name = &inner[..inner.find(|c| !is_name(c)).unwrap_or(inner.len())];
                if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    self.state = State::Tag { name, is_end, column, nesting: Nesting::default() };
                }
                1 + usize::from(is_end) + name.len()
            }
            _ => rest.find(['<', '{', '`']).unwrap_or(rest.len()),
        }
    }

    /// Opens or closes the element of the tag that ends.
    fn end_tag(&mut self, is_empty: bool, lowest: &mut usize) {
        let State::Tag { name, is_end, column, .. } = std::mem::take(&mut self.state) else { return };
        if is_end {
            self.close(name);
            *lowest = (*lowest).min(self.open.len());
        } else if !is_empty && self.open.len() < DEPTH_MAX {
            self.state = if RAW.contains(&name) { State::Raw(name) } else { State::Text };
            self.all.push(Element { name, level: self.open.len() + 1, column, content: None, is_closed: false });
            self.open.push(self.all.len() - 1);
        }
    }

    /// Closes the innermost element of this name; those in it that never end are no elements.
    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|&open| self.all[open].name == name) else { return };
        self.all[self.open[at]].is_closed = true;
        for open in self.open.split_off(at + 1) {
            let (content, outer) = (self.all[open].content, self.open[at]);
            let least = &mut self.all[outer].content;
            *least = [*least, content].into_iter().flatten().min();
        }
        self.open.truncate(at);
    }
}
