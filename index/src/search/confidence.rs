//! The confidence that an entry answers the question, computed from named features.

use libm::{expf, logf};

use super::candidate::{Evidence, Exactness, PHRASING_WEIGHT};
use super::coefficients::{ANSWERS, COVERED};
use super::competition::Competition;
use super::log_odds::{Coefficients, Fitted};
use super::plan::{Plan, QueryMode, QueryTerm};
use super::rank::Ranked;
use super::term_match::TermMatch;
use crate::text::tokens::Class;

/// The least confidence in an entry that has the question as a phrasing, word for word.
const EXACT_MIN: f32 = 0.95;

/// The most confidence in an entry that holds no word of the question that carries meaning, unless its vectors are as near
/// as [`NEAR_MIN`]. Of such first hits over seven public sets, 35 % are right.
const UNSHARED_MAX: f32 = 0.35;

/// The least cosines, of at most 2, of an entry that answers without such a word: over the same sets, 89 % are right.
const NEAR_MIN: f32 = 1.0;

/// The least cosine of sentence vectors of such an entry: 82 % of them are right; of those from .4 to .5, 42 % are.
const NEAR_SENTENCE_MIN: f32 = 0.5;

/// The features that confidence is computed from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Features {
    /// The logarithm of the score by words, if words that the knowledge base does not know counted twice.
    log_score: f32,
    /// The logarithm of the weight of the words and characters found anywhere in the entry: how much evidence there is at
    /// all.
    log_matched_weight: f32,
    /// The cosine of the question and the best phrasing, squared.
    squared_similarity: f32,
    /// The largest tempered IDF of the words found: a match that hangs on one rare word is more often a coincidence.
    max_idf: f32,
    /// The share of what carries meaning that is words never seen, times the logarithm of an entry's mean length beside 60
    /// terms: the longer entries are, the more an unknown word says.
    unknown_in_long: f32,
    /// The root of the lead of its score over the next, as a share of the best; 0 unless it is the best.
    root_lead: f32,
    /// The share of its score in the softmax of the scores of the first hits, from 0 to 1.
    share: f32,
    /// The cosines of vectors, see [`Likeness::cosines`](crate::meaning::Likeness::cosines); 0 if none were compared.
    meaning: f32,
    /// True if vectors were compared.
    has_meaning: bool,
    /// The greatest cosine of sentence vectors; 0 if none were compared. With the cosines of phrasing and whole entry by
    /// themselves, a set of long answers that is left out of the fit loses .08 of its AUC.
    sentence: f32,
    /// 1 if no other hit has a greater one, otherwise 0.
    sentence_nearest: f32,
    /// True if sentence vectors were compared.
    has_sentence: bool,
    /// The mode in which the question was read.
    mode: QueryMode,
    /// True if the entry holds a word of the question that carries meaning, or if none does.
    shares_meant: bool,
    /// The likeness to a phrasing word for word.
    exact: Exactness,
}

impl Features {
    /// Returns the features of an entry that was `ranked` among the hits of a search, and of which `matched` has what it gives
    /// to each query term of `plan`, in a knowledge base whose entries hold `mean_length` terms on average.
    pub(crate) fn of(
        plan: &Plan,
        ranked: Ranked,
        competition: Competition,
        matched: &[TermMatch],
        mean_length: f32,
    ) -> Features {
        let terms = || plan.query_terms.iter().zip(matched.iter().copied());
        let weight_of = |wanted: &dyn Fn(&QueryTerm) -> bool| -> f32 {
            plan.query_terms.iter().filter(|term| wanted(term)).map(|term| term.weight).sum()
        };
        // The score if words that the knowledge base does not know counted twice.
        let unknown = weight_of(&|term| is_unit(term) && is_unknown(term));
        let damping = if plan.weight > 0.0 { plan.weight / (plan.weight + unknown) } else { 0.0 };
        let Evidence { bm25, phrasing_similarity, meaning, sentence, exact, .. } = ranked.evidence;
        let score = bm25 * damping + PHRASING_WEIGHT * phrasing_similarity * damping.sqrt();
        let units = terms().filter(|(term, _)| is_unit(term));
        let matched_weight: f32 = units.map(|(term, matched)| term.weight * matched.share).sum();
        let meant_idfs = terms().filter(|(term, _)| is_meant(term)).map(|(_, matched)| matched.tempered_idf);
        let max_idf = meant_idfs.fold(0.0, f32::max);
        let meant = weight_of(&is_meant);
        let unseen = weight_of(&|term| is_meant(term) && is_latin(term) && is_unknown(term));
        let unknown_share = if meant > 0.0 { unseen / meant } else { 0.0 };
        Features {
            log_score: logf(0.05 + score),
            log_matched_weight: logf(0.3 + matched_weight),
            squared_similarity: phrasing_similarity * phrasing_similarity,
            max_idf,
            unknown_in_long: logf(mean_length / 60.0).clamp(-2.5, 2.5) * unknown_share,
            root_lead: competition.lead(ranked.score).max(0.0).sqrt(),
            share: competition.share(ranked.score),
            meaning: meaning.unwrap_or_default().cosines,
            has_meaning: meaning.is_some(),
            sentence: sentence.unwrap_or_default().nearest,
            sentence_nearest: sentence.map_or(0.0, |found| f32::from(u8::from(competition.is_nearest(found.nearest)))),
            has_sentence: sentence.is_some(),
            mode: plan.mode,
            shares_meant: max_idf > 0.0 || !plan.query_terms.iter().any(is_meant),
            exact,
        }
    }

