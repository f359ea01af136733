//! Which entries are worth ranking: those whose text scores best by BM25 (Robertson and Zaragoza, 2009), as tantivy
//! computes it with k1 = 1.2 and b = 0.75.
//!
//! Each term counts with the weight that the plan gave it instead of tantivy's inverse document frequency. That one is
//! noise in a knowledge base of a dozen entries, where `how` can be rarer than `Baidu`.

use tantivy::collector::TopDocs;
use tantivy::query::{Bm25StatisticsProvider, BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Searcher};

use super::SearchError;
use super::plan::Plan;

/// An entry that holds some terms of the question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// Its position in the knowledge base.
    pub(crate) position: DocId,
    /// Its BM25 score over the whole text, divided by the weight of the question.
    pub(crate) whole: f32,
}

/// Returns the `limit` best candidates, the best first.
pub(crate) fn retrieve(
    plan: &Plan,
    searcher: &Searcher,
    field: Field,
    limit: usize,
) -> Result<Vec<Candidate>, SearchError> {
    let statistics = Statistics::of(searcher, field)?;
    let clauses = weighted_terms(plan).into_iter().map(|(term, weight)| {
        let query = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs);
        let boost = weight / statistics.idf;
        (Occur::Should, Box::new(BoostQuery::new(Box::new(query), boost)) as Box<dyn Query>)
    });
    let clauses: Vec<_> = clauses.collect();
    if clauses.is_empty() {
        return Ok(Vec::new());
    }
    // tantivy makes room for as many as it is told.
    let limit = limit.clamp(1, usize::try_from(statistics.entries).unwrap_or(usize::MAX));
    let collector = TopDocs::with_limit(limit).order_by_score();
    let found = searcher.search_with_statistics_provider(&BooleanQuery::new(clauses), &collector, &statistics)?;
    let candidate = |(score, address): (f32, tantivy::DocAddress)| Candidate {
        position: address.doc_id,
        whole: score / plan.weight,
    };
    Ok(found.into_iter().map(candidate).collect())
}

/// Returns, for each of the entries at `positions` and each slot, the share of the slot's weight that the entry gives
/// anywhere in its text.
pub(crate) fn held_shares(
    plan: &Plan,
    searcher: &Searcher,
    field: Field,
    positions: &[DocId],
) -> Result<Vec<Vec<f32>>, SearchError> {
    let index = searcher.segment_reader(0).inverted_index(field)?;
    let mut ascending: Vec<usize> = (0..positions.len()).collect();
    ascending.sort_by_key(|&at| positions[at]);
    let mut shares = vec![vec![0.0_f32; plan.slots.len()]; positions.len()];
    for (slot_at, slot) in plan.slots.iter().enumerate() {
        for variant in &slot.variants {
            let term = Term::from_field_text(field, &variant.term);
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            for &at in &ascending {
                if postings.doc() < positions[at] {
                    postings.seek(positions[at]);
                }
                if postings.doc() == positions[at] {
                    let share = &mut shares[at][slot_at];
                    *share = share.max(variant.share);
                }
            }
        }
    }
    Ok(shares)
}

/// Returns the mean number of terms of an entry, repetitions included.
pub(crate) fn mean_length(searcher: &Searcher, field: Field) -> Result<f32, SearchError> {
    Ok(searcher.total_num_tokens(field)? as f32 / searcher.total_num_docs()?.max(1) as f32)
}

/// Lists every term to look for once, with the most that it can give.
pub(crate) fn weighted_terms(plan: &Plan) -> Vec<(&str, f32)> {
    let mut terms: Vec<(&str, f32)> = Vec::new();
    for slot in &plan.slots {
        for variant in &slot.variants {
            let weight = slot.weight * variant.share;
            match terms.iter_mut().find(|(term, _)| *term == variant.term) {
                Some((_, most)) => *most = most.max(weight),
                None => terms.push((&variant.term, weight)),
            }
        }
    }
    terms.retain(|(_, weight)| *weight > 0.0);
    terms
}

/// Statistics that give every term the same inverse document frequency, which the boost then cancels.
struct Statistics {
    entries: u64,
    tokens: u64,
    idf: f32,
}

impl Statistics {
    fn of(searcher: &Searcher, field: Field) -> Result<Statistics, SearchError> {
        let entries = searcher.total_num_docs()?.max(1);
        let tokens = searcher.total_num_tokens(field)?;
        // tantivy's formula for a term that one entry holds.
        let idf = (1.0 + ((entries - 1) as f32 + 0.5) / 1.5).ln();
        Ok(Statistics { entries, tokens, idf })
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, _: Field) -> tantivy::Result<u64> {
        Ok(self.tokens)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.entries)
    }

    fn doc_freq(&self, _: &Term) -> tantivy::Result<u64> {
        Ok(1)
    }
}
