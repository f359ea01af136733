//! Which entries are worth ranking: those whose text scores best by BM25 (Robertson and Zaragoza, 2009), as tantivy
//! computes it with k1 = 1.2 and b = 0.75.
//!
//! Each term counts with the weight that the plan gave it instead of tantivy's inverse document frequency. That one is
//! noise in a knowledge base of a dozen entries, where `how` can be rarer than `Baidu`.
//!
//! Nearly every entry holds the function words of a question, so looking through them took four fifths of the time of
//! one, and they hardly ever decide. The idea of `MaxScore` (Turtle and Flood, 1995) therefore goes further here: the
//! essential terms choose the candidates, and the others only add to the score of those that were chosen.

use tantivy::collector::TopDocs;
use tantivy::query::{Bm25StatisticsProvider, BooleanQuery, BoostQuery, EnableScoring, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Searcher};

use super::SearchError;
use super::plan::Plan;

/// Terms of at least this share of the weight of the heaviest are essential; function words weigh a quarter, and less
/// the more entries hold them. At .35, six public sets are answered as they are when every term is.
const ESSENTIAL_MIN: f32 = 0.3;
/// Fewer candidates than these are no choice; then every term is essential.
const CHOICE_MIN: usize = 20;

/// An entry that holds some terms of the question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// Its position in the knowledge base.
    pub(crate) position: DocId,
    /// Its BM25 score over the whole text, divided by the weight of the question.
    pub(crate) whole: f32,
}

/// Returns the `limit` best candidates, in no order.
pub(crate) fn retrieve(
    plan: &Plan,
    searcher: &Searcher,
    field: Field,
    limit: usize,
) -> Result<Vec<Candidate>, SearchError> {
    let retrieval = Retrieval { searcher, field, statistics: Statistics::of(searcher, field)? };
    let mut terms = weighted_terms(plan);
    terms.sort_by(|a, b| b.1.total_cmp(&a.1));
    let heaviest = terms.first().map_or(0.0, |(_, weight)| *weight);
    let (essential, others) = terms.split_at(terms.partition_point(|(_, weight)| *weight >= ESSENTIAL_MIN * heaviest));
    let mut candidates = retrieval.best(essential, limit)?;
    if candidates.len() < CHOICE_MIN && !others.is_empty() {
        candidates = retrieval.best(&terms, limit)?;
    } else {
        retrieval.add(others, &mut candidates)?;
    }
    for candidate in &mut candidates {
        candidate.whole /= plan.weight;
    }
    Ok(candidates)
}

/// Where candidates are looked for.
struct Retrieval<'a> {
    searcher: &'a Searcher,
    field: Field,
    statistics: Statistics,
}

impl Retrieval<'_> {
    /// Returns the `limit` entries that score best by `terms`.
    fn best(&self, terms: &[(&str, f32)], limit: usize) -> Result<Vec<Candidate>, SearchError> {
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let clauses = terms.iter().map(|&term| (Occur::Should, Box::new(self.query(term)) as Box<dyn Query>));
        // tantivy makes room for as many as it is told.
        let limit = limit.clamp(1, usize::try_from(self.statistics.entries).unwrap_or(usize::MAX));
        let collector = TopDocs::with_limit(limit).order_by_score();
        let query = BooleanQuery::new(clauses.collect());
        let found = self.searcher.search_with_statistics_provider(&query, &collector, &self.statistics)?;
        Ok(found.into_iter().map(|(whole, address)| Candidate { position: address.doc_id, whole }).collect())
    }

    /// Adds what `terms` give to the scores of `candidates`, which end in the order of their positions.
    fn add(&self, terms: &[(&str, f32)], candidates: &mut [Candidate]) -> Result<(), SearchError> {
        candidates.sort_by_key(|candidate| candidate.position);
        let scoring = EnableScoring::enabled_from_statistics_provider(&self.statistics, self.searcher);
        for &term in terms {
            let mut scorer = self.query(term).weight(scoring)?.scorer(self.searcher.segment_reader(0), 1.0)?;
            for candidate in candidates.iter_mut() {
                if scorer.doc() < candidate.position {
                    scorer.seek(candidate.position);
                }
                if scorer.doc() == candidate.position {
                    candidate.whole += scorer.score();
                }
            }
        }
        Ok(())
    }

    fn query(&self, (term, weight): (&str, f32)) -> BoostQuery {
        let query = TermQuery::new(Term::from_field_text(self.field, term), IndexRecordOption::WithFreqs);
        BoostQuery::new(Box::new(query), weight / self.statistics.idf)
    }
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
