//! Questions to several servers at once, whose results are merged.

use std::sync::Arc;
use std::thread;

use faqt::database::{Choice, Condition, Count, Database, DatabaseError, Row};

/// A generation on several servers.
pub(super) struct OfServers {
    pub(super) databases: Vec<Arc<dyn Database>>,
}

impl OfServers {
    /// Asks each server at the same time. The first error is that of all.
    fn each<T: Send>(
        &self,
        ask: impl Fn(&dyn Database) -> Result<T, DatabaseError> + Sync,
    ) -> Result<Vec<T>, DatabaseError> {
        let ask = &ask;
        thread::scope(|scope| {
            let asked = self.databases.iter().map(|database| scope.spawn(move || ask(&**database)));
            let asked: Vec<_> = asked.collect();
            let answer = |handle: thread::ScopedJoinHandle<'_, Result<T, DatabaseError>>| {
                handle.join().unwrap_or_else(|_| Err(DatabaseError::new("a thread that asked a server has panicked")))
            };
            asked.into_iter().map(answer).collect()
        })
    }

    /// Asks each server for rows of entries, and returns those of all.
    fn rows_of_each<T: Send>(
        &self,
        ask: impl Fn(&dyn Database) -> Result<Vec<T>, DatabaseError> + Sync,
    ) -> Result<Vec<T>, DatabaseError> {
        Ok(self.each(ask)?.into_iter().flatten().collect())
    }
}

impl Database for OfServers {
    fn best(&self, choice: &Choice) -> Result<Vec<(u32, f64)>, DatabaseError> {
        let mut best = self.rows_of_each(|database| database.best(choice))?;
        best.sort_by(|(one, one_score), (other, other_score)| other_score.total_cmp(one_score).then(one.cmp(other)));
        best.truncate(choice.limit);
        Ok(best)
    }

    fn with_phrasing(&self, hash: u32, condition: &Condition, limit: usize) -> Result<Vec<u32>, DatabaseError> {
        let mut positions = self.rows_of_each(|database| database.with_phrasing(hash, condition, limit))?;
        positions.sort_unstable();
        positions.truncate(limit);
        Ok(positions)
    }

    fn named(&self, names: &[String]) -> Result<Vec<Vec<u32>>, DatabaseError> {
        let mut all = vec![Vec::new(); names.len()];
        for named in self.each(|database| database.named(names))? {
            for (all, own) in all.iter_mut().zip(named) {
                all.extend(own);
            }
        }
        for positions in &mut all {
            positions.sort_unstable();
        }
        Ok(all)
    }

    fn names(&self, prefix: &str, after: &str, limit: usize) -> Result<Vec<String>, DatabaseError> {
        let mut names = self.rows_of_each(|database| database.names(prefix, after, limit))?;
        names.sort_unstable();
        names.dedup();
        names.truncate(limit);
        Ok(names)
    }

    fn size(&self, condition: &Condition) -> Result<(u32, u64), DatabaseError> {
        let sizes = self.each(|database| database.size(condition))?;
        Ok(sizes.into_iter().fold((0, 0), |(count, tokens), own| (count + own.0, tokens + own.1)))
    }

    fn frequencies(&self, condition: &Condition, terms: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        let mut all = vec![0; terms.len()];
        for frequencies in self.each(|database| database.frequencies(condition, terms))? {
            all.iter_mut().zip(frequencies).for_each(|(all, own)| *all += own);
        }
        Ok(all)
    }

    fn meeting(&self, condition: &Condition, positions: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        let mut meeting = self.rows_of_each(|database| database.meeting(condition, positions))?;
        meeting.sort_unstable();
        Ok(meeting)
    }

    fn rows(&self, positions: &[u32]) -> Result<Vec<Row>, DatabaseError> {
        self.rows_of_each(|database| database.rows(positions))
    }

    fn counts(&self, terms: &[u32], positions: &[u32]) -> Result<Vec<Count>, DatabaseError> {
        self.rows_of_each(|database| database.counts(terms, positions))
    }

    fn entries(&self, positions: &[u32]) -> Result<Vec<(u32, Vec<u8>)>, DatabaseError> {
        self.rows_of_each(|database| database.entries(positions))
    }
}
