//! Text of content and readers, for maud.

use faqt::render::escape_html;
use maud::{Markup, PreEscaped, Render};

/// Text that is sanitised and escaped where it is written, in an element or an attribute.
pub(crate) struct Text<T>(pub(crate) T);

impl<T: AsRef<str>> Render for Text<T> {
    fn render(&self) -> Markup {
        PreEscaped(escape_html(self.0.as_ref()))
    }
}
