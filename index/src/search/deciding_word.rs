//! The word of a question that decides: an entry that lacks it, and all that is near it, is no answer.

use std::ops::Deref;

use super::confidence::{is_latin, is_meant, is_unit};
use super::entry_words::EntryWords;
use super::pipeline::Ranking;
use super::plan::Plan;
use super::term_match::TermMatch;
use super::unspaced_words;

/// The least cosine of the word that decides and a word of the entry that says the same, or nearly. From .4 to .6, the share of
/// answered questions of seven public sets changes by .02.
const NEAR_WORD_MIN: f32 = 0.5;

/// Returns the word that decides, as it was typed, if the entry with `words` has neither it nor one near it. `matched` has
/// what the entry gives to each query term of the question. Only a word that may decide needs `words`.
pub(super) fn lacked(
    found: &Ranking<'_>,
    matched: &[TermMatch],
    words: &impl Deref<Target = EntryWords>,
) -> Option<String> {
    let plan = &found.plan;
    if plan.is_cross_lingual() {
        return None;
    }
    let is_far = |word: &str| {
        let nearest = found.reader.vectors.as_ref().and_then(|vectors| words.nearest(vectors, word));
        nearest.is_none_or(|(_, cosine)| cosine < NEAR_WORD_MIN)
    };
    let Some(DecidingWord { query_term, name }) = DecidingWord::missing(plan, matched) else {
        return unspaced_words::lacked(plan, words).filter(|word| is_far(word));
    };
    let term = |at: usize| plan.query_terms[at].term.as_str();
    if name.is_some_and(|[first, second]| !words.are_one_name(term(first), term(second))) {
        return None;
    }
    let typed = &plan.query_terms[query_term].spelling;
    let rewrite = plan.rewrites.iter().find(|rewrite| rewrite.typed == *typed);
    let word = rewrite.and_then(|rewrite| rewrite.word.as_ref()).unwrap_or(typed);
    is_far(word).then(|| typed.clone())
}

/// A word between spaces that decides and that the entry lacks: the entry holds one word at most that carries meaning, or one
/// name of two, and the words that it lacks weigh as much, this one most of all.
struct DecidingWord {
    /// Its query term.
    query_term: usize,
    /// The query terms of two neighbouring words in as many entries. The word decides only if they are one name, as Hong Kong is.
    name: Option<[usize; 2]>,
}

impl DecidingWord {
    fn missing(plan: &Plan, matched: &[TermMatch]) -> Option<DecidingWord> {
        let (mut held, mut missing): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for (at, (term, matched)) in plan.query_terms.iter().zip(matched).enumerate() {
            if is_unit(term) && is_meant(term) {
                if matched.share > 0.0 { held.push(at) } else { missing.push(at) }
            }
        }
        let weight = |at: usize| plan.query_terms[at].weight;
        let frequency = |at: usize| plan.query_terms[at].expansions.first().map(|known| known.listed.info.doc_freq);
        let (name, of_held) = match held[..] {
            [] => (None, 0.0),
            [word] => (None, weight(word)),
            [first, second] if second == first + 1 && frequency(first) == frequency(second) => {
                (Some([first, second]), weight(first).max(weight(second)))
            }
            _ => return None,
        };
        let query_term =
            missing.iter().copied().reduce(|one, other| if weight(other) > weight(one) { other } else { one })?;
        let decides = missing.iter().map(|&at| weight(at)).sum::<f32>() >= of_held;
        (decides && is_latin(&plan.query_terms[query_term])).then_some(DecidingWord { query_term, name })
    }
}
