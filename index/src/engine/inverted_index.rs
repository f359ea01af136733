//! The inverted index: the terms of a field, and the posting list of each.
//!
//! tantivy's serializers write a term dictionary and posting lists for each of 2 fields. tantivy's readers trust those
//! bytes: in a forged pack they panic, never end, or reserve memory by unchecked lengths. So this module reads them: it
//! checks every number before use, and every loop ends within the length of the section. [`TermDictionary`] finds a
//! term, [`TermWalk`] enumerates them, [`PostingBlocks`] reads a posting list.
//!
//! A section of posting lists starts with the number of tokens of the field (8 bytes). The lists follow in the order of
//! their terms, without gaps.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy_fst::automaton::AlwaysMatch;

use crate::database::fetched::Fetched;
use crate::error::{PackError, damaged};
use crate::pack;
use crate::pack::read::{Pack, PackSection, u64_at};

pub(crate) use super::posting_blocks::{Frequencies, PostingBlocks};
pub(crate) use super::term_dictionary::TermDictionary;
pub(crate) use super::term_walk::TermWalk;

/// The bytes before the posting lists: the number of tokens.
const TOKENS: usize = 8;

/// A field of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// Every term of an entry: full-text search. Posting lists have frequencies.
    Text,
    /// The lookup names of an entry, whole, each behind the letter of its kind.
    Lookup,
}

/// A term and its place in the index.
#[derive(Clone, Debug)]
pub(crate) struct IndexedTerm {
    /// Its number in the order of all terms, by which phrasings refer to it.
    pub(crate) number: u32,
    /// Its document frequency and the place of its posting list.
    pub(crate) info: TermInfo,
}

impl IndexedTerm {
    pub(super) fn new(number: u64, info: TermInfo) -> Result<IndexedTerm, PackError> {
        let number = u32::try_from(number).map_err(|_| damaged("more terms than 32 bits count"))?;
        Ok(IndexedTerm { number, info })
    }
}

/// The posting lists of a pack, or those of the entries that a database returned.
#[derive(Clone)]
enum Lists {
    Packed(PackSection),
    Fetched(Arc<Fetched>),
}

/// The terms of a field and their posting lists.
#[derive(Clone)]
pub(crate) struct InvertedIndex {
    field: Field,
    terms: TermDictionary,
    lists: Lists,
    /// The number of terms in all entries, repetitions included.
    tokens: u64,
    /// The number of entries; every position is below it.
    entries: u32,
}

impl InvertedIndex {
    /// Opens the index of `field` in a pack of `entries` entries.
    pub(crate) fn open(pack: &Pack, field: Field, entries: u32) -> Result<InvertedIndex, PackError> {
        let (terms, lists) = match field {
            Field::Text => (pack::TERMS, pack::POSTINGS),
            Field::Lookup => (pack::LOOKUP_TERMS, pack::LOOKUP_POSTINGS),
        };
        let terms = TermDictionary::open(&pack.required(terms)?)?;
        let lists = pack.required(lists)?;
        let tokens = u64_at(lists.bytes(0..TOKENS)?, 0);
        let lists = lists.part(TOKENS..lists.len())?;
        Ok(InvertedIndex { field, terms, lists: Lists::Packed(lists), tokens, entries })
    }

    /// Returns the index with the posting lists of the entries whose rows are known.
    pub(crate) fn with_rows(self, rows: &Arc<Fetched>) -> InvertedIndex {
        InvertedIndex { lists: Lists::Fetched(Arc::clone(rows)), ..self }
    }

    /// Returns the number of entries.
    pub(crate) fn entries(&self) -> u32 {
        self.entries
    }

    /// Returns the mean number of terms of an entry, repetitions included.
    pub(crate) fn mean_length(&self) -> f32 {
        self.tokens as f32 / self.entries.max(1) as f32
    }

    /// Returns the number of terms.
    pub(crate) fn terms(&self) -> u64 {
        self.terms.count()
    }

    /// Returns the number of a term, if an entry holds it.
    pub(crate) fn number(&self, term: &str) -> Result<Option<u64>, PackError> {
        self.terms.number(term.as_bytes())
    }

