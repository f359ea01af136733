//! The blocks of an answer, by which a translation is laid beside its original.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::sentences::push_text;
use crate::markdown::events::parse;

/// Returns the texts of the headings, paragraphs, items and cells of an answer in their order, with code in backticks. A block
/// without text stands in its place.
pub(super) fn blocks(answer: &str) -> Vec<String> {
    let (mut blocks, mut block, mut left_out) = (Vec::new(), String::new(), 0_usize);
    for event in parse(answer) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => left_out += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => left_out = left_out.saturating_sub(1),
            _ if left_out > 0 => {}
            // The text of an item may end where a list within it begins.
            Event::Start(Tag::List(_)) if !block.trim().is_empty() => blocks.push(std::mem::take(&mut block)),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
                blocks.push(std::mem::take(&mut block));
            }
            event => push_text(&mut block, &event),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_paragraphs_items_and_cells_are_blocks() {
        let answer = "# A\n\nB `c`\nd\n\n1. E\n   - F\n2. G\n\n```\n9\n```\n\n| h | i |\n|---|---|\n| 1 | |\n";
        assert_eq!(blocks(answer), ["A", "B `c` d", "E", "F", "", "G", "h", "i", "1", ""]);
    }
}
