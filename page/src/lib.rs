//! Answers of a knowledge base as pages that people read in a browser.
//!
//! The crate does no I/O: it asks a [`Source`] and returns HTML. A host answers a request in 2 steps.
//!
//! ```
//! use faqt::KnowledgeBase;
//! use faqt_page::{Request, Site, document, fragment};
//!
//! let kb = KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
//! let site = Site::of(kb.manifest());
//! let request = Request::new("ask").with("q", "reset the lamp");
//! let answer = fragment(&site, &kb, &request)?;
//! assert!(answer.html.contains("Hold the button."));
//! assert!(document(&site, &request, &answer).starts_with("<!DOCTYPE html>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Paths
//!
//! | path | parameters | fragment |
//! |---|---|---|
//! | `""` | | the start: the table of contents of a small knowledge base |
//! | `ask` | `q`, `lang`, `for` | the answer, the candidates, or the words that nothing answers |
//! | `complete` | `q` | the options of the list below the question, `<li role="option">` |
//! | `e/ID` | | an entry; [`Fragment::moved_to`] names the id that it has now |
//! | `contents` | `from` | the table of contents, 1,000 entries a page |
//! | `keywords` | `k` | the keywords, or the entries under one |
//! | `helped` | | thanks to a reader who said whether an answer helped |
//!
//! A parameter `kb` is the host's: it names which knowledge base the [`Source`] is to ask.
//!
//! # The page in a browser
//!
//! A whole [`document`] works without JavaScript: the question is a form, everything else a link. [`SCRIPT`] makes it
//! faster. It asks an *engine*, an object with one method:
//!
//! ```js
//! const engine = { async fragment(path, parameters) { /* returns HTML */ } };
//! ```
//!
//! `path` is a path of the table above, its id not encoded, and `parameters` an object of texts. The method returns the
//! HTML of [`Fragment::html`]: its first element says in `data-title` what the title of the page is, in `data-status` what
//! a screen reader is told, and in `data-moved-to` the path that an entry has now.
//!
//! - **A server**: [`Addresses::Paths`]. The script starts itself, and fetches `/fragment/PATH?PARAMETERS`.
//! - **One file**: [`Addresses::Fragments`], where addresses are `#/e/ID` and `#/ask?q=…`. The host makes an engine, by
//!   WebAssembly for example, and calls `faqtPage.start(engine)` once it is ready. Until then, a form that is sent reloads
//!   the file.
//!
//! [`STYLE`] is the style sheet, and [`ICON`] the icon. None of the three names an address outside the page, and a page
//! keeps a policy of `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'`.
//!
//! All text of content and readers passes [`faqt::render::escape_html`] or [`faqt::render::html`].

mod answer;
mod asked;
mod contents;
mod document;
mod entry;
mod fragment;
mod passage;
mod route;
mod site;
mod text;
mod words;

pub use asked::Source;
pub use document::document;
pub use fragment::{Fragment, Request};
pub use route::fragment;
pub use site::{Addresses, Site};

/// The style sheet.
pub const STYLE: &str = include_str!("../assets/page.css");
/// The script; see the documentation of the crate.
pub const SCRIPT: &str = include_str!("../assets/page.js");
/// The icon, an SVG image.
pub const ICON: &str = include_str!("../assets/icon.svg");
