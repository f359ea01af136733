//! The explanation of the first hit: the contribution of each word of the question, and the places where it was found.
//!
//! The score of one entry is recomputed by parts, from its text and from the index; a search keeps none of them.

use std::collections::HashMap;

use serde::Serialize;

use super::candidate::{COVERAGE_WEIGHT, Evidence, Exactness, PHRASING_WEIGHT};
use super::editions::ChosenBy;
use super::entry_words::{EntryWords, Place};
use super::pipeline::Ranking;
use super::plan::{Expansion, Plan, QueryTerm};
use super::rank::Ranked;
use super::retrieve::lexical::{self, WeightedTerm};
use crate::engine::denominator::{B, K1};
use crate::engine::posting_blocks::Frequencies;
use crate::error::SearchError;
use crate::model::entry::Entry;
use crate::reader::Reader;
use crate::sentences::{EncoderState, SentenceLikeness};
use crate::text::distinct::distinct;

/// The explanation of an entry that was found.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let options = faqt::SearchOptions::default().with_explain(true);
/// let why = kb.search("reset the lamp", &options)?.why.expect("it was asked for");
/// assert_eq!(why.most_alike.as_deref(), Some("How do I reset the lamp?"));
/// let vectors = why.meaning.unwrap_or_default() + why.sentences.unwrap_or_default();
/// let sum = why.bm25 + why.phrasing + why.coverage + vectors;
/// assert!((sum - why.score).abs() < 0.01);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Why {
    /// The score of the entry.
    pub score: f32,
    /// The BM25 score of its whole text, as a part of the score.
    #[serde(rename = "whole")]
    pub bm25: f32,
    /// The share of the score that its most similar phrasing gave.
    #[serde(rename = "surface")]
    pub phrasing: f32,
    /// The share of the score that the weight of the question's words in the entry gave.
    pub coverage: f32,
    /// The share of the score that vectors gave, less than 0 for an entry less alike than most; nothing if none were
    /// compared.
    pub meaning: Option<f32>,
    /// The share of the score that sentence vectors gave; nothing if none were compared: the encoder is not ready, or was not
    /// asked because words and vectors are sure.
    pub sentences: Option<f32>,
    /// The readiness of the knowledge base to compare sentence vectors.
    pub encoder: EncoderState,
    /// Words of the question that the entry does not hold, each with the entry's word that is nearest in meaning.
    pub near: Vec<NearWord>,
    /// The word that decides, folded, if the entry has neither it nor one near it in meaning: then the entry is not shown as the
    /// answer.
    pub lacks: Option<String>,
    /// That phrasing: its question or one of its aliases.
    pub most_alike: Option<String>,
    /// The terms of the question, the most giving first.
    pub terms: Vec<WhyTerm>,
    /// True if the question is a phrasing of the entry, word for word: then the entry stands first whatever the score.
    pub exact: bool,
    /// The id of the entry that would have come next, and its score. With several knowledge bases, the id is that of
    /// [`qualified_id`](crate::qualified_id).
    pub next: Option<(String, f32)>,
    /// The edition that is shown, if the entry has several; the words above are those of the edition that was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<WhyEdition>,
}

/// The edition of an entry that is shown, and the reason.
///
/// # Examples
///
/// ```
/// let files = [
///     ("loud.md", "---\nquestion: Is the lamp loud?\n---\nNo.\n"),
///     ("loud.de.md", "---\nquestion: Ist die Lampe laut?\n---\nNein.\n"),
/// ];
/// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", files).build()?.pack)?;
/// let options = faqt::SearchOptions::default().with_languages(["de"]).with_explain(true);
/// let edition = kb.search("lamp loud", &options)?.why.and_then(|why| why.edition).expect("there are two");
/// assert_eq!((edition.language.as_deref(), edition.chosen_by.name()), (Some("de"), "languages"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WhyEdition {
    /// The id of the edition.
    pub id: String,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The reason that it is shown.
    pub chosen_by: ChosenBy,
}

/// A word of a question and the word of an entry that is nearest in meaning.
///
/// # Examples
///
/// ```
/// # let text = "# How do I reset my password?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";
/// # let kb = faqt::KnowledgeBase::from_markdown(text)?;
/// let options = faqt::SearchOptions::default().with_explain(true);
/// let why = kb.search("restore my password", &options)?.why.expect("it was asked for");
/// assert!(!kb.compares_meaning() || why.near[0].word == "reset");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct NearWord {
    /// The word as it was typed, folded.
    pub typed: String,
    /// The word of the entry.
    pub word: String,
    /// The cosine of their vectors, from -1 to 1.
    pub cosine: f32,
}