    /// Returns true if the question is a phrasing of the entry, word for word.
    pub(crate) fn is_exact(&self) -> bool {
        self.exact > Exactness::None
    }

    /// Lists the features by their names.
    pub(crate) fn named(&self) -> [(&'static str, f32); 10] {
        [
            ("log_matched_weight", self.log_matched_weight),
            ("log_score", self.log_score),
            ("max_idf", self.max_idf),
            ("meaning", self.meaning),
            ("root_lead", self.root_lead),
            ("sentence", self.sentence),
            ("sentence_nearest", self.sentence_nearest),
            ("share", self.share),
            ("squared_similarity", self.squared_similarity),
            ("unknown_in_long", self.unknown_in_long),
        ]
    }

    /// Returns true if vectors were compared.
    pub(crate) fn has_meaning(&self) -> bool {
        self.has_meaning
    }

    /// Returns true if sentence vectors were compared.
    pub(crate) fn has_sentence(&self) -> bool {
        self.has_sentence
    }

    /// Returns true if the question is in a language that no entry is in, so that hardly a word of it is in any.
    pub(crate) fn is_cross_lingual(&self) -> bool {
        self.mode == QueryMode::CrossLingual
    }

    /// Returns the confidence that the entry answers the question, from 0 to 1.
    pub(crate) fn confidence(&self) -> f32 {
        let is_near = self.meaning >= NEAR_MIN || self.sentence >= NEAR_SENTENCE_MIN;
        let is_supported = self.shares_meant || self.is_cross_lingual() || self.is_exact() || is_near;
        let confidence = self.probability(self.fit(&ANSWERS));
        if is_supported { confidence } else { confidence.min(UNSHARED_MAX) }
    }

    /// Returns the probability that one of the first five hits answers the question, if this is the first.
    pub(crate) fn covered(&self) -> f32 {
        self.probability(self.fit(&COVERED))
    }

    /// Returns the coefficients for what was compared.
    fn fit<'a>(&self, fitted: &'a Fitted) -> &'a Coefficients {
        match (self.has_sentence, self.has_meaning) {
            (true, _) if self.is_cross_lingual() => &fitted.cross_lingual,
            (true, _) => &fitted.sentences,
            (false, true) => &fitted.meaning,
            (false, false) => &fitted.words,
        }
    }

    /// Computes a logistic regression, whose coefficients `evaluation/fit.py` writes.
    fn probability(&self, weights: &Coefficients) -> f32 {
        let exact_min = if self.is_exact() { EXACT_MIN } else { 0.0 };
        let log_odds = weights.intercept
            + weights.log_matched_weight * self.log_matched_weight
            + weights.log_score * self.log_score
            + weights.max_idf * self.max_idf
            + weights.meaning * self.meaning
            + weights.root_lead * self.root_lead
            + weights.sentence * self.sentence
            + weights.sentence_nearest * self.sentence_nearest
            + weights.share * self.share
            + weights.squared_similarity * self.squared_similarity
            + weights.unknown_in_long * self.unknown_in_long;
        exact_min.max(1.0 / (1.0 + expf(-log_odds)))
    }
}

/// Returns true if the query term is not a longer form of what other query terms say.
pub(super) fn is_unit(term: &QueryTerm) -> bool {
    !matches!(term.class, Class::Bigram | Class::KatakanaRun)
}

/// Returns true for a word between spaces.
pub(super) fn is_latin(term: &QueryTerm) -> bool {
    matches!(term.class, Class::Word | Class::Identifier)
}

pub(super) fn is_meant(term: &QueryTerm) -> bool {
    term.carries_meaning
}

