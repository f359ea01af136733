//! A database in memory, which counts its statements.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};

use faqt::database::{AnyOf, Choice, Condition, Count, Database, DatabaseError, EntryRow, Generation, Row};

/// The rows of a generation.
#[derive(Default)]
pub(crate) struct Memory {
    /// For each term its entries, with count and length.
    postings: BTreeMap<u32, BTreeMap<u32, (u32, u32)>>,
    names: BTreeMap<String, Vec<u32>>,
    phrasings: HashMap<u32, Vec<u32>>,
    entries: BTreeMap<u32, EntryRow>,
    /// An entry that the database has lost.
    pub(crate) lost: Option<u32>,
    pub(crate) statements: AtomicUsize,
}

impl Memory {
    pub(crate) fn of(generation: &Generation) -> Memory {
        let mut memory = Memory::default();
        for posting in generation.postings() {
            let posting = posting.expect("the pack is sound");
            let list = memory.postings.entry(posting.term).or_default();
            list.insert(posting.position, (posting.count, posting.length));
        }
        let take = |row: faqt::database::NameRow| {
            memory.names.entry(row.name).or_default().push(row.position);
            Ok::<(), faqt::PackError>(())
        };
        generation.each_name(take).expect("the pack is sound");
        for row in generation.phrasings() {
            let row = row.expect("the pack is sound");
            memory.phrasings.entry(row.hash).or_default().push(row.position);
        }
        for entry in generation.entries() {
            let entry = entry.expect("the pack is sound");
            memory.entries.insert(entry.row.position, entry);
        }
        memory
    }

    fn meets(&self, condition: &Condition, position: u32) -> bool {
        condition.0.iter().all(|group| match group {
            AnyOf::Positions(positions) => positions.contains(&position),
            AnyOf::Names(names) => {
                names.iter().any(|name| self.names.get(name).is_some_and(|found| found.contains(&position)))
            }
        })
    }

    fn counted(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }
}

impl Database for Memory {
    fn best(&self, choice: &Choice) -> Result<Vec<(u32, f64)>, DatabaseError> {
        self.counted();
        let mut scores: BTreeMap<u32, f64> = BTreeMap::new();
        for &(term, weight) in &choice.terms {
            for (&position, &(count, length)) in self.postings.get(&term).into_iter().flatten() {
                let count = f64::from(count);
                let denominator = count + choice.saturation + choice.length_factor * f64::from(length);
                *scores.entry(position).or_default() += f64::from(weight) * count / denominator;
            }
        }
        let mut best: Vec<(u32, f64)> =
            scores.into_iter().filter(|&(position, _)| self.meets(&choice.condition, position)).collect();
        best.sort_by(|one, other| other.1.total_cmp(&one.1));
        best.truncate(choice.limit);
        Ok(best)
    }

    fn with_phrasing(&self, hash: u32, condition: &Condition, limit: usize) -> Result<Vec<u32>, DatabaseError> {
        self.counted();
        let positions: BTreeSet<u32> = self.phrasings.get(&hash).into_iter().flatten().copied().collect();
        Ok(positions.into_iter().filter(|&position| self.meets(condition, position)).take(limit).collect())
    }

    fn named(&self, names: &[String]) -> Result<Vec<Vec<u32>>, DatabaseError> {
        self.counted();
        Ok(names.iter().map(|name| self.names.get(name).cloned().unwrap_or_default()).collect())
    }

    fn names(&self, prefix: &str, after: &str, limit: usize) -> Result<Vec<String>, DatabaseError> {
        self.counted();
        let names = self.names.keys().filter(|name| name.starts_with(prefix) && name.as_str() > after);
        Ok(names.take(limit).cloned().collect())
    }

    fn size(&self, condition: &Condition) -> Result<(u32, u64), DatabaseError> {
        self.counted();
        let (mut count, mut tokens) = (0, 0);
        for (&position, entry) in &self.entries {
            if self.meets(condition, position) {
                (count, tokens) = (count + 1, tokens + u64::from(entry.row.length));
            }
        }
        Ok((count, tokens))
    }

    fn frequencies(&self, condition: &Condition, terms: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        self.counted();
        let frequency = |term: &u32| {
            let positions = self.postings.get(term).into_iter().flatten().map(|(&position, _)| position);
            u32::try_from(positions.filter(|&position| self.meets(condition, position)).count()).expect("a few")
        };
        Ok(terms.iter().map(frequency).collect())
    }

    fn meeting(&self, condition: &Condition, positions: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        self.counted();
        Ok(positions.iter().copied().filter(|&position| self.meets(condition, position)).collect())
    }

    fn rows(&self, positions: &[u32]) -> Result<Vec<Row>, DatabaseError> {
        self.counted();
        let there = positions.iter().filter(|&&position| self.lost != Some(position));
        Ok(there.map(|position| self.entries[position].row.clone()).collect())
    }

    fn counts(&self, terms: &[u32], positions: &[u32]) -> Result<Vec<Count>, DatabaseError> {
        self.counted();
        let mut counts = Vec::new();
        for &term in terms {
            for &position in positions {
                if let Some(&(count, _)) = self.postings.get(&term).and_then(|list| list.get(&position)) {
                    counts.push(Count { term, position, count });
                }
            }
        }
        Ok(counts)
    }

    fn entries(&self, positions: &[u32]) -> Result<Vec<(u32, Vec<u8>)>, DatabaseError> {
        self.counted();
        Ok(positions.iter().map(|position| (*position, self.entries[position].json.clone().into_bytes())).collect())
    }
}
