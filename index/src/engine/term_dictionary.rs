//! The term dictionary of a field: each term's number in byte order, and its posting list.
//!
//! ```text
//!     a transducer (tantivy-fst) from each term to its number: version (8), kind (8), nodes, number of terms (8),
//!         address of the root (8)
//! 8   length of the heads of the groups
//! 8   number of terms
//!     the head of each group of 256 terms, 39 bytes: start of its rows (8), posting list of its first term (28),
//!         widths of the numbers in a row, in bits (3)
//!     rows of 3 numbers: start of a term's postings, start of its positions, document frequency; the next row has
//!         the ends of both
//! 8   length of all from the lengths on
//! 4   version of the dictionary
//! 4   kind of the dictionary
//! ```
//!
//! Only nodes and rows on the path to a term are read and checked: a lookup takes as many steps as the term has bytes.

use tantivy::postings::TermInfo;

use super::node::{ENDS, Node};
use crate::error::{PackError, damaged};
use crate::pack::read::{PackSection, u32_at, u64_at};

/// The longest term in bytes: terms of texts end at 200 bytes, names at 1,024 behind the letter of their kind.
pub(crate) const TERM_MAX: usize = 1025;
/// Length, version and kind at the end.
const FOOTER: usize = 16;
const DICTIONARY_VERSION: u32 = 1;
const DICTIONARY_KIND: u32 = 1;
/// The two lengths before the heads.
const LENGTHS: usize = 16;
/// Terms in a group.
const GROUP: usize = 256;
const GROUP_HEAD: usize = 39;
/// The widest number of a row, in bits.
const WIDTH_MAX: u8 = 56;

/// The dictionary of a field.
#[derive(Clone, Debug)]
pub(crate) struct TermDictionary {
    nodes: PackSection,
    root: usize,
    group_heads: PackSection,
    rows: PackSection,
    count: u64,
}

impl TermDictionary {
    /// Opens a dictionary.
    pub(crate) fn open(section: &PackSection) -> Result<TermDictionary, PackError> {
        let misshapen = || damaged("a dictionary has parts that do not fit together");
        let body = section.len().checked_sub(FOOTER).ok_or_else(misshapen)?;
        let footer = section.bytes(body..body + FOOTER)?;
        if (u32_at(footer, 8), u32_at(footer, 12)) != (DICTIONARY_VERSION, DICTIONARY_KIND) {
            return Err(damaged("a dictionary of another version"));
        }
        let length = usize::try_from(u64_at(footer, 0)).map_err(|_| misshapen())?;
        let nodes = section.part(0..body.checked_sub(length).ok_or_else(misshapen)?)?;
        let infos = section.part(nodes.len()..body)?;
        let lengths = infos.bytes(0..LENGTHS)?;
        let (heads, count) = (u64_at(lengths, 0), u64_at(lengths, 8));
        if count.div_ceil(GROUP as u64).checked_mul(GROUP_HEAD as u64) != Some(heads) {
            return Err(misshapen());
        }
        let heads = usize::try_from(heads).ok().and_then(|heads| heads.checked_add(LENGTHS)).ok_or_else(misshapen)?;
        let (group_heads, rows) = (infos.part(LENGTHS..heads)?, infos.part(heads..infos.len())?);
        let root = TermDictionary::root(&nodes, count)?;
        Ok(TermDictionary { nodes, root, group_heads, rows, count })
    }

    /// Returns the address of the root, which is the last node.
    fn root(nodes: &PackSection, count: u64) -> Result<usize, PackError> {
        let no_transducer = || damaged("a dictionary without its transducer");
        let end = nodes.len().checked_sub(ENDS).filter(|&end| end >= ENDS).ok_or_else(no_transducer)?;
        let (head, tail) = (nodes.bytes(0..ENDS)?, nodes.bytes(end..end + ENDS)?);
        let (version, keys, root) = (u64_at(head, 0), u64_at(tail, 0), u64_at(tail, 8));
        if version != tantivy_fst::raw::VERSION || keys != count || count > 0 && root != end as u64 - 1 {
            return Err(no_transducer());
        }
        Ok(end - 1)
    }