    /// Returns the document frequency and the place of the posting list of a term by its number.
    pub(crate) fn info(&self, number: u64) -> Result<TermInfo, PackError> {
        let info = self.terms.info(number)?;
        let is_beyond = match &self.lists {
            Lists::Packed(lists) => info.postings_range.end > lists.len(),
            Lists::Fetched(_) => false,
        };
        if info.doc_freq == 0 || info.doc_freq > self.entries || is_beyond {
            return Err(damaged("a term is held by entries that do not exist"));
        }
        Ok(info)
    }

    /// Returns true if a term begins with `prefix`.
    pub(crate) fn has_prefix(&self, prefix: &str) -> Result<bool, PackError> {
        Ok(self.terms.descend(prefix.as_bytes())?.is_some())
    }

    /// Enumerates the terms that begin with `prefix`, in their order.
    pub(crate) fn with_prefix(&self, prefix: &str) -> Result<TermWalk<'_, AlwaysMatch>, PackError> {
        TermWalk::below(&self.terms, prefix.as_bytes())
    }

    /// Enumerates the terms that `automaton` accepts, in their order.
    pub(crate) fn matching<A: tantivy_fst::Automaton>(&self, automaton: A) -> Result<TermWalk<'_, A>, PackError> {
        TermWalk::matching(&self.terms, automaton)
    }

    /// Opens a posting list.
    pub(crate) fn postings(&self, term: &IndexedTerm, frequencies: Frequencies) -> Result<PostingBlocks, PackError> {
        match &self.lists {
            Lists::Packed(lists) => self.packed(lists, &term.info, frequencies),
            Lists::Fetched(_) => {
                let mut postings = self.unread_postings(term)?;
                postings.rewind();
                Ok(postings)
            }
        }
    }

    /// Opens a posting list with frequencies, of which no block is unpacked yet.
    pub(crate) fn unread_postings(&self, term: &IndexedTerm) -> Result<PostingBlocks, PackError> {
        let lists = match &self.lists {
            Lists::Packed(lists) => lists,
            Lists::Fetched(rows) => return Ok(PostingBlocks::unpacked(rows.list(term.number), self.entries)),
        };
        let bytes = lists.owned_bytes(term.info.postings_range.clone())?;
        let stored = self.field == Field::Text;
        PostingBlocks::open_packed(bytes, term.info.doc_freq, self.entries, stored, Frequencies::Read)
    }

    fn packed(
        &self,
        lists: &PackSection,
        info: &TermInfo,
        frequencies: Frequencies,
    ) -> Result<PostingBlocks, PackError> {
        let bytes = lists.owned_bytes(info.postings_range.clone())?;
        PostingBlocks::open(bytes, info.doc_freq, self.entries, self.field == Field::Text, frequencies)
    }

    /// Returns the positions of the entries that hold `term`, in ascending order.
    pub(crate) fn positions(&self, term: &str) -> Result<Vec<u32>, PackError> {
        let Some(number) = self.number(term)? else { return Ok(Vec::new()) };
        let term = IndexedTerm::new(number, self.info(number)?)?;
        let mut postings = self.postings(&term, Frequencies::Skipped)?;
        let mut positions = Vec::new();
        while !postings.positions().is_empty() {
            positions.extend_from_slice(postings.positions());
            postings.advance();
        }
        postings.check()?;
        Ok(positions)
    }

    /// Reads every term and every posting list. Lists have no gaps between them and at least 1 byte each, so at most as
    /// many terms are read as the section has bytes.
    pub(crate) fn verify(&self) -> Result<(), PackError> {
        let Lists::Packed(lists) = &self.lists else { return Ok(()) };
        let mut walk = self.with_prefix("")?;
        let (mut count, mut end) = (0, 0);
        while walk.advance()? {
            let info = self.info(walk.number())?;
            if walk.number() != count || std::str::from_utf8(walk.key()).is_err() {
                return Err(damaged("the terms of a dictionary are not in order"));
            }
            if info.postings_range.start != end || info.postings_range.is_empty() {
                return Err(damaged("posting lists are not in the order of their terms"));
            }
            end = info.postings_range.end;
            count += 1;
            self.packed(lists, &info, Frequencies::Read)?.verify()?;
        }
        if count != self.terms.count() || end != lists.len() {
            return Err(damaged("a dictionary has other terms than its posting lists"));
        }
        Ok(())
    }
}
