//! Groups of terms that mean the same thing, as the author wrote them in `faqt.toml`.
//!
//! If a question holds one member of a group, the terms of the others may stand for it, a little below it. Members
//! may be of several words: `beian` in a question is worth as much as `ICP filing` in an entry, and half of it found is
//! worth half. For that, the query terms of the phrase are split evenly until there is one for each term of the longest
//! member, and each part may be met by its share of every other member.

use super::plan::{QueryTerm, Unit};
use crate::engine::dictionary::Dictionary;
use crate::error::SearchError;
use crate::steps;
use crate::text::synonyms::{GroupMember, Synonyms};
use crate::text::tokens::Class;

/// The share that a synonym gives, against 1 for the word itself.
const SYNONYM: f32 = 0.8;

/// Other members of a group that stand for one, at most: the first that the knowledge base knows.
const OTHERS_MAX: usize = 32;
/// A member of more terms than these stands for none: a phrase is split into as many parts as its longest synonym has.
const TERMS_MAX: usize = 32;

/// A part of a question that is a member of a group.
#[derive(Clone, Copy)]
struct SynonymMatch {
    start: usize,
    length: usize,
    group: usize,
    member: usize,
}

/// Lets the other members of each group stand for what the question holds of it.
///
/// `units` are the words and characters of the question in order.
pub(crate) fn apply(
    synonyms: &Synonyms,
    units: &[Unit],
    query_terms: &mut Vec<QueryTerm>,
    dictionary: &Dictionary,
) -> Result<(), SearchError> {
    for found in longest(synonyms, units) {
        let group = &synonyms.groups[found.group];
        let others = known(synonyms, found.group, dictionary)?.iter().filter(|&&member| member != found.member);
        let others: Vec<_> = others.take(OTHERS_MAX).map(|&member| &group[member].terms).collect();
        if !others.is_empty() {
            let members: Vec<usize> = phrase_terms(&units[found.start..found.start + found.length], query_terms);
            widen(&members, &others, query_terms, dictionary)?;
        }
    }
    Ok(())
}

/// Finds members in the question, the longest first, none overlapping another.
fn longest(synonyms: &Synonyms, units: &[Unit]) -> Vec<SynonymMatch> {
    let terms: Vec<String> = units.iter().map(|unit| unit.term.clone()).collect();
    let mut is_taken = vec![false; terms.len()];
    let mut kept = Vec::new();
    for &length in synonyms.lengths() {
        for (start, window) in terms.windows(length).enumerate() {
            steps::count(1);
            if let Some((group, member)) = synonyms.of_units(window)
                && !is_taken[start..start + length].contains(&true)
            {
                is_taken[start..start + length].fill(true);
                kept.push(SynonymMatch { start, length, group, member });
            }
        }
    }
    kept
}

/// Lists the first members of a group that may stand for another.
fn known<'a>(synonyms: &'a Synonyms, group: usize, dictionary: &Dictionary) -> Result<&'a [usize], SearchError> {
    if let Some(known) = synonyms.known[group].get() {
        return Ok(known);
    }
    let mut known = Vec::new();
    for (at, member) in synonyms.groups[group].iter().enumerate() {
        steps::count(1);
        if known.len() <= OTHERS_MAX && member.terms.len() <= TERMS_MAX && is_known(member, dictionary)? {
            known.push(at);
        }
    }
    Ok(synonyms.known[group].get_or_init(|| known))
}

fn is_known(member: &GroupMember, dictionary: &Dictionary) -> Result<bool, SearchError> {
    for term in &member.terms {
        if dictionary.listed(term)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns the query terms of a phrase: those of its units, and of the pairs of characters within it.
fn phrase_terms(units: &[Unit], query_terms: &[QueryTerm]) -> Vec<usize> {
    let mut phrase: Vec<usize> = units.iter().map(|unit| unit.query_term).collect();
    for pair in units.windows(2) {
        let bigram = [pair[0].term.as_str(), pair[1].term.as_str()].concat();
        phrase.extend(
            query_terms.iter().position(|query_term| query_term.class == Class::Bigram && query_term.term == bigram),
        );
    }
    phrase.sort_unstable();
    phrase.dedup();
    phrase
}

/// Splits the query terms of a phrase so that each part can be met by its share of every other way to say it.
fn widen(
    phrase: &[usize],
    others: &[&Vec<String>],
    query_terms: &mut Vec<QueryTerm>,
    dictionary: &Dictionary,
) -> Result<(), SearchError> {
    let longest = others.iter().map(|terms| terms.len()).max().unwrap_or(0);
    let parts = longest.max(phrase.len());
    let share_of = |part: usize, count: usize| part * count / parts;
    let mut counts = vec![0_usize; phrase.len()];
    for part in 0..parts {
        counts[share_of(part, phrase.len())] += 1;
    }
    let mut done = vec![false; phrase.len()];
    for part in 0..parts {
        let at = share_of(part, phrase.len());
        let query_term = phrase[at];
        let position = if done[at] { query_terms.len() } else { query_term };
        if done[at] {
            query_terms.push(query_terms[query_term].part());
        } else {
            query_terms[query_term].weight /= counts[at] as f32;
            done[at] = true;
        }
        for terms in others {
            let term = &terms[share_of(part, terms.len())];
            if let Some(known) = dictionary.known(term)? {
                query_terms[position].expand_with(&known, SYNONYM);
            }
        }
    }
    Ok(())
}

#[cfg(all(test, feature = "build"))]
mod tests {
    use super::*;
    use crate::build::Builder;
    use crate::knowledge_base::KnowledgeBase;
    use crate::search::interpret::interpret;
    use crate::search::plan::{Plan, QueryMode};

    fn knowledge_base(synonyms: &str) -> KnowledgeBase {
        let text = "# How do I get access to my own account?\n\nAsk.\n\n# Is it loud?\n\nNo.\n\n# Where may I sign in?\n\nHere.\n";
        let settings = format!("synonyms = {synonyms}\n");
        let files = [("faq.md", text), ("faqt.toml", settings.as_str())];
        KnowledgeBase::from_vec(Builder::from_files("help", files).build().unwrap().pack).unwrap()
    }

    fn plan(kb: &KnowledgeBase, question: &str) -> Plan {
        interpret(question, QueryMode::Whole, &kb.reader().dictionary, &kb.reader().synonyms).unwrap()
    }

    #[test]
    fn a_phrase_keeps_its_weight_however_long_the_others_are() {
        let kb = knowledge_base("[['sign in', 'access my own account', 'loud']]");
        for question in ["sign in", "access my own account", "loud"] {
            let widened = plan(&kb, question);
            let plain = plan(&knowledge_base("[]"), question);
            assert!(
                (widened.weight - plain.weight).abs() < 1e-5,
                "{question}: {} and {}",
                widened.weight,
                plain.weight
            );
            assert!(widened.query_terms.len() >= plain.query_terms.len(), "{question}");
            let others = widened.query_terms.iter().filter(|query_term| query_term.expansions.len() > 1).count();
            assert!(others > 0, "{question} is widened");
        }
    }

    #[test]
    fn members_that_no_entry_holds_keep_no_place_from_those_that_are_held() {
        let unknown: Vec<String> = (0..2 * OTHERS_MAX).map(|at| format!("'zorb{at} zorb{at}x'")).collect();
        let kb = knowledge_base(&format!("[['quiet', {}, 'loud']]", unknown.join(", ")));
        assert_eq!(kb.ask("quiet").unwrap().hits[0].entry.question, "Is it loud?");
    }
}
