//! The two kinds of tables.

use std::fmt;

/// The pieces that a table has vectors for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Word pieces: beginnings and continuations of words, matched greedily within a word.
    Pieces,
    /// Words of a script without spaces, matched greedily within a run of it.
    Words,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Pieces => "word pieces",
            Kind::Words => "words",
        })
    }
}
