//! The vectors of a pack.
//!
//! ```text
//! 0     32  content hashes of the table of pieces and of the table of words, 0 for none
//! 32    4   number of entries that the weights of units were counted in
//! 36    4   number of units
//! 40    4   number of vectors
//! 44    512 mean of the vectors of phrasings, 128 numbers of 4 bytes (IEEE 754)
//! 556   512 mean of the vectors of entries
//! 1068      units: number and weight of each, 4 bytes, in ascending order
//!           starts: the first vector of each entry, and the number of vectors, 4 bytes each
//!           vectors of each entry: of its whole text, of its phrasings, then of the passages of its answer; 36 bytes each
//! vector    128 values of 2 bits; their squared length (2 bytes); the distance from the mean (2 bytes), whose highest bit
//!           is set if the text is mostly Chinese, and whose next one if it is a passage
//! ```

use std::sync::Arc;

use faqt_meaning::{QUANTISED_BYTES, Quantised, Tables, Unit, Vector};

use super::tables::TableSource;
use super::{tables, unit_weights};
use crate::database::fetched::Fetched;
use crate::error::{PackError, damaged};
use crate::pack::grouped::Grouped;
use crate::pack::read::{Pack, PackSection, u32_at};

pub(super) const HEAD: usize = 1068;
/// The bytes of the vector in the head of a mean.
pub(super) const MEAN: usize = 512;
/// The bytes of a vector.
pub(super) const VECTOR: usize = QUANTISED_BYTES + 4;
const NUMBER: usize = 4;
/// The bit of a distance that is set for a text of Chinese words.
pub(super) const WORDS: u16 = 1 << 15;
/// The bit of a distance that is set for a passage.
pub(super) const PASSAGE: u16 = 1 << 14;
/// The distance of 1 in a pack; two unit vectors are at most 2 apart.
pub(super) const DISTANCE_ONE: f32 = 8_000.0;

/// The least share of a text that the tables must read for it to have a vector. The Latin letters of a question in Korean
/// are a name, which says little of what is asked: with vectors of such names, a public set of Korean questions loses .05
/// of its MRR@10.
pub(super) const READABLE_MIN: f32 = 0.5;

/// The vectors of all entries of a pack, with the tables that they were made with.
#[derive(Clone)]
pub(crate) struct Vectors {
    tables: TableSource,
    /// The means of phrasings and of entries.
    pub(super) means: [Vector; 2],
    counted_entries: u32,
    units: PackSection,
    stored: Grouped,
    /// The weight that meaning has in this knowledge base, from 0 to 1, beside that of others of its size.
    weight: f32,
}

/// A vector as a pack holds it.
#[derive(Clone, Copy)]
pub(super) struct Stored {
    pub(super) values: Quantised,
    pub(super) squared_length: u32,
    /// The distance from the mean.
    pub(super) distance: f32,
    /// True if the text is mostly Chinese.
    pub(super) is_words: bool,
    /// True if it is a passage of an answer.
    pub(super) is_passage: bool,
}

impl Vectors {
    /// Opens the section of `entries` entries; `None` if neither this program nor `pack` has its tables.
    pub(crate) fn open(
        section: &PackSection,
        entries: u32,
        pack: &Pack,
        rows: Option<&Arc<Fetched>>,
    ) -> Result<Option<Vectors>, PackError> {
        if section.len() < HEAD {
            return Err(damaged("the head of the vectors is cut"));
        }
        let head = section.bytes(0..HEAD)?;
        let hashes = [0, 16].map(|start| u128::from_le_bytes(std::array::from_fn(|at| head[start + at])));
        let Some(tables) = TableSource::of(hashes, pack)? else { return Ok(None) };
        let (counted_entries, units, vectors) = (u32_at(head, 32), u32_at(head, 36), u32_at(head, 40));
        let end = (units as usize).checked_mul(NUMBER).and_then(|length| HEAD.checked_add(length));
        let end = end.ok_or_else(|| damaged("vectors of no length"))?;
        let stored = match rows {
            // A planning pack has the vectors of all entries only if these are few.
            Some(rows) if section.len() == end => Grouped::fetched(rows, entries, |row| &row.vectors),
            _ => Grouped::open(section, end, entries, vectors, VECTOR)?,
        };
        let means = [mean(&head[44..]), mean(&head[44 + MEAN..])];
        let units = section.part(HEAD..end)?;
        Ok(Some(Vectors { tables, means, counted_entries, units, stored, weight: 1.0 }))
    }

    /// Returns the same vectors with those of the rows that are known, where the pack has not all of them.
    pub(crate) fn with_rows(&self, rows: &Arc<Fetched>) -> Vectors {
        Vectors { stored: self.stored.with_rows(rows), ..self.clone() }
    }

    /// Returns true if all of them can be read without asking a database.
    pub(crate) fn are_here(&self) -> bool {
        self.stored.are_here()
    }

    /// Returns the bytes of the vectors of the entry at `position`; none if all of them are compared with a question.
    #[cfg(feature = "build")]
    pub(crate) fn bytes_of(&self, position: u32) -> Result<&[u8], PackError> {
        self.stored.of_row(position)
    }

