//! Counts of a generation that are asked again with each question of a filter. A generation never changes, so they stay true.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use faqt::database::{AnyOf, Choice, Condition, Count, Database, DatabaseError, Row};

/// The conditions that are kept, and the terms of each, at most; beyond that, all are forgotten.
const CONDITIONS_MAX: usize = 256;
const TERMS_MAX: usize = 50_000;
/// Bytes of the names of a condition that is kept, at most.
const NAMES_BYTES_MAX: usize = 1024;

/// A generation of which sizes and frequencies are kept.
pub(crate) struct Cached {
    database: Arc<dyn Database>,
    known: Mutex<HashMap<Condition, Known>>,
}

/// The counts of a condition that are known.
#[derive(Default)]
struct Known {
    size: Option<(u32, u64)>,
    frequencies: HashMap<u32, u32>,
}

impl Cached {
    pub(crate) fn new(database: Arc<dyn Database>) -> Cached {
        Cached { database, known: Mutex::default() }
    }

    /// Returns the counts that are known, with a place for those of `condition`.
    fn known(&self, condition: &Condition) -> MutexGuard<'_, HashMap<Condition, Known>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = known.len() >= CONDITIONS_MAX && !known.contains_key(condition)
            || known.get(condition).is_some_and(|known| known.frequencies.len() >= TERMS_MAX);
        if is_full {
            known.clear();
        }
        known
    }
}

/// Returns true for conditions that many questions share.
fn is_kept(condition: &Condition) -> bool {
    let bytes = |group: &AnyOf| match group {
        AnyOf::Names(names) => names.iter().map(String::len).sum(),
        AnyOf::Positions(_) => NAMES_BYTES_MAX,
    };
    condition.0.iter().map(bytes).sum::<usize>() < NAMES_BYTES_MAX
}

impl Database for Cached {
    fn size(&self, condition: &Condition) -> Result<(u32, u64), DatabaseError> {
        if !is_kept(condition) {
            return self.database.size(condition);
        }
        if let Some(size) = self.known(condition).get(condition).and_then(|known| known.size) {
            return Ok(size);
        }
        let size = self.database.size(condition)?;
        self.known(condition).entry(condition.clone()).or_default().size = Some(size);
        Ok(size)
    }

    fn frequencies(&self, condition: &Condition, terms: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        if !is_kept(condition) {
            return self.database.frequencies(condition, terms);
        }
        let mut counts: HashMap<u32, u32> = match self.known(condition).get(condition) {
            Some(known) => terms.iter().filter_map(|term| Some((*term, *known.frequencies.get(term)?))).collect(),
            None => HashMap::new(),
        };
        let missing: Vec<u32> = terms.iter().copied().filter(|term| !counts.contains_key(term)).collect();
        if !missing.is_empty() {
            let found = self.database.frequencies(condition, &missing)?;
            if found.len() != missing.len() {
                return Err(DatabaseError::new(format!("{} of {} document frequencies", found.len(), missing.len())));
            }
            counts.extend(missing.into_iter().zip(found));
            self.known(condition).entry(condition.clone()).or_default().frequencies.extend(&counts);
        }
        Ok(terms.iter().map(|term| counts.get(term).copied().unwrap_or(0)).collect())
    }

    fn best(&self, choice: &Choice) -> Result<Vec<(u32, f64)>, DatabaseError> {
        self.database.best(choice)
    }

    fn with_phrasing(&self, hash: u32, condition: &Condition, limit: usize) -> Result<Vec<u32>, DatabaseError> {
        self.database.with_phrasing(hash, condition, limit)
    }

    fn named(&self, names: &[String]) -> Result<Vec<Vec<u32>>, DatabaseError> {
        self.database.named(names)
    }

    fn names(&self, prefix: &str, after: &str, limit: usize) -> Result<Vec<String>, DatabaseError> {
        self.database.names(prefix, after, limit)
    }

    fn meeting(&self, condition: &Condition, positions: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        self.database.meeting(condition, positions)
    }

    fn rows(&self, positions: &[u32]) -> Result<Vec<Row>, DatabaseError> {
        self.database.rows(positions)
    }

    fn counts(&self, terms: &[u32], positions: &[u32]) -> Result<Vec<Count>, DatabaseError> {
        self.database.counts(terms, positions)
    }

    fn entries(&self, positions: &[u32]) -> Result<Vec<(u32, Vec<u8>)>, DatabaseError> {
        self.database.entries(positions)
    }
}
