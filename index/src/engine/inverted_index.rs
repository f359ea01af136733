//! The inverted index: the terms of a field, and the posting list of each.
//!
//! tantivy's serializers write a term dictionary and posting lists for each of 2 fields. tantivy's readers trust those
//! bytes: in a forged pack they panic, never end, or reserve memory by unchecked lengths. So this module reads them: it
//! checks every number before use, and every loop ends within the length of the section. [`TermDictionary`] finds a
//! term, [`TermWalk`] enumerates them, [`PostingBlocks`] reads a posting list.
//!
//! A section of posting lists starts with the number of tokens of the field (8 bytes). The lists follow in the order of
//! their terms, without gaps.

use tantivy::postings::TermInfo;
use tantivy_fst::automaton::AlwaysMatch;

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

/// The terms of a field and their posting lists.
#[derive(Clone, Debug)]
pub(crate) struct InvertedIndex {
    field: Field,
    terms: TermDictionary,
    lists: PackSection,
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
        Ok(InvertedIndex { field, terms, lists, tokens, entries })
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
        if info.doc_freq == 0 || info.doc_freq > self.entries || info.postings_range.end > self.lists.len() {
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
    pub(crate) fn postings(&self, info: &TermInfo, frequencies: Frequencies) -> Result<PostingBlocks, PackError> {
        let bytes = self.lists.owned_bytes(info.postings_range.clone())?;
        let stored = self.field == Field::Text;
        PostingBlocks::open(bytes, info.doc_freq, self.entries, stored, frequencies)
    }

    /// Opens a posting list with frequencies, of which no block is unpacked yet.
    pub(crate) fn packed_postings(&self, info: &TermInfo) -> Result<PostingBlocks, PackError> {
        let bytes = self.lists.owned_bytes(info.postings_range.clone())?;
        let stored = self.field == Field::Text;
        PostingBlocks::open_packed(bytes, info.doc_freq, self.entries, stored, Frequencies::Read)
    }

    /// Returns the positions of the entries that hold `term`, in ascending order.
    pub(crate) fn positions(&self, term: &str) -> Result<Vec<u32>, PackError> {
        let Some(number) = self.number(term)? else { return Ok(Vec::new()) };
        let mut postings = self.postings(&self.info(number)?, Frequencies::Skipped)?;
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
            self.postings(&info, Frequencies::Read)?.verify()?;
        }
        if count != self.terms.count() || end != self.lists.len() {
            return Err(damaged("a dictionary has other terms than its posting lists"));
        }
        Ok(())
    }
}
