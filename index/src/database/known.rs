//! The rows of a generation that are known, and those that a question turned out to want beside them.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::contract::{Choice, Condition, Row};

/// The rows that a database returned so far.
#[derive(Default)]
pub(crate) struct Known {
    pub(super) choices: Vec<(Choice, Vec<(u32, f64)>)>,
    pub(super) phrasings: HashMap<(u32, Condition), Vec<u32>>,
    pub(super) names: HashMap<String, Vec<u32>>,
    pub(super) sizes: HashMap<Condition, (u32, u64)>,
    pub(super) frequencies: HashMap<(Condition, u32), u32>,
    pub(super) meeting: HashMap<Condition, HashMap<u32, bool>>,
    pub(super) rows: HashMap<u32, Row>,
    /// The terms whose counts are known for all rows; each with the entries that hold it, in ascending order.
    pub(super) lists: HashMap<u32, Vec<(u32, u32)>>,
    pub(super) entries: HashMap<u32, Vec<u8>>,
}

/// The rows that were asked for and are not known.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(super) choices: Vec<Choice>,
    pub(super) phrasings: HashSet<(u32, Condition)>,
    pub(super) names: BTreeSet<String>,
    pub(super) sizes: HashSet<Condition>,
    pub(super) frequencies: HashMap<Condition, BTreeSet<u32>>,
    pub(super) meeting: HashMap<Condition, BTreeSet<u32>>,
    pub(super) rows: BTreeSet<u32>,
    pub(super) terms: BTreeSet<u32>,
    pub(super) entries: BTreeSet<u32>,
}

impl Wanted {
    /// Returns true if nothing is wanted.
    pub(super) fn is_empty(&self) -> bool {
        let Wanted { choices, phrasings, names, sizes, frequencies, meeting, rows, terms, entries } = self;
        choices.is_empty()
            && phrasings.is_empty()
            && names.is_empty()
            && sizes.is_empty()
            && frequencies.is_empty()
            && meeting.is_empty()
            && rows.is_empty()
            && terms.is_empty()
            && entries.is_empty()
    }
}
