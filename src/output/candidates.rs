//! Candidates: those to choose from, and those beside an answer.

use std::fmt::Write as _;

use faqt::render::{self, TextOptions};
use faqt::{Entry, Hit, plain_id};

use super::editions;
use super::lines::{bold, escaped};

/// The use of a list of candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The reader will be asked for one by its number.
    Numbered,
    /// The list is only read.
    None,
}

/// Formats the candidates of an unsure search, with the first lines of the best one.
pub(super) fn numbered(hits: &[Hit], choice: Choice, layout: &TextOptions) -> String {
    let width = hits.len().to_string().len();
    let mut text = String::new();
    for (at, hit @ Hit { entry, .. }) in hits.iter().enumerate() {
        if at == 0 {
            text.push('\n');
        }
        let marker = match choice {
            Choice::Numbered => format!("  {:>width$}. ", at + 1),
            Choice::None => "  ".to_owned(),
        };
        let question = format!("{} [{}]{}", escaped(&entry.question), escaped(&entry.id), editions::marks(hit));
        text += &render::item(&marker, &question, layout);
        if at == 0 {
            text += &beginning(entry, marker.len() + 2, layout);
        }
    }
    text
}

/// Formats the first lines of an answer, indented.
fn beginning(entry: &Entry, indent: usize, layout: &TextOptions) -> String {
    const LINES: usize = 3;
    const BYTES_MAX: usize = 2_000;
    let mut narrow = *layout;
    narrow.width = layout.width.saturating_sub(indent);
    let start = &entry.answer[..entry.answer.floor_char_boundary(BYTES_MAX)];
    let rendered = render::text(start, &narrow);
    let mut inked = rendered.lines().filter(|line| !line.is_empty());
    let mut text = String::new();
    for line in inked.by_ref().take(LINES) {
        let _ = writeln!(text, "{:indent$}{line}", "");
    }
    if inked.next().is_some() {
        let _ = writeln!(text, "{:indent$}…", "");
    }
    text
}

/// Formats the candidates beside an answer; related procedures are named in the answer already.
pub(super) fn beside(best: &Entry, others: &[Hit], layout: &TextOptions) -> String {
    let named: Vec<&str> = best.related.iter().filter_map(|named| named.id.as_deref()).map(plain_id).collect();
    let is_named = |hit: &&Hit| named.contains(&plain_id(&hit.entry.id));
    listed("Other candidates", others.iter().filter(|hit| !is_named(hit)), layout)
}

/// Formats candidates by their questions, below a heading.
pub(super) fn listed<'a>(heading: &str, hits: impl Iterator<Item = &'a Hit>, layout: &TextOptions) -> String {
    let lines: String = hits
        .map(|hit| {
            let question =
                format!("{} [{}]{}", escaped(&hit.entry.question), escaped(&hit.entry.id), editions::marks(hit));
            render::item("  ", &question, layout)
        })
        .collect();
    if lines.is_empty() { lines } else { format!("\n{}\n{lines}", bold(heading, layout)) }
}
