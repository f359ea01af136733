//! Which entries are worth ranking: those whose text scores best by BM25 (Robertson and Zaragoza, 2009), as tantivy
//! computes it with k1 = 1.2 and b = 0.75.
//!
//! Each term counts with the weight that the plan gave it instead of tantivy's inverse document frequency. That one is
//! noise in a knowledge base of a dozen entries, where `how` can be rarer than `Baidu`.
//!
//! Nearly every entry holds the function words of a question, so looking through them took four fifths of the time of
//! one, and they hardly ever decide. The idea of `MaxScore` (Turtle and Flood, 1995) therefore goes further here: the
//! essential terms choose the candidates, and the others only add to the score of those that were chosen.

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::query::Bm25Weight;

use super::plan::{CompoundShare, Expansion, Plan, QueryTerm};
use crate::engine::filter::Filter;
use crate::engine::inverted_index::InvertedIndex;
use crate::engine::posting_blocks::Frequencies;
use crate::engine::top_k::{Candidate, PostingCursor, best};
use crate::error::SearchError;

/// Terms of at least this share of the weight of the heaviest are essential; function words weigh a quarter, and less
/// the more entries hold them. At .35, six public sets are answered as they are when every term is.
const ESSENTIAL_MIN: f32 = 0.3;
/// Fewer candidates than these are no choice; then every term is essential.
const CHOICE_MIN: usize = 20;

/// Returns the `limit` best candidates among the entries that `filter` admits, which hold `mean_length` terms on average.
///
/// They stand in the order of the score by which they were chosen, the best first: those for a smaller limit are the
/// beginning.
pub(crate) fn retrieve(
    plan: &Plan,
    index: &InvertedIndex,
    lengths: &FieldNormReader,
    mean_length: f32,
    filter: Option<&Filter>,
    limit: usize,
) -> Result<Vec<Candidate>, SearchError> {
    let mut terms = weighted_terms(plan);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    terms.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let limit = limit.min(index.entries() as usize).max(1);
    let essential = terms.partition_point(|term| term.weight >= ESSENTIAL_MIN * terms[0].weight);
    let open = || lists(&terms, index, lengths, mean_length);
    let mut lists = open()?;
    let (essential, others) = lists.split_at_mut(essential);
    let mut candidates = best(essential, filter, limit);
    if candidates.len() < CHOICE_MIN && !others.is_empty() {
        lists = open()?;
        candidates = best(&mut lists, filter, limit);
    } else {
        let mut ascending: Vec<&mut Candidate> = candidates.iter_mut().collect();
        ascending.sort_unstable_by_key(|candidate| candidate.position);
        for list in others {
            for candidate in &mut ascending {
                candidate.bm25 += list.score_of(candidate.position);
            }
        }
    }
    for list in &lists {
        list.check()?;
    }
    for candidate in &mut candidates {
        candidate.bm25 /= plan.weight;
    }
    Ok(candidates)
}

/// Opens the posting lists of `terms`.
fn lists<'a>(
    terms: &[Weighted<'_>],
    index: &InvertedIndex,
    lengths: &'a FieldNormReader,
    mean_length: f32,
) -> Result<Vec<PostingCursor<'a>>, SearchError> {
    // tantivy's inverse document frequency of a term that one entry of one holds; the boost takes it out again. Every
    // platform has the same logarithm of 4/3, if not of all numbers.
    let idf = libm::logf(1.0 + 0.5 / 1.5);
    let bm25 = Bm25Weight::for_one_term_without_explain(1, 1, mean_length);
    let list = |term: &Weighted<'_>| {
        let postings = index.postings(term.info, Frequencies::Read)?;
        Ok(PostingCursor::new(postings, lengths, bm25.boost_by(term.weight / idf)))
    };
    terms.iter().map(list).collect()
}

/// The share of a query term that an entry gives anywhere in its text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TermMatch {
    /// The share of the query term's weight.
    pub(crate) share: f32,
    /// The number of content units that it stands for.
    pub(crate) content_units: f32,
    /// The rarity of the word that the entry holds; 0 if it says too little of what was typed.
    pub(crate) tempered_idf: f32,
}

/// The least share by which a word says what was typed.
const SAID_MIN: f32 = 0.4;

