//! From the words of a question to its query terms: what each weighs, and what may stand for it.

use super::plan::{Compound, Rewrite, Slot, Unit, Variant};
use super::question::Typed;
use crate::engine::dictionary::{Dictionary, Known};
use crate::error::SearchError;
use crate::text::language::Language;
use crate::text::tokens::{self, Class};
use crate::text::weight;

/// A word that is one edit away stands for one that is not known, a little below it.
const TYPO: f32 = 0.8;
/// A word with the same beginning does, by the share that they have in common.
const PREFIX: f32 = 0.8;
/// Shorter beginnings say too little.
const PREFIX_CHARS_MIN: usize = 4;
/// The least share of the longer word that must be common.
const PREFIX_SHARE_MIN: f32 = 0.5;
/// Words of fewer letters are not corrected: most of them are one edit away from another word.
pub(crate) const TYPO_CHARS_MIN: usize = 5;
/// The parts of an identifier that is there whole count half, besides it.
const IDENTIFIER_PART: f32 = 0.5;
/// A word that begins with what is being typed stands a little below what was typed whole.
const BEGINNING: f32 = 0.9;
/// Words that begin with what is being typed are looked for up to this many, the most frequent ones.
const BEGINNINGS_MAX: usize = 32;

/// Reads the words of a question one after another.
pub(crate) struct Planner<'a> {
    pub(crate) dictionary: &'a Dictionary,
    pub(crate) languages: &'a [Language],
    /// All terms of the question.
    pub(crate) typed: &'a [Typed],
    pub(crate) slots: Vec<Slot>,
    /// The words and characters of the question in order.
    pub(crate) units: Vec<Unit>,
    pub(crate) rewrites: Vec<Rewrite>,
    /// The known words whose known parts were typed apart.
    pub(crate) compounds: Vec<Compound>,
    /// The words inside the known identifiers of the question, each as often as it is there.
    parts: Vec<String>,
    /// The slots whose words stand in an identifier only.
    only_parts: Vec<usize>,
}

