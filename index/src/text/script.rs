//! The script of a character, as far as tokenisation depends on it.

use unicode_script::{Script as Unicode, UnicodeScript as _};

/// The scripts that are tokenised differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// Letters and digits that make words between spaces.
    Spaced,
    /// Chinese characters, wherever they are used.
    Han,
    /// The Japanese syllables that mostly make endings and particles.
    Hiragana,
    /// The Japanese syllables that mostly spell foreign words.
    Katakana,
    /// Korean syllables and the letters in them.
    Hangul,
    /// Thai, Lao, Khmer, Burmese and their kin, written without spaces between words.
    Unspaced,
}

/// Returns the script of a letter.
pub(crate) fn script(c: char) -> Script {
    match c {
        // Common ranges need no table.
        ..'\u{e01}' => Script::Spaced,
        '\u{3041}'..='\u{3096}' => Script::Hiragana,
        '\u{30a1}'..='\u{30fa}' => Script::Katakana,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Script::Han,
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        c => of_table(c),
    }
}

/// Returns the script by the Script property, or by `Script_Extensions` for a character that several scripts share.
fn of_table(c: char) -> Script {
    match c.script() {
        Unicode::Han => Script::Han,
        Unicode::Hiragana => Script::Hiragana,
        Unicode::Katakana => Script::Katakana,
        Unicode::Hangul => Script::Hangul,
        Unicode::Thai
        | Unicode::Lao
        | Unicode::Khmer
        | Unicode::Myanmar
        | Unicode::Tai_Le
        | Unicode::New_Tai_Lue
        | Unicode::Tai_Tham
        | Unicode::Tai_Viet
        | Unicode::Ahom => Script::Unspaced,
        Unicode::Common | Unicode::Inherited => shared(c),
        _ => Script::Spaced,
    }
}

/// Returns the script of a character that several share, such as `ー`; a character of all scripts counts as spaced.
fn shared(c: char) -> Script {
    let extension = c.script_extension();
    if extension.is_common() || extension.is_inherited() {
        Script::Spaced
    } else if extension.contains_script(Unicode::Katakana) {
        Script::Katakana
    } else if extension.contains_script(Unicode::Han) {
        Script::Han
    } else {
        Script::Spaced
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_of_their_scripts() {
        for (letters, expected) in [
            ("aéßжאש9０", Script::Spaced),
            ("漢々〇〆〡\u{3400}\u{20000}\u{2a700}\u{2ebf0}\u{30000}\u{31350}\u{323b0}\u{f900}", Script::Han),
            ("あゝ\u{1b001}", Script::Hiragana),
            ("アヽーㇰ\u{ff71}\u{3031}", Script::Katakana),
            ("한ᄒㅎ\u{a960}\u{d7b0}", Script::Hangul),
            ("กລខမ\u{1a20}", Script::Unspaced),
            ("ㄅꀀ𐐨", Script::Spaced),
        ] {
            for c in letters.chars() {
                assert_eq!(script(c), expected, "{c}, U+{:04X}", u32::from(c));
            }
        }
    }
}
