//! The languages that words are stemmed in.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

use super::fold;

/// A language for analysis: it selects the stemmer and the function words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Language {
    /// The two- or three-letter primary subtag of a BCP 47 tag, in lower case, padded with zeros.
    subtag: [u8; 3],
    algorithm: Option<Algorithm>,
}

impl Language {
    /// The language of a knowledge base that names none.
    pub(crate) const DEFAULT: Language = Language { subtag: *b"en\0", algorithm: Some(Algorithm::English) };

    /// Reads a BCP 47 tag such as `en`, `zh-CN` or `pt_BR`; only the primary subtag counts.
    ///
    /// Returns `None` if `tag` cannot be one.
    pub(crate) fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next()?.trim().to_ascii_lowercase();
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let mut subtag = [0; 3];
        subtag[..primary.len()].copy_from_slice(primary.as_bytes());
        Some(Language { subtag, algorithm: algorithm(&primary) })
    }

    /// Returns the language of an entry with this tag; `default` if the tag is missing or malformed.
    pub(crate) fn of(tag: Option<&str>, default: Language) -> Language {
        tag.and_then(Language::from_tag).unwrap_or(default)
    }

    /// Returns the primary subtag.
    pub(crate) fn tag(&self) -> &str {
        let length = self.subtag.iter().position(|&byte| byte == 0).unwrap_or(3);
        std::str::from_utf8(&self.subtag[..length]).expect("a subtag is ASCII letters")
    }

    /// Returns true for Turkish and Azerbaijani, whose `i` has a dot in capitals, too, and whose `ı` has none.
    pub(crate) fn is_turkic(self) -> bool {
        matches!(&self.subtag, b"tr\0" | b"az\0")
    }

    /// Returns `text` in NFKC, with the case folding of the language.
    pub(crate) fn folded(self, text: &str) -> String {
        if self.is_turkic() { fold::folded_turkic(text) } else { fold::folded(text) }
    }

    /// Returns the stem of a folded word; the word itself where the language has no stemmer.
    pub(crate) fn stem(self, word: &str) -> Cow<'_, str> {
        match self.algorithm {
            Some(algorithm) if !word.bytes().any(|byte| byte.is_ascii_digit()) => Stemmer::new(algorithm).stem(word),
            _ => Cow::Borrowed(word),
        }
    }
}

