//! The pipeline from a question to ranked entries: interpret, retrieve, rank. Start at [`Ranking::by`].

use std::sync::Arc;

use super::competition::Competition;
use super::confidence::Features;
use super::interpret;
use super::options::SearchOptions;
use super::plan::{Plan, QueryMode};
use super::question::Question;
#[cfg(feature = "build")]
use super::rank::Own;
use super::rank::{self, Ranked};
use super::retrieve;
use super::retrieve::lexical;
#[cfg(feature = "build")]
use super::retrieve::lexical::Expected;
use super::term_match::{self, TermMatch};
use crate::engine::dictionary::Dictionary;
use crate::engine::filter::Filter;
use crate::error::SearchError;
use crate::pack::editions::Edition;
use crate::reader::Reader;
use crate::sentences::QuestionSentence;

/// Returns about how many postings a search for `query` reads.
#[cfg(feature = "build")]
pub(crate) fn cost(reader: &Reader, query: &str) -> Result<usize, SearchError> {
    let plan = interpret::interpret(query, QueryMode::Whole, &reader.dictionary, &reader.synonyms)?;
    let terms = lexical::weighted_terms(&plan);
    Ok(1 + terms.iter().map(|term| term.indexed.info.doc_freq as usize).sum::<usize>())
}

/// Ranks the entries that `plan` finds: at least `depth`, if it finds that many. The first ones are the same for every depth.
pub(crate) fn order(reader: &Reader, plan: &Plan, depth: usize) -> Result<Vec<Ranked>, SearchError> {
    let question = Question { reader, plan, vector: None, filter: None, mean_length: reader.index.mean_length() };
    let candidates = retrieve::candidates(&question, rank::depth_for(depth))?;
    rank::rank(plan, &candidates, &reader.phrasings, None)
}

/// The entries that one knowledge base found for a question, ranked.
pub(crate) struct Ranking<'a> {
    pub(crate) reader: &'a Reader,
    /// Its name, where several are asked at once.
    pub(crate) name: Option<&'a str>,
    /// The plan, with document frequencies of the admitted entries.
    pub(crate) plan: Plan,
    /// The plan with document frequencies of all entries, if a filter is set; phrasings are weighted by it.
    pub(crate) plan_of_all: Option<Plan>,
    filter: Option<Arc<Filter>>,
    /// The mean number of terms of an entry that may be found, repetitions included.
    pub(crate) mean_length: f32,
    /// The entries found, the best first.
    pub(crate) ranked: Vec<Ranked>,
}

impl<'a> Ranking<'a> {
    /// Asks `reader`. `dictionary` has the document frequencies of all entries, `narrowed` those of the admitted ones.
    pub(crate) fn by(
        reader: &'a Reader,
        name: Option<&'a str>,
        dictionary: &Dictionary,
        narrowed: Option<&Dictionary>,
        query: &str,
        options: &SearchOptions,
    ) -> Result<Ranking<'a>, SearchError> {
        let mode = if reader.is_cross_lingual(query) { QueryMode::CrossLingual } else { QueryMode::Whole };
        let plan = |dictionary| interpret::interpret(query, mode, dictionary, &reader.synonyms);
        let plan_of_all = narrowed.map(|_| plan(dictionary)).transpose()?;
        let (plan, filter) = (plan(narrowed.unwrap_or(dictionary))?, narrowed.and_then(Dictionary::filter));
        let mean_length = reader.mean_length(filter.as_deref())?;
        let mut found = Ranking { reader, name, plan, plan_of_all, filter, mean_length, ranked: Vec::new() };
        let text = found.plan.corrected(query);
        let vector = reader.vector_of(&text)?;
        let question = Question { vector: vector.as_ref(), ..found.question() };
        let candidates = retrieve::candidates(&question, rank::depth_for(reader.depth(options.depth())))?;
        found.ranked = rank::rank(found.plan_of_phrasings(), &candidates, &reader.phrasings, vector.as_ref())?;
        if let (Some(vector), Some(editions)) = (&vector, &reader.editions) {
            let positions = |sisters: Vec<Edition<'_>>| sisters.iter().map(|sister| sister.position).collect();
            let sisters = |position| Ok(positions(editions.sisters(position)?));
            rank::rank_by_sisters(&mut found.ranked, vector, sisters)?;
        }
        Ok(found)
    }

    /// Ranks the entries that may come before `own` by the words of `query`, and `own` itself.
    ///
    /// Reads about `budget` postings and phrasings at most, and takes off what it read. With none left, entries that
    /// come before `own` may be missing.
    #[cfg(feature = "build")]
    pub(crate) fn of_rivals(
        reader: &'a Reader,
        query: &str,
        own: impl FnOnce(&Plan) -> Own<'a>,
        budget: &mut usize,
    ) -> Result<Ranking<'a>, SearchError> {
        let plan = interpret::interpret(query, QueryMode::Whole, &reader.dictionary, &reader.synonyms)?;
        let mean_length = reader.index.mean_length();
        let own = own(&plan);
        let mut found =
            Ranking { reader, name: None, plan, plan_of_all: None, filter: None, mean_length, ranked: Vec::new() };
        let expected = Expected { position: own.position, similarity_gap: rank::similarity_gap(&found.plan, own) };
        let rivals = lexical::rivals(&found.question(), expected, rank::depth_for(1), budget)?;
        found.ranked = rank::rank_rivals(&found.plan, &rivals, own, &reader.phrasings, budget)?;
        Ok(found)
    }

    /// Ranks the first batch again by the sentence vector of the question `text`, with the entries that it finds.
    pub(crate) fn rank_by_sentences(&mut self, sentence: &QuestionSentence<'_>, text: &str) -> Result<(), SearchError> {
        let mut new = retrieve::sentences::retrieve(sentence, self.filter.as_deref())?;
        let is_first = |position| self.ranked.iter().any(|ranked| ranked.is_first(position));
        new.retain(|candidate| !is_first(candidate.position));
        if !new.is_empty() {
            lexical::score(&self.question(), &mut new)?;
            let vector = if sentence.replaces_meaning { None } else { self.reader.vector_of(text)? };
            let added = rank::rank(self.plan_of_phrasings(), &new, &self.reader.phrasings, vector.as_ref())?;
            self.ranked.retain(|ranked| !added.iter().any(|added| added.position == ranked.position));
            self.ranked.extend(added);
        }
        rank::rank_by_sentences(&mut self.ranked, sentence)
    }

    /// Returns the question as retrievers see it.
    fn question(&self) -> Question<'_> {
        let Ranking { reader, plan, filter, mean_length, .. } = self;
        Question { reader, plan, vector: None, filter: filter.as_deref(), mean_length: *mean_length }
    }

    /// Returns the plan that phrasings are compared with.
    pub(crate) fn plan_of_phrasings(&self) -> &Plan {
        self.plan_of_all.as_ref().unwrap_or(&self.plan)
    }

    /// Returns the features of each of `kept` among the hits of the search, and what it gives to each query term.
    pub(crate) fn features(
        &self,
        kept: &[Ranked],
        competition: Competition,
    ) -> Result<Vec<(Features, Vec<TermMatch>)>, SearchError> {
        let Ranking { reader, plan, mean_length, .. } = self;
        let positions: Vec<u32> = kept.iter().map(|ranked| ranked.position).collect();
        let matched = term_match::of_entries(plan, &reader.index, &positions)?;
        let features = |(ranked, matched): (&Ranked, Vec<TermMatch>)| {
            (Features::of(plan, *ranked, competition, &matched, *mean_length), matched)
        };
        Ok(kept.iter().zip(matched).map(features).collect())
    }
}
