//! The words that hold a question together, by language.
//!
//! Words are spelled as [`Language::folded`](super::Language::folded) leaves them and without apostrophes. A word that is as
//! often a subject as a function word is left out: Portuguese `sim` is a card more often than it says yes. So are
//! prepositions such as `before` and `without`, which may be all that tells two entries apart.
//!
//! Each list is in order, so that a word is found by halving; a test keeps it so.

pub(crate) mod arabic;
pub(crate) mod chinese;
pub(crate) mod danish;
pub(crate) mod dutch;
pub(crate) mod english;
pub(crate) mod finnish;
pub(crate) mod french;
pub(crate) mod german;
pub(crate) mod greek;
pub(crate) mod hungarian;
pub(crate) mod italian;
pub(crate) mod norwegian;
pub(crate) mod polish;
pub(crate) mod portuguese;
pub(crate) mod romanian;
pub(crate) mod russian;
pub(crate) mod spanish;
pub(crate) mod swedish;
pub(crate) mod tamil;
pub(crate) mod turkish;

/// How little a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// It holds the question together: `how`, `do`, `the`.
    Function,
    /// It asks, whatever is asked for: `want`, `please help`, `find`.
    Request,
}

/// The words of one language.
pub(crate) struct Words {
    /// Articles, pronouns, auxiliaries, prepositions, question words and greetings.
    function: &'static [&'static str],
    /// Words that ask, whatever is asked for.
    request: &'static [&'static str],
}

/// Returns how little a folded word without apostrophes says, if it is a function word of the language.
///
/// A language without a list of its own has the English one: Latin words inside Chinese, Japanese and Korean text are
/// taken as English.
pub(crate) fn level(word: &str, language_subtag: &str) -> Option<Level> {
    let words = words_of(language_subtag);
    if words.function.binary_search(&word).is_ok() {
        return Some(Level::Function);
    }
    words.request.binary_search(&word).is_ok().then_some(Level::Request)
}

/// Whether a Chinese character mostly holds a question together.
pub(crate) fn is_chinese_character(c: char) -> bool {
    chinese::CHARACTERS.binary_search(&c).is_ok()
}

/// Whether a pair of Chinese characters mostly holds a question together.
pub(crate) fn is_chinese_word(pair: &str) -> bool {
    chinese::WORDS.binary_search(&pair).is_ok()
}

fn words_of(language_subtag: &str) -> &'static Words {
    match LANGUAGES.binary_search_by_key(&language_subtag, |&(subtag, _)| subtag) {
        Ok(at) => LANGUAGES[at].1,
        Err(_) => &english::WORDS,
    }
}

/// The languages that have lists, by the primary subtag of a BCP 47 tag.
static LANGUAGES: &[(&str, &Words)] = &[
    ("ar", &arabic::WORDS),
    ("da", &danish::WORDS),
    ("de", &german::WORDS),
    ("el", &greek::WORDS),
    ("en", &english::WORDS),
    ("es", &spanish::WORDS),
    ("fi", &finnish::WORDS),
    ("fr", &french::WORDS),
    ("hu", &hungarian::WORDS),
    ("it", &italian::WORDS),
    ("nb", &norwegian::WORDS),
    ("nl", &dutch::WORDS),
    ("nn", &norwegian::WORDS),
    ("no", &norwegian::WORDS),
    ("pl", &polish::WORDS),
    ("pt", &portuguese::WORDS),
    ("ro", &romanian::WORDS),
    ("ru", &russian::WORDS),
    ("sv", &swedish::WORDS),
    ("ta", &tamil::WORDS),
    ("tr", &turkish::WORDS),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::Language;

    #[track_caller]
    fn assert_ascends<T: Ord + std::fmt::Debug>(list: &[T], name: &str) {
        let out_of_order = list.windows(2).find(|pair| pair[0] >= pair[1]);
        assert_eq!(out_of_order, None, "{name}");
    }

    #[test]
    fn lists_ascend_without_a_word_twice() {
        let subtags: Vec<&str> = LANGUAGES.iter().map(|&(subtag, _)| subtag).collect();
        assert_ascends(&subtags, "subtags");
        for &(subtag, words) in LANGUAGES {
            assert_ascends(words.function, subtag);
            assert_ascends(words.request, subtag);
            let both = words.request.iter().find(|word| words.function.contains(word));
            assert_eq!(both, None, "{subtag}: a word of both levels");
        }
        assert_ascends(chinese::CHARACTERS, "Chinese characters");
        assert_ascends(chinese::WORDS, "Chinese words");
    }

    #[test]
    fn words_are_spelled_as_questions_are_folded() {
        for &(subtag, words) in LANGUAGES {
            let language = Language::from_tag(subtag).expect("a tag");
            for word in words.function.iter().chain(words.request) {
                assert_eq!(language.folded(word), *word, "{subtag}");
                assert!(!word.contains(['\'', '-', ' ']), "{subtag}: {word}");
            }
        }
    }

    #[test]
    fn a_word_is_judged_in_its_language() {
        for (word, subtag, expected) in [
            ("die", "de", Some(Level::Function)),
            ("die", "en", None),
            ("möchte", "de", Some(Level::Request)),
            ("rechnung", "de", None),
            ("αυτοσ", "el", None),
            ("αυτόσ", "el", Some(Level::Function)),
            ("dass", "de", Some(Level::Function)),
            ("où", "fr", Some(Level::Function)),
            ("how", "zh", Some(Level::Function)),
            ("how", "fr", None),
        ] {
            assert_eq!(level(word, subtag), expected, "{word} in {subtag}");
        }
    }
}
