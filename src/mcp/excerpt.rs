//! As much of an answer as a budget of characters has room for.

use faqt::{Entry, Passage, Related, SearchError};
use serde::Serialize;

use crate::output::markdown;
use faqt::json::Reference;

/// Stands where a part of an answer is left out.
const GAP: &str = "\n\n…\n\n";

/// The budget over that of the passage: with more room, a passage begins with blocks that only surround the answer.
const PASSAGE_SHARE: usize = 4;

/// An entry with as much of its answer as fits.
#[derive(Serialize)]
pub(super) struct Excerpt<'a> {
    #[serde(flatten)]
    entry: Reference<'a>,
    passage: String,
    /// True if the passage is the whole answer.
    whole: bool,
    /// The characters of the whole answer.
    characters: usize,
    related: &'a [Related],
}

impl<'a> Excerpt<'a> {
    /// Returns the whole answer if it fits, or else its beginning.
    pub(super) fn of(entry: &'a Entry, budget: usize) -> Excerpt<'a> {
        Excerpt::holding(entry, beginning(&entry.answer, budget))
    }

    /// Returns the whole answer if it fits, or else the passage that `choose` returns for a part of the budget, followed by
    /// what fits of the rest: first of what stands below the passage, then of what stands above.
    pub(super) fn about(
        entry: &'a Entry,
        budget: usize,
        choose: impl FnOnce(&mut dyn FnMut(&str) -> bool) -> Result<Option<Passage>, SearchError>,
    ) -> Result<Excerpt<'a>, SearchError> {
        if count(&entry.answer) <= budget {
            return Ok(Excerpt::of(entry, budget));
        }
        let Some(chosen) = choose(&mut |markdown| count(markdown) <= budget / PASSAGE_SHARE)? else {
            return Ok(Excerpt::of(entry, budget));
        };
        let mut passage = beginning(&chosen.markdown, budget);
        for rest in [&entry.answer[chosen.range.end..], &entry.answer[..chosen.range.start]] {
            let room = budget.saturating_sub(count(&passage) + count(GAP));
            let added = blocks_within(rest.trim(), room);
            if !added.is_empty() {
                passage = format!("{passage}{GAP}{added}");
            }
        }
        Ok(Excerpt::holding(entry, passage))
    }

    fn holding(entry: &'a Entry, passage: String) -> Excerpt<'a> {
        let whole = passage == entry.answer;
        Excerpt { entry: entry.into(), passage, whole, characters: count(&entry.answer), related: &entry.related }
    }

    /// Formats the entry as Markdown, with `beside` its id.
    pub(super) fn text(&self, entry: &Entry, beside: &str) -> String {
        let question = markdown::line(&entry.question);
        let id = faqt::render::sanitise(&entry.id);
        let rest = if self.whole {
            String::new()
        } else {
            let shown = count(&self.passage);
            format!("\n({shown} of {} characters; `show` with a greater budget has the rest.)\n", self.characters)
        };
        let related = markdown::related(self.related);
        format!("# {question}\n\nid: {id}{beside}\n\n{}\n{rest}{related}", markdown::lines(&self.passage))
    }
}

/// Returns a text if it fits, or else its first blocks, or the beginning of its first block.
fn beginning(text: &str, budget: usize) -> String {
    if count(text) <= budget {
        return text.to_owned();
    }
    let blocks = blocks_within(text, budget);
    if !blocks.is_empty() {
        return blocks.to_owned();
    }
    let cut: String = text.chars().take(budget.saturating_sub(1)).collect();
    format!("{cut}…")
}

/// Returns the first blocks of a text that fit, without a blank line behind them. A fence and all it holds is one block.
fn blocks_within(text: &str, budget: usize) -> &str {
    let (mut fits, mut at, mut characters) = (0, 0, 0);
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let marker = ["```", "~~~"].into_iter().find(|marker| trimmed.starts_with(marker));
        match (fence, marker) {
            (None, Some(marker)) => fence = Some(marker),
            (Some(open), Some(marker)) if open == marker => fence = None,
            _ => {}
        }
        if trimmed.is_empty() && fence.is_none() {
            fits = at;
        }
        characters += count(line);
        if characters > budget {
            return text[..fits].trim_end();
        }
        at += line.len();
    }
    text.trim_end()
}

fn count(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_behind_a_block() {
        let text = "One.\n\nTwo\nlines.\n\n```\na\n\nb\n```\n\nEnd.";
        assert_eq!(blocks_within(text, 100), text);
        assert_eq!(blocks_within(text, 30), "One.\n\nTwo\nlines.");
        assert_eq!(blocks_within(text, 12), "One.");
        assert_eq!(blocks_within(text, 3), "");
    }

    #[test]
    fn no_budget_is_exceeded_and_no_character_is_cut() {
        let text = "备案需要多长时间?\n\n最长二十个工作日。\n\nA few days.";
        for budget in 1..50 {
            let cut = beginning(text, budget);
            assert!(count(&cut) <= budget && !cut.is_empty(), "{budget}: {cut:?}");
        }
        assert_eq!(beginning(text, 4), "备案需…");
    }
}
