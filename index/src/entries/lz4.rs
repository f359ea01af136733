//! Compression in the block format of LZ4, each block with the same dictionary before it.
//!
//! `lz4_flex` reads what is written here. It compresses, too, but with a table of four thousand places it forgets most of a
//! dictionary: packs would be a fifth larger. Here the dictionary's suffixes are sorted once, and the longest match is
//! found among them; matches within the block itself are found by chains of hashes, and one is put off by a byte where the
//! next is longer, as gzip does.
//!
//! A block is a row of sequences: a token (half a byte each for the number of literals and the length of the match less
//! four), the rest of that number, the literals, how far back the match is (2 bytes), the rest of its length. The last
//! sequence has literals only, five at least, and no match begins in the last twelve bytes
//! (<https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md>).

/// The shortest match.
const MATCH_MIN: usize = 4;
/// How far back a match may be.
const DISTANCE_MAX: usize = 65_535;
/// The bytes at the end of a block in which no match begins, and those that none reaches.
const TAIL_WITHOUT_BEGINNING: usize = 12;
const TAIL_WITHOUT_MATCH: usize = 5;
/// The number from which a half of the token is not enough.
const TOKEN_FULL: usize = 15;
/// A match this long is not put off.
const LONG: usize = 32;
/// Earlier places in a block that are looked at.
const CHAIN_MAX: usize = 16;
const HASH_BITS: u32 = 12;
const NOWHERE: u32 = u32::MAX;

/// What stands before every block.
pub(super) struct Dictionary {
    bytes: Vec<u8>,
    /// Where each suffix of four bytes or more begins, in the order of [`Beginning`]s and then of what follows.
    suffixes: Vec<u16>,
    /// For each suffix the order of its beginning. Halving reads numbers that lie together, and the bytes themselves
    /// only where ten are alike.
    orders: Vec<u64>,
    /// For each hash of a beginning the number of suffixes before it, and of all.
    starts: Vec<u16>,
}

/// The first ten bytes of a text, or zeros after its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Beginning {
    hash: u16,
    /// What the hash leaves out of the first four bytes, then the other six.
    order: u64,
}

/// Bytes that stood before, too.
#[derive(Clone, Copy)]
struct Match {
    distance: usize,
    length: usize,
}

/// Where in a block four bytes stood before. One serves all blocks, of which there are hundreds of thousands.
pub(super) struct Chains {
    /// For each hash of four bytes the last place that has it, of those passed.
    latest: Vec<u32>,
    /// For each place that was passed the one before with the same hash.
    earlier: Vec<u32>,
}

/// A block that is compressed.
struct Block<'a> {
    dictionary: &'a Dictionary,
    text: &'a [u8],
    /// The number of places at which a match may begin.
    beginnings: usize,
    chains: &'a mut Chains,
}

