//! The plain text of Markdown, for an index and for JSON.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::dialect::one_line;
use super::events::parse;
use super::inline::Inline;
use super::superscript::VerticalPosition;

/// Returns the plain text of Markdown, a line for each paragraph, item, row and line of code.
///
/// Marks, addresses and footnote numbers are left out. An image becomes its description.
///
/// # Examples
///
/// ```
/// # use faqt::render::plain;
/// assert_eq!(plain("## Steps\n\n1. Open the [console](https://a.b).\n2. Run `faqt`."), "Steps\nOpen the console.\nRun faqt.");
/// ```
#[must_use]
pub fn plain(markdown: &str) -> String {
    text_of(markdown)
}

/// Returns the plain text of one line of inline Markdown, such as a question, as one line.
///
/// Nothing in it begins a block: `1. First` and `# Heading` keep their first marks.
///
/// # Examples
///
/// ```
/// # use faqt::render::plain_line;
/// assert_eq!(plain_line("2. Is `--kb` *required*?"), "2. Is --kb required?");
/// ```
#[must_use]
pub fn plain_line(markdown: &str) -> String {
    plain(&one_line(markdown)).replace('\n', " ")
}

/// The separator of two cells in a row.
const CELL_SEPARATOR: &str = " | ";

/// Returns the text of all blocks, a line each; code keeps its lines.
pub(crate) fn text_of(markdown: &str) -> String {
    let mut collector =
        PlainTextCollector { text: String::with_capacity(markdown.len()), ..PlainTextCollector::default() };
    for event in parse(markdown) {
        collector.read(&event);
    }
    collector.end_line();
    collector.text
}

#[derive(Default)]
struct PlainTextCollector {
    text: String,
    /// Plain text has no styles.
    line: Inline<()>,
    script: VerticalPosition,
    in_code: bool,
}

impl PlainTextCollector {
    fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(code) if self.in_code => self.code(code),
            Event::Text(text) => self.line.push_text(&self.script.shown(text), ()),
            Event::Code(code) => self.line.push_verbatim(code, ()),
            Event::SoftBreak => self.line.soft_break(()),
            Event::HardBreak => self.line.hard_break(),
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(*tag),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        self.script.open(tag);
        match tag {
            Tag::TableCell if !self.line.is_empty() => self.line.push_text(CELL_SEPARATOR, ()),
            // A tight item has no paragraph that would end its line before the block in it.
            Tag::List(_) | Tag::BlockQuote(_) | Tag::Heading { .. } | Tag::Table(_) => self.end_line(),
            Tag::CodeBlock(_) => {
                self.end_line();
                self.in_code = true;
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        self.script.close(tag);
        match tag {
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::TableCell => {}
            _ => self.end_line(),
        }
    }

    /// Adds lines of code; an event may hold several.
    fn code(&mut self, code: &str) {
        for line in code.lines() {
            self.line.push_verbatim(line, ());
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        self.line.finish();
        if !self.line.is_empty() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(self.line.text());
            self.line.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::render::plain_line;

    #[test]
    fn plain_text_has_no_marks() {
        for (markdown, expected) in [
            ("", ""),
            ("# A *b* {#c}\n\nd [e](https://f) `g`\nh[^1]\n\n[^1]: i", "A b\nd e g h\ni"),
            ("- a\n  - b\n- c\n\n> [!NOTE]\n> d", "a\nb\nc\nd"),
            ("- a\n  ```\n  b\n\n  c\n  ```\n  d", "a\nb\nc\nd"),
            ("|a|b|\n|-|-|\n|c|d|", "a | b\nc | d"),
            ("![alt](x) <b>y</b><br>z &#27;", "alt y\nz ␛"),
            ("百度注册的\n域名", "百度注册的域名"),
        ] {
            assert_eq!(plain(markdown), expected, "{markdown}");
        }
        assert_eq!(plain_line("1. What *is*\n`x`<br>y {#z}?"), "1. What is x y {#z}?");
    }
}
