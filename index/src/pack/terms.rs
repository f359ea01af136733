//! The terms of a field, checked on the way to each of them.
//!
//! tantivy reads the dictionary of a field whole when it opens it, and checking two megabytes for the dozen words of a
//! question took a fifth of a cold answer. So it is given bytes that nobody has checked, and whoever looks a term up
//! has what lies on the way to it checked here before: in a layout that is tantivy's own and is read a second time.
//!
//! The file has a dictionary for each field, where each lies, and what it says of itself. A dictionary is
//!
//! ```text
//!     a transducer (tantivy-fst) from each term to its number, in the order of the alphabet
//! 8   length of the heads of the groups
//! 8   number of terms
//!     the head of each group of 256 terms, 39 bytes: where its rows start, 8; what the first of them has, 28;
//!         the widths of the numbers in a row, in bits, 3
//!     rows of three numbers: where a term's postings start, where its positions start, how many entries hold it;
//!         the row behind says where both end
//! 8   length of all from the lengths on
//! 4   version of the transducer
//! 4   kind of the dictionary
//! ```

use std::fmt;
use std::io;
use std::sync::Arc;

use tantivy::HasLen as _;
use tantivy::directory::{CompositeFile, FileSlice, OwnedBytes};
use tantivy::schema::Field;
use tantivy_fst::raw::{CompiledAddr, Fst, Node};

use super::directory::PackFile;
use super::{Pack, damaged, u32_at, u64_at};

/// The section that holds the dictionaries of all fields.
pub(crate) const TERMS: &str = "term";

/// What ends a file: the length of what it says of itself before, and a number that marks it.
const END: usize = 8;
const KIND: usize = 4;
const FOOTER: usize = 12;
/// What the transducer has before its nodes, and behind them.
const ENDS: usize = 16;
const LENGTHS: usize = 16;
const GROUP: u64 = 256;
const GROUP_HEAD: usize = 39;
const WIDTHS: usize = 3;
/// A number of a row is read with eight bytes.
const NUMBER: usize = 8;
/// More than a node has beside its transitions: with these, it is known how long it is.
const NODE_HEAD: usize = 16;

/// The dictionary of a field.
#[derive(Clone)]
pub(crate) struct Terms {
    /// Nothing if no entry has the field.
    inner: Option<Arc<Inner>>,
}

struct Inner {
    /// The bytes as they lie in the pack.
    nodes: Fst<OwnedBytes>,
    root: CompiledAddr,
    /// The same bytes, of which each is checked when it is read.
    nodes_checked: FileSlice,
    group_heads: FileSlice,
    rows: FileSlice,
    all: FileSlice,
}

impl Terms {
    /// Checks what tantivy reads of the dictionary when it opens it.
    pub(crate) fn open(pack: &Pack, field: Field) -> io::Result<Terms> {
        let section = || pack.required(TERMS).map_err(io::Error::other);
        let of_field = |file: PackFile| -> io::Result<Option<FileSlice>> {
            let file = FileSlice::new(Arc::new(file));
            let (file, end) = cut_from_end(&file, END)?;
            let length = u32_at(&end.read_bytes()?, 0) as usize;
            let (fields, about) = cut_from_end(&file, length)?;
            about.read_bytes()?;
            Ok(CompositeFile::open(&fields)?.open_read(field))
        };
        let checked = of_field(PackFile::checked(section()?))?;
        let (Some(all), Some(unchecked)) = (checked, of_field(PackFile::unchecked(section()?))?) else {
            return Ok(Terms { inner: None });
        };
        let (nodes_checked, infos) = parts(&all)?;
        let (nodes, _) = parts(&unchecked)?;
        nodes_checked.slice(0..ENDS).read_bytes()?;
        let end = nodes_checked.slice_from_end(ENDS).read_bytes()?;
        let root = number(u64_at(&end, ENDS - 8))?;
        let nodes = Fst::new(nodes.read_bytes()?).map_err(io::Error::other)?;
        let (lengths, infos) = cut(infos, LENGTHS)?;
        let (group_heads, rows) = cut(infos, number(u64_at(&lengths.read_bytes()?, 0))?)?;
        Ok(Terms { inner: Some(Arc::new(Inner { nodes, root, nodes_checked, group_heads, rows, all })) })
    }

