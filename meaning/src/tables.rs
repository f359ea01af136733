//! Tables of one space: word pieces, and words of Chinese beside them.

use crate::error::TableError;
use crate::kind::Kind;
use crate::row::Row;
use crate::table::Table;
use crate::vector::Vector;

/// A part of a text that has a vector: the number of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A row in the table of word pieces.
    Piece(u32),
    /// A row in the table of words.
    Word(u32),
}

/// The tables that texts are read with.
///
/// # Examples
///
/// ```
/// use faqt_meaning::{QueryVector, Quantised, Tables, english};
///
/// let tables = Tables::new(english(), None)?;
/// let meaning = |text| tables.embed(tables.units(text), |_| 1.0);
/// let question = QueryVector::new(&meaning("How do I reset my password?"));
/// let cosine = |text| question.cosine(&Quantised::new(&meaning(text)));
/// assert!(cosine("I forgot my login credentials") > 0.5);
/// assert!(cosine("Where to eat pizza in Rome") < 0.1);
/// # Ok::<(), faqt_meaning::TableError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    pub(crate) pieces: Table<'a>,
    pub(crate) words: Option<Table<'a>>,
}

impl<'a> Tables<'a> {
    /// Returns tables of one space. Without a table of words, Chinese characters have no meaning.
    ///
    /// # Errors
    ///
    /// [`TableError::Kind`] if one is in the place of the other.
    pub fn new(pieces: Table<'a>, words: Option<Table<'a>>) -> Result<Tables<'a>, TableError> {
        expect_kind(Kind::Pieces, pieces)?;
        if let Some(words) = words {
            expect_kind(Kind::Words, words)?;
        }
        Ok(Tables { pieces, words })
    }

    /// Returns the table of word pieces.
    pub fn pieces(&self) -> Table<'a> {
        self.pieces
    }

    /// Returns the table of words.
    pub fn words(&self) -> Option<Table<'a>> {
        self.words
    }

    /// Returns the sum of the units' vectors, each times its weight, with unit length.
    ///
    /// The sum is zero without units, and for weights that are not finite. A unit of another table counts for nothing.
    pub fn embed(&self, units: impl IntoIterator<Item = Unit>, mut weight: impl FnMut(Unit) -> f32) -> Vector {
        let mut sum = Vector::ZERO;
        for unit in units {
            if let Some(row) = self.row(unit) {
                sum.add_row(row, weight(unit));
            }
        }
        sum.normalised()
    }

    /// Returns the vector of a unit times a weight, one summand of [`embed`](Tables::embed); zero for a unit of another table.
    ///
    /// # Examples
    ///
    /// ```
    /// use faqt_meaning::{Tables, Vector, english};
    ///
    /// let tables = Tables::new(english(), None)?;
    /// let mut sum = Vector::ZERO;
    /// for unit in tables.units("reset the lamp") {
    ///     sum.add(&tables.weighted(unit, 0.5));
    /// }
    /// assert_eq!(sum.normalised(), tables.embed(tables.units("reset the lamp"), |_| 0.5));
    /// # Ok::<(), faqt_meaning::TableError>(())
    /// ```
    pub fn weighted(&self, unit: Unit, weight: f32) -> Vector {
        let mut vector = Vector::ZERO;
        if let Some(row) = self.row(unit) {
            vector.add_row(row, weight);
        }
        vector
    }

    fn row(&self, unit: Unit) -> Option<Row<'a>> {
        match unit {
            Unit::Piece(row) => self.pieces.row(row),
            Unit::Word(row) => self.words.and_then(|words| words.row(row)),
        }
    }
}

fn expect_kind(expected: Kind, table: Table<'_>) -> Result<(), TableError> {
    if table.kind() == expected { Ok(()) } else { Err(TableError::Kind { expected, found: table.kind() }) }
}
