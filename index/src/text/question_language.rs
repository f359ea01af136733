//! The language of a question, where it tells: by its script, or else by its function words.

use std::collections::HashMap;

use unicode_script::{Script, UnicodeScript as _};

use super::fold::folded;
use super::function_words;
use super::language::Tag;
use super::script_count::ScriptCount;
use super::weight;

/// The longest beginning of a question that is looked at, in bytes.
const BYTES_MAX: usize = 1_024;

/// Returns the number of the language, of those in `among`, that `question` is asked in; none if it does not tell, or if it is
/// asked in another.
///
/// Chinese characters tell Chinese, or Japanese where no text is in Chinese. Between languages of other scripts function words
/// tell: `wie` and `ich`, not `the`.
pub(crate) fn of_question(question: &str, among: &[Tag]) -> Option<usize> {
    let question = beginning(question);
    let with = |primary: &str| among.iter().position(|tag| tag.primary() == primary);
    match by_script(question) {
        Some("zh") => with("zh").or_else(|| with("yue")).or_else(|| with("ja")),
        Some(primary) => with(primary),
        None => by_function_words(question, among),
    }
}

/// Returns true if a text in the language of `tag` is written in letters of East Asia, of which the question has none.
pub(crate) fn is_in_other_letters(question: &str, tag: &Tag) -> bool {
    let question = beginning(question);
    is_of_east_asia(tag) && question.contains(char::is_alphabetic) && by_script(question).is_none()
}

/// Returns true if letters or function words tell that `question` is in none of the languages with the primary subtags `known`.
pub(crate) fn is_in_none_of(question: &str, known: &[impl AsRef<str>]) -> bool {
    let question = beginning(question);
    let is_known = |primary: &str| known.iter().any(|known| known.as_ref() == primary);
    if let Some(primary) = by_script(question) {
        return !is_known(primary);
    }
    if is_in_letters_of_none(question, known) {
        return true;
    }
    let folded = folded(question);
    let words = words(&folded);
    let most = |among_known: bool| {
        let languages = function_words::languages().filter(|primary| is_known(primary) == among_known);
        languages.map(|primary| count(&words, primary)).max().unwrap_or_default()
    };
    most(false) > most(true)
}

/// Returns true if most letters of a question are of a script that none of the languages `known` is written in. A language
/// whose letters are not known may have them.
fn is_in_letters_of_none(question: &str, known: &[impl AsRef<str>]) -> bool {
    let mut counts: HashMap<Script, usize> = HashMap::new();
    for c in question.chars().filter(|c| c.is_alphabetic()) {
        *counts.entry(c.script()).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let Some((&script, _)) = counts.iter().find(|&(_, &count)| 2 * count > all) else { return false };
    known.iter().map(AsRef::as_ref).all(|primary| {
        let letter = function_words::sample(primary).and_then(|word| word.chars().next());
        letter.map_or(is_east_asian(primary), |letter| letter.script() != script)
    })
}

fn beginning(question: &str) -> &str {
    &question[..question.floor_char_boundary(BYTES_MAX)]
}

fn by_script(question: &str) -> Option<&'static str> {
    let mut scripts = ScriptCount::default();
    scripts.add([question, ""]);
    scripts.language()
}

fn is_of_east_asia(tag: &Tag) -> bool {
    is_east_asian(tag.primary())
}

fn is_east_asian(primary: &str) -> bool {
    matches!(primary, "zh" | "ja" | "ko" | "yue")
}

fn by_function_words(question: &str, among: &[Tag]) -> Option<usize> {
    let folded = folded(question);
    let words = words(&folded);
    let mut primaries: Vec<&str> = among.iter().filter(|tag| !is_of_east_asia(tag)).map(Tag::primary).collect();
    primaries.sort_unstable();
    primaries.dedup();
    let counted = |primary| (count(&words, primary), primary);
    let mut counted: Vec<(usize, &str)> = primaries.into_iter().map(counted).collect();
    counted.sort_unstable_by(|one, other| other.cmp(one));
    let (best, next) = (counted.first()?, counted.get(1).map_or(0, |next| next.0));
    (best.0 > next).then(|| among.iter().position(|tag| tag.primary() == best.1)).flatten()
}

fn words(folded: &str) -> Vec<&str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Returns the number of words that are function words of a language.
fn count(words: &[&str], primary: &str) -> usize {
    words.iter().filter(|word| weight::is_function_word_of(word, primary)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(question: &str, among: &[&str], expected: Option<&str>) {
        let tags: Vec<Tag> = among.iter().filter_map(|tag| Tag::parse(tag)).collect();
        assert_eq!(of_question(question, &tags).map(|at| among[at]), expected, "{question}");
    }

    #[test]
    fn scripts_tell_languages() {
        is("备案要多久", &["en", "zh", "ja"], Some("zh"));
        is("备案 ICP OOM", &["en", "zh-TW"], Some("zh-TW"));
        is("備案", &["en", "ja"], Some("ja"));
        is("ランプをリセットする", &["en", "zh", "ja"], Some("ja"));
        is("램프 초기화", &["en", "ko"], Some("ko"));
        is("备案要多久", &["en", "de"], None);
    }

    #[test]
    fn a_question_tells_that_it_is_in_none_of_some_languages() {
        for (question, expected) in [
            ("quanto custa o frete", true),
            ("wie binde ich eine Domain", true),
            ("сколько это стоит", true),
            ("ランプをリセットする", true),
            ("पासवर्ड बदलें", true),
            ("Сброс лампы", true),
            ("how do I bind a domain", false),
            ("bind domain", false),
            ("备案要多久", false),
            ("", false),
        ] {
            assert_eq!(is_in_none_of(question, &["en", "zh"]), expected, "{question}");
        }
        assert!(is_in_none_of("how do I bind a domain", &["de"]) && !is_in_none_of("wie geht das", &["de"]));
        assert!(is_in_none_of("Сброс", &["ja"]) && is_in_none_of("reset", &["ru", "zh"]));
        assert!(!is_in_none_of("Сброс", &["uk"]) && !is_in_none_of("Сброс", &["ru", "en"]));
    }

    #[test]
    fn function_words_tell_languages_of_one_script() {
        is("how do I bind a domain", &["en", "zh"], Some("en"));
        is("wie binde ich eine Domain", &["en", "de"], Some("de"));
        is("comment lier un domaine", &["en", "de", "fr"], Some("fr"));
        is("bind domain", &["en", "de", "zh"], None);
        is("", &["en", "zh"], None);
    }
}
