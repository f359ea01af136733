//! Lines of MDX without the indentation of the components that they stand in.

use std::collections::HashMap;
use std::ops::Range;

use super::constants;
use super::elements::Elements;
use crate::source::code_fence::CodeFence;
use crate::source::generators::block::is_list_item;
use crate::source::generators::block::{dedented, indent_of};
use crate::source::generators::inline;

/// The least indentation of code in `CommonMark`.
const CODE: usize = 4;

/// A page of MDX.
pub(crate) struct Page<'a> {
    /// Its lines as `CommonMark` reads them.
    pub(crate) lines: Vec<&'a str>,
    /// The components that it defines, each with what it stands for.
    pub(crate) components: HashMap<String, String>,
}

/// A line with what is known of it before all elements are read.
struct Line {
    kind: Kind,
    /// The element that it stands in.
    owner: Option<usize>,
    /// The elements whose tags end in it.
    opened: Range<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    /// Code, or its end.
    Code,
    /// It stays as it is written: it stands in a statement, a tag or an expression.
    Verbatim,
    /// A fence around MDX, which Docusaurus reads as if it were not there.
    Dropped,
}

/// Reads the lines of a page.
pub(crate) fn page<'a>(lines: &[&'a str]) -> Page<'a> {
    let mut components = HashMap::new();
    let (kinds, elements) = kinds(lines, &mut components);
    let mut margin = Margin { elements: &elements, shifts: vec![(0, 0); elements.all.len()], items: Vec::new() };
    let (mut removed, mut after_blank) = (0, true);
    let lines = lines.iter().zip(kinds).map(|(&line, Line { kind, owner, opened })| {
        if kind == Kind::Text && !line.trim().is_empty() {
            removed = margin.of(line, owner, after_blank);
        }
        after_blank = line.trim().is_empty();
        margin.enter(opened, removed);
        match kind {
            Kind::Dropped => "",
            Kind::Verbatim => line,
            Kind::Text | Kind::Code => dedented(line, removed),
        }
    });
    Page { lines: lines.collect(), components }
}

/// Tells the lines of text from the others, and finds the elements.
fn kinds<'a>(lines: &[&'a str], components: &mut HashMap<String, String>) -> (Vec<Line>, Elements<'a>) {
    let mut elements = Elements::default();
    let mut kinds = Vec::with_capacity(lines.len());
    let (mut fence, mut around, mut in_statement): (Option<CodeFence>, Option<CodeFence>, usize) = (None, None, 0);
    for (at, &line) in lines.iter().enumerate() {
        let before = elements.all.len();
        let is_at_text = elements.is_at_text() && in_statement == 0;
        if is_at_text && fence.is_none() && inline::is_module_code(line) {
            in_statement = constants::statement_lines(&lines[at..]);
            constants::add(&lines[at..at + in_statement], components);
        }
        let mut owner = None;
        let kind = if in_statement > 0 {
            in_statement -= 1;
            Kind::Verbatim
        } else if let Some(open) = fence {
            fence = Some(open).filter(|open| !open.is_closed_by(line));
            Kind::Code
        } else if let Some(open) = around.filter(|open| open.is_closed_by(line)) {
            around = around.filter(|around| *around != open);
            Kind::Dropped
        } else if let Some(open) = CodeFence::around_mdx(line).filter(|_| is_at_text && around.is_none()) {
            around = Some(open);
            Kind::Dropped
        } else {
            fence = CodeFence::opened_by(line).filter(|_| is_at_text);
            owner = elements.read(line, if fence.is_some() { "" } else { behind_marks(line) });
            if is_at_text { Kind::Text } else { Kind::Verbatim }
        };
        kinds.push(Line { kind, owner, opened: before..elements.all.len() });
    }
    (kinds, elements)
}

/// Returns the text of a line behind the marks of the items of lists that it begins; nothing of a quotation.
fn behind_marks(line: &str) -> &str {
    let mut text = line.trim_start();
    while is_list_item(text) {
        text = text[text.find([' ', '\t']).unwrap_or(text.len())..].trim_start();
    }
    text
}

