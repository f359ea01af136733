//! Writing a pack.

use super::{BLOCK, CHECKSUM, CONTENTS_ROW, FORMAT_VERSION, HEAD_LENGTH, MAGIC, NAME_LENGTH, checksum, head_checksum};

/// Returns the pack that holds `sections`, in the order given; each is a name of at most 16 bytes and its bytes.
pub(crate) fn write(sections: &[(String, Vec<u8>)]) -> Vec<u8> {
    let data: Vec<u8> = sections.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect();
    let table = checksums(&data);
    let table_checksums = checksums(&table);
    let head_length = HEAD_LENGTH + sections.len() * CONTENTS_ROW + table_checksums.len();
    let length = head_length + data.len() + table.len();

    let mut pack = Vec::with_capacity(length);
    pack.extend(MAGIC);
    pack.extend(FORMAT_VERSION.to_le_bytes());
    pack.extend(u32::try_from(sections.len()).expect("a pack has a handful of sections").to_le_bytes());
    pack.extend((length as u64).to_le_bytes());
    pack.extend([0; CHECKSUM]);
    let mut offset = 0;
    for (name, bytes) in sections {
        let mut padded = [0; NAME_LENGTH];
        padded[..name.len()].copy_from_slice(name.as_bytes());
        pack.extend(padded);
        pack.extend((offset as u64).to_le_bytes());
        pack.extend((bytes.len() as u64).to_le_bytes());
        offset += bytes.len();
    }
    pack.extend(table_checksums);
    let sum = head_checksum(&pack);
    pack[24..HEAD_LENGTH].copy_from_slice(&sum.to_le_bytes());
    pack.extend(data);
    pack.extend(table);
    pack
}

fn checksums(bytes: &[u8]) -> Vec<u8> {
    bytes.chunks(BLOCK).flat_map(|block| checksum(block).to_le_bytes()).collect()
}
