//! The gate for text that reaches a terminal.
//!
//! Every piece of content, query or file name passes [`sanitise`] where output is written. Filtering the source is not
//! enough: `&#27;` in Markdown becomes a real escape character only when it is parsed. Sanitised text cannot move the
//! cursor, reorder its neighbours or hide among them.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// The most combining marks in a row, as in the Stream-Safe Text Format of UAX 15. No language needs more, and more
/// would cover the lines above and below.
const MARKS_MAX: usize = 30;

/// Replaces or drops every character that could deceive a reader or command a terminal.
///
/// | characters | become |
/// |---|---|
/// | tab | one space |
/// | other C0 controls, the line feed among them, and DEL | their picture: `␛`, `␊`, `␡` |
/// | C1 controls and noncharacters | U+FFFD `�` |
/// | bidirectional controls, zero-width and other invisible characters, line and paragraph separators, tags, annotation marks, variation selectors | nothing |
/// | U+FE0E and U+FE0F, the text and emoji selectors | kept after a character that has both forms, else nothing |
/// | combining marks in a row | the first 30 stay, as in the Stream-Safe Text Format of UAX 15 |
/// | U+200C and U+200D, the non-joiner and joiner | kept between letters of the scripts that need them (Arabic to Mongolian); U+200D also between emoji; else nothing |
///
/// The result holds no line break: a caller that has lines sanitises them one by one. Text that needs no change is
/// borrowed.
///
/// # Examples
///
/// ```
/// # use faqt::render::sanitise;
/// assert_eq!(sanitise("备案 👩‍💻"), "备案 👩‍💻");
/// assert_eq!(sanitise("\u{1b}[31mred\u{202e}der"), "␛[31mredder");
/// ```
#[must_use]
pub fn sanitise(text: &str) -> Cow<'_, str> {
    match first_unsafe(text) {
        None => Cow::Borrowed(text),
        Some(start) => Cow::Owned(rewrite(text, start)),
    }
}

/// Returns the offset of the first character that must be changed or dropped.
fn first_unsafe(text: &str) -> Option<usize> {
    let ascii = text.bytes().position(|byte| !matches!(byte, b' '..=b'~'))?;
    let mut previous = text[..ascii].chars().next_back();
    let mut marks = MarkRun::default();
    for (offset, character) in text[ascii..].char_indices() {
        let start = ascii + offset;
        let next = || text[start + character.len_utf8()..].chars().next();
        if verdict(previous, character, next) != Verdict::Keep || !marks.admits(character) {
            return Some(start);
        }
        previous = Some(character);
    }
    None
}

/// Copies `text`, of which everything before `start` is safe.
fn rewrite(text: &str, start: usize) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    safe.push_str(&text[..start]);
    let mut marks = MarkRun::at_end_of(&safe);
    for (offset, character) in text[start..].char_indices() {
        let next = || text[start + offset + character.len_utf8()..].chars().next();
        match verdict(safe.chars().next_back(), character, next) {
            Verdict::Keep if !marks.admits(character) => {}
            Verdict::Keep => safe.push(character),
            Verdict::Show(picture) => {
                marks = MarkRun::default();
                safe.push(picture);
            }
            Verdict::Drop => {}
        }
    }
    safe
}

/// The number of combining marks in a row so far, in text that is sanitised otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MarkRun(usize);

impl MarkRun {
    /// Returns the run of marks that `text` ends with.
    pub(crate) fn at_end_of(text: &str) -> MarkRun {
        let end = text.chars().rev().take(MARKS_MAX * 2).take_while(|&c| is_mark(c) || is_joiner(c));
        MarkRun(end.filter(|&c| is_mark(c)).count())
    }

    /// Returns true if the next character may be shown: all but those that add to a run of [`MARKS_MAX`].
    pub(crate) fn admits(&mut self, character: char) -> bool {
        if is_joiner(character) {
            // Marks behind a joiner stand on the same letter.
            return self.0 < MARKS_MAX;
        }
        if !is_mark(character) {
            self.0 = 0;
            return true;
        }
        self.0 += 1;
        self.0 <= MARKS_MAX
    }

    /// Goes on with another piece of sanitised text, and drops surplus marks.
    pub(crate) fn go_on<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let is_short = || text.chars().take_while(|&c| is_mark(c) || is_joiner(c)).count() + self.0 <= MARKS_MAX;
        if !text.starts_with(is_mark) || is_short() {
            for character in text.chars().rev().take(MARKS_MAX).collect::<Vec<_>>().into_iter().rev() {
                self.admits(character);
            }
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().filter(|&character| self.admits(character)).collect())
    }
}

