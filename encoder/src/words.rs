//! Words of a text as BERT has them: cleaned, in lower case, without accents, punctuation and Chinese characters apart.

use std::ops::ControlFlow;

use unicode_normalization::UnicodeNormalization;

use crate::characters::{is_accent, is_chinese, is_punctuation, is_removed, is_space};

/// The greatest length of a word in characters; a longer one is the unknown piece.
pub(crate) const WORD_CHARACTERS_MAX: usize = 100;

/// The changes to letters that a model was trained with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Casing {
    /// Turns letters into lower case.
    pub(crate) lower_case: bool,
    /// Decomposes letters and removes their accents.
    pub(crate) strip_accents: bool,
}

/// The latest word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word<'a> {
    /// A word of 1 to 100 characters.
    Short(&'a str),
    /// A word of more than 100 characters.
    Long,
}

/// Calls `found` with each word of `text` in turn, until it breaks.
///
/// Runs between spaces are taken one at a time: nothing that is done to a character looks beyond a space.
pub(crate) fn for_each_word<F>(text: &str, casing: Casing, found: F) -> ControlFlow<()>
where
    F: FnMut(Word<'_>) -> ControlFlow<()>,
{
    let mut words = Words { found, word: String::new(), characters: 0 };
    for run in text.split(is_space).filter(|run| !run.is_empty()) {
        if run.is_ascii() {
            words.push_ascii_run(run, casing)?;
        } else {
            words.push_run(run, casing)?;
        }
        words.end_word()?;
    }
    ControlFlow::Continue(())
}

/// The word under construction.
struct Words<F> {
    found: F,
    /// The word so far, up to 100 characters of it.
    word: String,
    /// The number of characters of the word so far.
    characters: usize,
}

impl<F> Words<F>
where
    F: FnMut(Word<'_>) -> ControlFlow<()>,
{
    fn push_ascii_run(&mut self, run: &str, casing: Casing) -> ControlFlow<()> {
        for byte in run.bytes().filter(|byte| !byte.is_ascii_control()) {
            let byte = if casing.lower_case { byte.to_ascii_lowercase() } else { byte };
            self.push(char::from(byte))?;
        }
        ControlFlow::Continue(())
    }

    fn push_run(&mut self, run: &str, casing: Casing) -> ControlFlow<()> {
        let mut cleaned = run.chars().filter(|&c| !is_removed(c)).flat_map(set_chinese_apart);
        if casing.strip_accents {
            cleaned.nfd().filter(|&c| !is_accent(c)).try_for_each(|c| self.push_cased(c, casing))
        } else {
            cleaned.try_for_each(|c| self.push_cased(c, casing))
        }
    }

    fn push_cased(&mut self, c: char, casing: Casing) -> ControlFlow<()> {
        if !casing.lower_case {
            return self.push(c);
        }
        #[expect(clippy::disallowed_methods, reason = "vocabularies were made so, not by case folding")]
        c.to_lowercase().try_for_each(|c| self.push(c))
    }

    fn push(&mut self, c: char) -> ControlFlow<()> {
        if is_space(c) {
            return self.end_word();
        }
        if is_punctuation(c) {
            self.end_word()?;
            self.append(c);
            return self.end_word();
        }
        self.append(c);
        ControlFlow::Continue(())
    }

    fn append(&mut self, c: char) {
        if self.characters < WORD_CHARACTERS_MAX {
            self.word.push(c);
        }
        self.characters += 1;
    }

    fn end_word(&mut self) -> ControlFlow<()> {
        let flow = match self.characters {
            0 => ControlFlow::Continue(()),
            1..=WORD_CHARACTERS_MAX => (self.found)(Word::Short(&self.word)),
            _ => (self.found)(Word::Long),
        };
        self.word.clear();
        self.characters = 0;
        flow
    }
}

/// Returns a character, between spaces if it is Chinese.
fn set_chinese_apart(c: char) -> impl Iterator<Item = char> {
    let space = is_chinese(c).then_some(' ');
    space.into_iter().chain([c]).chain(space)
}
