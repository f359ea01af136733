//! The sentences of an answer that state something: prose, without code, tables, headings and quotations of programs.

use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::markdown::events::parse;
use crate::markdown::plain::plain;

/// The longest sentence in bytes that is compared; longer ones are lists without stops.
const BYTES_MAX: usize = 400;
/// The most sentences of an entry that are compared.
const SENTENCES_MAX: usize = 200;

/// Returns the sentences of an answer in their order, with code in backticks.
pub(super) fn sentences(answer: &str) -> Vec<String> {
    let mut reader = Reader::default();
    for event in parse(answer) {
        reader.read(&event);
    }
    reader.end_block();
    reader.sentences
}

/// Returns the first sentence of an answer that begins with prose.
pub(super) fn first_sentence(answer: &str) -> Option<String> {
    let start: String = answer.chars().take(BYTES_MAX).collect();
    let line = plain(&start);
    let first = line.lines().next()?.split_sentence_bounds().next()?.trim().to_owned();
    (!first.is_empty()).then_some(first)
}

/// Adds the text of an event to that of its block, with code in backticks.
pub(super) fn push_text(block: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) => block.push_str(text),
        Event::Code(code) => block.extend(["`", code.trim_matches('`'), "`"]),
        Event::SoftBreak | Event::HardBreak => block.push(' '),
        _ => {}
    }
}

#[derive(Default)]
struct Reader {
    block: String,
    /// The number of open elements whose text is left out.
    left_out: usize,
    sentences: Vec<String>,
}

impl Reader {
    fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(*tag),
            _ if self.left_out > 0 => {}
            event => push_text(&mut self.block, event),
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let is_left_out = matches!(
            tag,
            Tag::CodeBlock(_) | Tag::Table(_) | Tag::Heading { .. } | Tag::HtmlBlock | Tag::FootnoteDefinition(_)
        );
        if is_left_out || matches!(tag, Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::BlockQuote(_)) {
            self.end_block();
        }
        self.left_out += usize::from(is_left_out);
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock | TagEnd::Table | TagEnd::Heading(_) | TagEnd::HtmlBlock | TagEnd::FootnoteDefinition => {
                self.left_out = self.left_out.saturating_sub(1);
                self.block.clear();
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_) => self.end_block(),
            _ => {}
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let room = SENTENCES_MAX.saturating_sub(self.sentences.len());
        let is_stated = |sentence: &&str| {
            // A question states nothing, and a line that ends with a colon introduces another.
            !sentence.is_empty() && sentence.len() <= BYTES_MAX && !sentence.ends_with(['?', '？', ':', '：'])
        };
        let parts = block.split_sentence_bounds().flat_map(|sentence| sentence.split([';', '；']));
        self.sentences.extend(parts.map(str::trim).filter(is_stated).take(room).map(str::to_owned));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_split_and_code_is_left_out() {
        let answer = "Hold it for `5 s`. Then wait.\n\n```sh\nsleep 9\n```\n\n- One item\n- Is it?\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n按住 5 秒。然后松开；等待。";
        let expected = ["Hold it for `5 s`.", "Then wait.", "One item", "按住 5 秒。", "然后松开", "等待。"];
        assert_eq!(sentences(answer), expected);
    }
}
