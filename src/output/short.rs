//! An answer that is longer than the screen: the passage that answers, and how to see the rest.

use std::path::Path;

use anstream::adapter::strip_str;
use faqt::render::TextOptions;
use faqt::{Findings, Hit, Passage, SearchError};

use super::explanation::explanation;
use super::{candidates, lines, text};
use crate::cli::shell_word::shell_word;

/// The least number of lines for a passage.
const ROOM_MIN: usize = 3;

/// Chooses the passage of a hit for which a function returns true.
pub(crate) type ChoosePassage<'a> =
    &'a dyn Fn(&Hit, &mut dyn FnMut(&str) -> bool) -> Result<Option<Passage>, SearchError>;

/// A screen, and the command that asks the same knowledge bases.
pub(super) struct Screen<'a> {
    pub(super) lines: usize,
    pub(super) command: &'a str,
}

/// Formats findings on one screen; `None` if there is no answer or the answer is not longer than the screen.
pub(super) fn findings(
    findings: &Findings,
    screen: &Screen<'_>,
    layout: &TextOptions,
    choose: ChoosePassage<'_>,
) -> Result<Option<String>, SearchError> {
    let Some(hit) = findings.answer() else { return Ok(None) };
    let entry = &hit.entry;
    let head = text::corrections(findings, layout) + &text::notes(findings, layout) + &text::title(entry, layout);
    let whole = count(&text::answer(&entry.answer, &entry.related, &[], layout));
    // The line below the output is that of the next prompt.
    let below_head = screen.lines.saturating_sub(count(&head) + 1);
    if whole <= below_head {
        return Ok(None);
    }
    let room = below_head.saturating_sub(count(&remedy(&entry.id, (whole, whole), screen, layout))).max(ROOM_MIN);
    let Some(Fitted { passage, related, left }) = fit(hit, room, layout, choose)? else { return Ok(None) };
    let candidates = candidates::beside(entry, &findings.hits[1..], layout);
    let candidates = if count(&candidates) <= left { candidates } else { String::new() };
    let remedy = remedy(&entry.id, (count(&passage), whole), screen, layout);
    Ok(Some([head, passage, remedy, related, candidates, explanation(findings, layout)].concat()))
}

/// A passage in its room.
struct Fitted {
    passage: String,
    /// The related procedures, if they leave room enough.
    related: String,
    /// The number of lines that are left.
    left: usize,
}

/// Chooses the passage of a hit that has `room` lines, related procedures included.
fn fit(hit: &Hit, room: usize, layout: &TextOptions, choose: ChoosePassage<'_>) -> Result<Option<Fitted>, SearchError> {
    let mut listed = &hit.entry.related[..];
    let mut related = text::related(listed, layout);
    if count(&related) * 3 > room {
        (listed, related) = (&[], String::new());
    }
    let room = room - count(&related);
    let rendered = |markdown: &str, words: &[String]| text::answer(markdown, listed, words, layout);
    let Some(chosen) = choose(hit, &mut |markdown| count(&rendered(markdown, &[])) <= room)? else { return Ok(None) };
    let passage = best_lines(&rendered(&chosen.markdown, &chosen.words), &chosen.words, room);
    Ok(Some(Fitted { left: room - count(&passage), passage, related }))
}

/// Formats how much of an answer is shown, and how to see the whole.
fn remedy(id: &str, (shown, whole): (usize, usize), screen: &Screen<'_>, layout: &TextOptions) -> String {
    let show = format!("{} show {}", screen.command, shell_word(Path::new(id)));
    let words = format!("{shown} of {whole} lines. The whole answer: {show}, or ask with --full");
    format!("\n{}", lines::paragraph(&words, layout))
}

fn count(text: &str) -> usize {
    text.lines().count()
}

/// Returns at most `count` lines of a text, from before the line that holds most of `words`, which are sorted by weight: a
/// block may be longer than a screen. Blank lines behind them are left out.
fn best_lines(text: &str, words: &[String], count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let score = |line: &str| {
        let line = faqt::folded(&strip_str(line).to_string());
        let held = words.iter().enumerate().filter(|(_, word)| line.contains(word.as_str()));
        held.map(|(at, _)| 1.0 / (at + 1) as f64).sum::<f64>()
    };
    let mut start = 0;
    if lines.len() > count {
        let scores: Vec<f64> = lines.iter().map(|line| score(line)).collect();
        let best = scores.iter().enumerate().fold(0, |best, (at, score)| if *score > scores[best] { at } else { best });
        start = best.saturating_sub(1).min(lines.len() - count);
    }
    let mut shown = lines[start..].iter().take(count).copied().collect::<Vec<_>>();
    while shown.last().is_some_and(|line| line.is_empty()) {
        shown.pop();
    }
    shown.iter().flat_map(|line| [*line, "\n"]).collect()
}
