//! Checks for sound content that may serve readers badly: duplicate questions, missing keywords, unlinked procedures.
//!
//! A document of many entries was often written for another purpose, and its headings recur. An error in a file written
//! as an entry is only a warning there.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::catalogue::Catalogue;
use crate::corpus::entry_hashes::{self, EntryHashes, FirstSeen};
use crate::lint::{is_content, shown};
use crate::model::entry::{Entry, Kind};
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::problem::severity::Level;
use crate::source::settings::Settings;
use crate::source::source_kind::SourceKind;
use crate::text::language::Language;
use crate::text::tokens::{self, Class};

/// The fewest content terms of a question that is compared: not `What is a CDN?` and `Where is the CDN?`.
const CONTENT_TERMS_MIN: usize = 2;
/// The most characters of another entry's question that a message shows: a question may be as long as a page, and many
/// others may say the same in fewer words.
const SHOWN_CHARS_MAX: usize = 400;

/// Signs of expressions.
const OPERATORS: &str = "<>=+*%^|~@#$\\";
/// Signs that are those of expressions within a word.
const PARTING: &str = ":/";

/// Questions seen so far, by their wording and by their content terms.
#[derive(Default)]
pub(crate) struct Duplicates {
    same: FirstSeen,
    near: FirstSeen,
}

impl Duplicates {
    /// Adds the entry at `position`, the last of the catalogue, and reports it if an earlier entry asks the same, which it returns.
    pub(crate) fn note(
        &mut self,
        position: usize,
        keys: &EntryHashes,
        catalogue: &Catalogue,
        problems: &mut Problems,
    ) -> Option<usize> {
        let other = |first: usize| if catalogue.may_be_sisters(first, position) { position } else { first };
        let same = other(self.same.note(keys.same, position));
        let near = other(keys.near.map_or(position, |key| self.near.note(key, position)));
        let place = catalogue.place(position);
        let question = catalogue.question(position);
        if same != position {
            let (path, line) = catalogue.place(same);
            let message = format!("the question “{question}” is asked by {path}:{line}, too");
            let problem =
                problems.push(catalogue.source_kind(position).severity(), place, Check::DuplicateQuestion, message);
            problem.hint("make the two differ, or merge the entries");
            return Some(same);
        } else if near != position {
            let (path, line) = catalogue.place(near);
            let other = catalogue.question(near);
            let message = format!(
                "the question “{question}” says the same as “{}”, {path}:{line}",
                shown(other, SHOWN_CHARS_MAX)
            );
            let problem = problems.warning(place, Check::NearDuplicate, message);
            problem.hint("make one an alias of the other, or say what differs");
            return Some(near);
        }
        None
    }
}

/// The most words that are kept from one batch of files to the next.
const WORDS_MAX: usize = 1 << 17;

/// A cache of the content terms of questions: most words recur, and are stemmed and weighed once.
pub(crate) struct Meanings {
    /// The language of entries that name none.
    language: Language,
    /// The hash of each spelling, with the hash of its term if that is a content term.
    known: FxHashMap<u64, Option<u64>>,
    are_compared: bool,
}

impl Meanings {
    /// Starts in a folder with these settings.
    pub(crate) fn new(settings: &Settings) -> Meanings {
        let are_compared = settings.level(Check::NearDuplicate) != Some(Level::Off);
        let language = Language::of(settings.language.as_deref(), Language::DEFAULT);
        Meanings { language, known: FxHashMap::default(), are_compared }
    }

    /// Forgets all words if they are too many.
    pub(crate) fn forget_if_many(&mut self) {
        if self.known.len() > WORDS_MAX {
            self.known = FxHashMap::default();
        }
    }

    /// Returns a hash of the content terms of the entry's question, if there are enough and the check is on.
    pub(crate) fn of_question(&mut self, entry: &Entry) -> Option<u64> {
        if !self.are_compared {
            return None;
        }
        let language = Language::of(entry.language.as_deref(), self.language);
        let of_language = entry_hashes::name(language.tag());
        let mut terms = Vec::new();
        tokens::spellings(&entry.question, language, |spelling, class| {
            let known = self.known.entry(entry_hashes::hash_child(of_language, spelling));
            terms.extend(*known.or_insert_with(|| meaning(spelling, class, language)));
        });
        terms.sort_unstable();
        terms.dedup();
        let start = entry_hashes::name(&operators(&entry.question));
        (terms.len() >= CONTENT_TERMS_MIN)
            .then(|| terms.iter().fold(start, |before, &term| entry_hashes::hash_pair(before, term)))
    }
}

/// Returns the hashes of the content terms of a text.
pub(crate) fn content_terms(text: &str, language: Language) -> FxHashSet<u64> {
    let mut terms = FxHashSet::default();
    tokens::spellings(text, language, |spelling, class| terms.extend(meaning(spelling, class, language)));
    terms
}

/// Returns the signs of a question that tell one expression from another, in their order: `> 0` is not `== 0`, and `a:/b` is not
/// `a:b`. A colon or a slash beside a space parts words.
fn operators(question: &str) -> String {
    let mut before = ' ';
    let mut signs = question.chars().peekable();
    let mut found = String::new();
    while let Some(sign) = signs.next() {
        let is_within = !before.is_whitespace() && signs.peek().is_some_and(|next| !next.is_whitespace());
        if OPERATORS.contains(sign) || PARTING.contains(sign) && is_within {
            found.push(sign);
        }
        before = sign;
    }
    found
}

/// Returns the hash of the term of a spelling, if it is a content term.
fn meaning(spelling: &str, class: Class, language: Language) -> Option<u64> {
    let mut term = String::new();
    tokens::push_term(spelling, class, language, &mut term);
    is_content(&term, spelling, class, language).then(|| entry_hashes::name(&term))
}

/// Reports an entry without keywords, in a folder whose author uses them.
pub(crate) fn keywords(entry: &Entry, form: SourceKind, problems: &mut Problems) {
    if entry.keywords.is_empty() && form == SourceKind::File {
        let message = format!("`{}` has no keywords", entry.id);
        let problem = problems.warning((&entry.path, entry.line), Check::NoKeywords, message);
        problem.hint("add `keywords:`, the terms that an index would have");
    }
}

/// Reports procedures that no other entry points to; `is_pointed_to` is true at the position of an entry with a link to
/// it.
pub(crate) fn procedures(catalogue: &Catalogue, is_pointed_to: &[bool], problems: &mut Problems) {
    let is_pointed_to =
        |at: usize| is_pointed_to[at] || catalogue.editions().sisters(at).iter().any(|&sister| is_pointed_to[sister]);
    let is_alone = |&at: &usize| catalogue.kind(at) == Kind::Procedure && !is_pointed_to(at);
    for position in (0..catalogue.len()).filter(is_alone) {
        let message = format!("no entry points to the procedure `{}`", catalogue.id(position));
        let problem = problems.warning(catalogue.place(position), Check::UnlinkedProcedure, message);
        problem.hint("link to it from the answers that need it, or name it in their `related:`");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_differ_in_an_operator_are_two() {
        let mut meanings = Meanings::new(&Settings::default());
        let mut of = |question: &str| {
            meanings.of_question(&Entry { question: question.to_owned(), ..Entry::default() }).expect("it is compared")
        };
        assert_eq!(of("Is the lamp loud?"), of("Lamp: loud"));
        assert_ne!(of("--lamp-limit > 0"), of("--lamp-limit == 0"));
        assert_ne!(of("lamp:/path"), of("lamp:path"));
        assert_eq!(of("Reset / repair"), of("Reset, repair"));
    }
}