/// The contribution of one term of a question.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let options = faqt::SearchOptions::default().with_explain(true);
/// let why = kb.search("reset the lamp", &options)?.why.expect("it was asked for");
/// let term = why.terms.iter().find(|term| term.typed == "reset").expect("it was typed");
/// assert!(term.is_known && term.contribution > 0.0);
/// assert_eq!(term.places, [faqt::Place::Question]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct WhyTerm {
    /// The term as it was typed, folded.
    pub typed: String,
    /// Its share of the weight of the question, from 0 to 1.
    pub weight: f32,
    /// Its share of the score.
    #[serde(rename = "gave")]
    pub contribution: f32,
    /// The words of the entry that it met.
    #[serde(rename = "found_as")]
    pub matched_as: Vec<String>,
    /// The parts of the entry that hold them.
    pub places: Vec<Place>,
    /// True if the knowledge base holds it, or anything that may stand for it, at all.
    pub is_known: bool,
}

/// Explains why `entry`, which `ranked` describes and which holds `words`, came first among what was found.
pub(crate) fn explain(
    found: &Ranking<'_>,
    ranked: Ranked,
    entry: &Entry,
    words: &EntryWords,
    lacks: Option<&str>,
    next: Option<(String, f32)>,
) -> Result<Why, SearchError> {
    let Ranking { reader, plan, .. } = found;
    let contributions = contributions(found, ranked)?;
    let mut terms: Vec<WhyTerm> = Vec::with_capacity(contributions.len());
    for Contribution { typed, weight, share: contribution, query_terms, .. } in contributions {
        let query_terms = || query_terms.iter().map(|&at| &plan.query_terms[at]);
        let is_known = query_terms().next().is_some_and(|first| !first.expansions.is_empty());
        let mut term = WhyTerm {
            typed: typed.to_owned(),
            weight,
            contribution,
            matched_as: Vec::new(),
            places: Vec::new(),
            is_known,
        };
        query_terms().for_each(|query_term| add_places(words, query_term, &mut term));
        terms.push(term);
    }
    let phrasing = PHRASING_WEIGHT * ranked.evidence.phrasing_similarity;
    let most_alike = most_alike(reader, ranked, entry);
    let exact = ranked.evidence.exact > Exactness::None;
    let Evidence { bm25, coverage, sentence, .. } = ranked.evidence;
    let (coverage, meaning) = (COVERAGE_WEIGHT * coverage, ranked.evidence.meaning_score());
    let (sentences, encoder) = (sentence.map(SentenceLikeness::score), reader.encoder_state());
    let near = near_words(reader, &terms, words);
    let lacks = lacks.map(str::to_owned);
    Ok(Why {
        score: ranked.score,
        bm25,
        phrasing,
        coverage,
        meaning,
        sentences,
        encoder,
        near,
        lacks,
        most_alike,
        terms,
        exact,
        next,
        edition: None,
    })
}

/// Adds where the query term's terms stand.
fn add_places(words: &EntryWords, query_term: &QueryTerm, term: &mut WhyTerm) {
    for (place, found, spelling) in words.all() {
        if query_term.expansions.iter().any(|expansion| expansion.term == found) {
            if !term.places.contains(&place) {
                term.places.push(place);
            }
            if term.matched_as.iter().all(|known| known != spelling) {
                term.matched_as.push(spelling.to_owned());
            }
        }
    }
    term.places.sort_unstable();
}

/// Returns the words of the question that the entry does not hold, each with the entry's word nearest in meaning.
fn near_words(reader: &Reader, terms: &[WhyTerm], words: &EntryWords) -> Vec<NearWord> {
    /// The least cosine of words that are near: unrelated ones seldom reach it.
    const NEAR_MIN: f32 = 0.4;
    let Some(vectors) = &reader.vectors else { return Vec::new() };
    let missing = terms.iter().filter(|term| term.places.is_empty());
    let near = missing.filter_map(|term| {
        let (word, cosine) = words.nearest(vectors, &term.typed)?;
        let near = NearWord { typed: term.typed.clone(), word: word.to_owned(), cosine };
        (cosine >= NEAR_MIN).then_some(near)
    });
    near.collect()
}

/// The contribution of a word of the question to the score of an entry.
pub(crate) struct Contribution<'a> {
    /// The word as it was typed, folded.
    pub(crate) typed: &'a str,
    /// Its share of the weight of the question.
    weight: f32,
    /// Its share of the score.
    pub(crate) share: f32,
    /// True if the entry holds the word, or what stands for it.
    pub(crate) is_held: bool,
    /// Its query terms.
    query_terms: Vec<usize>,
}

