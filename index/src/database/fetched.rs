//! The rows of a generation as the parts of a reader see them.
//!
//! A part that is asked for a row which is not known notes that it is wanted and answers as if there were none. Who asked fetches
//! what is wanted and asks again, until nothing is ([`asking`](super::asking)). So the code of a search is the same for a
//! pack and for a database, and no answer is made from a part of the rows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::contract::{Choice, Condition, Database, Row};
use super::known::{Known, Wanted};
use crate::error::DatabaseError;

/// The entries of one phrasing that are looked at, at most.
const SAME_PHRASING_MAX: usize = 64;
/// The entries beyond those asked for that a choice returns, to tell apart scores that differ by less than rounding.
const BEYOND: usize = 24;
/// The share of a score by which the sums of a database may differ: it adds numbers of 64 bits, and a pack those of 32.
const ROUNDING: f64 = 1e-4;

/// The rows that are known while a question is asked, and a note of those that are wanted.
pub(crate) struct Fetched {
    pub(super) database: Arc<dyn Database>,
    pub(super) known: Known,
    pub(super) wanted: Mutex<Wanted>,
}

impl Fetched {
    /// Starts without rows.
    pub(crate) fn new(database: Arc<dyn Database>) -> Fetched {
        Fetched { database, known: Known::default(), wanted: Mutex::default() }
    }

    fn want(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns true if the rows of the best `limit` entries by `terms` are known, among those that meet the condition.
    pub(crate) fn has_best(&self, choice: Choice) -> bool {
        let wanted = choice.limit;
        let same = |(known, _): &&(Choice, Vec<(u32, f64)>)| {
            known.terms == choice.terms
                && known.length_factor.to_bits() == choice.length_factor.to_bits()
                && known.condition == choice.condition
        };
        let most = self.known.choices.iter().filter(same).max_by_key(|(known, _)| known.limit);
        let limit = match most {
            Some((known, found)) if is_enough(found, known.limit, wanted) => return true,
            Some((known, _)) => known.limit.saturating_mul(2).max(wanted.saturating_add(BEYOND)),
            None => wanted.saturating_add(BEYOND),
        };
        self.want().choices.push(Choice { limit, ..choice });
        false
    }

    /// Returns the entries that hold a term, and how often, among the entries that are known; in ascending order.
    pub(crate) fn list(&self, term: u32) -> Vec<(u32, u32)> {
        self.known.lists.get(&term).cloned().unwrap_or_else(|| {
            self.want().terms.insert(term);
            Vec::new()
        })
    }

    /// Returns the first entry from `position` on that has a phrasing of this hash and meets the condition.
    pub(crate) fn first_with_phrasing(&self, hash: u32, condition: &Condition, position: u32) -> Option<u32> {
        let key = (hash, condition.clone());
        match self.known.phrasings.get(&key) {
            Some(positions) => positions.iter().copied().find(|&found| found >= position),
            None => {
                self.want().phrasings.insert(key);
                None
            }
        }
    }

    /// Returns the entries that have a name, in ascending order.
    pub(crate) fn named(&self, name: &str) -> Vec<u32> {
        self.known.names.get(name).cloned().unwrap_or_else(|| {
            self.want().names.insert(name.to_owned());
            Vec::new()
        })
    }

    /// Returns the first `limit` names that begin with `prefix` and come behind `after`, at once from the database.
    pub(crate) fn names(&self, prefix: &str, after: &str, limit: usize) -> Result<Vec<String>, DatabaseError> {
        self.database.names(prefix, after, limit)
    }

    /// Returns the entries at `positions` as JSON, at once from the database.
    pub(crate) fn entries_at(&self, positions: &[u32]) -> Result<HashMap<u32, Vec<u8>>, DatabaseError> {
        let entries: HashMap<u32, Vec<u8>> = self.database.entries(positions)?.into_iter().collect();
        all_there(positions, |position| entries.contains_key(position))?;
        Ok(entries)
    }

    /// Returns the number of entries that meet a condition, and the sum of their lengths.
    pub(crate) fn size(&self, condition: &Condition) -> (u32, u64) {
        self.known.sizes.get(condition).copied().unwrap_or_else(|| {
            self.want().sizes.insert(condition.clone());
            (1, 1)
        })
    }

    /// Returns the number of entries that meet a condition and hold a term.
    pub(crate) fn frequency(&self, condition: &Condition, term: u32) -> u32 {
        self.known.frequencies.get(&(condition.clone(), term)).copied().unwrap_or_else(|| {
            self.want().frequencies.entry(condition.clone()).or_default().insert(term);
            1
        })
    }

    /// Returns true if the entry at `position` meets a condition.
    pub(crate) fn meets(&self, condition: &Condition, position: u32) -> bool {
        let known = self.known.meeting.get(condition).and_then(|known| known.get(&position));
        known.copied().unwrap_or_else(|| {
            self.want().meeting.entry(condition.clone()).or_default().insert(position);
            false
        })
    }

    /// Returns the row of an entry.
    pub(crate) fn row(&self, position: u32) -> Option<&Row> {
        let row = self.known.rows.get(&position);
        if row.is_none() {
            self.want().rows.insert(position);
        }
        row
    }

    /// Returns an entry as JSON.
    pub(crate) fn entry(&self, position: u32) -> Option<&[u8]> {
        let entry = self.known.entries.get(&position);
        if entry.is_none() {
            self.want().entries.insert(position);
        }
        entry.map(Vec::as_slice)
    }

    /// Fetches what is wanted. Returns false if nothing was.
    pub(super) fn fetch(&mut self) -> Result<bool, DatabaseError> {
        let wanted = std::mem::take(self.wanted.get_mut().unwrap_or_else(PoisonError::into_inner));
        if wanted.is_empty() {
            return Ok(false);
        }
        let Wanted { choices, phrasings, names, sizes, frequencies, meeting, mut rows, terms, entries } = wanted;
        let (database, known) = (&*self.database, &mut self.known);
        // Weights are not known before these are, and a choice by other weights would be for nothing.
        let is_weighed = sizes.is_empty() && frequencies.is_empty();
        for condition in sizes {
            let size = database.size(&condition)?;
            known.sizes.insert(condition, size);
        }
        for (condition, terms) in frequencies {
            let terms: Vec<u32> = terms.into_iter().collect();
            let counts = complete(database.frequencies(&condition, &terms)?, terms.len(), "document frequencies")?;
            let counts = terms.into_iter().zip(counts).map(|(term, count)| ((condition.clone(), term), count));
            known.frequencies.extend(counts);
        }
        if !names.is_empty() {
            let names: Vec<String> = names.into_iter().collect();
            let positions = complete(database.named(&names)?, names.len(), "names")?;
            known.names.extend(names.into_iter().zip(positions));
        }
        for choice in choices.into_iter().filter(|_| is_weighed) {
            let found = database.best(&choice)?;
            let positions = found.iter().map(|&(position, _)| position);
            rows.extend(positions.clone());
            known.meeting.entry(choice.condition.clone()).or_default().extend(positions.map(|found| (found, true)));
            known.choices.push((choice, found));
        }
        for (hash, condition) in phrasings {
            let found = database.with_phrasing(hash, &condition, SAME_PHRASING_MAX)?;
            rows.extend(&found);
            known.meeting.entry(condition.clone()).or_default().extend(found.iter().map(|&found| (found, true)));
            known.phrasings.insert((hash, condition), found);
        }
        for (condition, positions) in meeting {
            let positions: Vec<u32> = positions.into_iter().collect();
            let met = database.meeting(&condition, &positions)?;
            let met = positions.into_iter().map(|position| (position, met.binary_search(&position).is_ok()));
            known.meeting.entry(condition).or_default().extend(met);
        }
        let rows: Vec<u32> = rows.into_iter().filter(|position| !known.rows.contains_key(position)).collect();
        let [terms, entries]: [Vec<u32>; 2] = [terms, entries].map(|wanted| wanted.into_iter().collect());
        known.add_rows(database, &rows, &terms)?;
        known.add_entries(database, &entries)?;
        Ok(true)
    }
}

impl Known {
    /// Adds the rows at `positions`, and the lists of `terms`.
    fn add_rows(&mut self, database: &dyn Database, positions: &[u32], terms: &[u32]) -> Result<(), DatabaseError> {
        let before: Vec<u32> = self.rows.keys().copied().collect();
        if !positions.is_empty() {
            let rows = database.rows(positions)?;
            self.rows.extend(rows.into_iter().map(|row| (row.position, row)));
            all_there(positions, |position| self.rows.contains_key(position))?;
        }
        let known_terms: Vec<u32> = self.lists.keys().copied().collect();
        self.lists.extend(terms.iter().map(|&term| (term, Vec::new())));
        self.add_counts(database, &known_terms, positions)?;
        let all: Vec<u32> = before.into_iter().chain(positions.iter().copied()).collect();
        self.add_counts(database, terms, &all)
    }

