//! Measures of retrieval and refusal over golden questions.
//!
//! Retrieval is measured by the mean reciprocal rank of the first expected entry (MRR@10), and recall at 1, 5 and 10.
//! The third measure is normalised discounted cumulative gain (nDCG@10), gains 0 and 1 (Järvelin and Kekäläinen, 2002).
//!
//! Refusal is measured by the area under the ROC curve. It is the probability that a random covered question has a
//! higher probability of being covered ([`Findings::covered`]) than a random uncovered one.

use libm::log2;
use serde::Serialize;

use super::query::Query;
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::model::edition::names_any;
use crate::search::findings::{Findings, Hit};
use crate::search::options::SearchOptions;
use crate::search::outcome::Outcome;

/// The confidences whose cost is measured.
const THRESHOLDS: [f32; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/// The cut-off rank of the measures.
const DEPTH: usize = 10;

/// The measures over all questions.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Measures over the covered questions.
    pub covered: Option<Covered>,
    /// Measures over the uncovered questions.
    pub not_covered: Option<NotCovered>,
    /// The area under the ROC curve of [`Findings::covered`], if there are both kinds: 0.5 is chance, 1 is perfect separation.
    pub area_under_roc: Option<f64>,
    /// The cost of each confidence that an answer may be asked to have, in ascending order.
    pub thresholds: Vec<Threshold>,
    /// Covered questions whose first hit is not expected, and uncovered questions that were answered.
    pub misses: Vec<Miss>,
    /// All questions in the order of their file. JSON leaves them out.
    #[serde(skip)]
    pub questions: Vec<JudgedQuestion>,
}

/// A question with the outcome of its search.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct JudgedQuestion {
    /// The question, and the entries that answer it.
    pub query: Query,
    /// The outcome of its search.
    pub outcome: Outcome,
    /// The rank of the first expected entry, counted from 1; none beyond rank 10.
    pub rank: Option<usize>,
    /// The confidence of the search; none if nothing was found.
    pub confidence: Option<f32>,
}

/// Measures over covered questions; all but the count are shares from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Covered {
    /// The number of questions.
    pub queries: usize,
    /// The mean of 1 / rank of the first expected entry, 0 beyond rank 10.
    pub mrr_at_10: f64,
    /// The share of questions with an expected entry first.
    pub recall_at_1: f64,
    /// The share of questions with an expected entry among the first 5.
    pub recall_at_5: f64,
    /// The share of questions with an expected entry among the first 10.
    pub recall_at_10: f64,
    /// The normalised discounted cumulative gain of the first 10.
    pub ndcg_at_10: f64,
    /// The share that was answered with an entry that is not expected.
    pub answered_wrongly: f64,
    /// The share whose outcome was unsure.
    pub unsure: f64,
    /// The share that was said not to be covered.
    pub refused: f64,
}

/// Measures over uncovered questions; all but the count are shares from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NotCovered {
    /// The number of questions.
    pub queries: usize,
    /// The share that was answered.
    pub answered: f64,
    /// The share whose outcome was unsure.
    pub unsure: f64,
    /// The share that was said not to be covered.
    pub refused: f64,
}

/// The questions that are answered if an answer needs a confidence, as shares from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Threshold {
    /// The least confidence of an answer, as `answered_min` in `faqt.toml` sets it.
    pub answered_min: f32,
    /// The share of covered questions that are answered with an expected entry; none without covered questions.
    pub answered_rightly: Option<f64>,
    /// The share of covered questions that are answered with another; none without covered questions.
    pub answered_wrongly: Option<f64>,
    /// The share of uncovered questions that are answered; none without uncovered questions.
    pub answered_not_covered: Option<f64>,
}

/// A question that failed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Miss {
    /// The file of the question, where that is one of a content folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line of the question in its file, counted from 1.
    pub line: usize,
    /// The question.
    pub query: String,
    /// The entries that answer it; empty if none does.
    pub expect: Vec<String>,
    /// The rank of the first expected entry, counted from 1.
    pub rank: Option<usize>,
    /// The confidence of the first hit.
    pub confidence: f32,
    /// The entries ranked before it.
    pub before: Vec<Standing>,
}

/// A ranked entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Standing {
    /// The id of the entry.
    pub id: String,
    /// Its score.
    pub score: f32,
}

