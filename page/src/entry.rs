//! An entry: its question, its answer, the procedures it points to, and its names.

use faqt::render::html;
use faqt::{Entry, Kind, Passage, Related};
use maud::{Markup, PreEscaped, html as markup};

use crate::passage::{self, Parts};
use crate::site::Site;
use crate::text::Text;

/// Writes an entry as an article, its passage set off.
pub(crate) fn article(site: &Site, entry: &Entry, passage: Option<&Passage>) -> Markup {
    let words = site.words();
    let address = site.entry_address(&entry.id);
    markup! {
        article.entry lang=(Text(language(site, entry))) {
            (place(site, entry))
            h1 tabindex="-1" { (Text(&entry.question)) }
            div.answer { (answer(site, entry, passage)) }
            (related(site, &entry.related))
            footer lang=(words.tag) {
                @if !entry.keywords.is_empty() {
                    p.keywords { (words.keywords) ": " (keywords(site, &entry.keywords)) }
                }
                @if !entry.aliases.is_empty() {
                    details {
                        summary { (words.aliases) }
                        ul { @for alias in &entry.aliases { li { (Text(alias)) } } }
                    }
                }
                p.names {
                    @if let Some(address) = address {
                        a.permalink href=(Text(address)) rel="bookmark" { (words.permalink) } " "
                    }
                    code { (Text(&entry.id)) }
                    @for id in &entry.help_ids { " " code { (Text(id)) } }
                }
            }
        }
    }
}

/// Returns the language of an entry.
fn language<'a>(site: &'a Site, entry: &'a Entry) -> &'a str {
    entry.language.as_deref().unwrap_or(&site.language)
}

/// Writes the section of an entry, and its kind if it is a procedure.
fn place(site: &Site, entry: &Entry) -> Markup {
    let is_procedure = entry.kind == Kind::Procedure;
    markup! {
        @if !entry.section.is_empty() || is_procedure {
            p.place {
                (Text(entry.section.join(faqt::SECTION_SEPARATOR)))
                @if is_procedure { " " span.kind lang=(site.words().tag) { (site.words().procedure) } }
            }
        }
    }
}

/// Renders the answer of an entry, headings at levels without gaps; a link leads to a passage that is far down.
fn answer(site: &Site, entry: &Entry, chosen: Option<&Passage>) -> Markup {
    let options = site.html_options();
    let parts = chosen.and_then(|chosen| passage::parts(&entry.answer, &chosen.range, &chosen.matches, &options));
    let rendered = match parts {
        None => html(&entry.answer, &options),
        Some(Parts { before, passage, after, is_far }) => {
            let (tag, label) = (site.words().tag, site.words().passage);
            let marked = markup! {
                @if is_far { p lang=(tag) { a.jump href="#passage" { (label) } } }
                (PreEscaped(before))
                section.passage #passage tabindex="-1" aria-label=(label) { (PreEscaped(passage)) }
                (PreEscaped(after))
            };
            marked.into_string()
        }
    };
    PreEscaped(without_gaps(rendered))
}

/// Lowers headings so that they begin at `h2` and leave no level out. A `<` of content is escaped, so every tag that is
/// found is one of the renderer.
fn without_gaps(mut page: String) -> String {
    let mut level = 2;
    for found in 2..=6 {
        let tag = format!("<h{found}>");
        if !page.contains(&tag) {
            continue;
        }
        if found != level {
            page = page.replace(&tag, &format!("<h{level}>")).replace(&format!("</h{found}>"), &format!("</h{level}>"));
        }
        level += 1;
    }
    page
}

/// Writes the related procedures.
fn related(site: &Site, related: &[Related]) -> Markup {
    let words = site.words();
    markup! {
        @if !related.is_empty() {
            nav.related aria-label=(words.related) {
                h2 lang=(words.tag) { (words.related) }
                ul { @for procedure in related { li { (one(site, procedure)) } } }
            }
        }
    }
}

/// Writes a related procedure: the link to its entry, and that to its outside page.
fn one(site: &Site, related: &Related) -> Markup {
    let own = related.id.as_deref().and_then(|id| site.entry_address(id));
    let outside = related.url.as_deref().and_then(faqt::render::address);
    markup! {
        @match &own {
            Some(address) => a href=(Text(address)) { (Text(&related.title)) },
            None if outside.is_some() => {},
            None => (Text(&related.title)),
        }
        @if let Some(address) = &outside {
            @if own.is_some() { " " }
            a.outside href=(Text(address)) rel="noopener noreferrer nofollow" {
                @if own.is_some() { (Text(host(address))) } @else { (Text(&related.title)) }
            }
            @if let Some(status) = related.status { " " small lang="en" { "(" (status.describe()) ")" } }
        }
    }
}

/// Returns the part of an address that says whose page it is.
fn host(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, behind)| behind);
    behind.split(['/', '?', '#']).next().unwrap_or(behind)
}

/// Writes keywords as links to the entries under them.
fn keywords(site: &Site, keywords: &[String]) -> Markup {
    markup! {
        @for (at, keyword) in keywords.iter().enumerate() {
            @if at > 0 { ", " }
            a href=(Text(site.address_with("keywords", "k", keyword))) { (Text(keyword)) }
        }
    }
}

/// Writes a link to an entry, and its section.
pub(crate) fn link(site: &Site, entry: &Entry, with_section: bool) -> Markup {
    link_with(site, entry, with_section, "")
}

/// Writes a link to an entry whose address ends with `parameters`, and its section.
pub(crate) fn link_with(site: &Site, entry: &Entry, with_section: bool, parameters: &str) -> Markup {
    let language = entry.language.as_deref().filter(|language| *language != site.language);
    markup! {
        @match site.entry_address(&entry.id) {
            Some(address) => a href=(Text(address + parameters)) lang=[language.map(Text)] { (Text(&entry.question)) },
            None => span lang=[language.map(Text)] { (Text(&entry.question)) },
        }
        @if with_section && !entry.section.is_empty() {
            " " small.section { (Text(entry.section.join(faqt::SECTION_SEPARATOR))) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{host, without_gaps};

    #[test]
    fn an_outside_page_is_named_by_its_host() {
        assert_eq!(host("https://help.example/zh/a?b=https://c.d"), "help.example");
        assert_eq!(host("mailto:a@b.c"), "mailto:a@b.c");
    }

    #[test]
    fn headings_leave_no_level_out() {
        let page = "<h3>a</h3><h5>b</h5><h3>c</h3>".to_owned();
        assert_eq!(without_gaps(page), "<h2>a</h2><h3>b</h3><h2>c</h2>");
        let page = "<h2>a</h2><h3>b</h3>".to_owned();
        assert_eq!(without_gaps(page.clone()), page);
    }
}
