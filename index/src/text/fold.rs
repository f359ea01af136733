//! Normalises spellings: compatibility forms, case folding, accents.

use caseless::Caseless as _;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

/// Returns `text` in NFKC with full case folding (Unicode, sections 3.13 and 5.18): `ＳＴＲＡẞＥ` and `strasse`,
/// `ΟΔΟΣ` and `οδος` become one.
///
/// `I` folds to `ı` in Turkish and to `i` everywhere else. A reader's language is not known, so the dot of an `i` is
/// ignored: `İ`, `I`, `ı` and `i` become one.
///
/// Names are compared in this form: ids, help ids, keywords and sections.
///
/// # Examples
///
/// ```
/// assert_eq!(faqt::folded("STRASSE"), faqt::folded("Straße"));
/// ```
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    normalised(text, |c, out| match c {
        'ı' | 'İ' => out.push('i'),
        // The dot of an `i` that was spelled out.
        '\u{307}' if out.ends_with('i') => {}
        c => push_folded(c, out),
    })
}

/// Returns the letters and digits of a name: generators of anchors separate them differently.
pub(crate) fn letters(name: &str) -> String {
    folded(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns `text` in NFKC with the case folding of Turkish and Azerbaijani: `I` folds to `ı`, and `İ` to `i`.
pub(crate) fn folded_turkic(text: &str) -> String {
    normalised(text, |c, out| match c {
        'I' => out.push('ı'),
        'İ' => out.push('i'),
        c => push_folded(c, out),
    })
}

/// Calls `push` with each character of `text` in NFKC, and restores NFKC in the result.
fn normalised(text: &str, push: impl Fn(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    // Most text is in NFKC already, and checking is faster than normalising.
    if is_nfkc(text) {
        text.chars().for_each(|c| push(c, &mut out));
    } else {
        text.nfkc().for_each(|c| push(c, &mut out));
    }
    if is_nfkc(&out) { out } else { out.nfkc().collect() }
}

/// Returns true for text that is surely in NFKC.
fn is_nfkc(text: &str) -> bool {
    is_nfkc_quick(text.chars().filter(|&c| !is_stable(c))) == IsNormalized::Yes
}

/// Returns true for characters of common ranges that normalisation never changes, next to any others. Table lookups for
/// them took 20 % of a build of Japanese content.
fn is_stable(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{7f}'
            | '\u{c0}'..='\u{131}'
            | '\u{391}'..='\u{3a1}'
            | '\u{3a3}'..='\u{3ce}'
            | '\u{400}'..='\u{482}'
            | '\u{2010}'
            | '\u{2013}'..='\u{2014}'
            | '\u{2018}'..='\u{2019}'
            | '\u{201c}'..='\u{201d}'
            | '\u{3001}'..='\u{3002}'
            | '\u{3005}'..='\u{3011}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fe}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
    )
}

/// Appends the full case folding of a character, and nothing for an ignorable one.
#[expect(clippy::disallowed_methods, reason = "what is in lower case is folded next")]
fn push_folded(c: char, out: &mut String) {
    match c {
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        '\u{2019}' => out.push('\''),
        // East Asian letters have no case.
        '\u{2e80}'..='\u{a63f}' | '\u{ac00}'..='\u{d7ff}' => out.push(c),
        c if is_ignorable(c) => {}
        // The standard library knows the letters of later Unicode versions.
        c => out.extend(c.to_lowercase().default_case_fold()),
    }
}

/// Returns true for soft hyphens, joiners within a word, and selectors of a variant (some of Unicode's
/// `Default_Ignorable_Code_Point`).
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Appends `word` to `out` without the accents of Latin and Greek letters, with `i` for `ı` and `е` for `ё`.
///
/// Cyrillic `й` and Japanese `が` keep their marks: there they make another letter.
pub(crate) fn push_without_accents(word: &str, out: &mut String) {
    if word.is_ascii() {
        return out.push_str(word);
    }
    for c in word.chars() {
        match c {
            'ı' => out.push('i'),
            '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}' => {
                decompose_canonical(c, |part| {
                    if !is_combining_mark(part) {
                        out.push(part);
                    }
                });
            }
            // An accent without a precomposed letter.
            '\u{300}'..='\u{36f}' => {}
            'ё' => out.push('е'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::canonical_combining_class;

    use super::*;

    #[track_caller]
    fn plain(text: &str) -> String {
        let mut out = String::new();
        push_without_accents(&folded(text), &mut out);
        out
    }

    #[test]
    fn spellings_become_alike() {
        for (text, expected) in [
            ("ＩＣＰ備案", "icp備案"),
            ("Éléphant", "elephant"),
            ("İstanbul", "istanbul"),
            ("Ёж и йод", "еж и йод"),
            ("за\u{301}мок", "замок"),
            ("カﾞ", "ガ"),
            ("don’t", "don't"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn case_is_folded_in_full() {
        for same in [
            &["straße", "STRASSE", "STRAẞE", "Strasse", "Ｓｔｒａßｅ", "STRA\u{ad}SSE"][..],
            &["οδος", "ΟΔΟΣ", "οδοσ", "Οδος"],
            &["ιστανμπούλ", "ΙΣΤΑΝΜΠΟΎΛ"],
            &["ᾳ", "ΑΙ", "ᾼ", "α\u{345}"],
            &["office", "oﬃce", "OFFICE", "oﬀice"],
            &["istanbul", "İSTANBUL", "ISTANBUL", "ıstanbul", "I\u{307}stanbul"],
            &["ícone", "ÍCONE", "I\u{301}CONE"],
            &["ǰ", "J\u{30c}", "j\u{30c}"],
            &["ŉ", "ʼN"],
            &["ｶﾞｽ", "ガス"],
            &["kelvin", "\u{212a}elvin"],
            &["ſet", "SET"],
            &["ꭰ", "Ꭰ"],
            &["𐐨", "𐐀"],
            &["ა", "Ა"],
        ] {
            for other in same {
                assert_eq!(folded(other), folded(same[0]), "{other}");
            }
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "they are what is compared with")]
    fn every_letter_folds_as_its_capital_and_its_small_letter_do_and_no_further() {
        let has_case = |c: &char| !c.to_uppercase().eq([*c]) || !c.to_lowercase().eq([*c]);
        for c in ('\0'..=char::MAX).filter(has_case) {
            let upper: String = c.to_uppercase().collect();
            let lower: String = c.to_lowercase().collect();
            let once = folded(&c.to_string());
            assert_eq!(folded(&once), once, "{c} twice");
            assert_eq!([folded(&upper), folded(&lower)], [once.clone(), once], "{c}, U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn what_is_taken_for_stable_is() {
        for c in ('\0'..=char::MAX).filter(|&c| is_stable(c)) {
            assert_eq!(is_nfkc_quick([c].into_iter()), IsNormalized::Yes, "{c}, U+{:04X}", u32::from(c));
            assert_eq!(canonical_combining_class(c), 0, "{c}, U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn turkish_has_two_letters_i() {
        assert_eq!(folded_turkic("IŞIK İSTANBUL ısı I\u{307}ki"), "ışık istanbul ısı iki");
        assert_eq!(folded_turkic("ＩＣＰ Straße"), "ıcp strasse");
        assert_eq!(plain("ışık"), plain("IŞIK"));
    }
}
