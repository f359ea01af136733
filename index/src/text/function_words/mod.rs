//! Function words by language: they hold a question together and carry no topic.
//!
//! Words are spelled as [`Language::folded`](super::Language::folded) returns them, without apostrophes. A word that is
//! as often a subject as a function word is left out: Portuguese `sim` is a card more often than a yes. So are
//! prepositions such as `before` and `without`, which may be the only difference between two entries.
//!
//! Each language has a data file, one word a line under the name of its level; [`data_file`] parses it at compile time.
//! The lists are sorted for binary search; a test keeps them so. A language is added by its file and a line in
//! `LANGUAGES`.

mod data_file;

/// The words of a level in the data file of a language.
macro_rules! words {
    ($file:literal, $level:literal) => {{
        const TEXT: &str = include_str!(concat!($file, ".txt"));
        const WORDS: [&str; data_file::count(TEXT, $level)] = data_file::words(TEXT, $level);
        &WORDS
    }};
}

/// Both levels of a language.
macro_rules! levels {
    ($file:literal) => {
        &WordList { function: words!($file, "function"), request: words!($file, "request") }
    };
}

static CHINESE_CHARACTERS: &[&str] = words!("chinese", "characters");
static CHINESE_WORDS: &[&str] = words!("chinese", "words");

/// The level of a function word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordLevel {
    /// A word that holds the question together: `how`, `do`, `the`.
    Function,
    /// A word of requests on any topic: `want`, `please help`, `find`.
    Request,
}

/// The words of one language.
struct WordList {
    /// Articles, pronouns, auxiliaries, prepositions, question words and greetings.
    function: &'static [&'static str],
    /// Words of requests on any topic.
    request: &'static [&'static str],
}

/// Returns the level of a folded word without apostrophes, if it is a function word of the language.
///
/// A language without a list of its own has the English one: Latin words inside Chinese, Japanese and Korean text are
/// taken as English.
pub(crate) fn level(word: &str, language_subtag: &str) -> Option<WordLevel> {
    let words = words_of(language_subtag);
    if words.function.binary_search(&word).is_ok() {
        return Some(WordLevel::Function);
    }
    words.request.binary_search(&word).is_ok().then_some(WordLevel::Request)
}

/// Returns true if a Chinese character is mostly a function word.
pub(crate) fn is_chinese_character(c: char) -> bool {
    CHINESE_CHARACTERS.binary_search(&&*c.encode_utf8(&mut [0; 4])).is_ok()
}

/// Returns true if a pair of Chinese characters is mostly a function word.
pub(crate) fn is_chinese_word(pair: &str) -> bool {
    CHINESE_WORDS.binary_search(&pair).is_ok()
}

/// Returns true if a language has a list of its own.
pub(crate) fn has_words_of(language_subtag: &str) -> bool {
    LANGUAGES.binary_search_by_key(&language_subtag, |&(subtag, _)| subtag).is_ok()
}

/// Returns the primary subtags of the languages that have lists.
pub(crate) fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|&(subtag, _)| subtag)
}

/// Returns the first word in the list of a language, for the letters that it is written in; none without a list.
pub(crate) fn sample(language_subtag: &str) -> Option<&'static str> {
    let has_list = has_words_of(language_subtag);
    has_list.then(|| words_of(language_subtag).function.first().copied()).flatten()
}

fn words_of(language_subtag: &str) -> &'static WordList {
    match LANGUAGES.binary_search_by_key(&language_subtag, |&(subtag, _)| subtag) {
        Ok(at) => LANGUAGES[at].1,
        Err(_) => ENGLISH,
    }
}

static ENGLISH: &WordList = levels!("english");

/// The languages that have lists, by the primary subtag of a BCP 47 tag.
static LANGUAGES: &[(&str, &WordList)] = &[
    ("ar", levels!("arabic")),
    ("da", levels!("danish")),
    ("de", levels!("german")),
    ("el", levels!("greek")),
    ("en", ENGLISH),
    ("es", levels!("spanish")),
    ("fi", levels!("finnish")),
    ("fr", levels!("french")),
    ("hu", levels!("hungarian")),
    ("it", levels!("italian")),
    ("nb", levels!("norwegian")),
    ("nl", levels!("dutch")),
    ("nn", levels!("norwegian")),
    ("no", levels!("norwegian")),
    ("pl", levels!("polish")),
    ("pt", levels!("portuguese")),
    ("ro", levels!("romanian")),
    ("ru", levels!("russian")),
    ("sv", levels!("swedish")),
    ("ta", levels!("tamil")),
    ("tr", levels!("turkish")),
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
            assert!(words.function.len() >= 40, "{subtag}: articles, pronouns and prepositions alone are more");
            assert!(words.request.len() >= 5, "{subtag}: {}", words.request.len());
        }
        assert!(CHINESE_CHARACTERS.len() >= 20 && CHINESE_WORDS.len() >= 20);
        assert_ascends(CHINESE_CHARACTERS, "Chinese characters");
        assert_ascends(CHINESE_WORDS, "Chinese words");
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
            ("die", "de", Some(WordLevel::Function)),
            ("die", "en", None),
            ("möchte", "de", Some(WordLevel::Request)),
            ("rechnung", "de", None),
            ("αυτοσ", "el", None),
            ("αυτόσ", "el", Some(WordLevel::Function)),
            ("dass", "de", Some(WordLevel::Function)),
            ("où", "fr", Some(WordLevel::Function)),
            ("how", "zh", Some(WordLevel::Function)),
            ("how", "fr", None),
        ] {
            assert_eq!(level(word, subtag), expected, "{word} in {subtag}");
        }
    }
}
