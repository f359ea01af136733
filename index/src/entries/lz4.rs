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
const NOWHERE: usize = usize::MAX;

/// What stands before every block.
pub(super) struct Dictionary {
    bytes: Vec<u8>,
    /// Where each suffix of two bytes or more begins, in the order of the suffixes.
    suffixes: Vec<usize>,
    /// For each pair of first bytes the number of suffixes before it, and of all.
    pairs: Vec<usize>,
}

/// Bytes that stood before, too.
#[derive(Clone, Copy)]
struct Match {
    distance: usize,
    length: usize,
}

impl Dictionary {
    pub(super) fn new(bytes: Vec<u8>) -> Dictionary {
        let mut suffixes: Vec<usize> = (0..bytes.len().saturating_sub(1)).collect();
        suffixes.sort_unstable_by_key(|&at| &bytes[at..]);
        let mut pairs = vec![0; (1 << 16) + 1];
        for &at in &suffixes {
            pairs[pair(&bytes[at..]) + 1] += 1;
        }
        for at in 1..pairs.len() {
            pairs[at] += pairs[at - 1];
        }
        Dictionary { bytes, suffixes, pairs }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds `text`, compressed, to `out`.
    pub(super) fn compress(&self, text: &[u8], out: &mut Vec<u8>) {
        let mut block = Block::new(self, text);
        let (mut written, mut at) = (0, 0);
        let mut here = block.longest(at);
        while at < block.earlier.len() {
            let next = (at + 1 < block.earlier.len() && here.is_none_or(|found| found.length < LONG))
                .then(|| block.longest(at + 1))
                .flatten();
            let Some(found) = here.filter(|here| next.is_none_or(|next| next.length <= here.length)) else {
                at += 1;
                here = next;
                continue;
            };
            write_sequence(out, &text[written..at], Some(found));
            at += found.length;
            written = at;
            here = block.longest(at);
        }
        write_sequence(out, &text[written..], None);
    }

    /// Returns where the longest beginning of `text`, which has two bytes at least, is in the dictionary, and how long it is.
    fn longest(&self, text: &[u8]) -> (usize, usize) {
        let pair = pair(text);
        let suffixes = &self.suffixes[self.pairs[pair]..self.pairs[pair + 1]];
        // What is most like a text stands next to where it would stand.
        let place = suffixes.partition_point(|&at| self.bytes[at..] < *text);
        let neighbours = &suffixes[place.saturating_sub(1)..suffixes.len().min(place + 1)];
        let longest = neighbours.iter().map(|&at| (at, common(&self.bytes[at..], text)));
        longest.max_by_key(|&(_, length)| length).unwrap_or_default()
    }
}

/// A block that is compressed.
struct Block<'a> {
    dictionary: &'a Dictionary,
    text: &'a [u8],
    /// For each hash of four bytes the last place that has it, of those passed.
    latest: Vec<usize>,
    /// For each place where a match may begin the place before with the same hash.
    earlier: Vec<usize>,
    passed: usize,
}

impl<'a> Block<'a> {
    fn new(dictionary: &'a Dictionary, text: &'a [u8]) -> Block<'a> {
        let beginnings = text.len().saturating_sub(TAIL_WITHOUT_BEGINNING);
        let (latest, earlier) = (vec![NOWHERE; 1 << HASH_BITS], vec![NOWHERE; beginnings]);
        Block { dictionary, text, latest, earlier, passed: 0 }
    }

    /// Returns the longest match at `at`, which comes after all that were asked about.
    fn longest(&mut self, at: usize) -> Option<Match> {
        if at >= self.earlier.len() {
            return None;
        }
        for place in self.passed..at {
            let latest = &mut self.latest[hash(&self.text[place..])];
            self.earlier[place] = std::mem::replace(latest, place);
        }
        self.passed = at;
        let text = &self.text[at..self.text.len() - TAIL_WITHOUT_MATCH];
        let mut longest = Match { distance: 0, length: MATCH_MIN - 1 };
        let mut take = |distance, length| {
            if length > longest.length && distance <= DISTANCE_MAX {
                longest = Match { distance, length };
            }
        };
        let (place, length) = self.dictionary.longest(text);
        take(self.dictionary.bytes.len() - place + at, length);
        let mut place = self.latest[hash(text)];
        for _ in 0..CHAIN_MAX {
            if place == NOWHERE {
                break;
            }
            take(at - place, common(&self.text[place..], text));
            place = self.earlier[place];
        }
        Some(longest).filter(|longest| longest.length >= MATCH_MIN)
    }
}

fn pair(text: &[u8]) -> usize {
    usize::from(u16::from_be_bytes([text[0], text[1]]))
}

/// Returns the hash of the first four bytes by Knuth's multiplication.
fn hash(text: &[u8]) -> usize {
    let four = u32::from_le_bytes([text[0], text[1], text[2], text[3]]);
    (four.wrapping_mul(2_654_435_761) >> (u32::BITS - HASH_BITS)) as usize
}

/// Returns how long both begin alike.
fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
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
        dictionary.compress(text, &mut packed);
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