impl TermMatch {
    fn by(expansion: &Expansion, query_term: &QueryTerm) -> TermMatch {
        let share = expansion.share;
        match expansion.compound {
            Some(CompoundShare { tempered_idf, content_units }) => TermMatch { share, content_units, tempered_idf },
            None => {
                let tempered_idf = if share > SAID_MIN { query_term.tempered_idf } else { 0.0 };
                TermMatch { share, content_units: query_term.content_units * share, tempered_idf }
            }
        }
    }
}

/// Returns, for each of the entries at `positions` and each query term, what the entry gives to it.
pub(crate) fn matched(
    plan: &Plan,
    index: &InvertedIndex,
    positions: &[DocId],
) -> Result<Vec<Vec<TermMatch>>, SearchError> {
    let mut ascending: Vec<usize> = (0..positions.len()).collect();
    ascending.sort_by_key(|&at| positions[at]);
    let mut matched = vec![vec![TermMatch::default(); plan.query_terms.len()]; positions.len()];
    for (query_term_at, query_term) in plan.query_terms.iter().enumerate() {
        for expansion in &query_term.expansions {
            let mut postings = index.postings(&expansion.listed.info, Frequencies::Skipped)?;
            for &at in &ascending {
                if postings.seek(positions[at]).is_some() {
                    let matched = &mut matched[at][query_term_at];
                    if expansion.share > matched.share {
                        *matched = TermMatch::by(expansion, query_term);
                    }
                }
            }
            postings.check()?;
        }
    }
    Ok(matched)
}

/// A term to look for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighted<'a> {
    /// The term.
    pub(crate) term: &'a str,
    /// Where the index says which entries hold it.
    pub(crate) info: &'a TermInfo,
    /// The most that it can give.
    pub(crate) weight: f32,
}

/// Lists every term to look for once, with the most that it can give.
pub(crate) fn weighted_terms(plan: &Plan) -> Vec<Weighted<'_>> {
    let mut terms: Vec<Weighted<'_>> = Vec::new();
    for query_term in &plan.query_terms {
        for expansion in &query_term.expansions {
            let weight = query_term.weight * expansion.share;
            match terms.iter_mut().find(|known| known.term == expansion.term) {
                // A word that all of its parts match at once gives what they do together.
                Some(known) if expansion.compound.is_some() => known.weight += weight,
                Some(known) => known.weight = known.weight.max(weight),
                None => terms.push(Weighted { term: &expansion.term, info: &expansion.listed.info, weight }),
            }
        }
    }
    terms.retain(|term| term.weight > 0.0);
    terms
}

#[cfg(all(test, feature = "build"))]
mod tests {
    use super::*;
    use crate::knowledge_base::KnowledgeBase;
    use crate::search::interpret::interpret as plan;
    use crate::search::plan::QueryMode;

    /// Three thousand entries of few words, some held by nearly all of them and some by hardly any.
    fn knowledge_base() -> KnowledgeBase {
        let entry = |number: u32| {
            let word =
                |every: u32, word| if number.wrapping_mul(2_654_435_761) >> 8 & 1023 < every { word } else { "" };
            let words = [word(900, " lamp"), word(500, " reset"), word(90, " loud lamp"), word(9, " battery reset")];
            format!("## Entry {number}?\n\nYes.{}\n\n", words.concat().repeat(1 + number as usize % 3))
        };
        let text: String = (0..3_000).map(entry).collect();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("faq.md"), text).unwrap();
        KnowledgeBase::from_folder(folder.path()).unwrap()
    }

    #[test]
    fn the_best_few_are_the_first_of_all() {
        let kb = knowledge_base();
        let found = |question: &str, limit| {
            let plan = plan(question, QueryMode::Whole, &kb.reader().dictionary, &kb.reader().synonyms).unwrap();
            let (index, lengths) = (&kb.reader().index, kb.reader().lengths().unwrap());
            let found = retrieve(&plan, index, &lengths, index.mean_length(), None, limit).unwrap();
            found.into_iter().map(|candidate| (candidate.position, candidate.bm25)).collect::<Vec<_>>()
        };
        for question in ["lamp", "reset the lamp", "loud lamp reset", "battery lamp", "entry 2999 battery"] {
            let all = found(question, usize::MAX);
            for limit in [20, 40, 400] {
                assert_eq!(found(question, limit), all[..limit.min(all.len())], "{question}, {limit}");
            }
        }
    }
}
