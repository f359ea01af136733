//! Classes of characters as the tokeniser of BERT in Hugging Face's `tokenizers` has them.

use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// Returns true for white space, which separates words. Other control characters that Unicode counts as white space are
/// removed instead.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || c.is_whitespace() && !c.is_control()
}

/// Returns true for characters that are removed: controls, formats, private use and the replacement character.
pub(crate) fn is_removed(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !is_space(c);
    }
    let category = get_general_category(c);
    c == '\u{fffd}' || matches!(category, Category::Control | Category::Format | Category::PrivateUse)
}

/// Returns true for Chinese characters, each of which is a word. The ranges are those of the `tokenizers` crate, whose
/// start of extension E is 2B920, not 2B820.
pub(crate) fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2a6df}'
        | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}'
        | '\u{2b920}'..='\u{2ceaf}'
        | '\u{2f800}'..='\u{2fa1f}')
}

/// Returns true for characters each of which is a word: punctuation, and all symbols of ASCII.
pub(crate) fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(
        get_general_category(c),
        Category::ConnectorPunctuation
            | Category::DashPunctuation
            | Category::OpenPunctuation
            | Category::ClosePunctuation
            | Category::InitialPunctuation
            | Category::FinalPunctuation
            | Category::OtherPunctuation
    )
}

/// Returns true for marks without a width, which is where a canonical decomposition has its accents.
pub(crate) fn is_accent(c: char) -> bool {
    !c.is_ascii() && get_general_category(c) == Category::NonspacingMark
}
