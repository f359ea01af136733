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

/// The lines of a passage that are seen without scrolling.
const PASSAGE_LINES: usize = 4;

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
    /// The byte of the answer at which the passage begins that answers the question.
    passage: usize,
    /// True if the reader has scrolled: then the place is theirs.
    is_moved: bool,
    laid_out: Option<LaidOut>,
}

/// The text at the width that it was laid out for.
struct LaidOut {
    width: u16,
    text: Text<'static>,
    /// The lines above the passage.
    above: usize,
}

impl Page {
    /// Shows an entry whose answer has the passage that answers a question at the byte `passage`.
    pub(super) fn new(entry: Entry, words: Vec<String>, passage: usize) -> Page {
        let links = links::links(&entry);
        Page { entry, links, link: 0, scrolled: 0, words, passage, is_moved: false, laid_out: None }
    }

    /// Returns the same page, whose text begins at the top.
    pub(super) fn at_its_beginning(self) -> Page {
        Page { passage: 0, ..self }
    }

    /// Returns the text at a width.
    pub(super) fn text(&mut self, width: u16) -> &Text<'static> {
        if self.laid_out.as_ref().is_none_or(|laid_out| laid_out.width != width) {
            self.laid_out = Some(self.lay_out(width));
        }
        &self.laid_out.as_ref().expect("it was set above").text
    }

    fn lay_out(&self, width: u16) -> LaidOut {
        let mut layout = TextOptions::for_pipe(width.clamp(1, WIDTH_MAX).into());
        layout.styled = true;
        let Entry { answer, related, .. } = &self.entry;
        let title = text::title(&self.entry, &layout);
        let written = |answer: &str| text::answer(answer, related, &self.words, &layout);
        let parsed = |written: String| -> Text<'static> {
            let text = written.into_text().unwrap_or_else(|_| Text::raw(markdown::lines(answer)));
            text.into_iter().flat_map(|line| broken(line, width.max(1).into())).collect()
        };
        let above = match answer.get(..self.passage) {
            None | Some("") => 0,
            Some(above) => parsed(title.clone() + &written(above)).height(),
        };
        LaidOut { width, text: parsed(title + &written(answer) + &text::related(related, &layout)), above }
    }

    /// Moves the text of a page that is new so that the passage begins within a pane of `height` lines.
    pub(super) fn show_passage(&mut self, height: u16) {
        let above = self.laid_out.as_ref().map_or(0, |laid_out| laid_out.above);
        if !self.is_moved {
            self.scrolled = if above + PASSAGE_LINES > height.into() { above } else { 0 };
        }
    }

    /// Moves the text by some lines within a pane of `height` lines.
    pub(super) fn scroll(&mut self, lines: isize, height: u16) {
        self.is_moved |= lines != 0;
        let count = self.laid_out.as_ref().map_or(0, |laid_out| laid_out.text.height());
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
