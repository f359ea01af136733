//! A knowledge base as rows for a database, in the order of their keys.

use std::sync::Arc;

use super::contract::Row;
use super::planning_pack;
use crate::engine::bm25::Lengths;
use crate::engine::inverted_index::{Field, Frequencies, IndexedTerm, InvertedIndex};
use crate::engine::posting_blocks::PostingBlocks;
use crate::engine::schema::LookupKind;
use crate::error::{PackError, SearchError, damaged};
use crate::knowledge_base::KnowledgeBase;
use crate::model::manifest::Manifest;
use crate::reader::Reader;

/// A state of a knowledge base as rows for a database, and the planning pack with which they are asked.
///
/// Rows come one after another, in the order of their keys, so they take no memory.
///
/// # Examples
///
/// ```
/// let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold.\n\n# Is it loud?\n\nNo.\n")?;
/// let generation = kb.generation()?;
/// assert_eq!(generation.hash().len(), 16);
/// assert_eq!(generation.entries().count(), 2);
/// assert!(generation.planning_pack()?.starts_with(b"\x89FAQT"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Generation {
    reader: Arc<Reader>,
    lengths: Lengths,
}

/// The times that an entry holds a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The number of the term in the dictionary of the planning pack.
    pub term: u32,
    /// The position of the entry.
    pub position: u32,
    /// The times.
    pub count: u32,
    /// The number of terms of the entry, as a pack rounds it.
    pub length: u32,
}

/// A name of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRow {
    /// The name, behind a letter that tells its kind.
    pub name: String,
    /// The position of the entry.
    pub position: u32,
}

/// A phrasing of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhrasingRow {
    /// The hash of its terms.
    pub hash: u32,
    /// The position of the entry.
    pub position: u32,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// The part that ranking needs.
    pub row: Row,
    /// The id.
    pub id: String,
    /// The entry as JSON.
    pub json: String,
}

impl KnowledgeBase {
    /// Returns the knowledge base as rows for a database.
    ///
    /// # Errors
    ///
    /// If the pack is damaged, or its rows are in a database already.
    ///
    /// # Examples
    ///
    /// See [`Generation`].
    pub fn generation(&self) -> Result<Generation, SearchError> {
        let reader = self.shared_reader();
        if reader.fetched.is_some() {
            return Err(PackError::Planning.into());
        }
        let lengths = reader.lengths()?;
        Ok(Generation { reader, lengths })
    }
}

impl Generation {
    /// Returns the hash that names the generation, in hexadecimal: that of the pack.
    pub fn hash(&self) -> String {
        format!("{:016x}", self.reader.pack.checksum())
    }

    /// Returns the manifest of the knowledge base.
    pub fn manifest(&self) -> &Manifest {
        &self.reader.manifest
    }

    /// Returns the planning pack: all of the pack but its rows.
    ///
    /// # Errors
    ///
    /// If the pack is damaged.
    pub fn planning_pack(&self) -> Result<Vec<u8>, PackError> {
        planning_pack::of(&self.reader, &self.hash())
    }