/// Returns the stemmer for a language; Latin words inside Chinese, Japanese and Korean text are taken as English.
fn algorithm(primary: &str) -> Option<Algorithm> {
    Some(match primary {
        "en" | "zh" | "ja" | "ko" => Algorithm::English,
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// The primary subtags of ISO 639-1, two letters each.
#[cfg(feature = "build")]
const ASSIGNED: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz \
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja \
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng \
    nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw \
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Returns true if `tag` is the tag of a language of ISO 639-1, as a part of the name of a file: ASCII letters, digits and
/// hyphens. A part such as `dev` or `old` is none, though some language of few speakers may have it for a tag.
#[cfg(feature = "build")]
pub(crate) fn is_tag_of_file(tag: &str) -> bool {
    let mut subtags = tag.split(['-', '_']);
    let is_language = subtags.next().is_some_and(|primary| {
        primary.len() == 2 && ASSIGNED.split(' ').any(|known| known.eq_ignore_ascii_case(primary))
    });
    is_language
        && subtags.all(|subtag| (2..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The most subtags that are compared: the language, a script, a region and a variant.
const SUBTAGS_MAX: usize = 4;

/// A BCP 47 tag as filters compare it, in lower case.
///
/// A Chinese tag without a script gets the script of its region: `zh-TW` is `zh-Hant-TW`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    subtags: Vec<String>,
}

impl Tag {
    /// Reads a tag such as `en`, `zh-Hant-TW` or `pt_BR`; extensions and private subtags are left out.
    ///
    /// Returns `None` where [`Language::from_tag`] does.
    pub(crate) fn parse(tag: &str) -> Option<Tag> {
        let language = Language::from_tag(tag)?;
        let others = tag.split(['-', '_']).skip(1).map(|subtag| subtag.trim().to_ascii_lowercase());
        let others = others.take_while(|subtag| (2..=8).contains(&subtag.len()));
        let mut subtags: Vec<String> = std::iter::once(language.tag().to_owned()).chain(others).collect();
        if let Some(script) = chinese_script(&subtags) {
            subtags.insert(1, script.to_owned());
        }
        subtags.truncate(SUBTAGS_MAX);
        Some(Tag { subtags })
    }

    /// Returns how well a text with the tag `other` serves a reader who wants this language, the greater the better; `None` if it is
    /// another language.
    ///
    /// A text in `zh` serves who wants `zh-TW`, as RFC 4647 looks tags up. A more special one serves, too, if there is no
    /// better: `pt-BR` for `pt`.
    pub(crate) fn served_by(&self, other: &Tag) -> Option<usize> {
        let is_general = |general: &Tag, special: &Tag| {
            let mut others = special.subtags.iter();
            general.subtags.iter().all(|subtag| others.any(|other| other == subtag))
        };
        if is_general(other, self) {
            Some(SUBTAGS_MAX + other.subtags.len())
        } else {
            is_general(self, other).then(|| SUBTAGS_MAX - other.subtags.len().min(SUBTAGS_MAX))
        }
    }

    /// Returns the primary subtag.
    pub(crate) fn primary(&self) -> &str {
        self.subtags.first().map_or("", String::as_str)
    }

    /// Returns the whole tag.
    pub(crate) fn whole(&self) -> String {
        self.subtags.join("-")
    }

    /// Returns every generalisation of this tag, which keeps the language and leaves out other subtags: the most
    /// general first, this tag last.
    pub(crate) fn generalised(&self) -> Vec<String> {
        let Some((language, others)) = self.subtags.split_first() else { return Vec::new() };
        let kept = |set: usize| others.iter().enumerate().filter(move |(at, _)| set >> at & 1 == 1);
        let with = |set| kept(set).fold(language.clone(), |tag, (_, subtag)| format!("{tag}-{subtag}"));
        (0..1 << others.len()).map(with).collect()
    }
}

/// Returns the script of a Chinese tag that names a region and no script.
fn chinese_script(subtags: &[String]) -> Option<&'static str> {
    match subtags.first()?.as_str() {
        "zh" => match subtags.get(1)?.as_str() {
            "tw" | "hk" | "mo" => Some("hant"),
            "cn" | "sg" | "my" => Some("hans"),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_generalised(tag: &str, expected: &[&str]) {
        assert_eq!(Tag::parse(tag).map(|tag| tag.generalised()).unwrap_or_default(), expected, "{tag}");
    }

    #[test]
    fn tags_are_generalised_by_leaving_subtags_out() {
        check_generalised("EN", &["en"]);
        check_generalised("pt_BR", &["pt", "pt-br"]);
        check_generalised(" zh-Hant ", &["zh", "zh-hant"]);
        check_generalised("zh-TW", &["zh", "zh-hant", "zh-tw", "zh-hant-tw"]);
        check_generalised("sr-Latn-RS", &["sr", "sr-latn", "sr-rs", "sr-latn-rs"]);
        check_generalised("de-DE-u-co-phonebk", &["de", "de-de"]);
        check_generalised("en-", &["en"]);
        check_generalised("German", &[]);
        check_generalised("", &[]);
    }

    #[test]
    fn a_text_serves_readers_of_its_language() {
        let served =
            |wanted: &str, has: &str| Tag::parse(wanted).expect("a tag").served_by(&Tag::parse(has).expect("a tag"));
        for (wanted, better, worse) in
            [("zh-TW", "zh-TW", "zh-Hant"), ("zh-TW", "zh-Hant", "zh"), ("pt", "pt", "pt-BR"), ("de-AT", "de", "en")]
        {
            assert!(served(wanted, better) > served(wanted, worse), "{wanted}: {better} before {worse}");
        }
        for (wanted, has) in [("zh-TW", "zh-CN"), ("pt-BR", "pt-PT"), ("en", "de"), ("zh-Hans", "zh-TW")] {
            assert_eq!(served(wanted, has), None, "{wanted} and {has}");
        }
        assert!(served("pt", "pt-BR").is_some());
    }

    #[cfg(feature = "build")]
    #[test]
    fn parts_of_names_of_files_are_tags_of_languages() {
        for tag in ["zh", "zh-CN", "pt_BR", "de", "ZH"] {
            assert!(is_tag_of_file(tag), "{tag}");
        }
        for other in ["dev", "js", "old", "", "v1", "z", "zh-", "en-x", "4"] {
            assert!(!is_tag_of_file(other), "{other}");
        }
    }

    #[test]
    fn tags_are_read_by_their_primary_subtag() {
        assert_eq!(Language::from_tag("pt_BR").map(|language| language.tag().to_owned()), Some("pt".into()));
        assert_eq!(Language::from_tag("en"), Some(Language::DEFAULT));
        assert_eq!(Language::from_tag("English"), None);
        assert_eq!(Language::from_tag(""), None);
    }

    #[test]
    fn words_are_stemmed_and_codes_are_not() {
        let german = Language::from_tag("de").expect("a tag");
        assert_eq!(german.stem("häuser"), "haus");
        assert_eq!(Language::DEFAULT.stem("filings"), "file");
        assert_eq!(Language::DEFAULT.stem("e0308s"), "e0308s");
    }

    #[test]
    fn stemmers_take_what_is_folded() {
        for (tag, text, same) in [
            ("de", "Straßen", "STRASSEN"),
            ("de", "größer", "GRÖSSER"),
            ("el", "δρόμος", "ΔΡΌΜΟΣ"),
            ("tr", "ışıklar", "IŞIKLAR"),
            ("tr", "İSTANBUL'DAN", "istanbul'dan"),
        ] {
            let language = Language::from_tag(tag).expect("a tag");
            let stem = |text: &str| language.stem(&language.folded(text)).into_owned();
            assert_eq!(stem(text), stem(same), "{text}");
        }
        let greek = Language::from_tag("el").expect("a tag");
        assert_eq!(greek.stem(&greek.folded("δρόμος")), "δρομ");
        let turkish = Language::from_tag("tr").expect("a tag");
        assert_eq!(turkish.stem(&turkish.folded("ışıklar")), "ışık");
    }
}
