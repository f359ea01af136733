//! From a question to findings: ranks, decides, and makes the hits that are asked for.

use std::cell::LazyCell;
use std::ops::Deref;

use super::competition::Competition;
use super::confidence::Features;
use super::deciding_word;
use super::editions::Wishes;
use super::entry_words::EntryWords;
use super::explain::{self, Why};
use super::findings::{Correction, Findings, Hit};
use super::merge::merged;
use super::narrow::{Scope, narrow};
use super::options::SearchOptions;
use super::outcome::{ANSWERED_MIN, Certainty, Outcome};
use super::pipeline::Ranking;
use super::plan::Rewrite;
use super::rank::Ranked;
use super::reorder::reorder;
use super::term_match::TermMatch;
use crate::error::SearchError;
use crate::model::entry::{Entry, qualified_id};
use crate::reader::Reader;

/// Searches `reader` for `query`.
pub(crate) fn search(reader: &Reader, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
    preferring(options, |scope| search_in(reader, scope, query, options))
}

/// Searches among the languages that the reader wants, and among all if that is not answered. Returns what ends better.
pub(crate) fn preferring(
    options: &SearchOptions,
    mut search: impl FnMut(Scope) -> Result<Findings, SearchError>,
) -> Result<Findings, SearchError> {
    if options.languages.is_empty() {
        return search(Scope::All);
    }
    let wanted = search(Scope::Wanted)?;
    if wanted.is_answered() {
        return Ok(wanted);
    }
    let all = search(Scope::All)?;
    let is_better = all.outcome.rank() > wanted.outcome.rank() || wanted.hits.is_empty();
    Ok(if is_better { all } else { wanted })
}

fn search_in(reader: &Reader, scope: Scope, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
    let narrowed = narrow(reader, options, scope)?.map(|filter| reader.dictionary.narrowed(Some(&filter)));
    let found = Ranking::by(reader, None, &reader.dictionary, narrowed.as_ref(), query, options)?;
    conclude(&mut [found], query, options)
}

