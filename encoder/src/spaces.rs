//! Words of a normalised text as XLM-R has them: each begins with `▁`, which stands for the space in front of it.

use std::ops::ControlFlow;

use crate::vocabulary_head::Spacing;

/// The sign for a space.
const SIGN: char = '▁';

/// The word under construction.
pub(crate) struct Spaces<F> {
    spacing: Spacing,
    found: F,
    word: String,
    /// True if the latest character was a space.
    is_behind_space: bool,
}

impl<F> Spaces<F>
where
    F: FnMut(&str) -> ControlFlow<()>,
{
    /// Returns the state in front of a text, of which `found` will be called with each word.
    pub(crate) fn new(spacing: Spacing, found: F) -> Spaces<F> {
        Spaces { spacing, found, word: String::new(), is_behind_space: false }
    }

    /// Takes the next character.
    pub(crate) fn push(&mut self, character: char) -> ControlFlow<()> {
        if self.spacing.split && character.is_whitespace() {
            return self.end();
        }
        let is_space = character == ' ';
        let is_repeated = is_space && self.is_behind_space && self.spacing.collapse;
        self.is_behind_space = is_space;
        if is_repeated {
            return ControlFlow::Continue(());
        }
        if is_space || character == SIGN {
            self.end()?;
            self.word.push(SIGN);
            return ControlFlow::Continue(());
        }
        if self.word.is_empty() {
            self.word.push(SIGN);
        }
        self.word.push(character);
        ControlFlow::Continue(())
    }

    /// Ends the word, if there is one.
    pub(crate) fn end(&mut self) -> ControlFlow<()> {
        if self.word.is_empty() {
            return ControlFlow::Continue(());
        }
        let flow = (self.found)(&self.word);
        self.word.clear();
        flow
    }
}
