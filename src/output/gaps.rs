//! The questions of a log that lack an answer, as text and as Markdown, and the decisions of a person.

use std::fmt::Write as _;

use faqt::gaps::{EntryName, Gaps, Group, Proof, Suggestion};
use faqt::render::{self, TextOptions, sanitise};
use serde::Serialize;

use super::lines::{bold, counted, escaped, faint, line, paragraph};

/// The most questions of a group, and of entries that nobody was led to, that text names; JSON has all.
const QUESTIONS_MAX: usize = 4;
const UNLED_MAX: usize = 20;

/// The changes that were written into the folder.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Applied {
    /// The files that were written.
    pub(crate) written: Vec<String>,
    /// The numbers of the groups whose suggestions are in them.
    pub(crate) groups: Vec<usize>,
    /// The suggestions that were accepted and not written.
    pub(crate) refused: Vec<Refused>,
}

/// A suggestion that was accepted and is not written.
#[derive(Debug, Serialize)]
pub(crate) struct Refused {
    /// The number of the group.
    pub(crate) group: usize,
    /// The reason.
    pub(crate) reason: String,
}

/// Formats the gaps as text.
pub(super) fn text(gaps: &Gaps, layout: &TextOptions) -> String {
    let mut text = paragraph(&summary(gaps), layout);
    for group in &gaps.groups {
        text += "\n";
        text += &self::group(group, layout);
    }
    if gaps.more_groups > 0 {
        let _ = writeln!(text, "\n{}", faint(&format!("{}: --limit", further(gaps)), layout));
    }
    if !gaps.unled.is_empty() {
        let _ = writeln!(text, "\n{}", bold(&unled_title(gaps), layout));
        for entry in gaps.unled.iter().take(UNLED_MAX) {
            text += &line(&entry.question, &entry.id, layout);
        }
        text += &unled_rest(gaps).map_or_else(String::new, |rest| format!("  {rest}\n"));
    }
    text
}

/// Formats a group.
pub(super) fn group(group: &Group, layout: &TextOptions) -> String {
    let title = format!("{}. {}", group.number, one_line(&group.question));
    let mut text = format!("{}\n", bold(&title, layout));
    let mut say = |words: String| text += &render::item("   ", &escaped(&words), layout);
    say(facts(group));
    if let Some(others) = others(group) {
        say(others);
    }
    say(format!("→ {}", advice(&group.suggestion)));
    if let Some(proof) = group.suggestion.proof() {
        say(proof_of(proof));
    }
    text
}

/// Formats the gaps as Markdown.
pub(super) fn markdown(gaps: &Gaps) -> String {
    let mut text = format!("{}\n", escaped(&one_line(&summary(gaps))));
    for group in &gaps.groups {
        let _ = write!(text, "\n## {}. {}\n\n", group.number, escaped(&one_line(&group.question)));
        let proof = group.suggestion.proof().map(proof_of);
        let facts = [Some(facts(group)), others(group), Some(advice(&group.suggestion)), proof];
        for fact in facts.into_iter().flatten() {
            let _ = writeln!(text, "- {}", escaped(&one_line(&fact)));
        }
    }
    if gaps.more_groups > 0 {
        let _ = writeln!(text, "\n{}.", further(gaps));
    }
    if !gaps.unled.is_empty() {
        let _ = write!(text, "\n## {}\n\n", escaped(&unled_title(gaps)));
        for entry in gaps.unled.iter().take(UNLED_MAX) {
            let _ = writeln!(text, "- {}", escaped(&one_line(&shown(entry))));
        }
        text += &unled_rest(gaps).map_or_else(String::new, |rest| format!("- {rest}\n"));
    }
    text
}

fn summary(gaps: &Gaps) -> String {
    let days = gaps.days.as_ref().map_or_else(String::new, |(first, last)| format!(" from {first} to {last}"));
    let questions = counted(gaps.asked, "question");
    if gaps.groups.is_empty() {
        return format!("{questions}{days}, all answered.");
    }
    let groups = gaps.groups.len() + gaps.more_groups;
    format!(
        "{questions}{days}. {} of them have no answer that helped, in {}.",
        gaps.unanswered,
        counted(groups, "group")
    )
}

