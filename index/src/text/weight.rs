//! The base weights of terms, independent of any knowledge base.
//!
//! Weights of 0.25 for function words and 0.5 for words of requests were measured on 6 public FAQ sets. Dropping
//! function words loses `how do I get *out*`; full weight lets `how do I` decide.

use super::function_words::{self, WordLevel};
use super::language::Language;
use super::script::{Script, script};
use super::tokens::Class;

/// The weight of function words.
const FUNCTION: f32 = 0.25;
/// The weight of words of requests.
const REQUEST: f32 = 0.5;

/// The language whose words the Chinese characters of a knowledge base stand for.
///
/// The Chinese function characters are ordinary parts of Japanese words (`一`, `上`, `地`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HanUse {
    /// Chinese characters stand for Chinese words.
    Chinese,
    /// They stand for Japanese words.
    Japanese,
}

#[cfg(feature = "build")]
impl HanUse {
    /// Returns the use of Chinese characters in a text in `language`.
    pub(crate) fn of(language: Language) -> HanUse {
        if language.tag() == "ja" { HanUse::Japanese } else { HanUse::Chinese }
    }
}

/// The least share of Kana among the East Asian characters of Japanese texts. A public Japanese set has 0.58, and a
/// knowledge base of which one half is Chinese has more than 0.2.
#[cfg(feature = "build")]
const KANA_SHARE_MIN: f64 = 0.2;

/// The numbers of Chinese characters and of Japanese syllables in texts.
#[cfg(feature = "build")]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct HanCount {
    han: u64,
    kana: u64,
}

#[cfg(feature = "build")]
impl HanCount {
    /// Adds a term that `entries` entries hold; only single characters count.
    pub(crate) fn add(&mut self, term: &str, entries: u32) {
        let mut chars = term.chars();
        let (Some(c), None) = (chars.next(), chars.next()) else { return };
        match script(c) {
            Script::Han => self.han += u64::from(entries),
            Script::Hiragana | Script::Katakana => self.kana += u64::from(entries),
            Script::Spaced | Script::Hangul | Script::Unspaced => {}
        }
    }

    /// Returns the use that the characters suggest.
    pub(crate) fn han_use(self) -> HanUse {
        let all = (self.han + self.kana) as f64;
        if self.kana > 0 && self.kana as f64 >= KANA_SHARE_MIN * all { HanUse::Japanese } else { HanUse::Chinese }
    }
}

/// Returns the weight of a term, from 0 to 1.
pub(crate) fn base(term: &str, spelling: &str, class: Class, han: HanUse, language: Language) -> f32 {
    match class {
        Class::Word => word(spelling, language),
        Class::Identifier => 1.0,
        Class::Character => character(term, han),
        Class::Bigram => bigram(term, han),
        Class::KatakanaRun => 0.7,
    }
}

/// Returns true if a word is a function word or a word of requests, in any of `languages`.
pub(crate) fn is_function_word(spelling: &str, languages: &[Language]) -> bool {
    languages.iter().any(|language| function_words::level(spelling, language.tag()).is_some())
}

/// Returns true if a folded word holds questions together in the language with this primary subtag, which has a list of its own.
pub(crate) fn is_function_word_of(spelling: &str, primary: &str) -> bool {
    function_words::has_words_of(primary) && function_words::level(spelling, primary) == Some(WordLevel::Function)
}

fn word(spelling: &str, language: Language) -> f32 {
    match function_words::level(spelling, language.tag()) {
        Some(WordLevel::Function) => FUNCTION,
        Some(WordLevel::Request) => REQUEST,
        None => 1.0,
    }
}

fn character(term: &str, han: HanUse) -> f32 {
    let c = term.chars().next().unwrap_or_default();
    match script(c) {
        Script::Hiragana => 0.1,
        Script::Katakana => 0.5,
        Script::Han if han == HanUse::Chinese && function_words::is_chinese_character(c) => FUNCTION,
        Script::Unspaced => 0.25,
        Script::Han | Script::Hangul | Script::Spaced => 1.0,
    }
}

fn bigram(term: &str, han: HanUse) -> f32 {
    let hiragana = term.chars().filter(|&c| script(c) == Script::Hiragana).count();
    match (hiragana, han) {
        (0, HanUse::Chinese) => 0.6 * chinese_bigram(term),
        (0, HanUse::Japanese) => 0.6,
        (1, _) => 0.4,
        _ => 0.2,
    }
}

fn chinese_bigram(term: &str) -> f32 {
    let function = term.chars().filter(|&c| function_words::is_chinese_character(c)).count();
    if function == 2 || function_words::is_chinese_word(term) {
        return FUNCTION * REQUEST;
    }
    if function == 1 { REQUEST } else { 1.0 }
}

/// Returns the tempered inverse document frequency of a term that `frequency` of `entries` entries hold: 1 for a single
/// entry, nearly 0 for all.
///
/// The constant tempers it for small knowledge bases: among 12 entries, a term in 2 of them has 80 % of the weight of a
/// term in 1.
pub(crate) fn tempered_idf(frequency: f32, entries: f32) -> f32 {
    const TEMPER: f32 = 0.5;
    let idf = |frequency: f32| libm::logf(1.0 + (entries + TEMPER) / (frequency + TEMPER));
    idf(frequency) / idf(1.0)
}
