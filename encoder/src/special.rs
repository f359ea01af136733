//! The pieces that are no text: one in front, one behind, and three others that a text can name.

/// The names of the special pieces of a tokeniser, in the order of [`SpecialPieces`].
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) all: [&'static str; 5],
    /// The first character of all names.
    first: char,
    /// True if white space in front of the last name, that of the mask, belongs to it.
    trims_before_mask: bool,
}

/// The names in vocabularies of word pieces.
pub(crate) const WORD_PIECE_NAMES: Names =
    Names { all: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], first: '[', trims_before_mask: false };
/// The names in vocabularies of XLM-R.
pub(crate) const UNIGRAM_NAMES: Names =
    Names { all: ["<pad>", "<unk>", "<s>", "</s>", "<mask>"], first: '<', trims_before_mask: true };

impl Names {
    /// Returns the text before the first name, its place among the names, and the text behind.
    pub(crate) fn split<'t>(&self, text: &'t str) -> Option<(&'t str, usize, &'t str)> {
        text.match_indices(self.first).find_map(|(at, _)| {
            let (before, rest) = text.split_at(at);
            let mut names = self.all.iter().enumerate();
            let (number, behind) = names.find_map(|(number, name)| Some((number, rest.strip_prefix(name)?)))?;
            let is_mask = number + 1 == self.all.len();
            Some((if is_mask && self.trims_before_mask { before.trim_end() } else { before }, number, behind))
        })
    }
}

/// The numbers of the special pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SpecialPieces(pub(crate) [u32; 5]);

impl SpecialPieces {
    /// Returns the piece for what other pieces do not make up.
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
}
