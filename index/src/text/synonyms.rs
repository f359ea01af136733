//! Groups of synonyms from `faqt.toml`, analysed into terms.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

#[cfg(feature = "build")]
use super::language::Language;
#[cfg(feature = "build")]
use super::tokens::{Class, analyse};
use crate::error::{PackError, damaged};

/// The groups of a knowledge base, analysed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Synonyms {
    /// Each group, with its members.
    pub(crate) groups: Vec<Vec<GroupMember>>,
    /// The first group that has a member of these units, and the member.
    #[serde(skip)]
    by_units: HashMap<Vec<String>, (usize, usize)>,
    /// The numbers of units that members have, the greatest first.
    #[serde(skip)]
    lengths: Vec<usize>,
    /// The members of each group that the entries hold, once they were looked for.
    #[serde(skip)]
    pub(crate) known: Vec<OnceLock<Vec<usize>>>,
}

/// One synonym of a group.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct GroupMember {
    /// Its words and characters in order, by which it is recognised.
    pub(crate) units: Vec<String>,
    /// The terms that stand for it in an entry: words, and pairs of characters where there are any.
    pub(crate) terms: Vec<String>,
}

impl Synonyms {
    /// Analyses the groups of `faqt.toml`.
    #[cfg(feature = "build")]
    pub(crate) fn new(groups: &[Vec<String>], language: Language) -> Synonyms {
        let member = |text: &String| GroupMember::new(text, language);
        let groups =
            groups.iter().map(|group| group.iter().map(member).filter(|member| !member.units.is_empty()).collect());
        Synonyms { groups: groups.collect(), ..Synonyms::default() }
    }

    /// Checks that no member is empty, and indexes the members by their units.
    pub(crate) fn index(mut self) -> Result<Synonyms, PackError> {
        let is_empty = |member: &GroupMember| member.units.is_empty() || member.terms.is_empty();
        if self.groups.iter().flatten().any(is_empty) {
            return Err(damaged("a synonym has no words"));
        }
        for (group, members) in self.groups.iter().enumerate() {
            for (at, member) in members.iter().enumerate() {
                self.by_units.entry(member.units.clone()).or_insert((group, at));
            }
        }
        let lengths: BTreeSet<usize> = self.by_units.keys().map(Vec::len).collect();
        self.lengths = lengths.into_iter().rev().collect();
        self.known = self.groups.iter().map(|_| OnceLock::new()).collect();
        Ok(self)
    }

    /// Returns the first group that has a member of these units, and the member.
    pub(crate) fn of_units(&self, units: &[String]) -> Option<(usize, usize)> {
        self.by_units.get(units).copied()
    }

    /// Lists the numbers of units that members have, the greatest first.
    pub(crate) fn lengths(&self) -> &[usize] {
        &self.lengths
    }
}

#[cfg(feature = "build")]
impl GroupMember {
    fn new(text: &str, language: Language) -> GroupMember {
        let (mut units, mut words, mut characters, mut pairs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        analyse(text, language, |token| {
            let term = token.term.to_owned();
            match token.class {
                Class::Word => words.push(term.clone()),
                Class::Character => characters.push(term.clone()),
                Class::Bigram => pairs.push(term.clone()),
                Class::Identifier | Class::KatakanaRun => {}
            }
            if matches!(token.class, Class::Word | Class::Character) {
                units.push(term);
            }
        });
        let others = if pairs.is_empty() { characters } else { pairs };
        GroupMember { units, terms: words.into_iter().chain(others).collect() }
    }
}
