//! The wording of a phrasing, and two phrasings that say the same in other words.
//!
//! Vectors of whole phrasings tell what they are about; words tell if they ask the same. Each content word of one must be
//! in the other, or be near a word there that the first lacks. A word more, a negation, an opposite, another order of the
//! words that both have, or another question word is another question.

use std::sync::LazyLock;

use crate::lint::is_content;
use crate::meaning::{self, Vectors};
use crate::text::language::Language;
use crate::text::tokens::{self, Class, Token};

/// The fewest content words of a phrasing that is compared.
const CONTENT_WORDS_MIN: usize = 2;
/// The most words of a phrasing that is compared; pairs of its words are.
const WORDS_MAX: usize = 32;
/// The least cosine of two words of which one stands for the other.
const NEAR_WORD_MIN: f32 = 0.57;
/// The letters that two words of one root differ in at the end, at most, in the shorter one.
const ENDING_MAX: usize = 2;
/// The fewest letters of a common root.
const ROOT_MIN: usize = 3;

/// Words that decide what is asked of the same thing.
const ASKING: [&str; 9] = ["why", "when", "who", "whose", "long", "many", "much", "often", "far"];
/// Words that turn a phrasing into its opposite.
const NEGATIONS: [&str; 6] = ["not", "no", "never", "without", "cannot", "none"];
/// Words of which another is another number.
const NUMBERS: [&str; 13] =
    ["three", "four", "five", "seven", "eight", "nine", "eleven", "twelve", "third", "fourth", "half", "once", "twice"];
/// The fewest letters of a word that another stands for.
const LETTERS_MIN: usize = 4;
/// Beginnings that turn a word into its opposite.
const OPPOSING: [&str; 6] = ["un", "in", "dis", "non", "de", "im"];
/// The characters of a question that is no name of code, beside letters, digits and spaces.
const MARKS: &str = "-,?!.'’&";

/// Opposites by their terms.
static OPPOSITES: LazyLock<Vec<[String; 2]>> = LazyLock::new(|| {
    let lines = include_str!("opposites.txt").lines().filter(|line| !line.starts_with('#'));
    let pair = |line: &str| {
        line.split_once(' ').map(|(one, other)| [one, other].map(|word| Language::DEFAULT.stem(word).into_owned()))
    };
    lines.filter_map(pair).collect()
});

/// The words of a phrasing by which it is compared with another.
#[derive(Debug, PartialEq)]
pub(super) struct Wording {
    /// The content words in their order.
    content: Vec<Word>,
    /// Those of [`ASKING`] that it has.
    asks: Vec<&'static str>,
    is_negated: bool,
}

#[derive(Debug, PartialEq)]
struct Word {
    term: String,
    spelling: String,
}

impl Wording {
    /// Reads a phrasing; nothing if it is a name of code, too short or too long to be compared.
    pub(super) fn of(text: &str, language: Language) -> Option<Wording> {
        let is_plain = |c: char| c.is_alphanumeric() || c == ' ' || MARKS.contains(c);
        // A quotation mark in front of a word stands around a name.
        if !text.chars().all(is_plain) || text.split(' ').any(|word| word.starts_with(['\'', '’'])) {
            return None;
        }
        let (mut content, mut asks, mut negations, mut has_names) = (Vec::new(), Vec::new(), 0, false);
        tokens::analyse(text, language, |Token { term, spelling, class, .. }| {
            has_names |= class != Class::Word;
            asks.extend(ASKING.iter().find(|&&word| word == spelling));
            negations += usize::from(NEGATIONS.contains(&spelling));
            if is_content(term, spelling, class, language) {
                content.push(Word { term: term.to_owned(), spelling: spelling.to_owned() });
            }
        });
        negations += text.matches("n't").count() + text.matches("n’t").count();
        asks.sort_unstable();
        let is_compared = !has_names && (CONTENT_WORDS_MIN..=WORDS_MAX).contains(&content.len());
        is_compared.then_some(Wording { content, asks, is_negated: negations % 2 == 1 })
    }

    /// Returns true if `other` says the same with at least one other word.
    pub(super) fn says_the_same_as(&self, other: &Wording, vectors: &Vectors) -> bool {
        if self.is_negated != other.is_negated || self.asks != other.asks {
            return false;
        }
        let (own, shared) = self.beside(other);
        let (others, shared_by_other) = other.beside(self);
        let in_order = shared.len() == shared_by_other.len()
            && shared.iter().zip(&shared_by_other).all(|(one, other)| one.is_form_of(other));
        in_order && !own.is_empty() && each_is_near(&own, &others, vectors) && each_is_near(&others, &own, vectors)
    }

    /// Returns the content words that `other` lacks, and those that it has.
    fn beside<'a>(&'a self, other: &Wording) -> (Vec<&'a Word>, Vec<&'a Word>) {
        self.content.iter().partition(|word| !other.content.iter().any(|known| word.is_form_of(known)))
    }
}

impl Word {
    /// Returns true if both have one root: `read` and `reader`, `navigate` and `navigation`.
    fn is_form_of(&self, other: &Word) -> bool {
        if self.term == other.term {
            return true;
        }
        let common = self.spelling.bytes().zip(other.spelling.bytes()).take_while(|(one, other)| one == other).count();
        common >= ROOT_MIN && common + ENDING_MAX >= self.spelling.len().min(other.spelling.len())
    }

    /// Returns true if both say the opposite of each other, or name two of a kind.
    fn is_opposite_of(&self, other: &Word) -> bool {
        let is_negation = |one: &Word, of: &Word| {
            OPPOSING.iter().any(|start| one.spelling.strip_prefix(start).is_some_and(|rest| rest == of.spelling))
        };
        let are = |one: &Word, two: &Word| OPPOSITES.iter().any(|[a, b]| *a == one.term && *b == two.term);
        is_negation(self, other) || is_negation(other, self) || are(self, other) || are(other, self)
    }

    /// Returns true unless it is a number, in digits or letters, or so short that it is a name.
    fn may_have_another(&self) -> bool {
        let is_number = NUMBERS.contains(&self.spelling.as_str()) || !self.spelling.chars().all(char::is_alphabetic);
        !is_number && self.spelling.chars().count() >= LETTERS_MIN
    }
}

/// Returns true if each of `words` is near one of `others`, of which one of the two is a word of the language.
fn each_is_near(words: &[&Word], others: &[&Word], vectors: &Vectors) -> bool {
    words.iter().all(|word| {
        let nearest = vectors.nearest_word(&word.spelling, others.iter().map(|other| other.spelling.as_str()));
        let Some((near, _)) = nearest.filter(|&(_, cosine)| cosine >= NEAR_WORD_MIN) else { return false };
        let near = others.iter().find(|other| other.spelling == near);
        near.is_some_and(|near| {
            let is_known = meaning::is_word(&word.spelling) || meaning::is_word(&near.spelling);
            is_known && word.may_have_another() && near.may_have_another() && !word.is_opposite_of(near)
        })
    })
}