/// Asks all questions and computes the measures.
///
/// # Errors
///
/// As [`KnowledgeBase::ask`].
pub fn evaluate(kb: &KnowledgeBase, queries: &[Query]) -> Result<Report, SearchError> {
    let whole = |query: &Query| Ok(Query { expect: whole_ids(kb, &query.expect)?, ..query.clone() });
    let queries = queries.iter().map(whole).collect::<Result<Vec<_>, SearchError>>()?;
    evaluate_by(|text, options| kb.search(text, options), &queries)
}

/// Asks all questions by `search`, as of several knowledge bases, and computes the measures.
///
/// The expected ids are compared with those of the hits as they are.
///
/// # Errors
///
/// As `search`.
///
/// # Examples
///
/// ```
/// use faqt::evaluation::{evaluate_by, queries};
/// use faqt::{KnowledgeBase, KnowledgeBases};
///
/// let lamp = KnowledgeBase::from_markdown("## How do I reset the lamp? {#reset}\n\nHold the button.\n")?;
/// let help = KnowledgeBases::new([("lamp", lamp)]);
/// let queries = queries(r#"{"query": "lamp reset", "expect": ["reset"]}"#)?;
/// let report = evaluate_by(|text, options| help.search(text, options), &queries)?;
/// assert_eq!(report.covered.expect("one is covered").mrr_at_10, 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn evaluate_by(
    mut search: impl FnMut(&str, &SearchOptions) -> Result<Findings, SearchError>,
    queries: &[Query],
) -> Result<Report, SearchError> {
    let (mut covered, mut not_covered) = (Covered::default(), NotCovered::default());
    let (mut probabilities, mut misses) = ((Vec::new(), Vec::new()), Vec::new());
    let mut questions = Vec::with_capacity(queries.len());
    let mut confidences = Confidences::default();
    let options = SearchOptions::default().with_limit(DEPTH);
    for query in queries {
        let findings = search(&query.text, &options)?;
        let rank = findings.hits.iter().position(|hit| names_any(&query.expect, &hit.entry.id));
        let failed = if query.expect.is_empty() {
            not_covered.add(&findings);
            probabilities.1.push(findings.covered);
            findings.is_answered()
        } else {
            covered.add(query, rank, &findings);
            probabilities.0.push(findings.covered);
            rank != Some(0)
        };
        confidences.add(query, &findings, || {
            search(&query.text, &SearchOptions::default().with_limit(0).with_answered_min(0.0))
        })?;
        if failed {
            misses.push(Miss::of(query, rank, &findings));
        }
        questions.push(JudgedQuestion {
            query: query.clone(),
            outcome: findings.outcome,
            rank: rank.map(|rank| rank + 1),
            confidence: findings.hits.first().map(|_| findings.confidence),
        });
    }
    Ok(Report {
        area_under_roc: area_under_roc(&probabilities.0, &probabilities.1),
        thresholds: confidences.thresholds(covered.queries, not_covered.queries),
        covered: (covered.queries > 0).then(|| covered.into_shares()),
        not_covered: (not_covered.queries > 0).then(|| not_covered.into_shares()),
        misses,
        questions,
    })
}

/// Returns the ids of entries that are named by their ids or by shorter forms of them.
pub(super) fn whole_ids(kb: &KnowledgeBase, ids: &[String]) -> Result<Vec<String>, SearchError> {
    ids.iter().map(|id| Ok(kb.entry(id)?.map_or_else(|| id.clone(), |entry| entry.id))).collect()
}

impl Covered {
    fn add(&mut self, query: &Query, rank: Option<usize>, findings: &Findings) {
        let within = |depth: usize| f64::from(u8::from(rank.is_some_and(|rank| rank < depth)));
        self.queries += 1;
        self.mrr_at_10 += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        self.recall_at_1 += within(1);
        self.recall_at_5 += within(5);
        self.recall_at_10 += within(DEPTH);
        self.ndcg_at_10 += ndcg(query, findings);
        match findings.outcome {
            Outcome::Answered if rank != Some(0) => self.answered_wrongly += 1.0,
            Outcome::Answered => {}
            Outcome::Unsure => self.unsure += 1.0,
            _ => self.refused += 1.0,
        }
    }

    fn into_shares(self) -> Covered {
        let share = |sum: f64| sum / self.queries as f64;
        Covered {
            queries: self.queries,
            mrr_at_10: share(self.mrr_at_10),
            recall_at_1: share(self.recall_at_1),
            recall_at_5: share(self.recall_at_5),
            recall_at_10: share(self.recall_at_10),
            ndcg_at_10: share(self.ndcg_at_10),
            answered_wrongly: share(self.answered_wrongly),
            unsure: share(self.unsure),
            refused: share(self.refused),
        }
    }
}