    /// Returns the postings, in the order of terms and positions.
    pub fn postings(&self) -> impl Iterator<Item = Result<Posting, PackError>> + '_ {
        Lists::of(&self.reader.index).map(|posting| {
            let (term, position, count) = posting?;
            Ok(Posting { term, position, count, length: self.lengths.of(position) })
        })
    }

    /// Calls `take` with each name, in the order of their bytes.
    ///
    /// # Errors
    ///
    /// If the pack is damaged, or `take` returns an error.
    pub fn each_name<E: From<PackError>>(&self, mut take: impl FnMut(NameRow) -> Result<(), E>) -> Result<(), E> {
        let index = InvertedIndex::open(&self.reader.pack, Field::Lookup, self.reader.manifest.entries)?;
        let mut of_sisters = self.names_of_sisters(&index)?.into_iter().peekable();
        let mut walk = index.with_prefix("")?;
        while walk.advance()? {
            let name = std::str::from_utf8(walk.key()).map_err(|_| damaged("a name is not UTF-8"))?;
            while let Some(row) = of_sisters.next_if(|row| row.name.as_str() < name) {
                take(row)?;
            }
            for position in index.positions(name)? {
                take(NameRow { name: name.to_owned(), position })?;
            }
        }
        of_sisters.try_for_each(take)
    }

    /// Returns the names that editions have for the languages of their sisters.
    fn names_of_sisters(&self, index: &InvertedIndex) -> Result<Vec<NameRow>, PackError> {
        let Some(editions) = &self.reader.editions else { return Ok(Vec::new()) };
        let mut names = Vec::new();
        for kind in [LookupKind::Language, LookupKind::LanguageRange] {
            let mut walk = index.with_prefix(&kind.term(""))?;
            while walk.advance()? {
                let term = String::from_utf8_lossy(walk.key()).into_owned();
                let mut positions = index.positions(&term)?;
                for position in positions.clone() {
                    positions.extend(editions.sisters(position)?.iter().map(|sister| sister.position));
                }
                positions.sort_unstable();
                positions.dedup();
                let name = LookupKind::of_sisters(&term);
                names.extend(positions.into_iter().map(|position| NameRow { name: name.clone(), position }));
            }
        }
        Ok(names)
    }

    /// Returns the phrasings, in the order of hashes and positions.
    pub fn phrasings(&self) -> impl Iterator<Item = Result<PhrasingRow, PackError>> + '_ {
        let rows = self.reader.exact_rows();
        rows.map(|row| row.map(|(hash, position)| PhrasingRow { hash, position }))
    }

    /// Returns the entries, in the order of positions.
    pub fn entries(&self) -> impl Iterator<Item = Result<EntryRow, SearchError>> + '_ {
        let reader = &*self.reader;
        (0..).zip(reader.entries.iter()).map(move |(position, entry)| {
            let entry = entry?;
            let json = serde_json::to_string(&entry).map_err(|error| damaged(error.to_string()))?;
            let vectors = reader.vectors.as_ref().map(|vectors| vectors.bytes_of(position)).transpose()?;
            let sentences = reader.sentences.as_ref().map(|vectors| vectors.bytes_of(position)).transpose()?;
            let row = Row {
                position,
                length: self.lengths.of(position),
                phrasings: reader.phrasings.bytes_of(position)?.to_vec(),
                vectors: vectors.unwrap_or_default().to_vec(),
                sentences: sentences.unwrap_or_default().to_vec(),
            };
            Ok(EntryRow { row, id: entry.id, json })
        })
    }
}

/// The postings of an index, list after list.
struct Lists {
    index: InvertedIndex,
    term: u32,
    list: Option<(PostingBlocks, usize)>,
}

impl Lists {
    fn of(index: &InvertedIndex) -> Lists {
        Lists { index: index.clone(), term: 0, list: None }
    }

    fn next_posting(&mut self) -> Result<Option<(u32, u32, u32)>, PackError> {
        loop {
            if let Some((list, at)) = &mut self.list {
                if let Some(&position) = list.positions().get(*at) {
                    let count = list.frequency(*at);
                    *at += 1;
                    return Ok(Some((self.term, position, count)));
                }
                if !list.positions().is_empty() {
                    list.advance();
                    *at = 0;
                    continue;
                }
                list.check()?;
                self.term += 1;
            }
            if u64::from(self.term) >= self.index.terms() {
                return Ok(None);
            }
            let info = self.index.info(u64::from(self.term))?;
            let term = IndexedTerm { number: self.term, info };
            self.list = Some((self.index.postings(&term, Frequencies::Read)?, 0));
        }
    }
}

impl Iterator for Lists {
    type Item = Result<(u32, u32, u32), PackError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_posting().transpose()
    }
}
