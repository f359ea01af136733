//! The words of a question in order, and which of them stand so that they may be one.

use crate::text::language::Language;
use crate::text::tokens::{Class, analyse};

/// A term of a question, as the reader typed it.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    /// The term.
    pub(crate) term: String,
    /// The word, folded.
    pub(crate) spelling: String,
    /// Its class.
    pub(crate) class: Class,
    /// Its gap to the term before.
    tie: Tie,
}

/// The gap between a word and the word before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tie {
    /// Punctuation, another script, or nothing before it.
    None,
    /// White space.
    Space,
    /// A hyphen or an underscore.
    Hyphen,
}

impl Typed {
    /// Makes a word that was read out of others.
    pub(crate) fn word(term: &str, spelling: &str) -> Typed {
        Typed { term: term.to_owned(), spelling: spelling.to_owned(), class: Class::Word, tie: Tie::None }
    }
}

/// Returns at most `count_max` terms of `question`.
pub(crate) fn read(question: &str, language: Language, count_max: usize) -> Vec<Typed> {
    let mut typed: Vec<Typed> = Vec::new();
    analyse(question, language, |token| {
        if typed.len() < count_max {
            let follows = typed.last().is_some_and(|last| last.class == Class::Word) && token.class == Class::Word;
            let tie = if follows { Tie::of(token.gap) } else { Tie::None };
            let (term, spelling) = (token.term.to_owned(), token.spelling.to_owned());
            typed.push(Typed { term, spelling, class: token.class, tie });
        }
    });
    typed
}

/// Returns the words at the beginning of `typed` as one, if they may be: `sign in` and `sign-in` as `signin`, but neither
/// `sign, in` nor `a part`.
pub(crate) fn joined(typed: &[Typed]) -> Option<String> {
    let (first, rest) = typed.split_first()?;
    let is_long = |word: &Typed| word.spelling.chars().nth(1).is_some();
    let mut spelling = first.spelling.clone();
    let mut before = first;
    for word in rest {
        // A single letter is an article more often than a part of a word.
        let ties = match word.tie {
            Tie::None => false,
            Tie::Space => is_long(before) && is_long(word),
            Tie::Hyphen => true,
        };
        if !ties {
            return None;
        }
        spelling.push_str(&word.spelling);
        before = word;
    }
    Some(spelling)
}

impl Tie {
    fn of(gap: &str) -> Tie {
        match gap {
            "-" | "\u{2010}" | "_" => Tie::Hyphen,
            gap if gap.chars().all(char::is_whitespace) => Tie::Space,
            _ => Tie::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_where_nothing_parts_them() {
        for (text, expected) in [
            ("sign in", Some("signin")),
            ("sign  \n in", Some("signin")),
            ("Sign-In", Some("signin")),
            ("sign_in", Some("signin")),
            ("sign\u{2011}in", Some("signin")),
            ("e-mail", Some("email")),
            ("e mail", None),
            ("sign, in", None),
            ("sign. In", None),
            ("sign/in", None),
            ("sign (in", None),
            ("sign 备 in", None),
            ("wi fi code", Some("wificode")),
        ] {
            let mut typed = read(text, Language::DEFAULT, 8);
            typed.retain(|typed| typed.class != Class::Identifier);
            assert_eq!(joined(&typed).as_deref(), expected, "{text}");
        }
    }
}
