//! A whole page around a fragment.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::fragment::{Fragment, Request};
use crate::site::{Addresses, Site};
use crate::text::Text;

/// Returns a whole page that shows `fragment`, the answer to `request`.
///
/// The page names its style sheet `/assets/page.css`, its script `/assets/page.js` and its icon `/assets/icon.svg`. A page
/// of one file names none of them: its host puts them behind `</title>` and before `</body>`.
///
/// # Examples
///
/// ```
/// # use faqt_page::{Request, Site, document, fragment};
/// let kb = faqt::KnowledgeBase::from_markdown("# Is it loud?\n\nNo.\n")?;
/// let (site, request) = (Site::of(kb.manifest()), Request::new("e/is-it-loud"));
/// let page = document(&site, &request, &fragment(&site, &kb, &request)?);
/// assert!(page.contains("<title>Is it loud?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn document(site: &Site, request: &Request, fragment: &Fragment) -> String {
    let words = site.words();
    let (scheme, has_files) = match site.addresses {
        Addresses::Paths => ("paths", true),
        Addresses::Fragments => ("fragments", false),
    };
    let asset = |name: &str| Text(format!("/assets/{name}?{}", site.assets_version));
    html! {
        (DOCTYPE)
        html lang=(words.tag) data-addresses=(scheme)
            data-suggestion-count=(words.suggestion_count) data-no-suggestion=(words.no_suggestion)
            data-failed=(words.failed) data-thanks=(words.thanks) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (Text(&fragment.title)) }
                @if has_files {
                    link rel="stylesheet" href=(asset("page.css"));
                    link rel="icon" type="image/svg+xml" href=(asset("icon.svg"));
                    script src=(asset("page.js")) defer {}
                }
            }
            body {
                a.skip href="#main" { (words.skip) }
                (head(site))
                (question(site, request))
                p #status.unseen role="status" {}
                main #main tabindex="-1" { (PreEscaped(&fragment.html)) }
                (foot(site))
            }
        }
    }
    .into_string()
}

/// Writes the name of the site and the links to its pages.
fn head(site: &Site) -> Markup {
    let words = site.words();
    html! {
        header {
            a.name href=(site.address("")) { (Text(&site.title)) }
            nav aria-label=(words.pages) {
                a href=(site.address("contents")) { (words.contents) } " "
                a href=(site.address("keywords")) { (words.keywords) }
            }
        }
    }
}

/// Writes the form with the question, and what narrows it.
fn question(site: &Site, request: &Request) -> Markup {
    let words = site.words();
    // The start answers a question, too, so that an address says nothing but it.
    let action = site.address(if site.addresses == Addresses::Paths { "" } else { "ask" });
    html! {
        form #ask role="search" action=(action) data-path="ask" {
            label for="q" { (words.ask_label) }
            div.row {
                div.box {
                    input #q name="q" type="search" value=(Text(request.get("q").unwrap_or_default()))
                        autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="search" maxlength="1000";
                    ul #options role="listbox" aria-label=(words.suggestions) hidden {}
                }
                button { (words.ask) }
            }
            @if site.knowledge_bases.len() > 1 || site.languages.len() > 1 || site.newest_version.is_some() {
                div.choices {
                    (choice(site, "kb", words.knowledge_base, &site.knowledge_bases, request))
                    (choice(site, "lang", words.language, &site.languages, request))
                    (version(site, request))
                }
            }
        }
    }
}

/// Writes the choice of one of several names, or of all.
fn choice(site: &Site, name: &str, label: &str, values: &[String], request: &Request) -> Markup {
    let chosen = request.get(name).unwrap_or_default();
    html! {
        @if values.len() > 1 {
            label {
                (label) " "
                select name=(name) {
                    option value="" { (site.words().all) }
                    @for value in values { option value=(Text(value)) selected[value == chosen] { (Text(value)) } }
                }
            }
        }
    }
}

/// Writes the field for the version that a reader has; empty, it is the newest.
fn version(site: &Site, request: &Request) -> Markup {
    html! {
        @if let Some(newest) = &site.newest_version {
            label {
                (site.words().version) " "
                input name="for" value=(Text(request.get("for").unwrap_or_default())) placeholder=(Text(newest))
                    size="8" maxlength="40" autocomplete="off" autocapitalize="none" spellcheck="false";
            }
        }
    }
}

/// Writes the page that the content draws on.
fn foot(site: &Site) -> Markup {
    let credit = site.source.as_ref();
    html! {
        footer {
            @if let Some((credit, address)) = credit.and_then(|credit| Some((credit, faqt::render::address(&credit.url)?))) {
                p {
                    (site.words().source) " "
                    a href=(Text(address)) rel="noopener noreferrer nofollow" { (Text(&credit.title)) }
                }
            }
        }
    }
}
