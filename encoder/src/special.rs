//! The pieces that are no text: `[CLS]` in front, `[SEP]` behind, and three others that a text can name.

/// The names of the special pieces, in the order of [`SpecialPieces`].
pub(crate) const NAMES: [&str; 5] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/// The numbers of the special pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SpecialPieces(pub(crate) [u32; 5]);

impl SpecialPieces {
    /// Returns the piece for a word that others do not make up.
    pub(crate) fn unknown(self) -> u32 {
        self.0[1]
    }

    /// Returns the piece in front of a text.
    pub(crate) fn start(self) -> u32 {
        self.0[2]
    }

    /// Returns the piece behind a text.
    pub(crate) fn end(self) -> u32 {
        self.0[3]
    }

    /// Returns the text before the first name of a special piece, the piece, and the text behind.
    pub(crate) fn split_first(self, text: &str) -> Option<(&str, u32, &str)> {
        text.match_indices('[').find_map(|(at, _)| {
            let (before, rest) = text.split_at(at);
            let named = NAMES.iter().zip(self.0).find_map(|(name, piece)| Some((piece, rest.strip_prefix(name)?)));
            named.map(|(piece, behind)| (before, piece, behind))
        })
    }
}
