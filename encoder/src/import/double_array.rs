//! Writes tries that [`crate::double_array`] reads.

use std::collections::BTreeSet;
use std::ops::Range;

/// The number of units that are added at a time: a base and a byte never lead out of a block.
const BLOCK: usize = 256;
/// The number of blocks in which places are looked for; in blocks before them few are free.
const OPEN_BLOCKS: usize = 16;
/// Offsets of 21 bits need no flag.
const OFFSET_END: usize = 1 << 21;

/// Returns the units of a trie with these keys, which must be sorted and different; none if an offset has too many bits.
///
/// Keys have no byte 0, and values 31 bits.
pub(super) fn double_array(keys: &[(&[u8], u32)]) -> Option<Vec<u32>> {
    let mut builder = Builder { units: Vec::new(), is_base: Vec::new(), free: BTreeSet::new() };
    builder.add_block();
    builder.free.remove(&0);
    let mut open = vec![(0, 0..keys.len(), 0)];
    while let Some((place, range, depth)) = open.pop() {
        let children = children(keys, range, depth);
        let labels: Vec<u8> = children.iter().map(|(label, _)| *label).collect();
        let base = if labels.is_empty() { continue } else { builder.find_base(&labels) };
        builder.occupy(place, base, &labels)?;
        for (label, range) in children.into_iter().rev() {
            let child = base ^ usize::from(label);
            if label == 0 {
                builder.units[child] = keys[range.start].1 | 1 << 31;
            } else {
                open.push((child, range, depth + 1));
            }
        }
    }
    Some(builder.units)
}

/// Returns the bytes that follow in keys with the same beginning, and the keys of each; 0 for the end of a key.
fn children(keys: &[(&[u8], u32)], range: Range<usize>, depth: usize) -> Vec<(u8, Range<usize>)> {
    let mut children: Vec<(u8, Range<usize>)> = Vec::new();
    for at in range {
        let label = keys[at].0.get(depth).copied().unwrap_or(0);
        match children.last_mut() {
            Some((last, range)) if *last == label => range.end = at + 1,
            _ => children.push((label, at..at + 1)),
        }
    }
    children
}

struct Builder {
    units: Vec<u32>,
    /// True for the bases of nodes; no two nodes share one.
    is_base: Vec<bool>,
    /// The free places of the last blocks.
    free: BTreeSet<usize>,
}

impl Builder {
    fn add_block(&mut self) {
        let start = self.units.len();
        self.units.resize(start + BLOCK, 0);
        self.is_base.resize(start + BLOCK, false);
        self.free.extend(start..start + BLOCK);
        self.free = self.free.split_off(&(start + BLOCK).saturating_sub(OPEN_BLOCKS * BLOCK));
    }

    /// Returns the first base from which all labels lead to free places.
    fn find_base(&mut self, labels: &[u8]) -> usize {
        loop {
            let mut bases = self.free.iter().map(|place| place ^ usize::from(labels[0]));
            let fits = |base: &usize| {
                !self.is_base[*base] && labels.iter().all(|&label| self.free.contains(&(base ^ usize::from(label))))
            };
            if let Some(base) = bases.find(fits) {
                return base;
            }
            self.add_block();
        }
    }

    /// Gives a node its base, and the places that lead on from it their labels.
    fn occupy(&mut self, place: usize, base: usize, labels: &[u8]) -> Option<()> {
        let offset = place ^ base;
        if offset >= OFFSET_END {
            return None;
        }
        let ends_key = u32::from(labels[0] == 0);
        self.units[place] |= u32::try_from(offset).ok()? << 10 | ends_key << 8;
        self.is_base[base] = true;
        for &label in labels {
            let child = base ^ usize::from(label);
            self.free.remove(&child);
            self.units[child] = u32::from(label);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::double_array;
    use crate::double_array::DoubleArray;

    proptest! {
        #[test]
        fn a_trie_has_its_keys_and_no_others(
            keys in prop::collection::btree_map(prop::collection::vec(1..=u8::MAX, 1..6), 0..1_u32 << 31, 1..300),
            text in prop::collection::vec(any::<u8>(), 0..9),
        ) {
            let sorted: Vec<_> = keys.iter().map(|(key, value)| (key.as_slice(), *value)).collect();
            let units: Vec<_> = double_array(&sorted).unwrap().into_iter().map(u32::to_le_bytes).collect();
            let trie = DoubleArray { units: &units };
            let mut found = BTreeMap::new();
            trie.for_each_key(|key, value| {
                found.insert(key.to_vec(), value);
                Ok(())
            }).unwrap();
            prop_assert_eq!(&found, &keys);
            let mut values = trie.values();
            values.sort_unstable();
            let mut expected: Vec<_> = keys.values().copied().collect();
            expected.sort_unstable();
            prop_assert_eq!(values, expected);
            for text in keys.keys().chain([&text]) {
                let prefixes: Vec<_> = trie.prefixes(text).collect();
                let expected: Vec<_> = (1..=text.len())
                    .filter_map(|length| Some((length, *keys.get(&text[..length])?)))
                    .collect();
                prop_assert_eq!(prefixes, expected);
            }
        }

        #[test]
        fn any_units_can_be_read(units in prop::collection::vec(any::<[u8; 4]>(), 0..600), text: Vec<u8>) {
            let trie = DoubleArray { units: &units };
            prop_assert!(trie.prefixes(&text).count() <= text.len());
            let _ = (trie.values(), trie.for_each_key(|_, _| Ok(())));
        }
    }
}