    /// Checks everything that is read when `term` is looked up, and returns its number if it is there.
    pub(crate) fn check(&self, term: &str) -> io::Result<Option<u64>> {
        let Some(inner) = &self.inner else { return Ok(None) };
        let mut node = inner.node(inner.root)?;
        let mut number = 0;
        for &byte in term.as_bytes() {
            let Some(at) = node.find_input(byte) else { return Ok(None) };
            let transition = node.transition(at);
            number += transition.out.value();
            node = inner.node(transition.addr)?;
        }
        if !node.is_final() {
            return Ok(None);
        }
        number += node.final_output().value();
        inner.check_row(number)?;
        Ok(Some(number))
    }

    /// Returns true if a term begins with `prefix`, and checks what that is read from.
    pub(crate) fn has_prefix(&self, prefix: &str) -> io::Result<bool> {
        let Some(inner) = &self.inner else { return Ok(false) };
        let mut node = inner.node(inner.root)?;
        for &byte in prefix.as_bytes() {
            let Some(at) = node.find_input(byte) else { return Ok(false) };
            node = inner.node(node.transition(at).addr)?;
        }
        Ok(true)
    }

    /// Checks the whole dictionary.
    pub(crate) fn check_all(&self) -> io::Result<()> {
        self.inner.as_ref().map_or(Ok(()), |inner| inner.all.read_bytes().map(drop))
    }
}

impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.inner.as_ref().map_or(0, |inner| inner.all.len());
        f.debug_struct("Terms").field("length", &length).finish_non_exhaustive()
    }
}

impl Inner {
    /// Returns the node that ends at `address`, once its bytes are known to be sound.
    fn node(&self, address: CompiledAddr) -> io::Result<Node<'_>> {
        let file = &self.nodes_checked;
        let end = address.saturating_add(1).min(file.len());
        file.slice(end.saturating_sub(NODE_HEAD)..end).read_bytes()?;
        let node = self.nodes.node(address);
        file.slice(end.saturating_sub(node.as_slice().len())..end).read_bytes()?;
        Ok(node)
    }

    /// Checks what is kept of the term of this number.
    fn check_row(&self, term: u64) -> io::Result<()> {
        let head = number(term / GROUP)?.saturating_mul(GROUP_HEAD);
        let head = within(&self.group_heads, head, GROUP_HEAD).read_bytes()?;
        if head.len() < GROUP_HEAD {
            return Err(io::Error::other(damaged("a term has no place in its dictionary")));
        }
        let bits: usize = head[GROUP_HEAD - WIDTHS..].iter().map(|&width| usize::from(width)).sum();
        // The first term of a group is in its head.
        if let Some(row) = (term % GROUP).checked_sub(1) {
            let start = number(u64_at(&head, 0))?.saturating_add(row as usize * bits / 8);
            within(&self.rows, start, (2 * bits).div_ceil(8) + NUMBER).read_bytes()?;
        }
        Ok(())
    }
}

/// Parts a dictionary into the transducer and what is kept of each term.
fn parts(file: &FileSlice) -> io::Result<(FileSlice, FileSlice)> {
    let (file, kind) = cut_from_end(file, KIND)?;
    kind.read_bytes()?;
    let (file, footer) = cut_from_end(&file, FOOTER)?;
    let length = number(u64_at(&footer.read_bytes()?, 0))?;
    let (nodes, infos) = cut_from_end(&file, length)?;
    if nodes.len() < 2 * ENDS {
        return Err(io::Error::other(damaged("a dictionary without its transducer")));
    }
    Ok((nodes, infos))
}

fn cut(file: FileSlice, at: usize) -> io::Result<(FileSlice, FileSlice)> {
    if at > file.len() {
        return Err(io::Error::other(damaged("a part reaches beyond its dictionary")));
    }
    Ok(file.split(at))
}

fn cut_from_end(file: &FileSlice, length: usize) -> io::Result<(FileSlice, FileSlice)> {
    cut(file.clone(), file.len().checked_sub(length).unwrap_or(usize::MAX))
}

/// Returns the part of `file` from `start` on, as much of it as there is.
fn within(file: &FileSlice, start: usize, length: usize) -> FileSlice {
    let start = start.min(file.len());
    file.slice(start..start.saturating_add(length).min(file.len()))
}

fn number(number: u64) -> io::Result<usize> {
    usize::try_from(number).map_err(|_| io::Error::other(damaged("a length that no dictionary has")))
}
