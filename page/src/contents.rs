//! The start, the table of contents and the keywords.

use faqt::{Entry, SearchError};
use maud::{Markup, html};

use crate::asked::Source;
use crate::entry;
use crate::fragment::{Content, Request};
use crate::site::Site;
use crate::text::Text;

/// The number of entries up to which the start lists them all.
const START_MAX: usize = 200;
/// The number of entries on a page of the table of contents, if the site names no other.
const PAGE: usize = 1_000;
/// The number of entries up to which all keywords are listed: each entry has to be read for that.
const KEYWORDS_MAX: usize = 20_000;

/// Writes the start.
pub(crate) fn start(site: &Site, source: &dyn Source) -> Result<Content, SearchError> {
    let count = source.count();
    let is_small = count <= START_MAX;
    let entries = if is_small { source.entries(0, START_MAX)? } else { Vec::new() };
    let words = site.words();
    let html = html! {
        div.contents {
            h1 tabindex="-1" { (Text(&site.title)) }
            @if is_small { (sections(site, &entries)) } @else {
                p { a href=(site.address("contents")) { (words.contents) } " (" (count) " " (words.entries) ")" }
            }
        }
    };
    Ok(Content::new("", html))
}

/// Writes a page of the table of contents.
pub(crate) fn contents(site: &Site, source: &dyn Source, request: &Request) -> Result<Content, SearchError> {
    let from = request.get("from").and_then(|from| from.parse().ok()).unwrap_or(0);
    let limit = site.contents_limit.unwrap_or(PAGE);
    let entries = source.entries(from, limit)?;
    let words = site.words();
    let page = |from: usize| Text(site.address_with("contents", "from", &from.to_string()));
    let next = from.saturating_add(limit);
    let has_more = next < source.count();
    let html = html! {
        div.contents {
            h1 tabindex="-1" { (words.contents) }
            (sections(site, &entries))
            @if from > 0 || has_more {
                nav.pages aria-label=(words.contents) {
                    @if from > 0 { a href=(page(from.saturating_sub(limit))) rel="prev" { (words.previous) } " " }
                    @if has_more { a href=(page(next)) rel="next" { (words.next) } }
                }
            }
        }
    };
    Ok(Content::new(words.contents, html))
}

/// Writes entries below the titles of their sections; neighbours of one section stand together.
fn sections(site: &Site, entries: &[Entry]) -> Markup {
    html! {
        @for members in entries.chunk_by(|left, right| left.section == right.section) {
            section {
                @if let Some(first) = members.first().filter(|first| !first.section.is_empty()) {
                    h2 { (Text(first.section.join(faqt::SECTION_SEPARATOR))) }
                }
                ul { @for entry in members { li { (entry::link(site, entry, false)) } } }
            }
        }
    }
}

/// Writes the keywords, or the entries under the one that the request names.
pub(crate) fn keywords(site: &Site, source: &dyn Source, request: &Request) -> Result<Content, SearchError> {
    match request.get("k").map(str::trim).filter(|term| !term.is_empty()) {
        Some(term) => keyword(site, source, term),
        None => all_keywords(site, source),
    }
}

fn all_keywords(site: &Site, source: &dyn Source) -> Result<Content, SearchError> {
    let words = site.words();
    let entries = if source.count() <= KEYWORDS_MAX { source.entries(0, KEYWORDS_MAX)? } else { Vec::new() };
    let html = html! {
        div.contents {
            h1 tabindex="-1" { (words.keywords) }
            (keyword_form(site))
            dl.index {
                @for (keyword, members) in faqt::by_keyword(&entries) {
                    dt { a href=(Text(site.address_with("keywords", "k", &keyword))) { (Text(&keyword)) } }
                    @for entry in members { dd { (entry::link(site, entry, false)) } }
                }
            }
        }
    };
    Ok(Content::new(words.keywords, html))
}

/// Writes the form by which a keyword is looked up.
fn keyword_form(site: &Site) -> Markup {
    let words = site.words();
    html! {
        form.keyword action=(site.address("keywords")) data-path="keywords" {
            label for="k" { (words.keywords) } " "
            input #k name="k" type="search" autocomplete="off" required; " "
            button { (words.ask) }
        }
    }
}

fn keyword(site: &Site, source: &dyn Source, term: &str) -> Result<Content, SearchError> {
    let words = site.words();
    let entries = source.keyword(term)?;
    let html = html! {
        div.contents {
            h1 tabindex="-1" { (words.keywords) ": " q { (Text(term)) } }
            @if entries.is_empty() { p { (words.no_keyword) ": " q { (Text(term)) } } }
            ul { @for entry in &entries { li { (entry::link(site, entry, true)) } } }
            p { a href=(site.address("keywords")) { (words.keywords) } }
        }
    };
    Ok(Content { is_found: !entries.is_empty(), ..Content::new(&format!("{}: {term}", words.keywords), html) })
}