    /// Returns the length of the section without the vectors of entries, if these are not all compared with a question.
    #[cfg(feature = "build")]
    pub(crate) fn head_length(&self) -> Option<usize> {
        (!self.are_all_compared()).then(|| HEAD + self.units.len())
    }

    /// Sets the weight of meaning, from 0 to 1.
    pub(crate) fn set_weight(&mut self, weight: f32) {
        self.weight = weight;
    }

    /// Returns the weight of meaning, from 0 to 1.
    pub(super) fn own_weight(&self) -> f32 {
        self.weight
    }

    /// Returns true if all of them are compared with a question.
    pub(super) fn are_all_compared(&self) -> bool {
        self.stored.are_few()
    }

    /// Returns true if `other` was made with the same tables.
    pub(super) fn are_of_tables_of(&self, other: &Vectors) -> bool {
        tables::hashes(&self.tables()) == tables::hashes(&other.tables())
    }

    /// Returns the tables that they were made with.
    pub(super) fn tables(&self) -> Tables<'_> {
        self.tables.tables()
    }

    /// Returns the number of entries.
    pub(super) fn entries(&self) -> usize {
        self.stored.entries()
    }

    /// Returns the weight of a unit.
    pub(super) fn weight(&self, unit: Unit) -> Result<f32, PackError> {
        let wanted = unit_weights::number(unit);
        let (mut start, mut end) = (0, self.units.len() / NUMBER);
        while start < end {
            let middle = start + (end - start) / 2;
            let row = u32_at(self.units.bytes(middle * NUMBER..(middle + 1) * NUMBER)?, 0);
            match (row >> 8).cmp(&wanted) {
                std::cmp::Ordering::Less => start = middle + 1,
                std::cmp::Ordering::Equal => return Ok(unit_weights::of_row(row)),
                std::cmp::Ordering::Greater => end = middle,
            }
        }
        Ok(unit_weights::of_unknown(self.counted_entries))
    }

    /// Returns the vectors of the entry at `position`: of its whole text, of its phrasings, then of its passages.
    pub(super) fn of(&self, position: u32) -> Result<impl Iterator<Item = Stored> + '_, PackError> {
        Ok(vectors_in(self.stored.of(position)?))
    }

    /// Returns the vectors of every entry, as [`of`](Vectors::of) does, in the order of positions.
    pub(super) fn every(
        &self,
    ) -> Result<impl Iterator<Item = Result<impl Iterator<Item = Stored> + '_, PackError>> + '_, PackError> {
        Ok(self.stored.every()?.map(|vectors| vectors.map(vectors_in)))
    }

    /// Checks that the vectors of each entry follow those of the one before, and that each says its own length.
    pub(crate) fn verify(&self) -> Result<(), PackError> {
        self.stored.verify(|vectors| vectors_in(vectors).all(|stored| stored.is_consistent()))
    }
}

impl Stored {
    pub(super) fn read(bytes: &[u8; VECTOR]) -> Stored {
        let mut values = [0; QUANTISED_BYTES];
        values.copy_from_slice(&bytes[..QUANTISED_BYTES]);
        let number = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        let distance = number(QUANTISED_BYTES + 2);
        Stored {
            values: Quantised(values),
            squared_length: u32::from(number(QUANTISED_BYTES)),
            distance: f32::from(distance & !(WORDS | PASSAGE)) / DISTANCE_ONE,
            is_words: distance & WORDS != 0,
            is_passage: distance & PASSAGE != 0,
        }
    }

    /// Returns true unless it is that of a text without a vector.
    pub(super) fn has_vector(&self) -> bool {
        self.squared_length > 0
    }

    /// Returns the vector with unit length; zero for a text without a vector.
    pub(super) fn vector(&self) -> Vector {
        unit_vector(&self.values)
    }

    fn is_consistent(&self) -> bool {
        self.values.squared_length() == self.squared_length
    }
}

/// Returns those of an entry's vectors that are of its whole text and of its phrasings: passages come last.
pub(super) fn without_passages(vectors: impl Iterator<Item = Stored>) -> impl Iterator<Item = Stored> {
    vectors.take_while(|stored| !stored.is_passage)
}

/// Returns the vectors in a range of whole ones.
fn vectors_in(bytes: &[u8]) -> impl Iterator<Item = Stored> + '_ {
    bytes.as_chunks().0.iter().map(Stored::read)
}

/// Returns quantised values as a vector of unit length; zeros stay as they are.
pub(super) fn unit_vector(values: &Quantised) -> Vector {
    Vector::new(values.values().map(f32::from)).normalised()
}

/// Reads a mean; one that is no number is left out.
fn mean(bytes: &[u8]) -> Vector {
    let mut own = [0; MEAN];
    own.copy_from_slice(&bytes[..MEAN]);
    let mean = Vector::from_le_bytes(&own);
    if mean.values().iter().all(|value| value.abs() <= 1.0) { mean } else { Vector::ZERO }
}