impl Dictionary {
    /// Sorts the suffixes of `bytes`, the last of which a match at the beginning of a block must reach.
    pub(super) fn new(bytes: Vec<u8>) -> Dictionary {
        let count = (bytes.len() + 1).saturating_sub(MATCH_MIN);
        let number = |number: usize| u16::try_from(number).expect("a dictionary is no longer than a match reaches");
        let mut suffixes: Vec<u16> = (0..count).map(number).collect();
        let suffix = |&at: &u16| &bytes[usize::from(at)..];
        suffixes.sort_by_cached_key(|at| (Beginning::of(suffix(at)), suffix(at)));
        let beginnings = || suffixes.iter().map(|at| Beginning::of(suffix(at)));
        let orders = beginnings().map(|beginning| beginning.order).collect();
        let mut starts = vec![0; (1 << u16::BITS) + 1];
        for beginning in beginnings() {
            starts[usize::from(beginning.hash) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Dictionary { bytes, suffixes, orders, starts }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds `text`, compressed, to `out`.
    pub(super) fn compress(&self, text: &[u8], chains: &mut Chains, out: &mut Vec<u8>) {
        out.reserve(text.len());
        chains.clear();
        let beginnings = text.len().saturating_sub(TAIL_WITHOUT_BEGINNING);
        let mut block = Block { dictionary: self, text, beginnings, chains };
        let (mut written, mut at) = (0, 0);
        let mut here = block.longest(at, MATCH_MIN - 1);
        while at < beginnings {
            let length = here.map_or(MATCH_MIN - 1, |here| here.length);
            let longer = if length < LONG { block.longest(at + 1, length) } else { None };
            let Some(found) = here.filter(|_| longer.is_none()) else {
                at += 1;
                here = longer;
                continue;
            };
            write_sequence(out, &text[written..at], Some(found));
            at += found.length;
            written = at;
            here = block.longest(at, MATCH_MIN - 1);
        }
        write_sequence(out, &text[written..], None);
    }

    /// Returns where the longest beginning of `text`, which has four bytes at least, is in the dictionary, and how long
    /// it is; of fewer than four bytes, it may return none.
    fn longest(&self, text: &[u8]) -> (usize, usize) {
        let beginning = Beginning::of(text);
        let hash = usize::from(beginning.hash);
        let (start, end) = (usize::from(self.starts[hash]), usize::from(self.starts[hash + 1]));
        // What is most like a text stands next to where it would stand.
        let first = start + self.orders[start..end].partition_point(|&order| order < beginning.order);
        let alike = match &self.orders[first..end] {
            orders @ [order, ..] if *order == beginning.order => orders.partition_point(|other| other == order),
            _ => 0,
        };
        let suffix = |&at: &u16| &self.bytes[usize::from(at)..];
        let place = first + self.suffixes[first..first + alike].partition_point(|at| suffix(at) < text);
        let neighbours = &self.suffixes[start.max(place.saturating_sub(1))..end.min(place + 1)];
        let longest = neighbours.iter().map(|at| (usize::from(*at), common(suffix(at), text)));
        longest.max_by_key(|&(_, length)| length).unwrap_or_default()
    }
}

impl Beginning {
    fn of(text: &[u8]) -> Beginning {
        let bytes: [u8; 10] = text.first_chunk().copied().unwrap_or_else(|| {
            let mut bytes = [0; 10];
            bytes[..text.len()].copy_from_slice(text);
            bytes
        });
        let product = product(&bytes);
        let rest = bytes[4..].iter().fold(0, |rest, &byte| rest << u8::BITS | u64::from(byte));
        // The multiplication can be undone: both halves of the product together stand for the four bytes.
        Beginning { hash: (product >> u16::BITS) as u16, order: u64::from(product as u16) << 48 | rest }
    }
}

impl Default for Chains {
    fn default() -> Chains {
        Chains { latest: vec![NOWHERE; 1 << HASH_BITS], earlier: Vec::new() }
    }
}

impl Chains {
    fn clear(&mut self) {
        self.latest.fill(NOWHERE);
        self.earlier.clear();
    }

    /// Passes all places in `text` before `at`.
    fn pass(&mut self, text: &[u8], at: usize) {
        for place in self.earlier.len()..at {
            let latest = &mut self.latest[chain(product(&text[place..]))];
            self.earlier.push(std::mem::replace(latest, place as u32));
        }
    }
}

impl Block<'_> {
    /// Returns the longest match at `at`, which comes after all that were asked about, if it is longer than `beyond`.
    fn longest(&mut self, at: usize, beyond: usize) -> Option<Match> {
        if at >= self.beginnings {
            return None;
        }
        self.chains.pass(self.text, at);
        let text = &self.text[at..self.text.len() - TAIL_WITHOUT_MATCH];
        let mut longest = Match { distance: 0, length: beyond };
        let (place, length) = self.dictionary.longest(text);
        longest.take(self.dictionary.bytes.len() - place + at, length);
        let mut place = self.chains.latest[chain(product(text))];
        for _ in 0..CHAIN_MAX {
            if place == NOWHERE {
                break;
            }
            let earlier = place as usize;
            // Most differ where a longer match would have to go on.
            if text.get(longest.length) == self.text.get(earlier + longest.length) {
                longest.take(at - earlier, common(&self.text[earlier..], text));
            }
            place = self.chains.earlier[earlier];
        }
        Some(longest).filter(|longest| longest.distance > 0)
    }
}

impl Match {
    /// Becomes another one, if that is longer and in reach.
    fn take(&mut self, distance: usize, length: usize) {
        if length > self.length && distance <= DISTANCE_MAX {
            *self = Match { distance, length };
        }
    }
}

/// Returns the first four bytes multiplied as Knuth hashes them: the high bits depend on all of them.
fn product(text: &[u8]) -> u32 {
    u32::from_le_bytes([text[0], text[1], text[2], text[3]]).wrapping_mul(2_654_435_761)
}

/// Returns the hash by which four bytes of this product are found in a block.
fn chain(product: u32) -> usize {
    (product >> (u32::BITS - HASH_BITS)) as usize
}

/// Returns how long both begin alike.
fn common(a: &[u8], b: &[u8]) -> usize {
    let mut length = 0;
    for (a, b) in a.as_chunks().0.iter().zip(b.as_chunks().0) {
        let difference = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if difference != 0 {
            return length + (difference.trailing_zeros() / u8::BITS) as usize;
        }
        length += size_of::<u64>();
    }
    length + a[length..].iter().zip(&b[length..]).take_while(|(a, b)| a == b).count()
}

fn write_sequence(out: &mut Vec<u8>, literals: &[u8], found: Option<Match>) {
    let beyond = found.map_or(0, |found| found.length - MATCH_MIN);
    out.push((literals.len().min(TOKEN_FULL) << 4 | beyond.min(TOKEN_FULL)) as u8);
    write_rest(out, literals.len());
    out.extend(literals);
    if let Some(Match { distance, .. }) = found {
        out.extend((distance as u16).to_le_bytes());
        write_rest(out, beyond);
    }
}

/// Writes what a half of the token does not say of `number`.
fn write_rest(out: &mut Vec<u8>, number: usize) {
    if let Some(rest) = number.checked_sub(TOKEN_FULL) {
        out.resize(out.len() + rest / 255, 255);
        out.push((rest % 255) as u8);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unpacked(dictionary: &Dictionary, packed: &[u8], length: usize) -> Vec<u8> {
        let mut text = vec![0; length];
        let unpacked = lz4_flex::block::decompress_into_with_dict(packed, &mut text, &dictionary.bytes);
        assert_eq!(unpacked.ok(), Some(length));
        text
    }

    fn packed(dictionary: &Dictionary, text: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        dictionary.compress(text, &mut Chains::default(), &mut packed);
        packed
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out(
            // Few letters, so that much repeats.
            dictionary in proptest::collection::vec(b'a'..b'd', 0..3_000),
            text in proptest::collection::vec(b'a'..b'e', 0..3_000),
            repeated in 1..40_usize,
        ) {
            let dictionary = Dictionary::new(dictionary);
            for text in [text.repeat(repeated), text] {
                prop_assert_eq!(unpacked(&dictionary, &packed(&dictionary, &text), text.len()), text);
            }
        }
    }

    #[test]
    fn what_the_dictionary_holds_takes_no_room() {
        let line = "Hold the button for three seconds until the lamp blinks. ".as_bytes();
        let dictionary = Dictionary::new(line.to_vec());
        assert!(packed(&dictionary, line).len() < 16);
        assert!(packed(&Dictionary::new(Vec::new()), line).len() > 50);
    }

    #[test]
    fn a_dictionary_out_of_reach_is_not_reached_for() {
        let dictionary = Dictionary::new(b"an answer that stands at the very beginning".to_vec());
        let mut text: Vec<u8> =
            (0..20_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        text.extend(b"an answer that stands at the very beginning, and a tail");
        assert_eq!(unpacked(&dictionary, &packed(&dictionary, &text), text.len()), text);
    }
}
