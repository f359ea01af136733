//! The styles of text on a terminal: the 16 colours only, so that the reader's theme decides.

use anstyle::{AnsiColor, Color, Style};
use pulldown_cmark::BlockQuoteKind;

use crate::markdown::inline;

/// The style of a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TextStyle {
    pub(crate) style: Style,
    /// The address that it links to, as an index into [`Page::addresses`](crate::render::text::page::Page).
    pub(crate) address: Option<usize>,
}

/// Text with its styles.
pub(crate) type Inline = inline::Inline<TextStyle>;

/// The colour of code, in a line or in a block.
pub(crate) const CODE: Color = Color::Ansi(AnsiColor::Cyan);

/// The bar of a quotation.
pub(crate) const QUOTATION: Style = Style::new().dimmed();

/// Returns the style of a callout's bar.
pub(crate) fn callout(kind: BlockQuoteKind) -> Style {
    let color = match kind {
        BlockQuoteKind::Note => AnsiColor::Blue,
        BlockQuoteKind::Tip => AnsiColor::Green,
        BlockQuoteKind::Important => AnsiColor::Magenta,
        BlockQuoteKind::Warning => AnsiColor::Yellow,
        BlockQuoteKind::Caution => AnsiColor::Red,
    };
    Style::new().fg_color(Some(Color::Ansi(color)))
}
