//! A request for a part of a page, and that part.

use faqt::{Entry, Findings, SearchError};
use maud::{Markup, html};

use crate::asked::Source;
use crate::site::Site;
use crate::text::Text;
use crate::{answer, contents, entry};

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
    path: String,
    parameters: Vec<(String, String)>,
}

impl Request {
    /// Asks for the fragment at `path`, which has no slash in front.
    pub fn new(path: impl Into<String>) -> Request {
        Request { path: path.into(), parameters: Vec::new() }
    }

    /// Returns the same request with a parameter.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Request {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Returns the first parameter of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
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
    fn into_fragment(self, site: &Site) -> Fragment {
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

/// Returns the fragment that a request asks for.
///
/// # Errors
///
/// If the pack is damaged.
///
/// # Examples
///
/// ```
/// # use faqt_page::{Request, Site, fragment};
/// let kb = faqt::KnowledgeBase::from_markdown("# Is it loud?\n\nNo.\n")?;
/// let page = fragment(&Site::of(kb.manifest()), &kb, &Request::new("e/is-it-loud"))?;
/// assert!(page.html.contains("<p>No.</p>"));
/// assert!(page.title.starts_with("Is it loud?"));
/// assert!(!fragment(&Site::of(kb.manifest()), &kb, &Request::new("e/nothing"))?.is_found);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn fragment(site: &Site, source: &dyn Source, request: &Request) -> Result<Fragment, SearchError> {
    let has_question = request.get("q").is_some_and(|query| !query.trim().is_empty());
    let content = match request.path.as_str() {
        "complete" => {
            let content = answer::complete(source, request)?;
            return Ok(Fragment { html: content.html.0.clone(), ..content.into_fragment(site) });
        }
        "" | "ask" if has_question => answer::ask(site, source, request)?,
        "" | "ask" => contents::start(site, source)?,
        "contents" => contents::contents(site, source, request)?,
        "keywords" => contents::keywords(site, source, request)?,
        path => match path.strip_prefix("e/") {
            Some(id) => shown(site, source, id)?,
            None => missing(site, path),
        },
    };
    Ok(content.into_fragment(site))
}

/// Writes the entry with this id, or that there is none.
fn shown(site: &Site, source: &dyn Source, id: &str) -> Result<Content, SearchError> {
    let Some(entry) = source.entry(id)? else { return Ok(missing(site, id)) };
    let html = html! {
        (entry::article(site, &entry, None))
        (answer::feedback(site, "", &entry.id))
    };
    let moved_to = (entry.id != id).then(|| entry.id.clone());
    Ok(Content { moved_to, entry: Some(entry.clone()), ..Content::new(&entry.question, html) })
}

/// Writes that nothing has this name.
fn missing(site: &Site, name: &str) -> Content {
    let words = site.words();
    let shown: String = name.chars().take(80).collect();
    let html = html! {
        h1 tabindex="-1" { (words.no_entry) ": " code { (Text(shown)) } }
        p { a href=(site.address("contents")) { (words.contents) } }
    };
    Content { is_found: false, ..Content::new(words.no_entry, html) }
}
