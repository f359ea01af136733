//! An entry that is read, laid out for the width of its pane.

use ansi_to_tui::IntoText as _;
use faqt::Entry;
use faqt::render::TextOptions;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use super::links::{self, Link};
use crate::output::{markdown, text};

/// The maximum width of text, because longer lines are hard to read.
const WIDTH_MAX: u16 = 100;

/// An entry with the place where it is read.
pub(super) struct Page {
    pub(super) entry: Entry,
    pub(super) links: Vec<Link>,
    /// The link that is chosen.
    pub(super) link: usize,
    /// The number of lines above the pane.
    pub(super) scrolled: usize,
    /// The words of the question, folded.
    words: Vec<String>,
    /// The text at the width that it was laid out for.
    laid_out: Option<(u16, Text<'static>)>,
}

impl Page {
    pub(super) fn new(entry: Entry, words: Vec<String>) -> Page {
        let links = links::links(&entry);
        Page { entry, links, link: 0, scrolled: 0, words, laid_out: None }
    }

    /// Returns the text at a width.
    pub(super) fn text(&mut self, width: u16) -> &Text<'static> {
        if self.laid_out.as_ref().is_none_or(|(of, _)| *of != width) {
            self.laid_out = Some((width, self.lay_out(width)));
        }
        &self.laid_out.as_ref().expect("it was set above").1
    }

    fn lay_out(&self, width: u16) -> Text<'static> {
        let mut layout = TextOptions::for_pipe(width.clamp(1, WIDTH_MAX).into());
        layout.styled = true;
        let Entry { answer, related, .. } = &self.entry;
        let written = text::title(&self.entry, &layout)
            + &text::answer(answer, related, &self.words, &layout)
            + &text::related(related, &layout);
        let text = written.into_text().unwrap_or_else(|_| Text::raw(markdown::lines(answer)));
        text.into_iter().flat_map(|line| broken(line, width.max(1).into())).collect()
    }

    /// Moves the text by some lines within a pane of `height` lines.
    pub(super) fn scroll(&mut self, lines: isize, height: u16) {
        let count = self.laid_out.as_ref().map_or(0, |(_, text)| text.height());
        let last = count.saturating_sub(height.into());
        self.scrolled = self.scrolled.saturating_add_signed(lines).min(last);
    }

    /// Chooses the next or a former link.
    pub(super) fn choose(&mut self, step: isize) {
        if let Ok(count) = isize::try_from(self.links.len())
            && count > 0
        {
            self.link = (self.link.cast_signed() + step).rem_euclid(count).cast_unsigned();
        }
    }
}

/// Breaks a line that is wider than the pane, as one with a long address is.
fn broken(line: Line<'static>, width: usize) -> Vec<Line<'static>> {
    if line.width() <= width {
        return vec![line];
    }
    let (mut lines, mut part, mut columns) = (Vec::new(), Line::default(), 0);
    for grapheme in line.styled_graphemes(Style::default()) {
        let span = Span::styled(grapheme.symbol.to_owned(), grapheme.style);
        if columns + span.width() > width && columns > 0 {
            lines.push(std::mem::take(&mut part));
            columns = 0;
        }
        columns += span.width();
        part.push_span(span);
    }
    lines.push(part);
    lines
}
