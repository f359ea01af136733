//! Groups of synonyms from `faqt.toml`, analysed into terms.

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
    pub(crate) groups: Vec<Vec<Member>>,
}

/// One synonym of a group.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Member {
    /// Its words and characters in order, by which it is recognised.
    pub(crate) units: Vec<String>,
    /// The terms that stand for it in an entry: words, and pairs of characters where there are any.
    pub(crate) terms: Vec<String>,
}

impl Synonyms {
    /// Analyses the groups of `faqt.toml`.
    #[cfg(feature = "build")]
    pub(crate) fn new(groups: &[Vec<String>], language: Language) -> Synonyms {
        let member = |text: &String| Member::new(text, language);
        let groups =
            groups.iter().map(|group| group.iter().map(member).filter(|member| !member.units.is_empty()).collect());
        Synonyms { groups: groups.collect() }
    }

    /// Checks that no member is empty.
    pub(crate) fn check(&self) -> Result<(), PackError> {
        let is_empty = |member: &Member| member.units.is_empty() || member.terms.is_empty();
        if self.groups.iter().flatten().any(is_empty) { Err(damaged("a synonym has no words")) } else { Ok(()) }
    }
}

#[cfg(feature = "build")]
impl Member {
    fn new(text: &str, language: Language) -> Member {
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
        Member { units, terms: words.into_iter().chain(others).collect() }
    }
}
