//! Answers for readers: as text laid out for a terminal, as HTML for a page, or as plain text.
//!
//! [`plain()`] and [`plain_line`] give plain text and are always there. `text` and its relatives lay an answer out and
//! need the feature `text`; `html` makes a fragment of a page and needs the feature `html`. All parse one dialect, and
//! all output has passed [`sanitise()`]: no content can send a control sequence, reorder a line or hide a character in
//! it.
//!
//! The renderers share modules of `markdown`: `inline` gathers sanitised text, `events` parses, with raw HTML as Markdown,
//! `link` decides which addresses are shown, `notes` numbers footnotes.

#[cfg(feature = "html")]
mod html;
pub mod json;
#[cfg(feature = "text")]
mod text;

#[cfg(feature = "html")]
pub use self::html::escape_html;
#[cfg(feature = "html")]
pub use self::html::html;
#[cfg(feature = "html")]
pub use self::html::options::{HtmlOptions, Images};
#[cfg(feature = "text")]
pub use self::text::options::{Annotations, TextOptions};
#[cfg(feature = "text")]
pub use self::text::{annotated, item, text, title};
pub use crate::markdown::plain::{plain, plain_line};
pub use crate::markdown::sanitise::sanitise;
pub use crate::model::address::address;
