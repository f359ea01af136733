//! LZ4 block compression, with one dictionary before every block.
//!
//! `lz4_flex` decompresses these blocks. Its own compressor has a hash table of 4,096 slots, which forgets most of a
//! dictionary: packs would be 20 % larger. Here the dictionary is indexed by hashes of 4, 5, 6 and 8 bytes, so that the
//! longer of two matches is mostly found. Matches within a block are found by hash chains, with lazy matching as in
//! gzip. Candidates are compared without branches: their mispredictions took 33 % of the time.
//!
//! Two alternatives were measured on the pack of 100,000 entries. A suffix array, which finds the longest match in the
//! dictionary, made the pack 2.5 % smaller and its build 20 % longer. A dictionary trained as by zstd (COVER) made it
//! no smaller.
//!
//! A block is a list of sequences: token, rest of the number of literals, literals, match distance (2 bytes), rest of
//! the match length. A token has 4 bits each for the number of literals and for the match length less 4. The last
//! sequence has only literals, at least 5, and no match begins in the last 12 bytes
//! (<https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md>).

/// The shortest match in bytes.
const MATCH_MIN: usize = 4;
/// The greatest match distance.
const DISTANCE_MAX: usize = 65_535;
/// The bytes at the end of a block in which no match begins, and the bytes that no match covers.
const TAIL_WITHOUT_BEGINNING: usize = 12;
const TAIL_WITHOUT_MATCH: usize = 5;
/// The number from which 4 bits of the token are not enough.
const TOKEN_FULL: usize = 15;
/// The length from which a match is taken without lazy matching.
const LONG: usize = 8;
/// The most steps along a hash chain.
const CHAIN_MAX: usize = 16;
const HASH_BITS: u32 = 12;
/// The prefix lengths by which the dictionary is indexed.
const LENGTHS: [u32; 4] = [4, 5, 6, 8];
/// The bytes that are compared at once.
const WINDOW: usize = size_of::<u64>();
/// The number of places that 16 bits count.
const PLACES: usize = 1 << u16::BITS;

/// The dictionary before every block.
pub(crate) struct Lz4Dictionary {
    /// Its bytes, padded with zeros so that a window can be read at each place.
    padded: Box<[u8; PLACES + WINDOW]>,
    /// The number of bytes before the padding.
    length: usize,
    /// The last place of each hash, for each of `LENGTHS`.
    places: [Box<[u16; PLACES]>; LENGTHS.len()],
}

/// A repetition of earlier bytes.
#[derive(Clone, Copy)]
struct Match {
    distance: usize,
    length: usize,
}

/// The hash chains of a block, reused from block to block: a pack has hundreds of thousands.
pub(crate) struct Chains {
    /// The last place of each hash of 4 bytes, counted from 1 through all blocks.
    latest: Box<[u32; 1 << HASH_BITS]>,
    /// The number of places in all earlier blocks.
    before: u32,
    /// The previous place with the same hash for each place in the block, counted from 1; 0 if there is none.
    earlier: Vec<u32>,
}

/// A block to compress.
struct Lz4Block<'a> {
    dictionary: &'a Lz4Dictionary,
    text: &'a [u8],
    /// The number of places at which a match may begin.
    beginnings: usize,
    chains: &'a Chains,
}

impl Lz4Dictionary {
    /// Indexes `bytes`, at most 64 KiB.
    pub(crate) fn new(bytes: &[u8]) -> Lz4Dictionary {
        let places = LENGTHS.map(|length| {
            let mut places: Box<[u16; PLACES]> = zeros();
            for (place, beginning) in (0..).zip(bytes.windows(WINDOW)) {
                places[hash(eight(beginning), length)] = place;
            }
            places
        });
        let mut padded: Box<[u8; PLACES + WINDOW]> = zeros();
        padded[..bytes.len()].copy_from_slice(bytes);
        Lz4Dictionary { padded, length: bytes.len(), places }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.padded[..self.length]
    }