    /// Returns the number of terms.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Returns the root node, or `None` in an empty dictionary.
    pub(crate) fn first_node(&self) -> Result<Option<Node<'_>>, PackError> {
        if self.count == 0 { Ok(None) } else { self.node(self.root).map(Some) }
    }

    /// Reads the node at `address`.
    pub(crate) fn node(&self, address: usize) -> Result<Node<'_>, PackError> {
        Node::read(&self.nodes, address)
    }

    /// Returns the number of `term`, if it is there.
    pub(crate) fn number(&self, term: &[u8]) -> Result<Option<u64>, PackError> {
        let Some((node, output)) = self.descend(term)? else { return Ok(None) };
        if node.is_final() { sum(output, node.final_output()).map(Some) } else { Ok(None) }
    }

    /// Returns the node at the end of `prefix` and the sum of the outputs on the way, if a term begins with it.
    pub(crate) fn descend(&self, prefix: &[u8]) -> Result<Option<(Node<'_>, u64)>, PackError> {
        let Some(mut node) = self.first_node()? else { return Ok(None) };
        let mut output = 0;
        for &byte in prefix {
            let Some(at) = node.find(byte) else { return Ok(None) };
            let transition = node.transition(at)?;
            output = sum(output, transition.output)?;
            node = self.node(transition.target)?;
        }
        Ok(Some((node, output)))
    }

    /// Returns the document frequency and the place of the posting list of the term with this number.
    pub(crate) fn info(&self, number: u64) -> Result<TermInfo, PackError> {
        if number >= self.count {
            return Err(nowhere());
        }
        let number = usize::try_from(number).map_err(|_| nowhere())?;
        let (group, row) = (number / GROUP, number % GROUP);
        // Each group of terms has a head.
        let head = self.group_heads.bytes(group * GROUP_HEAD..(group + 1) * GROUP_HEAD)?;
        let start = u64_at(head, 12);
        match row.checked_sub(1) {
            // The first term of a group is in its head.
            None => info(u32_at(head, 8), start, start.checked_add(u64::from(u32_at(head, 20)))),
            Some(row) => self.row(head, row, start),
        }
    }

    /// Reads the row of a group whose posting lists begin at `first`.
    fn row(&self, head: &[u8], row: usize, first: u64) -> Result<TermInfo, PackError> {
        let widths = [head[36], head[37], head[38]];
        if widths.iter().any(|&width| width > WIDTH_MAX) {
            return Err(nowhere());
        }
        let [of_count, of_postings, of_positions] = widths;
        let width = widths.iter().copied().map(usize::from).sum::<usize>();
        let bit = row * width;
        let start = usize::try_from(u64_at(head, 0)).ok().and_then(|start| start.checked_add(bit / 8));
        let start = start.filter(|&start| start <= self.rows.len()).ok_or_else(nowhere)?;
        // This row, and the start of the next row's postings.
        let length = (bit % 8 + width + usize::from(of_postings)).div_ceil(8);
        let bytes = self.rows.bytes(start..start.saturating_add(length))?;
        let at = |bit: usize, width: u8| bits(bytes, bit, width);
        let here = at(bit % 8, of_postings);
        let next = at(bit % 8 + width, of_postings);
        let count = at(bit % 8 + usize::from(of_postings) + usize::from(of_positions), of_count);
        let start = first.checked_add(here).ok_or_else(nowhere)?;
        info(u32::try_from(count).map_err(|_| nowhere())?, start, first.checked_add(next))
    }
}

/// Adds two outputs.
pub(crate) fn sum(output: u64, more: u64) -> Result<u64, PackError> {
    output.checked_add(more).ok_or_else(nowhere)
}

fn info(doc_freq: u32, start: u64, end: Option<u64>) -> Result<TermInfo, PackError> {
    let place = |place: u64| usize::try_from(place).ok();
    match (place(start), end.and_then(place)) {
        (Some(start), Some(end)) if start <= end => {
            Ok(TermInfo { doc_freq, postings_range: start..end, positions_range: 0..0 })
        }
        _ => Err(nowhere()),
    }
}

/// Reads `width` bits, at most 56, that begin at `bit`; missing bytes are 0.
fn bits(bytes: &[u8], bit: usize, width: u8) -> u64 {
    let bytes = bytes.get(bit / 8..).unwrap_or_default();
    let mut eight = [0; 8];
    let length = bytes.len().min(eight.len());
    eight[..length].copy_from_slice(&bytes[..length]);
    (u64::from_le_bytes(eight) >> (bit % 8)) & ((1 << width) - 1)
}

fn nowhere() -> PackError {
    damaged("a term has no place in its dictionary")
}
