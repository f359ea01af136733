//! From a reader's words to what is looked for: the terms of the question, what each weighs, and what may stand for it.
//!
//! A question is text. There is no syntax in it, so nothing in it can be an error or mean everything.

use super::SearchError;
use super::dictionary::{Dictionary, Known, Listed};
use super::synonyms::Synonyms;
use crate::analysis::{Class, Language, analyse, tokens, weight};

/// A word that is one edit away stands for one that is not known, a little below it.
const TYPO: f32 = 0.8;
/// A word with the same beginning does, by the share that they have in common.
const PREFIX: f32 = 0.8;
/// Shorter beginnings say too little.
const PREFIX_CHARS_MIN: usize = 4;
/// The least share of the longer word that must be common.
const PREFIX_SHARE_MIN: f32 = 0.5;
/// Words of fewer letters are not corrected: most of them are one edit away from another word.
const TYPO_CHARS_MIN: usize = 5;
/// Two words that one was written as stand a little below the one.
const SPLIT: f32 = 0.9;
/// The parts of an identifier that is there whole count half, besides it.
const IDENTIFIER_PART: f32 = 0.5;
/// A word that begins with what is being typed stands a little below what was typed whole.
const BEGINNING: f32 = 0.9;
/// Words that begin with what is being typed are looked for up to this many, the most frequent ones.
const BEGINNINGS_MAX: usize = 32;
/// Questions are read up to this many distinct terms; the rest of a longer text changes nothing but the time it takes.
const TERMS_MAX: usize = 128;
/// And up to this many bytes, which hold more terms than that: the time that a question takes has an end.
const BYTES_MAX: usize = 16_384;

/// What a question looks for.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// One slot for each distinct term of the question.
    pub(crate) slots: Vec<Slot>,
    /// The sum of the slots' weights.
    pub(crate) weight: f32,
}

/// One term of a question.
#[derive(Debug)]
pub(crate) struct Slot {
    /// The term.
    pub(crate) term: String,
    /// The word as the reader typed it, folded.
    pub(crate) spelling: String,
    /// What kind of thing it is.
    pub(crate) class: Class,
    /// What it weighs.
    pub(crate) weight: f32,
    /// How rare it is in this knowledge base, from nearly 0 to 1; an unknown term is as rare as can be.
    pub(crate) rarity: f32,
    /// How many notions it stands for: 1 for a term that carries meaning by itself, 0 for one that does not, and a
    /// fraction for a part of one that was split.
    pub(crate) notions: f32,
    /// The terms that match it: itself, and what may stand for it.
    pub(crate) variants: Vec<Variant>,
    /// The word that was taken for it, where it is not known and looks misspelt.
    pub(crate) correction: Option<String>,
}

/// A term that matches a slot.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// The term.
    pub(crate) term: String,
    /// What the index has of it.
    pub(crate) listed: Listed,
    /// The share of the slot's weight that it gives, from 0 to 1.
    pub(crate) share: f32,
}

impl Slot {
    /// Lets `known` stand for the slot, for `factor` of its weight.
    pub(crate) fn allow(&mut self, known: &Known, factor: f32) {
        // What stands for a word gives no more than it weighs itself.
        let share = if self.weight > 0.0 { factor * (known.weight / self.weight).min(1.0) } else { factor };
        self.allow_share(&known.term, &known.listed, share);
    }

    fn allow_share(&mut self, term: &str, listed: &Listed, share: f32) {
        match self.variants.iter_mut().find(|variant| variant.term == term) {
            Some(variant) => variant.share = variant.share.max(share),
            None => self.variants.push(Variant { term: term.to_owned(), listed: listed.clone(), share }),
        }
    }

    fn allow_itself(&mut self, info: &Listed) {
        let term = self.term.clone();
        self.allow_share(&term, info, 1.0);
    }
}

/// Whether a question was asked or is still being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Every word is whole.
    Asked,
    /// The last word may be the beginning of one.
    Typing,
}

/// Reads a question.
pub(crate) fn plan(
    query: &str,
    reading: Reading,
    dictionary: &Dictionary,
    synonyms: &Synonyms,
) -> Result<Plan, SearchError> {
    let languages = dictionary.languages();
    let mut planner =
        Planner { dictionary, languages, slots: Vec::new(), units: Vec::new(), parts: Vec::new(), before: None };
    let query = &query[..query.floor_char_boundary(BYTES_MAX)];
    let mut found = terms(query, languages[0]);
    let begun = match reading {
        Reading::Typing if !query.ends_with(char::is_whitespace) => begun_word(&mut found),
        _ => None,
    };
    for found in found {
        planner.add(found)?;
        if planner.slots.len() >= TERMS_MAX {
            break;
        }
    }
    if let Some(begun) = begun {
        planner.add_begun(begun)?;
    }
    let Planner { mut slots, units, .. } = planner;
    synonyms.apply(&units, &mut slots, dictionary)?;
    let weight = slots.iter().map(|slot| slot.weight).sum();
    Ok(Plan { slots, weight })
}

