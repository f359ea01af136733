//! Raised and lowered text for output that has no such style: `10⁹`, `H₂O`.

use std::borrow::Cow;

use pulldown_cmark::{Tag, TagEnd};

/// Characters with a raised form, and the forms.
const RAISED: (&str, &str) = ("0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ");
/// Characters with a lowered form, and the forms.
const LOWERED: (&str, &str) = ("0123456789+-=()aeijoruvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₒᵣᵤᵥₓ");

/// The position of text, raised or lowered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum VerticalPosition {
    #[default]
    Line,
    Raised,
    Lowered,
}

impl VerticalPosition {
    /// Follows the start of a span.
    pub(crate) fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Superscript => *self = VerticalPosition::Raised,
            Tag::Subscript => *self = VerticalPosition::Lowered,
            _ => {}
        }
    }

    /// Follows the end of a span or a block.
    pub(crate) fn close(&mut self, tag: TagEnd) {
        if !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) {
            *self = VerticalPosition::Line;
        }
    }

    /// Returns a text in its position: by characters that are raised themselves, or behind a mark.
    pub(crate) fn shown(self, text: &str) -> Cow<'_, str> {
        let (from, to, mark) = match self {
            VerticalPosition::Line => return Cow::Borrowed(text),
            VerticalPosition::Raised => (RAISED.0, RAISED.1, '^'),
            VerticalPosition::Lowered => (LOWERED.0, LOWERED.1, '_'),
        };
        let form = |c: char| from.chars().position(|known| known == c).and_then(|at| to.chars().nth(at));
        let forms: Option<String> = text.chars().map(form).collect();
        match forms {
            Some(forms) => Cow::Owned(forms),
            None if text.chars().all(char::is_alphanumeric) => Cow::Owned(format!("{mark}{text}")),
            None if text.chars().any(char::is_alphanumeric) => Cow::Owned(format!("{mark}({text})")),
            None => Cow::Borrowed(text),
        }
    }
}