fn facts(group: &Group) -> String {
    let times = if group.count == 1 { "once".to_owned() } else { format!("{} times", group.count) };
    let last = if group.last_day.is_empty() { String::new() } else { format!(", last on {}", group.last_day) };
    let outcome = group.outcome.name().replace('_', " ");
    format!("asked {times}{last}; {outcome}")
}

fn others(group: &Group) -> Option<String> {
    let others = group.questions.iter().skip(1);
    let named: Vec<String> =
        others.clone().take(QUESTIONS_MAX).map(|counted| format!("“{}”", one_line(&counted.question))).collect();
    let more = others.count().saturating_sub(QUESTIONS_MAX);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!named.is_empty()).then(|| format!("also: {}{rest}", named.join(", ")))
}

/// Says what to do.
fn advice(suggestion: &Suggestion) -> String {
    let list = |entries: &[EntryName]| entries.iter().map(shown).collect::<Vec<_>>().join(", ");
    match suggestion {
        Suggestion::Alias { entry, text, is_chosen_by_readers, .. } => {
            let reason = if *is_chosen_by_readers { "readers chose it" } else { "it was found first" };
            format!("add the alias “{}” to {}; {reason}", one_line(text), shown(entry))
        }
        Suggestion::Keyword { entry, text, .. } => {
            format!("add the keyword “{}” to {}", one_line(text), shown(entry))
        }
        Suggestion::Synonyms { terms, groups, .. } => {
            let groups: Vec<String> = groups.iter().map(ToString::to_string).collect();
            format!("add the synonyms “{}” for the groups {}", terms.join("”, “"), groups.join(", "))
        }
        Suggestion::Competing { entries } => {
            format!("these entries compete; say in each what it is for, or merge them: {}", list(entries))
        }
        Suggestion::Unhelpful { entry } => {
            format!("readers get this answer, and it does not help; write more in {}", shown(entry))
        }
        Suggestion::Missing { closest } if closest.is_empty() => "write an entry; nothing comes close".to_owned(),
        Suggestion::Missing { closest } => format!("write an entry; the closest: {}", list(closest)),
        _ => "see --format json".to_owned(),
    }
}

fn proof_of(proof: &Proof) -> String {
    match proof {
        Proof::Proved { answered, asked } => {
            format!(
                "proved: {answered} of {asked} are answered with it, no check ends worse, and no answered question loses its answer"
            )
        }
        Proof::Refuted { reason } => format!("not proved: {}", one_line(reason)),
        _ => "not tried".to_owned(),
    }
}

fn shown(entry: &EntryName) -> String {
    format!("{} ({}:{})", one_line(&entry.id), one_line(&entry.path), entry.line)
}

fn further(gaps: &Gaps) -> String {
    counted(gaps.more_groups, "further group")
}

fn unled_title(gaps: &Gaps) -> String {
    format!("{} that no question led to", counted(gaps.unled.len(), "entry"))
}

fn unled_rest(gaps: &Gaps) -> Option<String> {
    let rest = gaps.unled.len().saturating_sub(UNLED_MAX);
    (rest > 0).then(|| format!("and {rest} more: --format json"))
}

/// Formats what was written.
pub(super) fn written(applied: &Applied) -> String {
    let mut text = String::new();
    for path in &applied.written {
        let _ = writeln!(text, "Wrote {}", sanitise(path));
    }
    for Refused { group, reason } in &applied.refused {
        let _ = writeln!(text, "Not written, group {group}: {}", sanitise(&one_line(reason)));
    }
    if text.is_empty() { "Nothing to write\n".to_owned() } else { text }
}

/// Returns text that is one line and commands no terminal.
fn one_line(text: &str) -> String {
    sanitise(&text.split(['\n', '\r']).collect::<Vec<_>>().join(" ")).into_owned()
}
