//! From a reader's words to what is looked for: the terms of the question, what each weighs, and what may stand for it.
//!
//! A question is text. There is no syntax in it, so nothing in it can be an error or mean everything.

use super::question::Typed;
use crate::engine::dictionary::{Known, Listed, Rated};
use crate::text::tokens::Class;

/// What a question looks for.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// One slot for each distinct term of the question.
    pub(crate) slots: Vec<Slot>,
    /// The sum of the slots' weights.
    pub(crate) weight: f32,
    /// The unknown words that others were taken for.
    pub(crate) rewrites: Vec<Rewrite>,
}

/// One term of a question.
#[derive(Debug)]
pub(crate) struct Slot {
    /// The term.
    pub(crate) term: String,
    /// The word as the reader typed it, folded.
    pub(crate) spelling: String,
    /// Its class.
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
}

/// A term that matches a slot.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// The term.
    pub(crate) term: String,
    /// Its place in the index.
    pub(crate) listed: Listed,
    /// The share of the slot's weight that it gives, from 0 to 1.
    pub(crate) share: f32,
    /// Set for a word that the slot's word is a part of; all slots of its parts are matched by it at once.
    pub(crate) compound: Option<CompoundShare>,
}

/// A word whose parts were typed apart, as one of them sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompoundShare {
    /// Its tempered inverse document frequency.
    pub(crate) rarity: f32,
    /// The number of notions that it stands for in the slot.
    pub(crate) notions: f32,
}

/// A word that the knowledge base does not know, and what was looked for in its place.
#[derive(Debug)]
pub(crate) struct Rewrite {
    /// The word as it was typed.
    pub(crate) typed: String,
    /// The terms looked for, the best first.
    pub(crate) terms: Vec<String>,
    /// The words that it was read as; nothing stands for the spelling of the entry that is found.
    pub(crate) read_as: Option<String>,
}

/// A word or a character of the question, and the slot that it is looked for in.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) term: String,
    pub(crate) slot: usize,
}

impl Slot {
    /// Makes the slot of a term, which matches itself if it is known.
    pub(crate) fn new(typed: &Typed, rated: &Rated) -> Slot {
        let mut slot = Slot {
            term: typed.term.clone(),
            spelling: typed.spelling.clone(),
            class: typed.class,
            weight: rated.weight(),
            rarity: rated.rarity,
            notions: notions(typed.class, rated.base),
            variants: Vec::new(),
        };
        if let Some(listed) = &rated.listed {
            slot.allow_share(&typed.term, listed, 1.0);
        }
        slot
    }

    /// Lets `known` stand for the slot, for `factor` of its weight.
    pub(crate) fn allow(&mut self, known: &Known, factor: f32) {
        // What stands for a word gives no more than it weighs itself.
        let share = if self.weight > 0.0 { factor * (known.weight / self.weight).min(1.0) } else { factor };
        self.allow_share(&known.term, &known.listed, share);
    }

    pub(crate) fn allow_share(&mut self, term: &str, listed: &Listed, share: f32) {
        match self.variants.iter_mut().find(|variant| variant.term == term) {
            Some(variant) => variant.share = variant.share.max(share),
            None => {
                let (term, listed) = (term.to_owned(), listed.clone());
                self.variants.push(Variant { term, listed, share, compound: None });
            }
        }
    }
}

/// The mode of a question: asked, or still being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Every word is whole.
    Asked,
    /// The last word may be the beginning of one.
    Typing,
}

/// A known word whose known parts were typed apart.
#[derive(Debug)]
pub(crate) struct Compound {
    pub(crate) term: String,
    pub(crate) rated: Rated,
    /// The slots of its parts.
    pub(crate) slots: Vec<usize>,
}

/// Returns the number of notions that a term of this class and base weight stands for: 1 if it carries meaning by itself.
pub(crate) fn notions(class: Class, base: f32) -> f32 {
    let carries_meaning = match class {
        Class::Word => base >= 1.0,
        Class::Character => base >= 0.5,
        Class::Identifier => true,
        Class::Bigram | Class::KatakanaRun => false,
    };
    f32::from(u8::from(carries_meaning))
}