/// Returns true for a combining mark, whose general category is Mark.
fn is_mark(character: char) -> bool {
    let is_known_letter = matches!(character, '\0'..='\u{2ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    !is_known_letter && is_combining_mark(character)
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

#[derive(PartialEq, Eq)]
enum Verdict {
    Keep,
    Show(char),
    Drop,
}

/// Judges one character between its neighbours; `previous` is the last one that was kept.
fn verdict(previous: Option<char>, character: char, next: impl Fn() -> Option<char>) -> Verdict {
    match character {
        ' '..='~' => Verdict::Keep,
        '\t' => Verdict::Show(' '),
        '\0'..='\x1f' => Verdict::Show(control_picture(character)),
        '\x7f' => Verdict::Show('␡'),
        '\u{80}'..='\u{9f}' => Verdict::Show(char::REPLACEMENT_CHARACTER),
        '\u{fe0e}' | '\u{fe0f}' => keep_if(previous.is_some_and(has_emoji_form)),
        '\u{200c}' => keep_if(joins_letters(previous, next())),
        '\u{200d}' => keep_if(joins_letters(previous, next()) || joins_emoji(previous, next())),
        _ if is_invisible(character) => Verdict::Drop,
        _ if is_noncharacter(character) => Verdict::Show(char::REPLACEMENT_CHARACTER),
        _ => Verdict::Keep,
    }
}

fn keep_if(legitimate: bool) -> Verdict {
    if legitimate { Verdict::Keep } else { Verdict::Drop }
}

/// Returns the character of the block *Control Pictures* that stands for a C0 control.
fn control_picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Returns true if a character is invisible, or only changes the look of its neighbours.
///
/// Unicode's `Default_Ignorable_Code_Point` and `Bidi_Control`, with the annotation marks and separators.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}' | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0d}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Returns true if Unicode promises never to assign this code point.
fn is_noncharacter(character: char) -> bool {
    matches!(character, '\u{fdd0}'..='\u{fdef}') || u32::from(character) & 0xfffe == 0xfffe
}

/// Returns true if both neighbours are letters of scripts in which joiners carry meaning.
fn joins_letters(previous: Option<char>, next: Option<char>) -> bool {
    let joinable = |character: Option<char>| {
        character
            .is_some_and(|c| matches!(c, '\u{600}'..='\u{18af}' | '\u{a840}'..='\u{abff}' | '\u{fb50}'..='\u{fdcf}'))
    };
    joinable(previous) && joinable(next)
}

/// Returns true if both neighbours are parts of one emoji.
fn joins_emoji(previous: Option<char>, next: Option<char>) -> bool {
    let symbol = |c: char| c > '\u{ff}' && has_emoji_form(c);
    previous.is_some_and(|c| c == '\u{fe0f}' || symbol(c)) && next.is_some_and(symbol)
}

/// Returns true if a character can be shown as text and as emoji, by the blocks that hold emoji.
fn has_emoji_form(character: char) -> bool {
    matches!(character,
        '0'..='9' | '#' | '*' | '©' | '®' | '‼' | '⁉' | '〰' | '〽' | '㊗' | '㊙'
        | '\u{2100}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(&sanitise(text), expected, "{text:?}");
            assert_eq!(&sanitise(expected), expected, "not stable: {text:?}");
        }
    }

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in ["", "plain ~ text", "备案号，你好。", "naïve café — “x”", "👩‍💻 ❤️ 1️⃣ 🇨🇳 👍🏽", "می‌خواهم", "ක්‍ෂ"]
        {
            assert!(matches!(sanitise(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn controls_become_visible() {
        check(&[
            ("\u{1b}[31mred", "␛[31mred"),
            ("a\0b\nc\rd\te\x7f", "a␀b␊c␍d e␡"),
            ("\u{9b}31m\u{85}", "�31m�"),
            ("\u{ffff}\u{fdd0}\u{10fffe}", "���"),
        ]);
    }

    #[test]
    fn invisible_characters_are_dropped() {
        check(&[
            ("a\u{202e}b\u{2066}c\u{200f}d\u{61c}", "abcd"),
            ("a\u{200b}b\u{2060}c\u{feff}d\u{ad}e\u{180e}", "abcde"),
            ("a\u{2028}b\u{2029}c\u{fff9}d\u{e0041}e\u{e0100}", "abcde"),
            ("a\u{3164}b\u{115f}", "ab"),
        ]);
    }

    #[test]
    fn floods_of_marks_are_capped() {
        let flood = |marks: &str, times: usize| format!("a{}b", marks.repeat(times));
        check(&[
            (&flood("\u{301}", 1_000), &flood("\u{301}", 30)),
            // An enclosing mark, whose combining class is 0, and a vowel sign of Thai.
            (&flood("\u{489}", 1_000), &flood("\u{489}", 30)),
            (&flood("\u{e34}", 31), &flood("\u{e34}", 30)),
            (&flood("\u{301}\u{200b}", 31), &flood("\u{301}", 30)),
            ("\u{301}\u{301}", "\u{301}\u{301}"),
            (&flood("e\u{301}", 100), &flood("e\u{301}", 100)),
            (&flood("\u{202e}\u{301}", 31), &flood("\u{301}", 30)),
        ]);
        // A joiner between marks begins no new letter.
        let joined = sanitise(&flood("\u{64b}\u{200c}", 1_000)).into_owned();
        assert_eq!(joined.matches('\u{64b}').count(), 30);
        assert_eq!(sanitise(&joined), joined);
    }

    #[test]
    fn joiners_and_selectors_pass_only_where_they_mean_something() {
        check(&[
            ("pay\u{200d}pal \u{200c}x\u{200d}", "paypal x"),
            ("a\u{fe0f} \u{fe0f}\u{fe00}x", "a x"),
            ("👩\u{200d}x", "👩x"),
            ("👩\u{200d}\u{200b}💻", "👩💻"),
        ]);
    }
}