/// The columns that text begins in.
struct Margin<'e, 'a> {
    elements: &'e Elements<'a>,
    /// For each element, the columns that are removed from its content, and the column of its tag after that.
    shifts: Vec<(usize, usize)>,
    /// The columns of the text of open items of lists, each with the level of the element that it stands in.
    items: Vec<(usize, usize)>,
}

impl Margin<'_, '_> {
    /// Returns the columns to remove from a line of text.
    fn of(&mut self, line: &str, owner: Option<usize>, after_blank: bool) -> usize {
        let indent = indent_of(line);
        let (shift, column) = owner.map_or((0, 0), |owner| self.shifts[owner]);
        let level = owner.map_or(0, |owner| self.elements.all[owner].level);
        let mut removed = shift.min(indent);
        let is_item = is_list_item(line);
        let goes_on = |&(item, of): &(usize, usize)| {
            of < level || of == level && (indent - removed >= item || !is_item && !after_blank)
        };
        while self.items.last().is_some_and(|last| !goes_on(last)) {
            self.items.pop();
        }
        let base = self.items.last().map_or(column, |&(item, _)| item.max(column));
        if indent - removed >= base + CODE {
            removed = indent - base;
        }
        if is_item {
            let text = line.trim_start();
            let mark = text.find([' ', '\t']).unwrap_or(text.len());
            let space = indent_of(&text[mark..]);
            let width = mark + if space > CODE { 1 } else { space };
            self.items.push((indent - removed + width, level));
        }
        removed
    }

    /// Begins elements whose tags stand in a line that is moved by `removed` columns.
    fn enter(&mut self, opened: Range<usize>, removed: usize) {
        for at in opened {
            let element = &self.elements.all[at];
            self.shifts[at] = (removed + element.depth(), element.column.saturating_sub(removed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let lines: Vec<&str> = text.split('\n').collect();
        assert_eq!(page(&lines).lines.join("\n"), expected, "{text}");
    }

    #[test]
    fn content_of_components_is_moved_to_their_tags() {
        check(
            "<Tabs>\n  <Tab>\n    a\n      b\n\n    - c\n      - d\n  </Tab>\n</Tabs>\ne",
            "<Tabs>\n<Tab>\na\n  b\n\n- c\n  - d\n</Tab>\n</Tabs>\ne",
        );
        check(
            "1. a\n\n   <Tabs>\n    <Tab>\n         ```sh\n         b:\n           c\n       d\n\n         ```\n         :::info\n    </Tab>\n   </Tabs>",
            "1. a\n\n   <Tabs>\n   <Tab>\n   ```sh\n   b:\n     c\n d\n\n   ```\n   :::info\n   </Tab>\n   </Tabs>",
        );
        check(
            "- <Tabs\n    a=\"b\"\n      c={[\n  1]}>\n      d\n  </Tabs>",
            "- <Tabs\n    a=\"b\"\n      c={[\n  1]}>\n  d\n  </Tabs>",
        );
        check("<Tab>\na\n    b\n</Tab>", "<Tab>\na\nb\n</Tab>");
    }

    #[test]
    fn fences_and_items_stand_at_any_depth() {
        check("    ```\n      a\n    ```", "```\n  a\n```");
        check("- a\n\n        ```\n         b\n        ```\n        c", "- a\n\n  ```\n   b\n  ```\n  c");
        check("- a\n        - b", "- a\n  - b");
        check("1. a\n    - b\n        - c", "1. a\n    - b\n        - c");
    }

    #[test]
    fn code_statements_and_what_never_ends_stay() {
        for text in [
            "<A>\n<B>\n    {`a\n        b`}\n</B>\n  c",
            "```\n<A>\n        b\n</A>\n```",
            "<pre>\n      a\n</pre>",
            "export const a = {\n      b: 1,\n\n        c: 2,\n};",
            "a < b\n   <c\n\nd",
            "`<a>`\n   b",
        ] {
            check(text, &text.replace("    {`a", "{`a"));
        }
    }

    #[test]
    fn a_fence_around_mdx_is_none() {
        check(
            "````mdx-code-block\nimport A from 'a';\n\n<A>\n  b\n\n```\n  c\n```\n</A>\n````\nd",
            "\nimport A from 'a';\n\n<A>\n  b\n\n```\n  c\n```\n</A>\n\nd",
        );
    }
}
