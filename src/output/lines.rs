//! Lines of text for a person: candidates, paragraphs, styled words.

use anstyle::Style;
use faqt::render::{self, TextOptions};

/// Formats a question on a line of its own, followed by the id for `faqt show`.
pub(super) fn line(question: &str, id: &str, layout: &TextOptions) -> String {
    render::item("  ", &format!("{} [{}]", escaped(question), escaped(id)), layout)
}

/// Formats plain text as a paragraph.
pub(super) fn paragraph(words: &str, layout: &TextOptions) -> String {
    render::item("", &escaped(words), layout)
}

/// Returns a number with a noun, whose plural ends in `s`, or in `ies` in place of `y`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if count == 1 => format!("1 {noun}"),
        Some(stem) => format!("{count} {stem}ies"),
        None => format!("{count} {noun}s"),
    }
}

/// Returns plain text as Markdown that renders it literally.
pub(super) fn escaped(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}

pub(super) fn bold(text: &str, layout: &TextOptions) -> String {
    styled(text, Style::new().bold(), layout)
}

pub(super) fn faint(text: &str, layout: &TextOptions) -> String {
    styled(text, Style::new().dimmed(), layout)
}

pub(super) fn styled(text: &str, style: Style, layout: &TextOptions) -> String {
    if layout.styled { format!("{style}{text}{style:#}") } else { text.to_owned() }
}
