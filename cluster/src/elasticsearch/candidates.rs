//! Entries on their way to the best of a choice.
//!
//! The weight `w` of a term in the index and the true one `v` of a choice differ in two ways: `w` is cut off behind 9 bits, so
//! `v ≤ w · (1 + 2⁻⁸)`; and `w` was computed with the mean length of all entries, while a choice with a filter has that of the
//! entries that meet it, so `v` is greater by the quotient of the length factors at most. An entry that was not returned scores at
//! most as much as the last that was. So it is known when the best are among those that were returned.

use std::collections::HashMap;

use faqt::database::Choice;
use serde_json::{Value, json};

use super::query;
use super::server::{number, position};
use crate::documents::ROUNDING;
use crate::documents::elasticsearch::postings_of;

/// The share by which a sum of 32 bits may differ from one of 64.
const OF_SUMS: f64 = 1e-4;

/// Entries that were returned for a choice.
pub(super) struct Candidates<'a> {
    choice: &'a Choice,
    weights: HashMap<u32, f64>,
    /// The position of each and its true score.
    found: Vec<(u32, f64)>,
    /// The sort values of the last one, and the most that an entry behind it can score.
    last: Value,
    bound: f64,
}

impl Candidates<'_> {
    pub(super) fn new(choice: &Choice) -> Candidates<'_> {
        let weights = choice.terms.iter().map(|&(term, weight)| (term, f64::from(weight))).collect();
        Candidates { choice, weights, found: Vec::new(), last: Value::Null, bound: f64::INFINITY }
    }

    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    /// Returns the query for the next `size` entries.
    pub(super) fn query(&self, size: usize) -> Value {
        let terms: Vec<Value> = self.choice.terms.iter().map(|&(term, weight)| query::term(term, weight)).collect();
        let mut query = json!({
            "size": size, "_source": ["length", "length_factor", "postings"], "track_total_hits": false,
            "query": {"bool": {
                "should": terms, "minimum_should_match": 1, "filter": query::filters(&self.choice.condition),
            }},
            "sort": [{"_score": "desc"}, {"position": "asc"}],
        });
        if !self.last.is_null() {
            query["search_after"] = self.last.clone();
        }
        query
    }

    /// Adds a hit. Returns none if it makes no sense.
    pub(super) fn add(&mut self, hit: &Value) -> Option<()> {
        let source = &hit["_source"];
        let length = f64::from(number(&source["length"])?);
        let score = |(term, count): (u32, u32)| {
            let count = f64::from(count);
            let denominator = count + self.choice.saturation + self.choice.length_factor * length;
            self.weights.get(&term).map_or(0.0, |weight| weight * count / denominator)
        };
        let exact = postings_of(source["postings"].as_str()?)?.into_iter().map(score).sum();
        let of_filter = (source["length_factor"].as_f64()? / self.choice.length_factor).max(1.0);
        self.bound = hit["sort"][0].as_f64()? * (1.0 + ROUNDING) * (1.0 + OF_SUMS) * of_filter;
        self.found.push((position(hit)?, exact));
        self.last = hit["sort"].clone();
        Some(())
    }

    /// Returns true if no entry that was not returned can be among the best.
    pub(super) fn is_decided(&mut self) -> bool {
        self.found.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let worst = self.choice.limit.checked_sub(1).and_then(|last| self.found.get(last));
        worst.is_some_and(|&(_, score)| score > self.bound)
    }

    /// Returns the best, the greatest score first.
    pub(super) fn best(mut self) -> Vec<(u32, f64)> {
        self.found.truncate(self.choice.limit);
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Scale;
    use crate::documents::elasticsearch::encoded;

    /// Returns the hit of an entry that holds term 7, as an engine scores it that weighs with a mean of 30 terms.
    fn hit(position: u32, count: u32, length: u32) -> Value {
        let scale = Scale::new(300, 10);
        let score = 2.0 * scale.weight(count, length);
        let source =
            json!({"length": length, "length_factor": scale.length_factor, "postings": encoded(&[(3, 1), (7, count)])});
        json!({"_id": position.to_string(), "_source": source, "sort": [score, position]})
    }

    fn added<'a>(choice: &'a Choice, hits: &[Value]) -> Candidates<'a> {
        let mut candidates = Candidates::new(choice);
        for hit in hits {
            candidates.add(hit).expect("it makes sense");
        }
        candidates
    }

    fn positions(candidates: Candidates<'_>) -> Vec<u32> {
        candidates.best().into_iter().map(|(position, _)| position).collect()
    }

    #[test]
    fn scores_that_differ_by_less_than_rounding_decide_nothing() {
        let choice = Choice::new(vec![(7, 2.0)], 30.0, 1);
        // Weights of 19 and 20 are the same behind 9 bits, and so are scores.
        let (near, far) = ([hit(5, 20, 30), hit(4, 21, 30)], hit(6, 1, 30));
        assert!(!added(&choice, &near).is_decided());
        let mut candidates = added(&choice, &[near.as_slice(), &[far]].concat());
        assert!(candidates.is_decided());
        assert_eq!(positions(candidates), [4]);
    }

    #[test]
    fn a_filter_with_another_mean_length_asks_for_more() {
        // The engine has the long entry behind the short ones; among entries of 400 terms on average it is the best.
        let choice = Choice::new(vec![(7, 2.0)], 400.0, 1);
        let short: Vec<Value> = (0..9).map(|position| hit(position, 1, 4)).collect();
        let mut candidates = added(&choice, &short);
        assert!(!candidates.is_decided());
        for hit in [hit(20, 18, 400), hit(30, 1, 1_000)] {
            candidates.add(&hit).expect("it makes sense");
        }
        assert!(candidates.is_decided());
        assert_eq!(candidates.query(9)["search_after"][1], 30);
        assert_eq!(positions(candidates), [20]);
    }

    #[test]
    fn a_hit_that_makes_no_sense_is_noticed() {
        let choice = Choice::new(vec![(7, 2.0)], 30.0, 1);
        let whole = hit(1, 1, 1);
        assert!(Candidates::new(&choice).add(&whole).is_some());
        for field in ["_id", "_source", "sort"] {
            let mut hit = whole.clone();
            hit[field] = Value::Null;
            assert!(Candidates::new(&choice).add(&hit).is_none(), "{field}");
        }
    }
}