    /// Compresses `text` and appends it to `out`.
    pub(crate) fn compress(&self, text: &[u8], chains: &mut Chains, out: &mut Vec<u8>) {
        out.reserve(text.len());
        chains.link(text);
        let beginnings = text.len().saturating_sub(TAIL_WITHOUT_BEGINNING);
        let block = Lz4Block { dictionary: self, text, beginnings, chains };
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

    /// Returns the place and the length of a long match of `text`, which has at least a window.
    fn longest(&self, text: &[u8]) -> (usize, usize) {
        let beginning = eight(text);
        // The match length in the high half, the place in the low half: the maximum is the longest match.
        let mut longest = 0;
        for (places, length) in self.places.iter().zip(LENGTHS) {
            let place = places[hash(beginning, length)];
            let difference = eight(&self.padded[usize::from(place)..]) ^ beginning;
            longest = longest.max((difference.trailing_zeros() / u8::BITS) << u16::BITS | u32::from(place));
        }
        let (alike, place) = ((longest >> u16::BITS) as usize, (longest & u32::from(u16::MAX)) as usize);
        let here = &self.bytes()[place..];
        (place, if alike < WINDOW { alike.min(here.len()) } else { common(here, text) })
    }
}

/// Appends `text` to `out` as a block of literals.
pub(crate) fn store(text: &[u8], out: &mut Vec<u8>) {
    write_sequence(out, text, None);
}

impl Default for Chains {
    fn default() -> Chains {
        Chains { latest: zeros(), before: 0, earlier: Vec::new() }
    }
}

impl Chains {
    /// Builds the chains of `text`, which has less than 4 GiB.
    fn link(&mut self, text: &[u8]) {
        let length = u32::try_from(text.len()).expect("a block has less than 4 GiB");
        let end = self.before.checked_add(length).unwrap_or_else(|| {
            self.latest.fill(0);
            self.before = 0;
            length
        });
        if self.earlier.len() < text.len() {
            self.earlier.resize(text.len(), 0);
        }
        let before = self.before;
        for (place, (four, earlier)) in (before + 1..).zip(text.windows(4).zip(&mut self.earlier)) {
            let latest = &mut self.latest[chain(four)];
            *earlier = latest.saturating_sub(before);
            *latest = place;
        }
        self.before = end;
    }
}

impl Lz4Block<'_> {
    /// Returns the longest match at `at`, if it is longer than `beyond`.
    fn longest(&self, at: usize, beyond: usize) -> Option<Match> {
        if at >= self.beginnings {
            return None;
        }
        let text = &self.text[at..self.text.len() - TAIL_WITHOUT_MATCH];
        let mut longest = Match { distance: 0, length: beyond };
        let (place, length) = self.dictionary.longest(text);
        longest.take(self.dictionary.length - place + at, length);
        let mut place = self.chains.earlier[at];
        for _ in 0..CHAIN_MAX {
            let Some(earlier) = (place as usize).checked_sub(1) else { break };
            // Most candidates differ at the byte that a longer match needs.
            if text.get(longest.length) == self.text.get(earlier + longest.length) {
                longest.take(at - earlier, common(&self.text[earlier..], text));
            }
            place = self.chains.earlier[earlier];
        }
        Some(longest).filter(|longest| longest.distance > 0)
    }
}

impl Match {
    /// Takes another match, if it is longer and in reach.
    fn take(&mut self, distance: usize, length: usize) {
        if length > self.length && distance <= DISTANCE_MAX {
            *self = Match { distance, length };
        }
    }
}

/// Allocates an array.
#[expect(clippy::unnecessary_box_returns, reason = "it is too large for a stack")]
fn zeros<T: Clone + Default, const N: usize>() -> Box<[T; N]> {
    vec![T::default(); N].try_into().unwrap_or_else(|_| unreachable!("as many were allocated"))
}

fn eight(text: &[u8]) -> u64 {
    u64::from_le_bytes(text[..WINDOW].try_into().expect("a window"))
}

/// Returns a hash of 16 bits of the first `length` of 8 bytes.
fn hash(eight: u64, length: u32) -> usize {
    ((eight << (u64::BITS - u8::BITS * length)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - u16::BITS)) as usize
}

/// Returns the chain hash of 4 bytes, by Knuth's multiplicative hashing: the high bits depend on all bytes.
fn chain(four: &[u8]) -> usize {
    (u32::from_le_bytes(four.try_into().expect("four bytes")).wrapping_mul(2_654_435_761) >> (u32::BITS - HASH_BITS))
        as usize
}

/// Returns the length of the common prefix.
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

#[expect(clippy::cast_possible_truncation, reason = "halves of a byte, and distances of 16 bits at most")]
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

/// Writes the part of `number` that 4 bits of the token do not hold.
fn write_rest(out: &mut Vec<u8>, number: usize) {
    if let Some(rest) = number.checked_sub(TOKEN_FULL) {
        out.resize(out.len() + rest / 255, 255);
        out.push(u8::try_from(rest % 255).expect("less than 255"));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unpacked(dictionary: &Lz4Dictionary, packed: &[u8], length: usize) -> Vec<u8> {
        let mut text = vec![0; length];
        let unpacked = lz4_flex::block::decompress_into_with_dict(packed, &mut text, dictionary.bytes());
        assert_eq!(unpacked.ok(), Some(length));
        text
    }

    fn packed(dictionary: &Lz4Dictionary, text: &[u8]) -> Vec<u8> {
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
            let dictionary = Lz4Dictionary::new(&dictionary);
            for text in [text.repeat(repeated), text] {
                prop_assert_eq!(unpacked(&dictionary, &packed(&dictionary, &text), text.len()), text);
            }
        }
    }

    #[test]
    fn what_is_stored_comes_out() {
        for length in [0, 1, 14, 15, 16, 269, 270, 271, 100_000] {
            let (text, mut stored) = (vec![b'a'; length], Vec::new());
            store(&text, &mut stored);
            assert!(stored.len() >= length);
            assert_eq!(unpacked(&Lz4Dictionary::new(b"aaaaaaaa"), &stored, length), text);
        }
    }

    #[test]
    fn what_the_dictionary_holds_takes_no_room() {
        let line = "Hold the button for three seconds until the lamp blinks. ".as_bytes();
        let dictionary = Lz4Dictionary::new(line);
        assert!(packed(&dictionary, line).len() < 16);
        assert!(packed(&Lz4Dictionary::new(&[]), line).len() > 50);
    }

    #[test]
    fn a_dictionary_out_of_reach_is_not_reached_for() {
        let dictionary = Lz4Dictionary::new(b"an answer that stands at the very beginning");
        let mut text: Vec<u8> =
            (0..20_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        text.extend(b"an answer that stands at the very beginning, and a tail");
        assert_eq!(unpacked(&dictionary, &packed(&dictionary, &text), text.len()), text);
    }
}