/// Lists the contributions of the words of the question to the score of an entry, the greatest first.
pub(crate) fn contributions<'a>(found: &'a Ranking<'_>, ranked: Ranked) -> Result<Vec<Contribution<'a>>, SearchError> {
    let Ranking { reader, plan, mean_length, .. } = found;
    let gains = bm25_contributions(reader, plan, *mean_length, ranked.position)?;
    let mut words: Vec<Contribution<'a>> = Vec::new();
    for (at, (query_term, gain)) in plan.query_terms.iter().zip(gains).enumerate() {
        let (typed, weight) = (query_term.spelling.as_str(), query_term.weight / plan.weight);
        let word = match words.iter().position(|word| word.typed == typed) {
            Some(known) => &mut words[known],
            None => {
                words.push(Contribution { typed, weight: 0.0, share: 0.0, is_held: false, query_terms: Vec::new() });
                words.last_mut().expect("it was pushed")
            }
        };
        word.weight += weight;
        word.share += gain.score + COVERAGE_WEIGHT * gain.share * weight;
        word.is_held |= gain.is_held;
        word.query_terms.push(at);
    }
    let of_phrasings = found.plan_of_phrasings();
    let gains = phrasing_contributions(reader, of_phrasings, ranked);
    for (query_term, contribution) in of_phrasings.query_terms.iter().zip(gains) {
        if let Some(word) = words.iter_mut().find(|word| word.typed == query_term.spelling.as_str()) {
            word.share += contribution;
        }
    }
    words.sort_by(|a, b| b.share.total_cmp(&a.share));
    Ok(words)
}

/// The contribution of a query term to the BM25 score of an entry.
#[derive(Clone, Copy, Default)]
struct Gain {
    score: f32,
    /// The share of the query term that the entry holds.
    share: f32,
    /// True if the entry holds a term that it looks for.
    is_held: bool,
}

/// Returns the contribution of each query term to the BM25 score.
fn bm25_contributions(reader: &Reader, plan: &Plan, mean_length: f32, position: u32) -> Result<Vec<Gain>, SearchError> {
    let length = reader.lengths()?.of(position) as f32;
    let saturation = K1 * (1.0 - B + B * length / mean_length);
    let mut held: HashMap<&str, f32> = HashMap::new();
    for WeightedTerm { term, indexed, .. } in lexical::weighted_terms(plan) {
        let mut postings = reader.index.postings(indexed, Frequencies::Read)?;
        if let Some(at) = postings.seek(position) {
            let frequency = postings.frequency(at) as f32;
            held.insert(term, frequency * (K1 + 1.0) / (frequency + saturation) / plan.weight);
        }
    }
    let gain = |expansion: &Expansion| held.get(expansion.term.as_str()).copied();
    let gains: Vec<f32> = plan
        .query_terms
        .iter()
        .flat_map(|query_term| &query_term.expansions)
        .map(|expansion| gain(expansion).unwrap_or(0.0))
        .collect();
    let scores = lexical::counted_once(&plan.query_terms, |place| gains[place]);
    let gain_of = |(score, query_term): (f32, &QueryTerm)| {
        let held = query_term.expansions.iter().filter(|expansion| gain(expansion).is_some());
        let share = held.clone().map(|expansion| expansion.weight_factor).fold(0.0, f32::max);
        Gain { score, share, is_held: held.count() > 0 }
    };
    Ok(scores.into_iter().zip(&plan.query_terms).map(gain_of).collect())
}

/// Returns the contribution of each query term to the similarity of the best phrasing.
fn phrasing_contributions(reader: &Reader, plan: &Plan, ranked: Ranked) -> Vec<f32> {
    let mut gains = vec![0.0_f32; plan.query_terms.len()];
    let Some(phrasing) = ranked.phrasing.and_then(|at| reader.phrasings.of(ranked.position).ok()?.nth(at)) else {
        return gains;
    };
    let mut numbers = Vec::new();
    phrasing.each_number(|number| numbers.push(number));
    for (gain, query_term) in gains.iter_mut().zip(&plan.query_terms) {
        let met = query_term.expansions.iter().filter(|expansion| numbers.contains(&expansion.listed.number));
        let share = met.map(|expansion| expansion.weight_factor).fold(0.0, f32::max);
        *gain = share * query_term.weight;
    }
    // The norm of the cosine and the order of the words change all of them by one factor.
    let sum: f32 = gains.iter().sum();
    let factor = if sum > 0.0 { PHRASING_WEIGHT * ranked.evidence.phrasing_similarity / sum } else { 0.0 };
    for gain in &mut gains {
        *gain *= factor;
    }
    gains
}

/// Returns the question or alias that the best phrasing was made from.
pub(crate) fn most_alike(reader: &Reader, ranked: Ranked, entry: &Entry) -> Option<String> {
    let phrasing = ranked.phrasing?;
    let in_section = entry.question_in_section();
    let texts = entry.phrasings().chain(in_section.as_deref());
    distinct(texts, reader.language_of(entry)).nth(phrasing).map(str::to_owned)
}