    fn add_counts(&mut self, database: &dyn Database, terms: &[u32], positions: &[u32]) -> Result<(), DatabaseError> {
        if terms.is_empty() || positions.is_empty() {
            return Ok(());
        }
        for count in database.counts(terms, positions)? {
            if let Some(list) = self.lists.get_mut(&count.term) {
                list.push((count.position, count.count));
            }
        }
        for term in terms {
            if let Some(list) = self.lists.get_mut(term) {
                list.sort_unstable();
                list.dedup_by_key(|(position, _)| *position);
            }
        }
        Ok(())
    }

    fn add_entries(&mut self, database: &dyn Database, positions: &[u32]) -> Result<(), DatabaseError> {
        if !positions.is_empty() {
            self.entries.extend(database.entries(positions)?);
            all_there(positions, |position| self.entries.contains_key(position))?;
        }
        Ok(())
    }
}

/// Returns true if the first `found`, of which at most `limit` were asked for, hold the best `wanted` for certain.
fn is_enough(found: &[(u32, f64)], limit: usize, wanted: usize) -> bool {
    if found.len() < limit {
        return true;
    }
    match (found.get(wanted.saturating_sub(1)), found.last()) {
        (Some((_, worst)), Some((_, last))) => *last < worst * (1.0 - ROUNDING),
        _ => false,
    }
}

/// Returns what a database gave, if it is one for each that was asked for.
fn complete<T>(given: Vec<T>, asked: usize, what: &str) -> Result<Vec<T>, DatabaseError> {
    if given.len() == asked { Ok(given) } else { Err(DatabaseError::new(format!("{} of {asked} {what}", given.len()))) }
}

/// Checks that the entries at all `positions` are there.
fn all_there(positions: &[u32], is_there: impl Fn(&u32) -> bool) -> Result<(), DatabaseError> {
    match positions.iter().find(|position| !is_there(position)) {
        Some(position) => {
            Err(DatabaseError::new(format!("the entry at {position} is missing: the generation is not whole")))
        }
        None => Ok(()),
    }
}
