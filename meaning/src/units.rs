//! Units of a text: word pieces by greedy longest match within a word, Chinese words by longest match within a run.

use crate::tables::{Tables, Unit};
use crate::words::{Run, Runs, is_meaningful, normalise};

/// The greatest length of a word in characters; BERT knows no longer one either.
const WORD_MAX: usize = 100;

impl<'a> Tables<'a> {
    /// Returns the units of a text in their order.
    ///
    /// A word that the pieces do not make up, or of more than 100 characters, has none. Takes time in proportion to the
    /// text; the units are found while they are asked for, so that a beginning of a long text costs little.
    pub fn units<'t>(&self, text: &'t str) -> Units<'a, 't> {
        let (runs, normalised, found) = (Runs::new(text), String::new(), Vec::new());
        Units { tables: *self, runs, normalised, found, next: 0 }
    }

    /// Returns true if `word`, in lower case and without accents, is a piece by itself, as 20,000 English words are.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "english")]
    /// # {
    /// let tables = faqt_meaning::Tables::new(faqt_meaning::english(), None)?;
    /// assert!(tables.has_word("recover") && !tables.has_word("recvoer") && !tables.has_word("Recover"));
    /// # }
    /// # Ok::<(), faqt_meaning::TableError>(())
    /// ```
    pub fn has_word(&self, word: &str) -> bool {
        self.pieces.buckets.has(word)
    }
}

/// The units of a text, an iterator; see [`Tables::units`].
#[derive(Clone, Debug)]
pub struct Units<'a, 't> {
    tables: Tables<'a>,
    runs: Runs<'t>,
    /// The words of the latest run.
    normalised: String,
    /// The units of the latest run, and the number of those that were returned.
    found: Vec<Unit>,
    next: usize,
}

impl Iterator for Units<'_, '_> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        while self.next == self.found.len() {
            self.found.clear();
            self.next = 0;
            match self.runs.next()? {
                Run::Han(run) => self.find_words(run),
                Run::Other(run) => self.find_pieces(run),
            }
        }
        self.next += 1;
        self.found.get(self.next - 1).copied()
    }
}

impl Units<'_, '_> {
    fn find_words(&mut self, run: &str) {
        let Some(table) = self.tables.words else { return };
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let length = match table.buckets.longest_match(rest, false) {
                Some((row, length)) => {
                    self.found.push(Unit::Word(row));
                    length
                }
                None => first.len_utf8(),
            };
            rest = &rest[length..];
        }
    }

    fn find_pieces(&mut self, run: &str) {
        normalise(run, &mut self.normalised);
        for word in self.normalised.split(' ') {
            if !is_too_long(word) && is_meaningful(word) {
                push_pieces(&self.tables, word, &mut self.found);
            }
        }
    }
}

fn is_too_long(word: &str) -> bool {
    word.len() > WORD_MAX && word.chars().nth(WORD_MAX).is_some()
}

/// Appends the pieces of a word; nothing if they do not make it up.
fn push_pieces(tables: &Tables<'_>, word: &str, found: &mut Vec<Unit>) {
    let before = found.len();
    let mut rest = word;
    while !rest.is_empty() {
        let Some((row, length)) = tables.pieces.buckets.longest_match(rest, rest.len() < word.len()) else {
            return found.truncate(before);
        };
        found.push(Unit::Piece(row));
        rest = &rest[length..];
    }
}
