//! From the path of a request to its fragment.

use faqt::SearchError;
use maud::html;

use crate::asked::Source;
use crate::fragment::{Content, Fragment, Request};
use crate::site::Site;
use crate::text::Text;
use crate::{answer, contents, entry};

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
        "helped" => Content::new(site.words().thanks, html! { h1 tabindex="-1" { (site.words().thanks) } }),
        path => match path.strip_prefix("e/") {
            Some(id) => shown(site, source, id)?,
            None => missing(site, site.words().no_page, path),
        },
    };
    Ok(content.into_fragment(site))
}

/// Writes the entry with this id, or that there is none.
fn shown(site: &Site, source: &dyn Source, id: &str) -> Result<Content, SearchError> {
    let Some(entry) = source.entry(id)? else { return Ok(missing(site, site.words().no_entry, id)) };
    let html = entry::article(site, &entry, None);
    let moved_to = (entry.id != id).then(|| entry.id.clone());
    Ok(Content { moved_to, entry: Some(entry.clone()), ..Content::new(&entry.question, html) })
}

/// Writes what is missing, and its name.
fn missing(site: &Site, what: &str, name: &str) -> Content {
    let shown: String = name.chars().take(80).collect();
    let html = html! {
        h1 tabindex="-1" { (what) ": " code { (Text(shown)) } }
        p { a href=(site.address("contents")) { (site.words().contents) } }
    };
    Content { is_found: false, ..Content::new(what, html) }
}
