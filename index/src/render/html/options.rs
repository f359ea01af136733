//! The choices of a host for the HTML of its pages.

use super::address;

/// The options of HTML.
///
/// # Examples
///
/// ```
/// # use faqt::render::{HtmlOptions, Images, html};
/// let options = HtmlOptions::default().with_entry_href("/help?id=").with_id_prefix("a1-");
/// let options = options.with_heading_offset(2).with_images(Images::Describe);
/// assert_eq!(
///     html("# Steps\n\n![The lamp](https://a.b/lamp.png), [opened](faqt:case).", &options),
///     "<h3>Steps</h3>\n<p>The lamp, <a href=\"/help?id=case\">opened</a>.</p>\n"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct HtmlOptions {
    /// The text before the percent-encoded id in the address of another entry, such as `/help/` or `/help?id=`. Without
    /// it, a link to another entry is its text.
    ///
    /// The prefix comes from the host and is not checked.
    pub entry_href: Option<String>,
    /// The number of levels by which headings are lowered, so that those of an answer stand below those of its page.
    /// The lowest level is `h6`.
    pub heading_offset: u8,
    /// The prefix of the ids of footnotes. Answers that share a page need different prefixes.
    pub id_prefix: String,
    /// The treatment of images.
    pub images: Images,
}

/// The treatment of an image in an answer.
///
/// # Examples
///
/// ```
/// # use faqt::render::{HtmlOptions, Images, html};
/// let options = HtmlOptions::default().with_images(Images::Describe);
/// assert_eq!(html("![A lamp](https://a.b/lamp.png)", &options), "<p>A lamp</p>\n");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Images {
    /// Its description alone.
    Describe,
    /// Its description as a link to it, where it has an outside address. The page loads nothing.
    #[default]
    Link,
    /// The image itself, where it has an outside address: its server learns that the page is read.
    Load,
}

impl HtmlOptions {
    /// Returns the same options with links to other entries, whose ids follow `prefix`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt::render::{HtmlOptions, html};
    /// let options = HtmlOptions::default().with_entry_href("/help/");
    /// assert_eq!(html("[x](<faqt:a b/c>)", &options), "<p><a href=\"/help/a%20b%2Fc\">x</a></p>\n");
    /// ```
    #[must_use]
    pub fn with_entry_href(mut self, prefix: impl Into<String>) -> HtmlOptions {
        self.entry_href = Some(prefix.into());
        self
    }

    /// Returns the address of an entry for a link of the host's own; `None` without [`HtmlOptions::entry_href`], and
    /// for an id that would point elsewhere as part of a path.
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt::render::HtmlOptions;
    /// let options = HtmlOptions::default().with_entry_href("/help/");
    /// assert_eq!(options.entry_address("guide/c#usage").as_deref(), Some("/help/guide%2Fc%23usage"));
    /// ```
    #[must_use]
    pub fn entry_address(&self, id: &str) -> Option<String> {
        address::entry(id, self.entry_href.as_deref())
    }

    /// Returns the same options with ids that begin with `prefix`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt::render::{HtmlOptions, html};
    /// let page = html("A[^1]\n\n[^1]: Note.", &HtmlOptions::default().with_id_prefix("x-"));
    /// assert!(page.contains("<a href=\"#x-fn-1\">1</a>"));
    /// ```
    #[must_use]
    pub fn with_id_prefix(mut self, prefix: impl Into<String>) -> HtmlOptions {
        self.id_prefix = prefix.into();
        self
    }

    /// Returns the same options with headings `offset` levels lower: an `h1` becomes an `h2` with 1.
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt::render::{HtmlOptions, html};
    /// assert_eq!(html("# Usage", &HtmlOptions::default().with_heading_offset(2)), "<h3>Usage</h3>\n");
    /// ```
    #[must_use]
    pub const fn with_heading_offset(mut self, offset: u8) -> HtmlOptions {
        self.heading_offset = offset;
        self
    }

    /// Returns the same options with pictures written as `images` says.
    #[must_use]
    pub const fn with_images(mut self, images: Images) -> HtmlOptions {
        self.images = images;
        self
    }
}
