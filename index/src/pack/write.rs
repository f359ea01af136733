//! Writes a pack.

use std::hash::Hasher as _;
use std::io::{self, Seek, SeekFrom, Write};

use twox_hash::XxHash3_64;

use super::{BLOCK, CONTENTS_ROW, FORMAT_VERSION, HEAD_LENGTH, MAGIC, NAME_LENGTH, ends_checksum, read};

/// A pack that is written section by section, as the bytes come. Only checksums are kept in memory.
pub(crate) struct PackWriter<W> {
    out: W,
    /// The table of contents so far.
    contents: Vec<u8>,
    /// The checksums of the whole blocks so far.
    table: Vec<u8>,
    /// The checksum of the current block so far.
    block: XxHash3_64,
    /// The number of bytes written so far.
    length: usize,
}

impl<W: Write + Seek> PackWriter<W> {
    /// Starts a pack at the beginning of `out`, which is empty.
    pub(crate) fn new(mut out: W) -> io::Result<PackWriter<W>> {
        out.write_all(&[0; HEAD_LENGTH])?;
        Ok(PackWriter { out, contents: Vec::new(), table: Vec::new(), block: XxHash3_64::new(), length: HEAD_LENGTH })
    }

    /// Starts the section `name`, of at most 16 bytes, and ends the section before.
    pub(crate) fn start(&mut self, name: &str) {
        self.end_section();
        let mut row = [0; CONTENTS_ROW];
        row[..name.len()].copy_from_slice(name.as_bytes());
        row[NAME_LENGTH..NAME_LENGTH + 8].copy_from_slice(&(self.length as u64).to_le_bytes());
        self.contents.extend(row);
    }

    /// Adds to the section.
    pub(crate) fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let room = BLOCK - self.length % BLOCK;
            let (here, behind) = bytes.split_at(room.min(bytes.len()));
            // No piece is larger than a block, so that a buffer in `out` decides the size of writes.
            self.out.write_all(here)?;
            self.block.write(here);
            self.length += here.len();
            if here.len() == room {
                self.end_block();
            }
            bytes = behind;
        }
        Ok(())
    }

    /// Writes a section whole.
    pub(crate) fn section(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.start(name);
        self.write(bytes)
    }

    /// Ends the pack and returns `out`.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.end_section();
        if !self.length.is_multiple_of(BLOCK) {
            self.end_block();
        }
        let checksums = self.table.chunks(BLOCK).flat_map(|rows| XxHash3_64::oneshot(rows).to_le_bytes());
        let tail: Vec<u8> = checksums.chain(self.contents.iter().copied()).collect();
        let length = self.length + self.table.len() + tail.len();
        let mut head = [0; HEAD_LENGTH];
        head[..8].copy_from_slice(&MAGIC);
        head[8..12].copy_from_slice(&FORMAT_VERSION.to_le_bytes());
        let sections = u32::try_from(self.contents.len() / CONTENTS_ROW).expect("a pack has a handful of sections");
        head[12..16].copy_from_slice(&sections.to_le_bytes());
        head[16..24].copy_from_slice(&(length as u64).to_le_bytes());
        let sum = ends_checksum(&head, &tail);
        head[24..].copy_from_slice(&sum.to_le_bytes());
        self.out.write_all(&self.table)?;
        self.out.write_all(&tail)?;
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(&head)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn end_section(&mut self) {
        if let Some(row) = self.contents.last_chunk_mut::<CONTENTS_ROW>() {
            let start = read::u64_at(row, NAME_LENGTH);
            row[NAME_LENGTH + 8..].copy_from_slice(&(self.length as u64 - start).to_le_bytes());
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::replace(&mut self.block, XxHash3_64::new());
        self.table.extend(block.finish().to_le_bytes());
    }
}