fn is_unknown(term: &QueryTerm) -> bool {
    term.expansions.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::Likeness;
    use crate::sentences::SentenceLikeness;

    /// Returns the features of a first hit that holds the first of two words, of the weights 2 and 1.
    fn features(evidence: Evidence, leaders: [f32; 2], mean_length: f32) -> Features {
        let plan = Plan::of_words(&[("lamp", 2.0, true), ("zeppelin", 1.0, true), ("how", 0.5, false)]);
        let matched = [TermMatch { share: 0.5, tempered_idf: 0.7 }, TermMatch::default(), TermMatch::default()];
        Features::of(&plan, Ranked::first(leaders[0], evidence), Competition::between(leaders), &matched, mean_length)
    }

    #[track_caller]
    fn assert_near(found: f32, expected: f32) {
        assert!((found - expected).abs() < 1e-5, "{found} is not {expected}");
    }

    #[test]
    fn features_are_what_they_are_called() {
        let evidence = Evidence { bm25: 1.4, phrasing_similarity: 0.6, ..Evidence::default() };
        let found = features(evidence, [4.0, 3.0], 120.0);
        // No word has an expansion, so all of the weight is unknown and counts twice.
        let damping = 0.5_f32;
        assert_near(found.log_score, logf(0.05 + 1.4 * damping + 0.6 * damping.sqrt()));
        assert_near(found.log_matched_weight, logf(1.3));
        assert_near(found.squared_similarity, 0.36);
        assert_near(found.max_idf, 0.7);
        assert_near(found.unknown_in_long, logf(2.0));
        assert_near(found.root_lead, 0.5);
        assert_near(found.share, 1.0);
        assert_eq!((found.meaning, found.has_meaning, found.shares_meant), (0.0, false, true));
        assert_near(features(evidence, [4.0, 4.5], 120.0).root_lead, 0.0);
        assert_near(features(evidence, [0.0, 0.0], 120.0).root_lead, 0.0);
        assert_near(features(evidence, [4.0, 3.0], 1e9).unknown_in_long, 2.5);
        assert_near(features(evidence, [4.0, 3.0], 1e-9).unknown_in_long, -2.5);
        let names = found.named().map(|(name, _)| name);
        assert_eq!(found.named()[2], ("max_idf", 0.7));
        assert!(names.is_sorted() && names.contains(&"unknown_in_long"), "{names:?}");
        let meaning = Some(Likeness { cosines: 0.8, weight: 0.5 });
        let found = features(Evidence { meaning, ..evidence }, [4.0, 3.0], 120.0);
        assert_eq!((found.meaning, found.has_meaning), (0.8, true));
    }

    #[test]
    fn each_feature_moves_confidence_as_evidence_does() {
        let evidence = Evidence { bm25: 0.9, phrasing_similarity: 0.5, ..Evidence::default() };
        let plain = features(evidence, [4.0, 3.0], 60.0);
        let more = [
            Features { log_score: plain.log_score + 0.5, ..plain },
            Features { log_matched_weight: plain.log_matched_weight + 0.5, ..plain },
            Features { squared_similarity: plain.squared_similarity + 0.2, ..plain },
            Features { root_lead: plain.root_lead + 0.2, ..plain },
            Features { share: plain.share + 0.2, ..plain },
            Features { exact: Exactness::SameTerms, ..plain },
        ];
        for more in more {
            assert!(more.confidence() > plain.confidence(), "{more:?}");
        }
        let near = Features { has_meaning: true, meaning: 0.9, ..plain };
        assert!(Features { meaning: 1.1, ..near }.confidence() > near.confidence());
        assert!(Features { meaning: 1.1, ..near }.covered() > near.covered());
        assert!(Features { exact: Exactness::SameText, ..plain }.confidence() >= EXACT_MIN);
        assert!((0.0..=1.0).contains(&plain.confidence()) && (0.0..=1.0).contains(&plain.covered()));
    }

    #[test]
    fn across_languages_words_say_nothing() {
        let across = |evidence: Evidence, leaders: [f32; 2]| {
            let sentence = Some(SentenceLikeness { nearest: 0.4, whole: 0.3 });
            let found = features(Evidence { sentence, ..evidence }, leaders, 60.0);
            Features { mode: QueryMode::CrossLingual, shares_meant: false, ..found }
        };
        let plain = across(Evidence::default(), [4.0, 3.0]);
        let shared = across(Evidence { bm25: 3.0, phrasing_similarity: 0.9, ..Evidence::default() }, [4.0, 3.0]);
        assert_near(shared.confidence(), plain.confidence());
        assert_near(shared.covered(), plain.covered());
        let ahead = across(Evidence::default(), [4.0, 1.0]);
        assert!(ahead.confidence() > plain.confidence().max(UNSHARED_MAX), "{ahead:?}");
        let nearer = Features { sentence: 0.6, ..plain };
        assert!(nearer.confidence() > plain.confidence() && nearer.covered() > plain.covered());
    }

    #[test]
    fn without_a_content_word_only_near_vectors_answer() {
        let evidence = Evidence { bm25: 4.0, phrasing_similarity: 1.0, ..Evidence::default() };
        let sure = Features { has_meaning: true, shares_meant: false, ..features(evidence, [4.0, 0.0], 60.0) };
        assert!(Features { shares_meant: true, ..sure }.confidence() > UNSHARED_MAX);
        assert_near(Features { meaning: NEAR_MIN - 0.01, ..sure }.confidence(), UNSHARED_MAX);
        assert!(Features { meaning: NEAR_MIN, ..sure }.confidence() > UNSHARED_MAX);
        assert!(Features { exact: Exactness::SameTerms, ..sure }.confidence() >= EXACT_MIN);
        let plan = Plan::of_words(&[("how", 0.5, false)]);
        let of_nothing = [TermMatch::default()];
        let found = Features::of(&plan, Ranked::first(1.0, evidence), Competition::default(), &of_nothing, 60.0);
        assert!(found.shares_meant, "a question of function words alone lacks none that means something");
        let plan = Plan::of_words(&[("lamp", 0.5, true)]);
        assert!(
            !Features::of(&plan, Ranked::first(1.0, evidence), Competition::default(), &of_nothing, 60.0).shares_meant
        );
    }
}
