//! Which way of writing a character belongs to, as far as cutting text into terms depends on it.

/// The writing systems that are cut differently.
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
    /// Korean syllables.
    Hangul,
    /// Thai, Lao, Khmer and Burmese, written without spaces between words.
    Unspaced,
}

/// Returns the script of a letter.
pub(crate) fn script(c: char) -> Script {
    match c {
        '\u{3041}'..='\u{309f}' => Script::Hiragana,
        '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Script::Katakana,
        '\u{3005}'
        | '\u{3006}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}' => Script::Han,
        '\u{ac00}'..='\u{d7af}' => Script::Hangul,
        '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Script::Unspaced,
        _ => Script::Spaced,
    }
}
