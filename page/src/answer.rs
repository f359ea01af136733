//! The findings of a search: the answer, the candidates to choose from, or that nothing answers.

use faqt::{Correction, Findings, Hit, Outcome, SearchError};
use maud::{Markup, html};

use crate::asked::Source;
use crate::entry;
use crate::fragment::{Content, Request};
use crate::passage::{PASSAGE_BYTES, SHORT_BYTES};
use crate::site::{Site, parameters};
use crate::text::Text;
use crate::words::Words;

/// The longest question in bytes that is asked; a longer one is cut, as it is no question.
const QUERY_BYTES_MAX: usize = 4_000;
/// The number of questions below the one that is being typed.
const COMPLETIONS: usize = 8;

/// Asks the question of a request.
pub(crate) fn ask(site: &Site, source: &dyn Source, request: &Request) -> Result<Content, SearchError> {
    let query = question(request);
    let findings = source.search(query, &request.options())?;
    let words = site.words();
    let outcome = match findings.outcome {
        Outcome::Answered => answered(site, source, request, &findings)?,
        Outcome::Unsure => choice(site, request, &findings, words.unsure, None),
        _ => choice(site, request, &findings, words.not_covered, Some(words.not_covered_more)),
    };
    let status = match (findings.outcome, findings.answer()) {
        (Outcome::Answered, Some(hit)) => format!("{}: {}", words.answer, hit.entry.question),
        (Outcome::Unsure, _) => format!("{}. {}: {}", words.unsure, words.closest, findings.hits.len()),
        _ => format!("{}. {}", words.not_covered, words.not_covered_more),
    };
    let name = match findings.outcome {
        Outcome::Answered => "answered",
        Outcome::Unsure => "unsure",
        _ => "not-covered",
    };
    let html = html! {
        div class=(format!("result {name}")) {
            (corrections(words, &findings.corrections))
            (outcome)
        }
    };
    let is_found = findings.outcome != Outcome::NotCovered;
    let mut content = Content { status, is_found, ..Content::new(query, html) };
    content.findings = Some(findings);
    Ok(content)
}

/// Returns the question of a request, not longer than any question is.
fn question(request: &Request) -> &str {
    let query = request.get("q").unwrap_or_default().trim();
    &query[..query.floor_char_boundary(QUERY_BYTES_MAX)]
}

/// Writes the answer with its passage, and the other candidates.
fn answered(site: &Site, source: &dyn Source, request: &Request, findings: &Findings) -> Result<Markup, SearchError> {
    let query = question(request);
    let Some(hit) = findings.answer() else { return Ok(html! {}) };
    let mut fits = |passage: &str| passage.len() <= PASSAGE_BYTES;
    let is_long = hit.entry.answer.len() > SHORT_BYTES;
    let passage = if is_long { source.passage(query, hit, &mut fits)? } else { None };
    Ok(html! {
        @if hit.fallback { p.note { (site.words().fallback) } }
        (entry::article(site, &hit.entry, passage.as_ref()))
        (feedback(site, request, &hit.entry.id))
        (candidates(site, request, site.words().other, &findings.hits[1..]))
    })
}

/// Writes that nothing surely answers, and the entries that came nearest.
fn choice(site: &Site, request: &Request, findings: &Findings, title: &str, more: Option<&str>) -> Markup {
    html! {
        h1 tabindex="-1" { (title) ": " q { (Text(question(request))) } }
        @if let Some(more) = more { p { (more) } }
        @if let (Some(false), Some(version)) = (findings.hits.first().and_then(|hit| hit.applies), &findings.version) {
            p.note { (site.words().other_version) " " (Text(version)) }
        }
        (candidates(site, request, site.words().closest, &findings.hits))
    }
}

/// Writes hits as links. If readers' choices are taken down, the addresses say which question they are of.
fn candidates(site: &Site, request: &Request, title: &str, hits: &[Hit]) -> Markup {
    let asked = if site.takes_feedback { parameters(&asked(request)) } else { String::new() };
    html! {
        @if !hits.is_empty() {
            nav.candidates aria-label=(title) {
                h2 { (title) }
                ul { @for hit in hits { li { (entry::link_with(site, &hit.entry, true, &asked)) } } }
            }
        }
    }
}

/// Writes the words that were taken for others.
fn corrections(words: &Words, corrections: &[Correction]) -> Markup {
    html! {
        @if !corrections.is_empty() {
            p.corrections {
                @for (at, correction) in corrections.iter().enumerate() {
                    @if at > 0 { ", " }
                    s { (Text(&correction.typed)) } " " (words.read_as) " " em { (Text(&correction.taken_for)) }
                }
            }
        }
    }
}

/// Returns the parameters of a request that say what was asked of whom.
fn asked(request: &Request) -> Vec<(&'static str, &str)> {
    let rest = ["kb", "lang", "for"].map(|name| (name, request.get(name).unwrap_or_default()));
    let rest = rest.into_iter().filter(|(_, value)| !value.is_empty());
    std::iter::once(("q", question(request))).chain(rest).collect()
}

/// Writes the form by which a reader says whether the answer helped.
fn feedback(site: &Site, request: &Request, id: &str) -> Markup {
    let words = site.words();
    html! {
        @if site.takes_feedback {
            form.helped method="post" action="/helped" {
                @for (name, value) in asked(request) { input type="hidden" name=(name) value=(Text(value)); }
                input type="hidden" name="id" value=(Text(id));
                fieldset {
                    legend { (words.helped) }
                    button name="answer" value="yes" { (words.yes) }
                    button name="answer" value="no" { (words.no) }
                }
            }
        }
    }
}

/// Writes the questions that match what was typed, as options of a list box.
pub(crate) fn complete(source: &dyn Source, request: &Request) -> Result<Content, SearchError> {
    let typed = question(request);
    let completions = if typed.is_empty() { Vec::new() } else { source.complete(typed, COMPLETIONS)? };
    let html = html! {
        @for (at, completion) in completions.iter().enumerate() {
            li role="option" id=(format!("option-{at}")) aria-selected="false"
                data-path=(Text(format!("e/{}", completion.id))) data-question=(Text(&completion.question)) {
                (Text(&completion.text))
                @if completion.text != completion.question { " " small { (Text(&completion.question)) } }
            }
        }
    };
    Ok(Content::new(typed, html))
}
