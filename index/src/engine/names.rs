//! The names of entries: ids, keywords, sections and the like, each with the entries that have it.

use std::sync::Arc;

use super::inverted_index::{Field, InvertedIndex};
use super::schema::LookupKind;
use crate::database::fetched::Fetched;
use crate::error::{PackError, SearchError, damaged};
use crate::pack::read::Pack;

/// The names that a database returns at once.
const NAMES_AT_ONCE: usize = 1_000;

/// The names of a pack, or of a generation in a database.
pub(crate) enum Names {
    /// Those of a pack.
    Packed(InvertedIndex),
    /// Those in a database.
    Fetched(Arc<Fetched>),
}

impl Names {
    /// Opens the names of a pack of `entries` entries.
    pub(crate) fn open(pack: &Pack, entries: u32) -> Result<Names, PackError> {
        InvertedIndex::open(pack, Field::Lookup, entries).map(Names::Packed)
    }

    /// Returns the positions of the entries that have a name, given as a term of the lookup field; in ascending order.
    pub(crate) fn positions(&self, term: &str) -> Result<Vec<u32>, PackError> {
        match self {
            Names::Packed(index) => index.positions(term),
            Names::Fetched(rows) => Ok(rows.named(term)),
        }
    }

    /// Calls `take` with each name of a kind that begins with `prefix`, in order, until it returns false.
    pub(crate) fn each(
        &self,
        kind: LookupKind,
        prefix: &str,
        mut take: impl FnMut(&str) -> bool,
    ) -> Result<(), SearchError> {
        match self {
            Names::Packed(index) => {
                let mut terms = index.with_prefix(&kind.term(prefix))?;
                // Each entry has one id, and at most four shorter forms of it.
                for _ in 0..index.entries().saturating_mul(4) {
                    if !terms.advance()? {
                        break;
                    }
                    let term = std::str::from_utf8(terms.key()).map_err(|_| damaged("an id is not UTF-8"))?;
                    if !take(bare(kind, term)) {
                        break;
                    }
                }
            }
            Names::Fetched(rows) => {
                let (prefix, mut after) = (kind.term(prefix), String::new());
                loop {
                    let terms = rows.names(&prefix, &after, NAMES_AT_ONCE)?;
                    if !terms.iter().all(|term| take(bare(kind, term))) || terms.len() < NAMES_AT_ONCE {
                        break;
                    }
                    after = terms.into_iter().next_back().unwrap_or_default();
                }
            }
        }
        Ok(())
    }

    /// Reads every name with its posting list.
    pub(crate) fn verify(&self) -> Result<(), PackError> {
        match self {
            Names::Packed(index) => index.verify(),
            Names::Fetched(_) => Ok(()),
        }
    }
}

/// Returns a name without the letter of its kind.
fn bare(kind: LookupKind, term: &str) -> &str {
    term.get(kind.letter().len_utf8()..).unwrap_or_default()
}