impl<'a> Planner<'a> {
    pub(crate) fn new(dictionary: &'a Dictionary, typed: &'a [Typed]) -> Planner<'a> {
        Planner {
            dictionary,
            languages: dictionary.languages(),
            typed,
            slots: Vec::new(),
            units: Vec::new(),
            rewrites: Vec::new(),
            compounds: Vec::new(),
            parts: Vec::new(),
            only_parts: Vec::new(),
        }
    }

    /// Reads the first of `typed`, or several words that are one, and returns how many; `is_begun` says that the last of
    /// them may be the beginning of a word.
    pub(crate) fn read(&mut self, typed: &[Typed], is_begun: bool) -> Result<usize, SearchError> {
        let first = &typed[0];
        match first.class {
            Class::Word => return self.words(typed, is_begun),
            Class::Identifier => self.identifier(first)?,
            Class::Character | Class::Bigram | Class::KatakanaRun => self.characters(first)?,
        }
        Ok(1)
    }

    fn identifier(&mut self, typed: &Typed) -> Result<(), SearchError> {
        let rated = self.dictionary.rated(&typed.term, &typed.spelling, typed.class)?;
        // The parts of an unknown one speak for it.
        if rated.listed.is_some() {
            let parts = typed.spelling.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
            self.parts.extend(parts.map(str::to_owned));
            if self.slot_of(&typed.term).is_none() {
                self.slots.push(Slot::new(typed, &rated));
            }
        }
        Ok(())
    }

    fn characters(&mut self, typed: &Typed) -> Result<(), SearchError> {
        let slot = match self.slot_of(&typed.term) {
            Some(slot) => slot,
            None => {
                let rated = self.dictionary.rated(&typed.term, &typed.spelling, typed.class)?;
                self.slots.push(Slot::new(typed, &rated));
                self.slots.len() - 1
            }
        };
        if typed.class == Class::Character {
            self.note_unit(&typed.term, slot);
        }
        Ok(())
    }

    fn words(&mut self, typed: &[Typed], is_begun: bool) -> Result<usize, SearchError> {
        let is_begun = |length: usize| is_begun && length == typed.len();
        if let Some(compound) = self.compound(typed)? {
            let length = compound.length;
            if compound.has_unknown_part {
                self.compound_as_word(compound, &typed[..length])?;
                return Ok(length);
            }
            let mut slots = Vec::with_capacity(length);
            for (at, word) in typed[..length].iter().enumerate() {
                slots.push(self.word(word, is_begun(at + 1))?);
            }
            self.compounds.push(compound.over(slots));
            return Ok(length);
        }
        self.word(&typed[0], is_begun(1))?;
        Ok(1)
    }

    /// Adds a word, and returns its slot.
    fn word(&mut self, typed: &Typed, is_begun: bool) -> Result<usize, SearchError> {
        let part = self.parts.iter().position(|part| *part == typed.spelling);
        let is_part = part.map(|part| self.parts.swap_remove(part)).is_some();
        let slot = match self.slot_of(&typed.term) {
            Some(slot) => {
                self.repeat(slot, typed, is_part)?;
                slot
            }
            None => self.new_word(typed, is_part, is_begun)?,
        };
        Ok(slot)
    }

    /// Adds a word that the question holds already.
    fn repeat(&mut self, slot: usize, typed: &Typed, is_part: bool) -> Result<(), SearchError> {
        if !is_part && let Some(only_part) = self.only_parts.iter().position(|&part| part == slot) {
            self.only_parts.swap_remove(only_part);
            self.slots[slot].weight /= IDENTIFIER_PART;
        }
        // The word may stand there as a part of another.
        if let Some(listed) = self.dictionary.listed(&typed.term)? {
            self.slots[slot].allow_share(&typed.term, &listed, 1.0);
        }
        self.note_unit(&typed.term, slot);
        Ok(())
    }

    fn new_word(&mut self, typed: &Typed, is_part: bool, is_begun: bool) -> Result<usize, SearchError> {
        let rated = self.dictionary.rated(&typed.term, &typed.spelling, typed.class)?;
        let mut slot = Slot::new(typed, &rated);
        self.spellings_of_other_languages(&mut slot)?;
        if is_begun && let Some(repeated) = self.begin(&mut slot)? {
            self.note_unit(&typed.term, repeated);
            return Ok(repeated);
        }
        let is_unknown = slot.variants.is_empty() && rated.elsewhere == 0;
        // A word that another knowledge base knows is no slip of the pen.
        if is_unknown && !weight::is_function_word(&slot.spelling, self.languages) {
            let near = self.one_edit_away(&slot)?;
            if near.is_empty()
                && let Some(first) = self.split(typed)?
            {
                return Ok(first);
            }
            self.stand_ins(&mut slot, near)?;
        }
        if is_part {
            slot.weight *= IDENTIFIER_PART;
            self.only_parts.push(self.slots.len());
        }
        Ok(self.push(slot))
    }

    /// Adds the slot of a word.
    pub(crate) fn push(&mut self, slot: Slot) -> usize {
        self.note_unit(&slot.term, self.slots.len());
        self.slots.push(slot);
        self.slots.len() - 1
    }

    pub(crate) fn slot_of(&self, term: &str) -> Option<usize> {
        self.slots.iter().position(|slot| slot.term == term)
    }

    pub(crate) fn note_unit(&mut self, term: &str, slot: usize) {
        self.units.push(Unit { term: term.to_owned(), slot });
    }

    /// Lets the words that begin as `slot` does stand for it. If it can only be the beginning of a word that the question
    /// holds already, returns the slot of that.
    fn begin(&self, slot: &mut Slot) -> Result<Option<usize>, SearchError> {
        let mut beginnings = self.dictionary.terms_with_prefix(&slot.spelling, BEGINNINGS_MAX)?;
        if beginnings.is_empty() && slot.term != slot.spelling {
            beginnings = self.dictionary.terms_with_prefix(&slot.term, BEGINNINGS_MAX)?;
        }
        let repeated = beginnings.iter().find_map(|known| self.slot_of(&known.term));
        beginnings.retain(|known| self.slot_of(&known.term).is_none());
        let Some(heaviest) = beginnings.iter().map(|known| known.weight).reduce(f32::max) else {
            return Ok(repeated.filter(|_| slot.variants.is_empty()));
        };
        if slot.variants.is_empty() {
            slot.weight = heaviest;
        }
        for known in &beginnings {
            slot.allow(known, BEGINNING);
        }
        Ok(None)
    }

    /// In a knowledge base of several languages a word may be of any of them; in one that is Turkish, readers without its
    /// keyboard type `i` for `ı`, and its capital `I` stands in foreign words for `i`.
    fn spellings_of_other_languages(&self, slot: &mut Slot) -> Result<(), SearchError> {
        for (at, &language) in self.languages.iter().enumerate() {
            let mut spellings = vec![slot.spelling.clone()];
            if language.is_turkic() && slot.spelling.contains(['i', 'ı']) {
                spellings.extend([slot.spelling.replace('i', "ı"), slot.spelling.replace('ı', "i")]);
            } else if at == 0 {
                continue;
            }
            for spelling in spellings {
                let stem = tokens::word_term(&spelling, language);
                if stem != slot.term
                    && let Some(listed) = self.dictionary.listed(&stem)?
                {
                    slot.allow_share(&stem, &listed, 1.0);
                }
            }
        }
        Ok(())
    }

    /// Finds the known words that are one edit away from an unknown one.
    fn one_edit_away(&self, slot: &Slot) -> Result<Vec<Known>, SearchError> {
        if !is_correctable(&slot.spelling) {
            return Ok(Vec::new());
        }
        let mut near = self.dictionary.words_one_edit_away(&slot.term)?;
        if slot.spelling != slot.term {
            near.extend(self.dictionary.words_one_edit_away(&slot.spelling)?);
        }
        near.retain(|known| known.term.chars().count() >= 3 && !weight::is_function_word(&known.term, self.languages));
        Ok(near)
    }

    /// Lets known words stand for an unknown one that may have been meant as one of them: those one edit away, and those
    /// with the same beginning.
    fn stand_ins(&mut self, slot: &mut Slot, near: Vec<Known>) -> Result<(), SearchError> {
        let is_correction = !near.is_empty();
        let mut found: Vec<(Known, f32)> = near.into_iter().map(|known| (known, TYPO)).collect();
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
        if is_correction {
            let mut variants: Vec<&Variant> = slot.variants.iter().collect();
            variants.sort_by(|a, b| b.share.total_cmp(&a.share));
            let terms = variants.into_iter().map(|variant| variant.term.clone()).collect();
            self.rewrites.push(Rewrite { typed: slot.spelling.clone(), terms, read_as: None });
        }
        Ok(())
    }
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
