//! The links of an entry: its related procedures, and those in its answer.

use faqt::{ENTRY_SCHEME, Entry, render};

/// The aim of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Entry(String),
    Address(String),
}

/// A link that a reader can follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) label: String,
    pub(super) target: Target,
}

/// Lists the links of an entry, each aim once.
pub(super) fn links(entry: &Entry) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut add = |label: &str, target: Target| {
        if links.iter().all(|link| link.target != target) {
            let label = render::plain_line(label);
            links.push(Link { label, target });
        }
    };
    for related in &entry.related {
        if let Some(id) = &related.id {
            add(&related.title, Target::Entry(id.clone()));
        } else if let Some(address) = related.url.as_deref().and_then(render::address) {
            add(&related.title, Target::Address(address.clone()));
        }
    }
    for (label, target) in inline(&entry.answer) {
        match target.strip_prefix(ENTRY_SCHEME) {
            Some(id) => add(label, Target::Entry(id.to_owned())),
            None => {
                if let Some(address) = render::address(target) {
                    add(label, Target::Address(address.clone()));
                }
            }
        }
    }
    links
}

/// Returns the labels and aims of inline links. A build writes all links in this form.
fn inline(markdown: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for (at, _) in markdown.match_indices("](") {
        let label = markdown[..at].rfind('[').map_or("", |start| &markdown[start + 1..at]);
        let rest = &markdown[at + 2..];
        let target = match rest.strip_prefix('<') {
            Some(rest) => rest.split('>').next(),
            None => rest.split([')', ' ', '\n']).next(),
        };
        found.extend(target.map(|target| (label, target)));
    }
    found
}
