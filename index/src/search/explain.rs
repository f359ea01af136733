//! Why the first hit stands first: what each word of the question gave it, and where it was found.
//!
//! Everything here is worked out again for one entry, from its text and from the index, so that searching itself need
//! not remember it.

use serde::Serialize;

use super::plan::{Plan, Slot};
use super::rank::{Ranked, SURFACE};
use super::ranking::Found;
use super::retrieve::{self, Weighted};
use crate::engine::posting_blocks::Frequencies;
use crate::error::SearchError;
use crate::markdown::plain;
use crate::model::entry::Entry;
use crate::reader::Reader;
use crate::text::language::Language;
use crate::text::tokens::analyse;

/// Why an entry was found.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// # let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
/// let options = faqt::SearchOptions::default().with_explain(true);
/// let why = kb.search("reset the lamp", &options)?.why.expect("it was asked for");
/// assert_eq!(why.most_alike.as_deref(), Some("How do I reset the lamp?"));
/// assert!((why.whole + why.surface - why.score).abs() < 0.01);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Why {
    /// The score of the entry.
    pub score: f32,
    /// What its whole text gave of the score.
    pub whole: f32,
    /// What its most alike surface gave.
    pub surface: f32,
    /// That surface: its question or one of its aliases.
    pub most_alike: Option<String>,
    /// The terms of the question, the most giving first.
    pub terms: Vec<WhyTerm>,
    /// What would have come next, and its score.
    pub next: Option<(String, f32)>,
}

/// What one term of a question gave.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// # let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
/// let options = faqt::SearchOptions::default().with_explain(true);
/// let why = kb.search("reset the lamp", &options)?.why.expect("it was asked for");
/// let term = why.terms.iter().find(|term| term.typed == "reset").expect("it was typed");
/// assert!(term.is_known && term.gave > 0.0);
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
    /// What it gave of the score.
    pub gave: f32,
    /// The words of the entry that it met.
    pub found_as: Vec<String>,
    /// Where in the entry they stand.
    pub places: Vec<Place>,
    /// True if the knowledge base holds it, or anything that may stand for it, at all.
    pub is_known: bool,
}

/// A part of an entry.
///
/// # Examples
///
/// ```
/// use faqt::Place;
///
/// assert!(Place::Question < Place::Answer);   // in the order in which a reader meets them
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Place {
    /// The question.
    Question,
    /// An alias.
    Alias,
    /// A keyword or a help id.
    Keyword,
    /// The titles of its sections.
    Section,
    /// The answer.
    Answer,
}

/// Explains why `entry`, which `ranked` describes, came first among what was found.
pub(crate) fn explain(
    found: &Found<'_>,
    ranked: Ranked,
    entry: &Entry,
    next: Option<(String, f32)>,
) -> Result<Why, SearchError> {
    let Found { reader, plan, mean_length, .. } = found;
    let words = Words::of(entry, reader.language_of(entry));
    let gains = whole_gains(reader, plan, *mean_length, ranked.position)?;
    let mut terms: Vec<WhyTerm> = Vec::new();
    for (slot, gave) in plan.slots.iter().zip(gains) {
        let weight = slot.weight / plan.weight;
        match terms.iter_mut().find(|term| term.typed == slot.typed()) {
            Some(term) => {
                term.weight += weight;
                term.gave += gave;
                words.add(slot, term);
            }
            None => {
                let typed = slot.typed().to_owned();
                let is_known = !slot.variants.is_empty();
                let mut term = WhyTerm { typed, weight, gave, found_as: Vec::new(), places: Vec::new(), is_known };
                words.add(slot, &mut term);
                terms.push(term);
            }
        }
    }
    let of_surfaces = found.plan_of_surfaces();
    for (slot, gave) in of_surfaces.slots.iter().zip(surface_gains(reader, of_surfaces, ranked)) {
        if let Some(term) = terms.iter_mut().find(|term| term.typed == slot.typed()) {
            term.gave += gave;
        }
    }
    terms.sort_by(|a, b| b.gave.total_cmp(&a.gave));
    let surface = SURFACE * ranked.likeness;
    let most_alike = most_alike(reader, ranked, entry);
    Ok(Why { score: ranked.score, whole: ranked.whole, surface, most_alike, terms, next })
}

impl Slot {
    /// Returns what a reader calls the slot: the word typed, or the characters.
    fn typed(&self) -> &str {
        &self.spelling
    }
}