struct Found {
    term: String,
    spelling: String,
    class: Class,
}

/// Takes the last word off, if the question ends in one.
fn begun_word(found: &mut Vec<Found>) -> Option<Found> {
    found.pop_if(|last| matches!(last.class, Class::Word | Class::Identifier))
}

fn terms(query: &str, language: Language) -> Vec<Found> {
    let mut found = Vec::new();
    analyse(query, language, |token| {
        if found.len() < 4 * TERMS_MAX {
            found.push(Found { term: token.term.to_owned(), spelling: token.spelling.to_owned(), class: token.class });
        }
    });
    found
}

struct Planner<'a> {
    dictionary: &'a Dictionary,
    languages: &'a [Language],
    slots: Vec<Slot>,
    /// The words and characters of the question in order, each with its slot.
    units: Vec<(String, usize)>,
    /// The words inside the identifiers of the question.
    parts: Vec<String>,
    /// The slot and the spelling of the word before, while words follow each other.
    before: Option<(usize, String)>,
}

impl Planner<'_> {
    fn add(&mut self, found: Found) -> Result<(), SearchError> {
        let Found { term, spelling, class } = found;
        let info = self.dictionary.listed(&term)?;
        if class == Class::Identifier {
            self.parts.extend(spelling.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
            if info.is_none() {
                // Its parts speak for it.
                return Ok(());
            }
        }
        if let Some(position) = self.slots.iter().position(|slot| slot.term == term) {
            self.note_unit(&term, class, position);
            self.before = (class == Class::Word).then_some((position, spelling));
            return Ok(());
        }
        let base = self.dictionary.base(&term, &spelling, class);
        let elsewhere = self.dictionary.frequency_elsewhere(&term)?;
        let rarity = self.dictionary.rarity(info.as_ref().map_or(0, |listed| listed.info.doc_freq) + elsewhere);
        let mut weight = base * rarity;
        if class == Class::Word && self.parts.contains(&spelling) {
            weight *= IDENTIFIER_PART;
        }
        let mut slot = Slot {
            term,
            spelling,
            class,
            weight,
            rarity,
            notions: notions(class, base),
            variants: Vec::new(),
            correction: None,
        };
        if let Some(info) = &info {
            slot.allow_itself(info);
        }
        if class != Class::Word {
            self.before = None;
            self.note_unit(&slot.term, class, self.slots.len());
            self.slots.push(slot);
            return Ok(());
        }
        self.stems_of_other_languages(&mut slot)?;
        // A word that another knowledge base knows is no slip of the pen.
        if slot.variants.is_empty() && elsewhere == 0 && !weight::is_function_word(&slot.spelling, self.languages) {
            self.stand_ins(&mut slot)?;
            if slot.variants.is_empty() && self.split(&slot)? {
                self.before = None;
                return Ok(());
            }
        }
        self.join(&mut slot)?;
        self.before = Some((self.slots.len(), slot.spelling.clone()));
        self.note_unit(&slot.term, class, self.slots.len());
        self.slots.push(slot);
        Ok(())
    }

    /// Adds a word that may be the beginning of another.
    fn add_begun(&mut self, found: Found) -> Result<(), SearchError> {
        let mut beginnings = self.dictionary.terms_with_prefix(&found.spelling, BEGINNINGS_MAX)?;
        if beginnings.is_empty() && found.term != found.spelling {
            beginnings = self.dictionary.terms_with_prefix(&found.term, BEGINNINGS_MAX)?;
        }
        let info = self.dictionary.listed(&found.term)?;
        let Some(heaviest) = beginnings.iter().map(|known| known.weight).reduce(f32::max) else {
            return self.add(found);
        };
        let Found { term, spelling, class } = found;
        let base = self.dictionary.base(&term, &spelling, class);
        let frequency = info.as_ref().map_or(0, |listed| listed.info.doc_freq);
        let rarity = self.dictionary.rarity(frequency + self.dictionary.frequency_elsewhere(&term)?);
        let weight = if info.is_some() { base * rarity } else { heaviest };
        let notions = notions(class, base);
        let mut slot = Slot { term, spelling, class, weight, rarity, notions, variants: Vec::new(), correction: None };
        for known in &beginnings {
            slot.allow(known, BEGINNING);
        }
        if let Some(info) = &info {
            slot.allow_itself(info);
        }
        self.slots.push(slot);
        Ok(())
    }

    fn note_unit(&mut self, term: &str, class: Class, slot: usize) {
        if matches!(class, Class::Word | Class::Character) {
            self.units.push((term.to_owned(), slot));
        }
    }

    /// In a knowledge base of several languages a word may be of any of them.
    fn stems_of_other_languages(&self, slot: &mut Slot) -> Result<(), SearchError> {
        for &language in &self.languages[1..] {
            let stem = tokens::word_term(&slot.spelling, language);
            if stem == slot.term {
                continue;
            }
            if let Some(info) = self.dictionary.listed(&stem)? {
                slot.allow_share(&stem, &info, 1.0);
            }
        }
        Ok(())
    }

    /// Finds known words that an unknown one may have been meant as: one edit away, or with the same beginning.
    fn stand_ins(&self, slot: &mut Slot) -> Result<(), SearchError> {
        let mut found: Vec<(Known, f32)> = Vec::new();
        if is_correctable(&slot.spelling) {
            let mut near = self.dictionary.words_one_edit_away(&slot.term)?;
            if slot.spelling != slot.term {
                near.extend(self.dictionary.words_one_edit_away(&slot.spelling)?);
            }
            let is_apt = |known: &Known| {
                known.term.chars().count() >= 3 && !weight::is_function_word(&known.term, self.languages)
            };
            found.extend(near.into_iter().filter(is_apt).map(|known| (known, TYPO)));
        }
        let is_correction = !found.is_empty();
        if slot.term.chars().count() >= PREFIX_CHARS_MIN && slot.term.chars().all(char::is_alphabetic) {
            let prefix: String = slot.term.chars().take(PREFIX_CHARS_MIN).collect();
            for known in self.dictionary.words_with_prefix(&prefix)? {
                let share = common_share(&slot.term, &known.term);
                if share >= PREFIX_SHARE_MIN {
                    found.push((known, PREFIX * share));
                }
            }
        }
        // An unknown word weighs what the weightiest of those that may stand for it does.
        let heaviest = found.iter().map(|(known, _)| known.weight).reduce(f32::max);
        slot.weight = heaviest.unwrap_or(slot.weight);
        for (known, factor) in &found {
            slot.allow(known, *factor);
        }
        let best = found.iter().max_by(|a, b| (a.1 * a.0.weight).total_cmp(&(b.1 * b.0.weight)));
        slot.correction = best.filter(|_| is_correction).map(|(known, _)| known.term.clone());
        Ok(())
    }

    /// Reads `signin` as `sign in` if both are known; returns whether it did.
    fn split(&mut self, slot: &Slot) -> Result<bool, SearchError> {
        let spelling = slot.spelling.as_str();
        if spelling.chars().count() < TYPO_CHARS_MIN {
            return Ok(false);
        }
        let mut best: Option<[Known; 2]> = None;
        for (at, _) in spelling.char_indices().skip(2) {
            let (first, second) = spelling.split_at(at);
            if second.chars().count() < 2 {
                break;
            }
            let term = |part| tokens::word_term(part, self.languages[0]);
            let (first, second) = (self.dictionary.known(&term(first))?, self.dictionary.known(&term(second))?);
            if let (Some(first), Some(second)) = (first, second) {
                let weight = |pair: &[Known; 2]| pair[0].weight + pair[1].weight;
                let pair = [first, second];
                if best.as_ref().is_none_or(|best| weight(&pair) > weight(best)) {
                    best = Some(pair);
                }
            }
        }
        let Some(pair) = best else { return Ok(false) };
        for known in pair {
            if !self.slots.iter().any(|slot| slot.term == known.term) {
                let variants = vec![Variant { term: known.term.clone(), listed: known.listed, share: SPLIT }];
                self.slots.push(Slot {
                    spelling: slot.spelling.clone(),
                    term: known.term,
                    class: Class::Word,
                    weight: known.weight,
                    rarity: known.weight,
                    notions: 1.0,
                    variants,
                    correction: None,
                });
            }
        }
        Ok(true)
    }

    /// Lets `sign in` match `signin` if that is known.
    fn join(&mut self, slot: &mut Slot) -> Result<(), SearchError> {
        let Some((position, before)) = &self.before else { return Ok(()) };
        if before.len() < 2 || slot.spelling.len() < 2 {
            return Ok(());
        }
        let joined = tokens::word_term(&format!("{before}{}", slot.spelling), self.languages[0]);
        if let Some(info) = self.dictionary.listed(&joined)? {
            slot.allow_share(&joined, &info, 1.0);
            self.slots[*position].allow_share(&joined, &info, 1.0);
        }
        Ok(())
    }
}

/// Whether a term of this class and base weight carries meaning by itself.
fn notions(class: Class, base: f32) -> f32 {
    let carries_meaning = match class {
        Class::Word => base >= 1.0,
        Class::Character => base >= 0.5,
        Class::Identifier => true,
        Class::Bigram | Class::KatakanaRun => false,
    };
    f32::from(u8::from(carries_meaning))
}

fn is_correctable(spelling: &str) -> bool {
    spelling.chars().count() >= TYPO_CHARS_MIN
        && spelling.chars().all(|c| c.is_alphabetic() && !('\u{2e80}'..).contains(&c))
}

/// Returns the share of the longer word that both start with.
fn common_share(a: &str, b: &str) -> f32 {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    common as f32 / a.chars().count().max(b.chars().count()).max(1) as f32
}
