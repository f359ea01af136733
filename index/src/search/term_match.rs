//! The share of each query term that an entry holds anywhere in its text.

use super::plan::{CompoundShare, Expansion, Plan, QueryTerm};
use crate::engine::inverted_index::InvertedIndex;
use crate::engine::posting_blocks::Frequencies;
use crate::error::SearchError;

/// The share of a query term that an entry gives anywhere in its text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TermMatch {
    /// The share of the query term's weight.
    pub(crate) share: f32,
    /// The rarity of the word that the entry holds; 0 if it says too little of what was typed.
    pub(crate) tempered_idf: f32,
}

/// The least share by which a word says what was typed.
const SAID_MIN: f32 = 0.4;

impl TermMatch {
    fn by(expansion: &Expansion, query_term: &QueryTerm) -> TermMatch {
        let share = expansion.weight_factor;
        match expansion.compound {
            Some(CompoundShare { tempered_idf }) => TermMatch { share, tempered_idf },
            None => {
                let tempered_idf = if share > SAID_MIN { query_term.tempered_idf } else { 0.0 };
                TermMatch { share, tempered_idf }
            }
        }
    }
}

/// Returns, for each of the entries at `positions` and each query term, what the entry gives to it.
pub(crate) fn of_entries(
    plan: &Plan,
    index: &InvertedIndex,
    positions: &[u32],
) -> Result<Vec<Vec<TermMatch>>, SearchError> {
    let mut ascending: Vec<usize> = (0..positions.len()).collect();
    ascending.sort_by_key(|&at| positions[at]);
    let mut matched = vec![vec![TermMatch::default(); plan.query_terms.len()]; positions.len()];
    for (query_term_at, query_term) in plan.query_terms.iter().enumerate() {
        for expansion in &query_term.expansions {
            let mut postings = index.postings(&expansion.listed, Frequencies::Skipped)?;
            for &at in &ascending {
                if postings.seek(positions[at]).is_some() {
                    let matched = &mut matched[at][query_term_at];
                    if expansion.weight_factor > matched.share {
                        *matched = TermMatch::by(expansion, query_term);
                    }
                }
            }
            postings.check()?;
        }
    }
    Ok(matched)
}