/// The words of an entry with their places.
pub(crate) struct Words {
    found: Vec<(Place, String, String)>,
}

impl Words {
    /// Reads the words of `entry`, which is in `language`.
    pub(crate) fn of(entry: &Entry, language: Language) -> Words {
        let mut found = Vec::new();
        let mut add = |place, text: &str| {
            analyse(text, language, |token| found.push((place, token.term.to_owned(), token.spelling.to_owned())));
        };
        add(Place::Question, &entry.question);
        entry.aliases.iter().for_each(|alias| add(Place::Alias, alias));
        entry.keywords.iter().chain(&entry.help_ids).for_each(|keyword| add(Place::Keyword, keyword));
        entry.section.iter().for_each(|title| add(Place::Section, title));
        add(Place::Answer, &plain::plain(&entry.answer));
        Words { found }
    }

    /// Returns the spelling of the first word whose term is `term`.
    pub(crate) fn spelled(&self, term: &str) -> Option<&str> {
        self.found.iter().find(|(_, found, _)| found == term).map(|(_, _, spelling)| spelling.as_str())
    }

    /// Adds where the slot's terms stand.
    fn add(&self, slot: &Slot, term: &mut WhyTerm) {
        for (place, found, spelling) in &self.found {
            if slot.variants.iter().any(|variant| variant.term == *found) {
                if !term.places.contains(place) {
                    term.places.push(*place);
                }
                if !term.found_as.contains(spelling) {
                    term.found_as.push(spelling.clone());
                }
            }
        }
        term.places.sort_unstable();
    }
}

/// Returns what each slot gave to the BM25 score; a term that several slots look for counts for the first.
fn whole_gains(reader: &Reader, plan: &Plan, mean_length: f32, position: u32) -> Result<Vec<f32>, SearchError> {
    const K1: f32 = 1.2;
    const B: f32 = 0.75;
    let index = &reader.index;
    let length = reader.lengths()?.fieldnorm(position) as f32;
    let mut gains = vec![0.0; plan.slots.len()];
    for Weighted { term, info, weight } in retrieve::weighted_terms(plan) {
        let mut postings = index.postings(info, Frequencies::Read)?;
        if let Some(at) = postings.seek(position) {
            let frequency = postings.frequency(at) as f32;
            let saturation = K1 * (1.0 - B + B * length / mean_length);
            let gain = weight * frequency * (K1 + 1.0) / (frequency + saturation) / plan.weight;
            let holds = |slot: &Slot| slot.variants.iter().any(|variant| variant.term == term);
            if let Some(slot) = plan.slots.iter().position(holds) {
                gains[slot] += gain;
            }
        }
    }
    Ok(gains)
}

/// Returns what each slot gave to the likeness of the best surface.
fn surface_gains(reader: &Reader, plan: &Plan, ranked: Ranked) -> Vec<f32> {
    let mut gains = vec![0.0_f32; plan.slots.len()];
    let Some(surface) = ranked.surface.and_then(|at| reader.surfaces.of(ranked.position).ok()?.nth(at)) else {
        return gains;
    };
    let norm = (plan.weight * surface.weight).sqrt().max(f32::MIN_POSITIVE);
    let mut numbers = Vec::new();
    surface.each_number(|number| numbers.push(number));
    for (gain, slot) in gains.iter_mut().zip(&plan.slots) {
        let met = slot.variants.iter().filter(|variant| numbers.contains(&variant.listed.number));
        let share = met.map(|variant| variant.share).fold(0.0, f32::max);
        *gain = SURFACE * share * slot.weight / norm;
    }
    gains
}

/// Returns the question or alias that the best surface was made from: a text without terms is no surface, and one of
/// the same terms as another before it is the same.
pub(crate) fn most_alike(reader: &Reader, ranked: Ranked, entry: &Entry) -> Option<String> {
    let surface = ranked.surface?;
    let language = reader.language_of(entry);
    let mut surfaces: Vec<Vec<String>> = Vec::new();
    for text in std::iter::once(&entry.question).chain(&entry.aliases) {
        let mut terms: Vec<String> = Vec::new();
        analyse(text, language, |token| {
            if terms.iter().all(|term| term != token.term) {
                terms.push(token.term.to_owned());
            }
        });
        if terms.is_empty() || surfaces.contains(&terms) {
            continue;
        }
        if surfaces.len() == surface {
            return Some(text.clone());
        }
        surfaces.push(terms);
    }
    None
}
