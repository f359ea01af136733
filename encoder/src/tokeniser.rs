//! The tokeniser: a text as numbers of pieces, as `tokenizers` of Hugging Face has them.

use std::ops::ControlFlow;

use crate::special::SpecialPieces;
use crate::vocabulary::Vocabulary;

/// The tokeniser of a model.
#[derive(Clone, Copy)]
pub(crate) struct Tokeniser<'a> {
    pub(crate) vocabulary: Vocabulary<'a>,
    pub(crate) special: SpecialPieces,
    /// The greatest number of pieces, the 2 around the text included; at least 2.
    pub(crate) length_max: usize,
}

impl Tokeniser<'_> {
    /// Returns the pieces of a text between that in front and that behind.
    ///
    /// A text that is too long is cut behind the last piece that fits; the rest is not read.
    pub(crate) fn pieces(&self, text: &str) -> Vec<u32> {
        let mut pieces = vec![self.special.start()];
        // Breaks if the pieces are complete before the text ends.
        let _ = self.append_text(text, &mut pieces);
        pieces.truncate(self.length_max - 1);
        pieces.push(self.special.end());
        pieces
    }

    fn append_text(&self, text: &str, pieces: &mut Vec<u32>) -> ControlFlow<()> {
        let mut rest = text;
        while let Some((before, name, behind)) = self.vocabulary.split_at_name(rest) {
            self.append_plain(before, pieces)?;
            pieces.push(self.special.0[name]);
            self.check_room(pieces)?;
            rest = behind;
        }
        self.append_plain(rest, pieces)
    }

    /// Appends the pieces of a text without names of special pieces.
    fn append_plain(&self, text: &str, pieces: &mut Vec<u32>) -> ControlFlow<()> {
        self.vocabulary.append_text(text, pieces, |pieces| self.check_room(pieces))
    }

    /// Breaks if no further piece fits in front of the last.
    fn check_room(&self, pieces: &[u32]) -> ControlFlow<()> {
        if pieces.len() + 1 < self.length_max { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}