/// Decides how a search for `query` ended from what each knowledge base found, and makes the hits that are asked for.
///
/// The best entry and its lead over the next decide, whichever are returned.
pub(crate) fn conclude(
    rankings: &mut [Ranking<'_>],
    query: &str,
    options: &SearchOptions,
) -> Result<Findings, SearchError> {
    reorder(rankings, query)?;
    let rankings = &*rankings;
    let order = merged(rankings)?;
    let Some(&(of_best, best)) = order.first() else { return Ok(Findings::nothing(options)) };
    let (found, next) = (&rankings[of_best], order.get(1));
    let is_best_returned = options.offset == 0 && options.limit > 0;
    let others = order.iter().skip(options.offset.max(1)).take(options.limit - usize::from(is_best_returned));
    let read: Vec<(usize, Ranked)> = order.iter().take(1).chain(others).copied().collect();
    let competition = Competition::of(order.iter().map(|(_, ranked)| ranked));
    let wishes = Wishes::of(query, options);
    let judged = judged(rankings, &read, competition, &wishes)?;
    let Some(first @ Judged { features, matched, .. }) = judged.first() else {
        return Ok(Findings::nothing(options));
    };
    let entry = first.found();
    let (confidence, covered) = (features.confidence(), features.covered());
    let answered_min = options.answered_min.or(found.reader.manifest.answered_min).unwrap_or(ANSWERED_MIN);
    let words = LazyCell::new(|| EntryWords::of(entry, found.reader.language_of(entry)));
    // Reading the words of an entry takes a quarter of a question.
    let matters = (confidence >= answered_min || options.explain) && !features.is_exact();
    let lacks = if matters { deciding_word::lacked(found, matched, &words) } else { None };
    let certainty = Certainty { confidence, covered, answered_min, lacks_deciding_word: lacks.is_some() };
    let outcome = Outcome::of(&found.plan, best, competition.leaders[1], certainty);
    // An answer for another version is never passed off as one.
    let is_for_others = outcome == Outcome::Answered && first.hit.applies == Some(false);
    let outcome = if is_for_others { Outcome::Unsure } else { outcome };
    let version = wishes.version(found.reader).map(str::to_owned);
    let corrections = corrections(found, best, &words, outcome);
    let why = if options.explain {
        let of_next = next.map(|&(of, next)| rankings[of].reader.entry_at(next.position)).transpose()?;
        let next = of_next.zip(next).map(|(entry, &(of, next))| {
            let id = rankings[of].name.map_or(entry.id.clone(), |name| qualified_id(name, &entry.id));
            (id, next.score)
        });
        let why = explain::explain(found, best, entry, &words, lacks.as_deref(), next)?;
        Some(Why { edition: first.hit.edition(), ..why })
    } else {
        None
    };
    let hits = judged.into_iter().map(|judged| judged.hit).skip(usize::from(!is_best_returned)).collect();
    let (languages, offset) = (options.languages.clone(), options.offset);
    Ok(Findings { outcome, confidence, covered, hits, languages, version, offset, corrections, why })
}

/// The first hit of a search, with what its confidence was computed from.
pub(crate) struct First {
    /// The ids of the first five hits, the best first.
    pub(crate) ids: Vec<String>,
    /// The features of the best.
    pub(crate) features: Features,
    /// True if it has neither the word that decides nor one near it.
    pub(crate) lacks_deciding_word: bool,
}

/// The hits of which one answers if a question is covered.
const FIRST_HITS: usize = 5;

/// Searches `reader` for `query` and describes the first hit, if there is one.
pub(crate) fn first(reader: &Reader, query: &str) -> Result<Option<First>, SearchError> {
    let mut ranking = Ranking::by(reader, None, &reader.dictionary, None, query, &SearchOptions::default())?;
    reorder(std::slice::from_mut(&mut ranking), query)?;
    let order = merged(std::slice::from_ref(&ranking))?;
    let Some(&(_, best)) = order.first() else { return Ok(None) };
    let features = ranking.features(&[best], Competition::of(order.iter().map(|(_, ranked)| ranked)))?;
    let first = order.iter().map(|(_, ranked)| ranked).take(FIRST_HITS);
    let entries: Vec<Entry> =
        first.map(|ranked| reader.entry_at(ranked.position)).collect::<Result<_, SearchError>>()?;
    let first = entries.first().zip(features.into_iter().next()).map(|(entry, (features, matched))| {
        let words = LazyCell::new(|| EntryWords::of(entry, reader.language_of(entry)));
        let lacks_deciding_word = !features.is_exact() && deciding_word::lacked(&ranking, &matched, &words).is_some();
        First { ids: entries.iter().map(|entry| entry.id.clone()).collect(), features, lacks_deciding_word }
    });
    Ok(first)
}

/// A hit with the numbers that the outcome is decided by.
struct Judged {
    hit: Hit,
    /// The edition that was found, where the hit has another.
    found: Option<Entry>,
    features: Features,
    /// The share of each query term that the entry gives.
    matched: Vec<TermMatch>,
}

impl Judged {
    /// Returns the edition that was found.
    fn found(&self) -> &Entry {
        self.found.as_ref().unwrap_or(&self.hit.entry)
    }
}

/// Makes hits of entries, each given with the number of its knowledge base.
fn judged(
    rankings: &[Ranking<'_>],
    ranked: &[(usize, Ranked)],
    competition: Competition,
    wishes: &Wishes<'_>,
) -> Result<Vec<Judged>, SearchError> {
    let mut of_each = Vec::with_capacity(rankings.len());
    for (at, found) in rankings.iter().enumerate() {
        let own: Vec<Ranked> = ranked.iter().filter(|(of, _)| *of == at).map(|&(_, ranked)| ranked).collect();
        of_each.push(judged_of(found, &own, competition, wishes)?.into_iter());
    }
    Ok(ranked.iter().filter_map(|&(of, _)| of_each[of].next()).collect())
}

/// Lists the words that were taken for others: for some of `words`, those of the first entry, or for their vectors. Where there
/// is no answer, nothing shows which of several words was meant; in another language, nothing shows that one was.
fn corrections(
    found: &Ranking<'_>,
    best: Ranked,
    words: &impl Deref<Target = EntryWords>,
    outcome: Outcome,
) -> Vec<Correction> {
    if found.plan.is_cross_lingual() {
        return Vec::new();
    }
    let is_word = |term: &str| found.reader.dictionary.language_words().holds(term);
    let correction = |rewrite: &Rewrite| {
        let typed = rewrite.typed.as_str();
        let held = rewrite.terms.iter().find_map(|term| Some((term, words.spelled(term, typed)?)));
        let spelled = held.map(|(term, spelled)| {
            // The entry may hold another form of the word that was meant: `events` for `evnt`.
            let is_meant = strsim::osa_distance(spelled, typed) > 1 && strsim::osa_distance(term, typed) <= 1;
            if is_meant && is_word(term) { term.as_str() } else { spelled }
        });
        let taken_for = spelled.map(|spelled| rewrite.read_as.clone().unwrap_or_else(|| spelled.to_owned()));
        let by_meaning = || rewrite.word.clone().filter(|_| best.evidence.meaning.is_some());
        Some(Correction { typed: rewrite.typed.clone(), taken_for: taken_for.or_else(by_meaning)? })
    };
    let rewrites = found.plan.rewrites.iter();
    rewrites.filter(|rewrite| outcome != Outcome::NotCovered || !rewrite.is_guess).filter_map(correction).collect()
}

/// Makes hits of entries that `found` ranks.
fn judged_of(
    found: &Ranking<'_>,
    ranked: &[Ranked],
    competition: Competition,
    wishes: &Wishes<'_>,
) -> Result<Vec<Judged>, SearchError> {
    let reader = found.reader;
    let hit = |(ranked, (features, matched)): (&Ranked, (Features, Vec<TermMatch>))| {
        let chosen = wishes.choose(reader, ranked.position)?;
        let entry = wishes.entry_at(reader, chosen.position)?;
        let is_other = chosen.position != ranked.position;
        let found_entry = is_other.then(|| reader.entry_at(ranked.position)).transpose()?;
        let hit = Hit {
            fallback: wishes.is_fallback(reader.tag_of(&entry)),
            entry,
            score: ranked.score,
            confidence: features.confidence(),
            knowledge_base: found.name.map(str::to_owned),
            chosen_by: chosen.by,
            applies: chosen.applies,
        };
        Ok(Judged { hit, found: found_entry, features, matched })
    };
    ranked.iter().zip(found.features(ranked, competition)?).map(hit).collect()
}
