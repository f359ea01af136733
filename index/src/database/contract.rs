//! The operations that a database must have, and the rows that it returns.

use crate::engine::denominator::denominator;
use crate::error::DatabaseError;

/// The operations of a database that has one generation of a knowledge base.
///
/// Positions number the entries of the generation from 0. Each method asks for everything at once, and is one statement of
/// SQL. An implementation returns all that there is, or an error: never a part of it.
///
/// # Examples
///
/// The methods for a generation in memory stand in `index/tests/database/memory.rs`.
pub trait Database: Send + Sync {
    /// Returns the entries with the greatest scores of `choice`, the greatest first, at most its limit: position and score.
    ///
    /// # Errors
    ///
    /// If the database cannot be asked, or has not all entries.
    fn best(&self, choice: &Choice) -> Result<Vec<(u32, f64)>, DatabaseError>;

    /// Returns the first `limit` entries that have a phrasing of this hash and meet the condition, in ascending order.
    ///
    /// # Errors
    ///
    /// As [`Database::best`].
    fn with_phrasing(&self, hash: u32, condition: &Condition, limit: usize) -> Result<Vec<u32>, DatabaseError>;

    /// Returns the entries that have each of `names`, in ascending order for each.
    ///
    /// # Errors
    ///
    /// As [`Database::best`].
    fn named(&self, names: &[String]) -> Result<Vec<Vec<u32>>, DatabaseError>;

    /// Returns the first `limit` names that begin with `prefix` and come behind `after` in the order of their bytes.
    ///
    /// # Errors
    ///
    /// As [`Database::best`].
    fn names(&self, prefix: &str, after: &str, limit: usize) -> Result<Vec<String>, DatabaseError>;

    /// Returns the number of entries that meet the condition, and the sum of their lengths.
    ///
    /// # Errors
    ///
    /// As [`Database::best`].
    fn size(&self, condition: &Condition) -> Result<(u32, u64), DatabaseError>;

    /// Returns the number of entries that meet the condition and hold each of `terms`.
    ///
    /// # Errors
    ///
    /// As [`Database::best`].
    fn frequencies(&self, condition: &Condition, terms: &[u32]) -> Result<Vec<u32>, DatabaseError>;

    /// Returns those of `positions` that meet the condition, in ascending order.
    ///
    /// # Errors
    ///
    /// As [`Database::best`].
    fn meeting(&self, condition: &Condition, positions: &[u32]) -> Result<Vec<u32>, DatabaseError>;

    /// Returns the rows of the entries at `positions`, in any order.
    ///
    /// # Errors
    ///
    /// As [`Database::best`].
    fn rows(&self, positions: &[u32]) -> Result<Vec<Row>, DatabaseError>;

    /// Returns the counts above 0 of `terms` in the entries at `positions`, in any order.
    ///
    /// # Errors
    ///
    /// As [`Database::best`].
    fn counts(&self, terms: &[u32], positions: &[u32]) -> Result<Vec<Count>, DatabaseError>;

    /// Returns the entries at `positions` as JSON, in any order.
    ///
    /// # Errors
    ///
    /// As [`Database::best`].
    fn entries(&self, positions: &[u32]) -> Result<Vec<(u32, Vec<u8>)>, DatabaseError>;
}

/// The terms by which a database chooses entries.
///
/// The score of an entry is the sum, over the terms that it holds, of
/// `weight · count / (count + saturation + length_factor · length)`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Choice {
    /// The number of each term, and its weight.
    pub terms: Vec<(u32, f32)>,
    /// The part of the denominator that is the same for all entries.
    pub saturation: f64,
    /// The factor of the length of an entry in the denominator.
    pub length_factor: f64,
    /// The condition that entries meet.
    pub condition: Condition,
    /// The most entries that are returned.
    pub limit: usize,
}

impl Choice {
    /// Returns the choice of the best `limit` entries by `terms`, each a number and a weight, among entries that hold `mean_length`
    /// terms on average. All entries meet its condition.
    ///
    /// # Examples
    ///
    /// ```
    /// let choice = faqt::database::Choice::new(vec![(7, 2.5)], 90.0, 10);
    /// assert!((choice.saturation - 0.3).abs() < 1e-6 && (choice.length_factor - 0.01).abs() < 1e-6);
    /// ```
    pub fn new(terms: Vec<(u32, f32)>, mean_length: f32, limit: usize) -> Choice {
        let (saturation, length_factor) = denominator(mean_length);
        Choice { terms, saturation, length_factor, condition: Condition::default(), limit }
    }
}

/// The condition that entries meet: something of each group. An empty one admits all entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Condition(pub Vec<AnyOf>);

/// A group of a [`Condition`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AnyOf {
    /// Entries that have one of these names.
    Names(Vec<String>),
    /// The entries at these positions.
    Positions(Vec<u32>),
}

/// The part of an entry that ranking needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The position.
    pub position: u32,
    /// The number of terms, as a pack rounds it.
    pub length: u32,
    /// The phrasings, as the pack has them.
    pub phrasings: Vec<u8>,
    /// The vectors, as the pack has them; none if the planning pack has all of them, or there are none.
    pub vectors: Vec<u8>,
    /// The sentence vectors, as these.
    pub sentences: Vec<u8>,
}

/// The times that an entry holds a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The number of the term.
    pub term: u32,
    /// The position of the entry.
    pub position: u32,
    /// The times.
    pub count: u32,
}
