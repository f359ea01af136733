//! Writing a pack.

use tantivy::directory::OwnedBytes;

use super::{BLOCK, CHECKSUM, CONTENTS_ROW, FORMAT_VERSION, HEAD_LENGTH, MAGIC, NAME_LENGTH, checksum, head_checksum};

/// Returns the pack that holds `sections`, in the order given; each is a name of at most 16 bytes and its bytes, in as many
/// pieces as they come in. Each piece is dropped once it is in the pack: a large pack is not held twice.
pub(crate) fn write(sections: Vec<(&str, Vec<OwnedBytes>)>) -> Vec<u8> {
    let length_of = |pieces: &[OwnedBytes]| pieces.iter().map(OwnedBytes::len).sum::<usize>();
    let data_length: usize = sections.iter().map(|(_, pieces)| length_of(pieces)).sum();
    let table_length = data_length.div_ceil(BLOCK) * CHECKSUM;
    let head_length = HEAD_LENGTH + sections.len() * CONTENTS_ROW + table_length.div_ceil(BLOCK) * CHECKSUM;
    let length = head_length + data_length + table_length;

    let mut pack = Vec::with_capacity(length);
    pack.extend(MAGIC);
    pack.extend(FORMAT_VERSION.to_le_bytes());
    pack.extend(u32::try_from(sections.len()).expect("a pack has a handful of sections").to_le_bytes());
    pack.extend((length as u64).to_le_bytes());
    pack.extend([0; CHECKSUM]);
    let mut offset = 0;
    for (name, pieces) in &sections {
        let length = length_of(pieces);
        let mut padded = [0; NAME_LENGTH];
        padded[..name.len()].copy_from_slice(name.as_bytes());
        pack.extend(padded);
        pack.extend((offset as u64).to_le_bytes());
        pack.extend((length as u64).to_le_bytes());
        offset += length;
    }
    pack.resize(head_length, 0);
    for piece in sections.into_iter().flat_map(|(_, pieces)| pieces) {
        pack.extend_from_slice(&piece);
    }
    let table = checksums(&pack[head_length..]);
    let table_checksums = checksums(&table);
    pack.extend(table);
    pack[head_length - table_checksums.len()..head_length].copy_from_slice(&table_checksums);
    let sum = head_checksum(&pack[..head_length]);
    pack[24..HEAD_LENGTH].copy_from_slice(&sum.to_le_bytes());
    pack
}

fn checksums(bytes: &[u8]) -> Vec<u8> {
    bytes.chunks(BLOCK).flat_map(|block| checksum(block).to_le_bytes()).collect()
}
