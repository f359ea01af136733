//! The words of a question in a script without spaces that an entry lacks.
//!
//! No dictionary parts such a question into words. Characters that carry meaning, and the pairs of them that stand side by
//! side, tell held words from missing ones: if an entry holds a pair, it holds the word; a character that it holds nowhere
//! belongs to a word that it lacks; a character that it holds without its neighbours tells nothing.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::confidence::{is_latin, is_meant};
use super::entry_words::EntryWords;
use super::plan::{Plan, QueryTerm};
use crate::text::tokens::Class;

/// The characters of one word, at most: most Chinese words have two.
const WORD_CHARACTERS: usize = 2;

/// Returns the missing word that decides, as it was typed: an entry with `words` holds one word of the question at most, and
/// the characters that it lacks weigh as much.
///
/// An entry whose question and aliases are in other scripts was found by its meaning, so it need not hold the characters.
pub(super) fn lacked(plan: &Plan, words: &impl Deref<Target = EntryWords>) -> Option<String> {
    let characters: Vec<&QueryTerm> = plan.query_terms.iter().filter(|term| is_character(term)).collect();
    if characters.is_empty() || !words.has_unspaced_phrasing() {
        return None;
    }
    let terms: BTreeSet<&str> = words.all().map(|(_, term, _)| term).collect();
    let is_held = |term: &QueryTerm| {
        terms.contains(term.term.as_str())
            || term.expansions.iter().any(|expansion| terms.contains(expansion.term.as_str()))
    };
    let pairs: Vec<Pair> = plan.query_terms.iter().filter_map(|term| Pair::of(term, &characters)).collect();
    let is_word = |at: &usize| {
        let mut own = pairs.iter().filter(|pair| pair.holds(*at)).peekable();
        is_held(characters[*at]) && (own.peek().is_none() || own.any(|pair| is_held(pair.term)))
    };
    let held: Vec<usize> = (0..characters.len()).filter(is_word).collect();
    let missing: Vec<usize> = (0..characters.len()).filter(|&at| !is_held(characters[at])).collect();
    // The first of the longest.
    let longest = runs(&missing, &pairs).into_iter().rev().max_by_key(Vec::len)?;
    let is_spaced = |term: &QueryTerm| is_latin(term) && is_meant(term);
    let spaced: Vec<&QueryTerm> = plan.query_terms.iter().filter(|term| is_spaced(term) && is_held(term)).collect();
    // A single character that is missing beside others may be a part of a word that the entry writes otherwise.
    let beside = if longest.len() < WORD_CHARACTERS { characters.len() - missing.len() } else { held.len() };
    let weight = |of: &[usize]| of.iter().map(|&at| characters[at].weight).sum::<f32>();
    let weight_held = weight(&held) + spaced.iter().map(|term| term.weight).sum::<f32>();
    let holds_one = beside + WORD_CHARACTERS * spaced.len() <= longest.len().min(WORD_CHARACTERS);
    let decides = holds_one && weight(&missing) >= weight_held;
    decides.then(|| longest.iter().map(|&at| characters[at].spelling.as_str()).collect())
}

/// Two characters of a question that stand side by side and carry meaning.
struct Pair<'t> {
    term: &'t QueryTerm,
    places: [usize; 2],
}

impl<'t> Pair<'t> {
    /// Returns the pair that a term is, with its places among `characters`.
    fn of(term: &'t QueryTerm, characters: &[&QueryTerm]) -> Option<Pair<'t>> {
        if term.class != Class::Bigram {
            return None;
        }
        let (first, second) = term.term.split_at(term.term.chars().next()?.len_utf8());
        let place = |wanted: &str| characters.iter().position(|character| character.term == wanted);
        Some(Pair { term, places: [place(first)?, place(second)?] })
    }

    fn holds(&self, place: usize) -> bool {
        self.places.contains(&place)
    }
}

/// Returns true for a character that carries meaning.
fn is_character(term: &QueryTerm) -> bool {
    term.class == Class::Character && is_meant(term)
}

/// Returns the runs of `places` that stand side by side as `pairs` tell.
fn runs(places: &[usize], pairs: &[Pair<'_>]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for &at in places {
        let follows =
            |run: &Vec<usize>| run.last().is_some_and(|&last| pairs.iter().any(|pair| pair.places == [last, at]));
        match runs.last_mut() {
            Some(run) if follows(run) => run.push(at),
            _ => runs.push(vec![at]),
        }
    }
    runs
}
