//! The comparison of two states, as text and as Markdown for a pull request.

use std::fmt::Write as _;

use faqt::Outcome;
use faqt::comparison::{Answer, ChangedEntry, Comparison, Origin, QuestionChange, RenamedEntry, Verdict};
use faqt::render::{self, TextOptions};

use super::lines::{bold, counted, escaped};
use super::markdown;

/// The groups of questions, each with its heading.
const GROUPS: [(Verdict, &str); 3] =
    [(Verdict::Worse, "Worse"), (Verdict::Better, "Better"), (Verdict::Neutral, "Changed, neither worse nor better")];

pub(super) fn text(states: [&str; 2], comparison: &Comparison, layout: &TextOptions) -> String {
    let mut text = String::new();
    for (heading, changes) in groups(comparison) {
        let _ = writeln!(text, "{}", bold(heading, layout));
        for change in changes {
            text +=
                &render::item("  ", &format!("“{}”{}", escaped(&change.question), escaped(&origin(change))), layout);
            let words = format!("{} → {}", answer(&change.old), answer(&change.new));
            text += &render::item("    ", &escaped(&words), layout);
        }
        text.push('\n');
    }
    let entries = entries(comparison);
    if !entries.is_empty() {
        let _ = writeln!(text, "{}", bold("Entries", layout));
        for (what, words) in &entries {
            text += &render::item("  ", &format!("{what}: {}", escaped(words)), layout);
        }
        text.push('\n');
    }
    let words = format!("{} → {}: {}", states[0], states[1], summary(comparison));
    text + &render::item("", &escaped(&words), layout)
}

pub(super) fn markdown(states: [&str; 2], comparison: &Comparison) -> String {
    let [old, new] = states.map(markdown::line);
    let mut text = format!("# Answers: {old} → {new}\n\n{}\n", summary(comparison));
    for (heading, changes) in groups(comparison) {
        let _ = write!(text, "\n## {heading}\n\n| question | before | now |\n|---|---|---|\n");
        for change in changes {
            let question = markdown::line(&format!("{}{}", change.question, origin(change)));
            let [old, new] = [&change.old, &change.new].map(|of| markdown::line(&answer(of)));
            let _ = writeln!(text, "| {question} | {old} | {new} |");
        }
    }
    let entries = entries(comparison);
    if !entries.is_empty() {
        text += "\n## Entries\n\n";
    }
    for (what, words) in entries {
        let _ = writeln!(text, "- {what}: {}", markdown::line(&words));
    }
    text
}

/// Returns the groups that hold questions.
fn groups(comparison: &Comparison) -> impl Iterator<Item = (&'static str, Vec<&QuestionChange>)> {
    let of_group = |(verdict, heading)| {
        let changes: Vec<&QuestionChange> =
            comparison.changed.iter().filter(|change| change.verdict == verdict).collect();
        (heading, changes)
    };
    GROUPS.into_iter().map(of_group).filter(|(_, changes)| !changes.is_empty())
}

/// Returns the origin of a question in parentheses.
fn origin(change: &QuestionChange) -> String {
    let origin = match change.origin {
        Origin::Question => "title",
        Origin::Logged if change.asked > 1 => return format!(" (asked {} times)", change.asked),
        Origin::Logged => "asked",
        origin => origin.name(),
    };
    format!(" ({origin})")
}

/// Describes the answer of one state.
fn answer(answer: &Answer) -> String {
    match (answer.outcome, &answer.entry) {
        (Outcome::Answered, Some(id)) => format!("answered by {id}"),
        (Outcome::Unsure, Some(id)) => format!("unsure, {id} first"),
        _ => "not covered".to_owned(),
    }
}

/// Lists the changes of entries, each with its kind.
fn entries(comparison: &Comparison) -> Vec<(&'static str, String)> {
    let entries = &comparison.entries;
    let mut rows = Vec::new();
    rows.extend(entries.added.iter().map(|of| ("added", format!("{} [{}]", of.question, of.id))));
    rows.extend(entries.removed.iter().map(|of| ("removed", format!("{} [{}]", of.question, of.id))));
    rows.extend(
        entries
            .renamed
            .iter()
            .map(|RenamedEntry { old_id, id, question, .. }| ("renamed", format!("{question} [{old_id} → {id}]"))),
    );
    rows.extend(entries.changed.iter().map(|ChangedEntry { id, question, parts, questions, .. }| {
        let parts: Vec<&str> = parts.iter().map(|part| part.name()).collect();
        ("changed", format!("{question} [{id}]: {}, for {}", parts.join(" and "), counted(*questions, "question")))
    }));
    rows
}

/// Returns the numbers of questions in one sentence.
fn summary(comparison: &Comparison) -> String {
    let counts = &comparison.counts;
    let rows = [
        (counts.worse, "worse"),
        (counts.better, "better"),
        (counts.same, "with the same answer"),
        (counts.answer_text, "with another text"),
        (counts.another_answer, "with another entry"),
        (counts.now_answered, "now answered"),
        (counts.now_unsure, "now unsure"),
        (counts.now_refused, "now not covered"),
    ];
    let shown = rows.iter().enumerate().filter(|(at, (count, _))| *count > 0 || *at == 0);
    let words: Vec<String> = shown.map(|(_, (count, words))| format!("{count} {words}")).collect();
    format!("{}: {}.", counted(comparison.questions, "question"), words.join(", "))
}
