//! Making spellings alike: compatibility forms, case and accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Returns `text` in NFKC and lower case: `ＩＣＰ` and `icp` become one.
pub(crate) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Lower case can undo NFKC for a few letters, as `İ` shows; composing again mends that.
    text.nfkc().flat_map(char::to_lowercase).nfkc().map(|c| if c == '\u{2019}' { '\'' } else { c }).collect()
}

/// Returns a hash of `text` in that form. It stands for it among millions: by chance, the 64 bits of two of a million
/// texts are the same once in forty million folders.
#[cfg(feature = "build")]
pub(crate) fn key(text: &str) -> u64 {
    twox_hash::XxHash3_64::oneshot(folded(text).as_bytes())
}

/// Appends `word` to `out` without the accents of Latin and Greek letters, and with `е` for `ё`.
///
/// Cyrillic `й` and Japanese `が` keep their marks: there they make another letter.
pub(crate) fn push_without_accents(word: &str, out: &mut String) {
    if word.is_ascii() {
        return out.push_str(word);
    }
    for c in word.chars() {
        match c {
            '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}' => {
                decompose_canonical(c, |part| {
                    if !is_combining_mark(part) {
                        out.push(part);
                    }
                });
            }
            'ё' => out.push('е'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
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
            ("İstanbul", "i\u{307}stanbul"),
            ("Ёж и йод", "еж и йод"),
            ("カﾞ", "ガ"),
            ("don’t", "don't"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
