//! Suggestions for a group of questions, before anything is proved.

use rustc_hash::FxHashMap;

use super::found::Found;
use super::report::{EntryName, Proof, Suggestion};
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::log::MASKS;
use crate::search::outcome::Outcome;

/// The most entries that are named as the closest.
const CLOSEST: usize = 3;
/// The most characters of an alias.
const ALIAS_CHARS_MAX: usize = 200;
/// The score of the second entry, as a share of the first, from which on the two compete; below it an answer is far enough ahead.
const COMPETING_MIN: f32 = 0.97;
/// The share of readers who opened the second entry, of those who opened the first, from which on the two compete.
const COMPETING_READERS_MIN: f64 = 0.7;
/// The fewest readers of each of two entries that compete.
const READERS_MIN: usize = 2;

/// Suggests what to do about the questions of a group, of which the first was asked most, and what else if that is refuted.
pub(super) fn suggestion(
    group: &[&Found],
    kb: &KnowledgeBase,
) -> Result<(Suggestion, Option<Suggestion>), SearchError> {
    let alone = |suggestion| Ok((suggestion, None));
    let first = group[0];
    let closest = || first.hits.iter().take(CLOSEST).map(|(entry, _)| entry.clone()).collect();
    let readers = by_readers(group);
    if let [(one, most), (other, next), ..] = readers.as_slice()
        && *next >= READERS_MIN
        && *next as f64 >= COMPETING_READERS_MIN * *most as f64
        && let (Some(one), Some(other)) = (named(one, kb)?, named(other, kb)?)
    {
        return alone(Suggestion::Competing { entries: vec![one, other] });
    }
    let chosen = match readers.first() {
        Some((id, _)) => named(id, kb)?,
        None => None,
    };
    let is_chosen_by_readers = chosen.is_some();
    let entry = match (chosen, first.outcome, first.hits.as_slice()) {
        (Some(entry), _, _) => entry,
        (None, Outcome::Answered, [(entry, _), ..]) => return alone(Suggestion::Unhelpful { entry: entry.clone() }),
        (None, Outcome::Unsure, [(one, best), (other, next), ..]) if *next >= COMPETING_MIN * best => {
            return alone(Suggestion::Competing { entries: vec![one.clone(), other.clone()] });
        }
        (None, Outcome::Unsure, [_, ..]) => elected(group, &first.hits[0].0),
        _ => return alone(Suggestion::Missing { closest: closest() }),
    };
    if first.outcome == Outcome::Answered && first.hits.first().is_some_and(|(answer, _)| answer.id == entry.id) {
        return alone(Suggestion::Unhelpful { entry });
    }
    let proof = Proof::default();
    let text = group.iter().map(|found| found.tallied.question.as_str()).find(|text| is_alias(text)).map(str::to_owned);
    let Some(text) = text else { return Ok((Suggestion::Missing { closest: vec![entry] }, None)) };
    let keyword = is_identifier(&text).then(|| Suggestion::Keyword {
        entry: entry.clone(),
        text: text.clone(),
        proof: proof.clone(),
    });
    let alias = Suggestion::Alias { entry, text, is_chosen_by_readers, proof };
    Ok(match keyword {
        Some(keyword) => (keyword, Some(alias)),
        None => (alias, None),
    })
}

/// Returns the entries that readers opened or were helped by, those of most readers first.
fn by_readers(group: &[&Found]) -> Vec<(String, usize)> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for (entry, count) in group.iter().flat_map(|found| &found.tallied.evidence) {
        *counts.entry(entry).or_default() += count;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().map(|(id, count)| (id.to_owned(), count)).collect();
    counts.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    counts
}

/// Returns the entry that the questions of the group find first, each with its count and its confidence as its vote.
fn elected(group: &[&Found], default: &EntryName) -> EntryName {
    let mut votes: FxHashMap<&str, (f32, &EntryName)> = FxHashMap::default();
    for found in group {
        if let Some((entry, _)) = found.hits.first() {
            votes.entry(&entry.id).or_insert((0.0, entry)).0 += found.confidence * found.tallied.count as f32;
        }
    }
    let most =
        votes.into_values().max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.id.cmp(&left.1.id)));
    most.map_or(default, |(_, entry)| entry).clone()
}

fn named(id: &str, kb: &KnowledgeBase) -> Result<Option<EntryName>, SearchError> {
    Ok(kb.entry(id)?.as_ref().map(EntryName::from))
}

/// Returns true if a question can be an alias: one line, no masked secret, not too long.
fn is_alias(text: &str) -> bool {
    let is_masked = MASKS.iter().any(|mask| text.contains(mask));
    let is_long = text.chars().nth(ALIAS_CHARS_MAX).is_some();
    let is_shown = crate::markdown::sanitise::sanitise(text) == text && !text.contains('\n');
    !is_masked && !is_long && is_shown && text.chars().any(char::is_alphanumeric)
}

/// Returns true if a question is an exact term: one word with digits, or of capitals.
fn is_identifier(text: &str) -> bool {
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    let is_capitals = text.chars().count() > 2 && text.chars().all(|c| c.is_ascii_uppercase());
    let has_letter = text.chars().any(|c| c.is_ascii_alphabetic());
    !text.contains(char::is_whitespace) && text.is_ascii() && (has_digit && has_letter || is_capitals)
}
