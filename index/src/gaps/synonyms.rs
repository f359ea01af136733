//! Words that several groups use and no entry has: synonyms of a word of the entries that they look for.

use std::collections::BTreeMap;

use super::report::{Group, Proof, Suggestion};
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::search::typed;
use crate::text::weight::is_function_word;

/// The fewest groups that use an unknown word.
const GROUPS_MIN: usize = 3;
/// The least share of the groups whose entries have the word that it stands for.
const SHARE_MIN: f64 = 0.66;
/// The most words of a phrasing that are read.
const WORDS_MAX: usize = 64;

/// Suggests synonyms in place of aliases where one word explains several groups.
pub(super) fn suggest(groups: &mut [Group], kb: &KnowledgeBase) -> Result<(), SearchError> {
    let mut users: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        if matches!(group.suggestion, Suggestion::Alias { .. }) {
            group.unknown.iter().for_each(|word| users.entry(word.clone()).or_default().push(at));
        }
    }
    for (word, of) in users.into_iter().filter(|(_, of)| of.len() >= GROUPS_MIN) {
        let is_alias = |&&at: &&usize| matches!(groups[at].suggestion, Suggestion::Alias { .. });
        let of: Vec<usize> = of.iter().filter(is_alias).copied().collect();
        if of.len() < GROUPS_MIN {
            continue;
        }
        if let Some(known) = counterpart(&of, groups, kb)? {
            let numbers: Vec<usize> = of.iter().map(|&at| groups[at].number).collect();
            for &at in &of {
                let terms = vec![known.clone(), word.clone()];
                let synonyms = Suggestion::Synonyms { terms, groups: numbers.clone(), proof: Proof::default() };
                let alias = std::mem::replace(&mut groups[at].suggestion, synonyms);
                groups[at].fallback = Some(alias);
            }
        }
    }
    Ok(())
}

/// Returns the word that most entries of the groups have in their phrasings and that no question of the groups has.
fn counterpart(of: &[usize], groups: &[Group], kb: &KnowledgeBase) -> Result<Option<String>, SearchError> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for &at in of {
        let Suggestion::Alias { entry, .. } = &groups[at].suggestion else { continue };
        let Some(entry) = kb.entry(&entry.id)? else { continue };
        let asked: Vec<String> = groups[at].questions.iter().flat_map(|asked| words(&asked.question, kb)).collect();
        let mut own: Vec<String> =
            std::iter::once(&entry.question).chain(&entry.aliases).flat_map(|text| words(text, kb)).collect();
        own.sort_unstable();
        own.dedup();
        for word in own.into_iter().filter(|word| !asked.contains(word)) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by(|left, right| left.1.cmp(&right.1).then_with(|| right.0.cmp(&left.0)));
    Ok(most.filter(|(_, count)| *count as f64 >= SHARE_MIN * of.len() as f64).map(|(word, _)| word))
}

/// Returns the content words of a text, as they are spelt.
fn words(text: &str, kb: &KnowledgeBase) -> Vec<String> {
    let languages = kb.reader().dictionary.languages();
    let typed = typed::read(text, languages[0], WORDS_MAX).into_iter().map(|typed| typed.spelling);
    typed.filter(|word| word.chars().nth(1).is_some() && !is_function_word(word, languages)).collect()
}
