//! Phrases that decide what a sentence states, by their class; they stand in `phrases.txt`.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// A class of phrases, by its name in the file.
pub(super) type PhraseClass = &'static str;

/// A phrase in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) class: PhraseClass,
    pub(super) range: Range<usize>,
}

/// The phrases of some classes.
pub(super) struct Phrases {
    classes: Vec<PhraseClass>,
    automaton: AhoCorasick,
}

/// The classes of [`FORCES`].
pub(super) const FORCE_CLASSES: [PhraseClass; 6] = ["must", "need-not", "must-not", "may", "can", "not"];
/// The phrases that say if something must be, may be, or is not.
pub(super) static FORCES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&FORCE_CLASSES));
/// The phrases that make a number a bound.
pub(super) static BOUNDS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&["at-least", "at-most", "about"]));
/// The phrases of sentences that state nothing of their own.
pub(super) static ASIDES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&["aside"]));
/// The words that an answer to a yes-or-no question begins with.
pub(super) static ANSWERS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&["yes", "no"]));
/// The words that limit what a sentence states.
pub(super) static CONDITIONS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&["condition"]));
/// The words of entries about the past.
pub(super) static HISTORY: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&["history"]));

impl Phrases {
    fn of(names: &[PhraseClass]) -> Phrases {
        let lines = include_str!("phrases.txt").lines().filter(|line| !line.starts_with('#'));
        let (mut classes, mut phrases) = (Vec::new(), Vec::new());
        for (class, listed) in lines.filter_map(|line| line.split_once(": ")) {
            for name in names.iter().filter(|&&name| name == class) {
                for phrase in listed.split(", ") {
                    classes.push(*name);
                    phrases.push(phrase);
                }
            }
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(phrases);
        Phrases { classes, automaton: automaton.expect("a few hundred short phrases") }
    }

    /// Returns the phrases in a folded text, as whole words and outside of code.
    pub(super) fn find(&self, folded: &str) -> Vec<Found> {
        self.whole(folded).filter(|found| !is_in_code(folded, found.range.start)).collect()
    }

    /// Lists the phrases in a folded text, as whole words.
    pub(super) fn whole<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = Found> + 't {
        let found = self.automaton.find_iter(folded);
        let found = found.map(|found| Found { class: self.classes[found.pattern()], range: found.range() });
        found.filter(|found| is_whole(folded, &found.range))
    }
}

/// Returns true if `at` stands between backticks.
fn is_in_code(text: &str, at: usize) -> bool {
    text[..at].matches('`').count() % 2 == 1
}

/// Returns true if no word goes on at either end of `range`. Scripts without spaces end words anywhere.
pub(super) fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let joins = |one: Option<char>, other: Option<char>| {
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}');
        is_letter(one) && is_letter(other)
    };
    let phrase = &text[range.clone()];
    // `n't` stands at the end of a word.
    let begins = phrase.starts_with("n't") || phrase.starts_with("n’t");
    (begins || !joins(text[..range.start].chars().next_back(), phrase.chars().next()))
        && !joins(phrase.chars().next_back(), text[range.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_counts_as_whole_words() {
        let classes = |text: &str| FORCES.find(text).into_iter().map(|found| found.class).collect::<Vec<_>>();
        assert_eq!(classes("you must not open it"), ["must-not"]);
        assert_eq!(classes("you do not have to open it, maybe"), ["need-not"]);
        assert_eq!(classes("it doesn't open"), ["not"]);
        assert_eq!(classes("备案不需要費用"), ["need-not"]);
        assert_eq!(classes("mustard in a can"), ["can"]);
    }
}
