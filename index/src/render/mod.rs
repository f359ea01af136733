//! Answers for readers: as text laid out for a terminal, as HTML for a page, or as their words alone.
//!
//! [`plain()`] and [`plain_line`] give the words and are always there. `text` and its like lay an answer out and need
//! the feature `text`; `html` makes a fragment of a page and needs the feature `html`. All parse one dialect, and
//! whatever they return has passed [`sanitise()`]: no content, however hostile, can send a control sequence, reorder a
//! line or hide a character in it.
//!
//! What the renderers share stands here: `inline` gathers sanitised text, `tags` reduces raw HTML to text, `link` decides
//! which addresses are shown, `notes` numbers footnotes.

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
pub use self::text::options::TextOptions;
#[cfg(feature = "text")]
pub use self::text::{item, text, title};
pub use crate::markdown::plain::{plain, plain_line};
pub use crate::markdown::sanitise::sanitise;
pub use crate::model::address::address;
