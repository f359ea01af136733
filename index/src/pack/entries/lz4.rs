//! Compression in the block format of LZ4, each block with the same dictionary before it.
//!
//! `lz4_flex` reads what is written here. It compresses, too, but with a table of four thousand places it forgets most of a
//! dictionary: packs would be a fifth larger. Here places in the dictionary are known by what begins there, by four bytes,
//! five, six and eight, so that the longer of two matches is mostly found; matches within the block itself are found by
//! chains of hashes, and one is put off by a byte where the next is longer, as gzip does. The longest of the candidates,
//! and which places hash alike, is found without branches: these cannot be foretold, and took a third of the time. The
//! longest match that there is, by halving among the sorted suffixes of the dictionary, made the pack of 100,000 entries a
//! fortieth smaller, and its build a fifth longer. A dictionary chosen piece by piece, as zstd trains one (COVER), made it
//! no smaller.
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
const LONG: usize = 8;
/// Earlier places in a block that are looked at.
const CHAIN_MAX: usize = 16;
const HASH_BITS: u32 = 12;
/// The lengths of the beginnings by which places in the dictionary are known.
const LENGTHS: [u32; 4] = [4, 5, 6, 8];
/// The bytes that are compared at once.
const WINDOW: usize = size_of::<u64>();
/// How many places a number of 16 bits can say.
const PLACES: usize = 1 << u16::BITS;

/// What stands before every block.
pub(crate) struct Lz4Dictionary {
    /// Its bytes, and zeros behind, so that at each place a window can be read.
    padded: Box<[u8; PLACES + WINDOW]>,
    /// How many there are before the zeros.
    length: usize,
    /// For each of `LENGTHS` and each hash of as many bytes the last place that has it.
    places: [Box<[u16; PLACES]>; LENGTHS.len()],
}

/// Bytes that stood before, too.
#[derive(Clone, Copy)]
struct Match {
    distance: usize,
    length: usize,
}

/// Where in a block four bytes stood before. One serves all blocks, of which there are hundreds of thousands.
pub(crate) struct Chains {
    /// For each hash of four bytes the last place that has it, counted from 1 through all blocks.
    latest: Box<[u32; 1 << HASH_BITS]>,
    /// The places in all blocks before this one.
    before: u32,
    /// For each place in the block the one before with the same hash, counted from 1, or 0.
    earlier: Vec<u32>,
}

/// A block that is compressed.
struct Lz4Block<'a> {
    dictionary: &'a Lz4Dictionary,
    text: &'a [u8],
    /// The number of places at which a match may begin.
    beginnings: usize,
    chains: &'a Chains,
}

impl Lz4Dictionary {
    /// Starts from at most 64 KiB.
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

    /// Adds `text`, compressed, to `out`.
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

    /// Returns where a long beginning of `text`, which has a window at least, is in the dictionary, and how long it is.
    fn longest(&self, text: &[u8]) -> (usize, usize) {
        let beginning = eight(text);
        // How many bytes are alike in the high half, the place in the low one: the largest is the longest.
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

/// Adds `text` to `out` as a block that holds it as it is.
pub(crate) fn store(text: &[u8], out: &mut Vec<u8>) {
    write_sequence(out, text, None);
}

impl Default for Chains {
    fn default() -> Chains {
        Chains { latest: zeros(), before: 0, earlier: Vec::new() }
    }
}

impl Chains {
    /// Links the places of `text`, which has less than 4 GiB.
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

/// Allocates an array.
#[expect(clippy::unnecessary_box_returns, reason = "it is too large for a stack")]
fn zeros<T: Clone + Default, const N: usize>() -> Box<[T; N]> {
    vec![T::default(); N].try_into().unwrap_or_else(|_| unreachable!("as many were allocated"))
}

fn eight(text: &[u8]) -> u64 {
    u64::from_le_bytes(text[..WINDOW].try_into().expect("a window"))
}

/// Returns a hash of 16 bits of the first `length` of eight bytes.
fn hash(eight: u64, length: u32) -> usize {
    ((eight << (u64::BITS - u8::BITS * length)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - u16::BITS)) as usize
}

/// Returns the hash by which four bytes are found in a block: multiplied as Knuth does, the high bits depend on all.
fn chain(four: &[u8]) -> usize {
    (u32::from_le_bytes(four.try_into().expect("four bytes")).wrapping_mul(2_654_435_761) >> (u32::BITS - HASH_BITS))
        as usize
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

/// Writes what a half of the token does not say of `number`.
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
