//! The description of a site: its name, its addresses, and what a reader may choose.

use faqt::render::HtmlOptions;
use faqt::{Credit, Manifest};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::words::Words;

/// The form of the addresses within a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Addresses {
    /// Paths of a server: `/e/ID`, `/?q=QUESTION`.
    #[default]
    Paths,
    /// Fragments within one file: `#/e/ID`, `#/ask?q=QUESTION`.
    Fragments,
}

/// A site of pages.
///
/// # Examples
///
/// ```
/// # use faqt_page::{Addresses, Site};
/// let kb = faqt::KnowledgeBase::from_markdown("# Is it loud?\n\nNo.\n")?;
/// let mut site = Site::of(kb.manifest());
/// site.title = "The lamp".to_owned();
/// site.addresses = Addresses::Fragments;
/// assert_eq!(site.entry_address("a b").as_deref(), Some("#/e/a%20b"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Site {
    /// The name of the site, shown at its head and in titles.
    pub title: String,
    /// The form of its addresses.
    pub addresses: Addresses,
    /// The language of the words of the page and of entries that name none, as a BCP 47 tag. The words of the page are
    /// Chinese for `zh` and English for every other.
    pub language: String,
    /// The languages of the entries, of which a reader may choose one if there are several.
    pub languages: Vec<String>,
    /// The newest version that entries name; a reader may name another if there is one. [`Site::of`] leaves it out, because
    /// manifests name no versions.
    pub newest_version: Option<String>,
    /// The names of the knowledge bases, of which a reader may choose one if there are several.
    pub knowledge_bases: Vec<String>,
    /// The page that the content draws on.
    pub source: Option<Credit>,
    /// True if a reader can say whether an answer helped, by a form that is sent to `/helped`.
    pub takes_feedback: bool,
    /// The number of entries on a page of the table of contents; 1,000 without it.
    pub contents_limit: Option<usize>,
    /// A text behind the addresses of style sheet and script, which changes with them, such as a version.
    pub assets_version: String,
}

impl Site {
    /// Describes a site of the knowledge base with this manifest.
    #[must_use]
    pub fn of(manifest: &Manifest) -> Site {
        Site {
            title: manifest.name.clone(),
            language: manifest.language.clone(),
            languages: manifest.languages.clone(),
            source: manifest.source.clone(),
            assets_version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Site::default()
        }
    }

    /// Returns the address of an entry; `None` for an id that no address can have.
    pub fn entry_address(&self, id: &str) -> Option<String> {
        self.html_options().entry_address(id)
    }

    /// Returns the options by which answers are rendered.
    pub(crate) fn html_options(&self) -> HtmlOptions {
        HtmlOptions::default().with_entry_href(self.address("e/")).with_heading_offset(1)
    }

    /// Returns the address of a path of this site; the start has the path `""`.
    pub(crate) fn address(&self, path: &str) -> String {
        match self.addresses {
            Addresses::Paths => format!("/{path}"),
            Addresses::Fragments => format!("#/{path}"),
        }
    }

    /// Returns the address of a path with a parameter.
    pub(crate) fn address_with(&self, path: &str, name: &str, value: &str) -> String {
        self.address(path) + &parameters(&[(name, value)])
    }

    pub(crate) fn words(&self) -> &'static Words {
        Words::of(&self.language)
    }
}

/// Returns the end of an address with parameters.
pub(crate) fn parameters(given: &[(&str, &str)]) -> String {
    let given = given.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
    format!("?{}", given.collect::<Vec<_>>().join("&"))
}
