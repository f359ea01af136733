//! Answers rendered as text, as words and as HTML.

use std::ffi::c_char;

use faqt::render::{self, HtmlOptions, Images, TextOptions};
use serde::Deserialize;

use crate::boundary::call;
use crate::text;

/// The options of HTML in their JSON form.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct PageOptions {
    entry_href: Option<String>,
    heading_offset: u8,
    id_prefix: String,
    images: Pictures,
}

#[derive(Default, Deserialize)]
#[serde(try_from = "String")]
enum Pictures {
    Describe,
    #[default]
    Link,
    Load,
}

/// Deserialises from a string only: a derived implementation would accept `{"link": null}`, too.
impl TryFrom<String> for Pictures {
    type Error = String;

    fn try_from(name: String) -> Result<Pictures, String> {
        match name.as_str() {
            "describe" => Ok(Pictures::Describe),
            "link" => Ok(Pictures::Link),
            "load" => Ok(Pictures::Load),
            _ => Err(format!("images: `{name}` is not describe, link or load")),
        }
    }
}

impl From<PageOptions> for HtmlOptions {
    fn from(given: PageOptions) -> HtmlOptions {
        let mut options = HtmlOptions::default().with_id_prefix(given.id_prefix);
        options.entry_href = given.entry_href;
        options.heading_offset = given.heading_offset;
        options.images = match given.images {
            Pictures::Describe => Images::Describe,
            Pictures::Link => Images::Link,
            Pictures::Load => Images::Load,
        };
        options
    }
}

/// The options of text in their JSON form.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LayoutOptions {
    width: Option<usize>,
    styled: bool,
    hyperlinks: bool,
    entry_ids: bool,
}

impl From<LayoutOptions> for TextOptions {
    fn from(given: LayoutOptions) -> TextOptions {
        let mut options = TextOptions::default();
        options.width = given.width.unwrap_or(options.width);
        options.styled = given.styled;
        options.hyperlinks = given.hyperlinks;
        options.entry_ids = given.entry_ids;
        options
    }
}

/// Renders Markdown as sanitised HTML.
///
/// # Safety
///
/// The rules of faqt.h for text, `options` and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_html(
    markdown: *const c_char,
    length: usize,
    options: *const c_char,
    error: *mut *mut c_char,
) -> *mut c_char {
    let run = || {
        // SAFETY: guaranteed by the caller, see `# Safety`.
        let options: PageOptions = unsafe { text::options(options) }?;
        // SAFETY: guaranteed by the caller, see `# Safety`.
        let markdown = unsafe { text::take(markdown, length, "the Markdown") }?;
        Ok(text::give(&render::html(&markdown, &options.into())))
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { call(error, run) }
}

/// Lays Markdown out in lines of text.
///
/// # Safety
///
/// The rules of faqt.h for text, `options` and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_text(
    markdown: *const c_char,
    length: usize,
    options: *const c_char,
    error: *mut *mut c_char,
) -> *mut c_char {
    let run = || {
        // SAFETY: guaranteed by the caller, see `# Safety`.
        let options: LayoutOptions = unsafe { text::options(options) }?;
        // SAFETY: guaranteed by the caller, see `# Safety`.
        let markdown = unsafe { text::take(markdown, length, "the Markdown") }?;
        Ok(text::give(&render::text(&markdown, &options.into())))
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { call(error, run) }
}

/// Returns the words of Markdown.
///
/// # Safety
///
/// The rules of faqt.h for text and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_plain(markdown: *const c_char, length: usize, error: *mut *mut c_char) -> *mut c_char {
    let run = || {
        // SAFETY: guaranteed by the caller, see `# Safety`.
        let markdown = unsafe { text::take(markdown, length, "the Markdown") }?;
        Ok(text::give(&render::plain(&markdown)))
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { call(error, run) }
}
