//! What each kind of text looks like on a terminal: the 16 colours only, so that the reader's theme decides.

use anstyle::{AnsiColor, Color, Style};
use pulldown_cmark::BlockQuoteKind;

/// The colour of code, in a line or in a block.
pub(super) const CODE: Color = Color::Ansi(AnsiColor::Cyan);

/// The bar of a quotation.
pub(super) const QUOTATION: Style = Style::new().dimmed();

/// Returns the label of a callout and the style of its bar.
pub(super) fn callout(kind: BlockQuoteKind) -> (&'static str, Style) {
    let (label, color) = match kind {
        BlockQuoteKind::Note => ("Note", AnsiColor::Blue),
        BlockQuoteKind::Tip => ("Tip", AnsiColor::Green),
        BlockQuoteKind::Important => ("Important", AnsiColor::Magenta),
        BlockQuoteKind::Warning => ("Warning", AnsiColor::Yellow),
        BlockQuoteKind::Caution => ("Caution", AnsiColor::Red),
    };
    (label, Style::new().fg_color(Some(Color::Ansi(color))))
}
