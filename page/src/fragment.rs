//! A request for a part of a page, and that part.

use faqt::{Entry, Findings, SearchOptions};
use maud::{Markup, html};

use crate::site::Site;
use crate::text::Text;

/// The number of entries that a page lists for a question.
const LIMIT: usize = 6;

/// A request: a path and parameters, decoded; see the documentation of the crate.
///
/// # Examples
///
/// ```
/// # use faqt_page::Request;
/// let request = Request::new("ask").with("q", "is it loud");
/// assert_eq!(request.get("q"), Some("is it loud"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    pub(crate) path: String,
    locale: Option<String>,
    parameters: Vec<(String, String)>,
}

impl Request {
    /// Asks for the fragment at `path`, which has no slash in front.
    pub fn new(path: impl Into<String>) -> Request {
        Request { path: path.into(), ..Request::default() }
    }

    /// Returns the same request with a parameter.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Request {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Returns the same request of a reader whose system or browser speaks this language, as a BCP 47 tag.
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt_page::Request;
    /// assert_eq!(Request::new("ask").with_locale("de-AT").options().locale.as_deref(), Some("de-AT"));
    /// ```
    #[must_use]
    pub fn with_locale(mut self, tag: impl Into<String>) -> Request {
        self.locale = Some(tag.into());
        self
    }

    /// Returns the first parameter of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the options of the search for its question: the languages under `lang`, with commas between them, and the
    /// version under `for`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt_page::Request;
    /// let options = Request::new("ask").with("q", "is it loud").with("lang", "de-AT, en").with("for", "2.4").options();
    /// assert_eq!(options.languages, ["de-AT", "en"]);
    /// assert_eq!(options.version.as_deref(), Some("2.4"));
    /// ```
    pub fn options(&self) -> SearchOptions {
        let languages = self.get("lang").unwrap_or_default().split(',').map(str::trim).filter(|tag| !tag.is_empty());
        let mut options = SearchOptions::default().with_limit(LIMIT).with_languages(languages);
        options.locale.clone_from(&self.locale);
        options.version = self.get("for").map(str::trim).filter(|version| !version.is_empty()).map(str::to_owned);
        options
    }

    /// Returns the path.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// A part of a page: the content of its `main` element.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fragment {
    /// The HTML.
    pub html: String,
    /// The title of a page with this fragment, as plain text that is not sanitised.
    pub title: String,
    /// The id that the entry has now, if the request named it by another.
    pub moved_to: Option<String>,
    /// False if nothing is at the path, no entry has the id or the keyword, or no entry answers the question.
    pub is_found: bool,
    /// The findings of a question.
    pub findings: Option<Findings>,
    /// The entry at a path of one.
    pub entry: Option<Entry>,
}

/// A fragment whose first element has no facts yet.
pub(crate) struct Content {
    pub(crate) html: Markup,
    pub(crate) title: String,
    pub(crate) status: String,
    pub(crate) is_found: bool,
    pub(crate) moved_to: Option<String>,
    pub(crate) findings: Option<Findings>,
    pub(crate) entry: Option<Entry>,
}

impl Content {
    pub(crate) fn new(title: &str, html: Markup) -> Content {
        let (title, status) = (title.to_owned(), title.to_owned());
        Content { html, title, status, is_found: true, moved_to: None, findings: None, entry: None }
    }

    /// Wraps the content in an element with the facts that the script reads.
    pub(crate) fn into_fragment(self, site: &Site) -> Fragment {
        let title = match self.title.as_str() {
            "" => site.title.clone(),
            title => format!("{title} · {}", site.title),
        };
        let moved_to = self.moved_to.as_ref().map(|id| Text(format!("e/{id}")));
        let html = html! {
            div.fragment data-title=(Text(&title)) data-status=(Text(&self.status)) data-moved-to=[moved_to] {
                (self.html)
            }
        };
        Fragment {
            html: html.into_string(),
            title,
            moved_to: self.moved_to,
            is_found: self.is_found,
            findings: self.findings,
            entry: self.entry,
        }
    }
}