impl NotCovered {
    fn add(&mut self, findings: &Findings) {
        self.queries += 1;
        match findings.outcome {
            Outcome::Answered => self.answered += 1.0,
            Outcome::Unsure => self.unsure += 1.0,
            _ => self.refused += 1.0,
        }
    }

    fn into_shares(self) -> NotCovered {
        let share = |sum: f64| sum / self.queries as f64;
        NotCovered {
            queries: self.queries,
            answered: share(self.answered),
            unsure: share(self.unsure),
            refused: share(self.refused),
        }
    }
}

/// The confidences of the first hits that answer if they are sure enough.
#[derive(Default)]
struct Confidences {
    right: Vec<f32>,
    wrong: Vec<f32>,
    not_covered: Vec<f32>,
}

impl Confidences {
    /// Adds what was found for a question. What was not answered is asked again by `unlimited`, which answers whatever the
    /// confidence is.
    fn add(
        &mut self,
        query: &Query,
        findings: &Findings,
        unlimited: impl FnOnce() -> Result<Findings, SearchError>,
    ) -> Result<(), SearchError> {
        let Some(first) = findings.hits.first() else { return Ok(()) };
        if !findings.is_answered() && !unlimited()?.is_answered() {
            return Ok(());
        }
        let confidences = match (query.expect.is_empty(), names_any(&query.expect, &first.entry.id)) {
            (true, _) => &mut self.not_covered,
            (false, true) => &mut self.right,
            (false, false) => &mut self.wrong,
        };
        confidences.push(findings.confidence);
        Ok(())
    }

    fn thresholds(&self, covered: usize, not_covered: usize) -> Vec<Threshold> {
        let threshold = |&answered_min: &f32| {
            let share = |confidences: &[f32], of: usize| {
                let answered = confidences.iter().filter(|&&confidence| confidence >= answered_min).count();
                (of > 0).then(|| answered as f64 / of as f64)
            };
            Threshold {
                answered_min,
                answered_rightly: share(&self.right, covered),
                answered_wrongly: share(&self.wrong, covered),
                answered_not_covered: share(&self.not_covered, not_covered),
            }
        };
        THRESHOLDS.iter().map(threshold).collect()
    }
}

impl Miss {
    fn of(query: &Query, rank: Option<usize>, findings: &Findings) -> Miss {
        let standing = |hit: &Hit| Standing { id: hit.entry.id.clone(), score: hit.score };
        let before = rank.unwrap_or(findings.hits.len()).clamp(1, 3);
        Miss {
            path: query.path.clone(),
            line: query.line,
            query: query.text.clone(),
            expect: query.expect.clone(),
            rank: rank.map(|rank| rank + 1),
            confidence: findings.confidence,
            before: findings.hits.iter().take(before).map(standing).collect(),
        }
    }
}

fn ndcg(query: &Query, findings: &Findings) -> f64 {
    let discount = |place: usize| 1.0 / log2(place as f64 + 2.0);
    let gained: f64 = findings
        .hits
        .iter()
        .enumerate()
        .filter(|(_, hit)| names_any(&query.expect, &hit.entry.id))
        .map(|(place, _)| discount(place))
        .sum();
    let best: f64 = (0..query.expect.len().min(DEPTH)).map(discount).sum();
    gained / best
}

/// Returns the probability that a covered question has a higher value than an uncovered one; ties count half.
fn area_under_roc(covered: &[f32], not_covered: &[f32]) -> Option<f64> {
    if covered.is_empty() || not_covered.is_empty() {
        return None;
    }
    let mut sorted = not_covered.to_vec();
    sorted.sort_by(f32::total_cmp);
    let won = |own: &f32| {
        let below = sorted.partition_point(|other| other < own);
        let equal = sorted.partition_point(|other| other <= own) - below;
        below as f64 + equal as f64 / 2.0
    };
    let sum: f64 = covered.iter().map(won).sum();
    Some(sum / (covered.len() * not_covered.len()) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_counts_pairs_in_the_right_order() {
        assert_eq!(area_under_roc(&[0.9, 0.8], &[0.1, 0.2]), Some(1.0));
        assert_eq!(area_under_roc(&[0.5], &[0.5]), Some(0.5));
        assert_eq!(area_under_roc(&[0.3, 0.9], &[0.5]), Some(0.5));
        assert_eq!(area_under_roc(&[0.3], &[]), None);
    }
}
