//! The head of a model: its architecture and the lengths of its sections.
//!
//! ```text
//! 0   8   magic: 89 "FAQTE" 0D 0A
//! 8   16  content hash: XXH3 of 128 bits over all that follows
//! 24  4   format version
//! 28  4   architecture: 1 BERT
//! 32  4   layers
//! 36  4   hidden size
//! 40  4   attention heads
//! 44  4   intermediate size
//! 48  4   greatest number of pieces of a text
//! 52  4   number of pieces in the vocabulary
//! 56  4   pooling: 1 mean
//! 60  4   casing: 1 lower case, 2 accents stripped, 3 both
//! 64  4   epsilon of layer normalisation, a number of 4 bytes
//! 68  20  [PAD], [UNK], [CLS], [SEP], [MASK]: the numbers of these pieces
//! 88  4   bytes of the longest piece
//! 92  4   bits of a bucket number, 1 to 24
//! 96  4   bytes of all buckets
//! 100 4   bytes of the name
//! 104 4   bytes of the source
//! 108 4   bytes of the licence
//! 112 16  vectors hash: XXH3 of 128 bits, see `crate::hashes`
//! ```
//!
//! Numbers are little-endian. Places of sections follow from these numbers ([`crate::layout`]), so that none can lead
//! out of the file.

use crate::error::{ModelError, VERSION, damaged};
use crate::special::SpecialPieces;
use crate::words::Casing;
use faqt_meaning::buckets::PIECE_MAX;

/// The first bytes of a model. The first byte is no text; the line end reveals a transfer that converted it.
pub(crate) const MAGIC: [u8; 8] = *b"\x89FAQTE\r\n";
/// The end of the content hash, where the hashed bytes begin.
pub(crate) const HASHED_START: usize = 24;
/// The lengths of the texts, which vectors do not depend on.
pub(crate) const TEXT_LENGTHS_START: usize = 100;
/// The hash of what vectors depend on.
pub(crate) const VECTORS_HASH_START: usize = 112;
/// The length of the head in bytes.
pub(crate) const HEAD_LENGTH: usize = 128;
/// The number of fields of 4 bytes between the two hashes.
const FIELD_COUNT: usize = (VECTORS_HASH_START - HASHED_START) / 4;

const BERT: u32 = 1;
const MEAN_POOLING: u32 = 1;
/// The greatest number of bits of a bucket number.
const BUCKET_BITS_MAX: u32 = 24;
/// The greatest length of the name, of the source and of the licence in bytes.
pub(crate) const TEXT_MAX: u32 = 1 << 20;

/// The architecture of a model and the lengths of its sections.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Head {
    pub(crate) layers: u32,
    pub(crate) hidden: u32,
    pub(crate) heads: u32,
    pub(crate) intermediate: u32,
    pub(crate) length_max: u32,
    pub(crate) piece_count: u32,
    pub(crate) casing: Casing,
    pub(crate) epsilon: f32,
    pub(crate) special: SpecialPieces,
    pub(crate) longest: u32,
    pub(crate) bucket_bits: u32,
    pub(crate) buckets_length: u32,
    /// The lengths of the name, of the source and of the licence in bytes.
    pub(crate) text_lengths: [u32; 3],
}

impl Head {
    /// Reads and checks the head of a model, without its content hash.
    pub(crate) fn read(bytes: &[u8; HEAD_LENGTH]) -> Result<Head, ModelError> {
        let fields: [[u8; 4]; FIELD_COUNT] = std::array::from_fn(|at| bytes[HASHED_START..].as_chunks().0[at]);
        let field = |at: usize| u32::from_le_bytes(fields[at]);
        if field(0) != VERSION {
            return Err(ModelError::Version { found: field(0) });
        }
        check("the architecture", field(1), field(1) == BERT, "1")?;
        check("the pooling", field(8), field(8) == MEAN_POOLING, "1")?;
        check("the casing", field(9), field(9) <= 3, "0 to 3")?;
        let head = Head {
            layers: field(2),
            hidden: field(3),
            heads: field(4),
            intermediate: field(5),
            length_max: field(6),
            piece_count: field(7),
            casing: Casing { lower_case: field(9) & 1 == 1, strip_accents: field(9) & 2 == 2 },
            epsilon: f32::from_le_bytes(fields[10]),
            special: SpecialPieces(std::array::from_fn(|at| field(11 + at))),
            longest: field(16),
            bucket_bits: field(17),
            buckets_length: field(18),
            text_lengths: std::array::from_fn(|at| field(19 + at)),
        };
        head.check_architecture()?;
        head.check_vocabulary()?;
        Ok(head)
    }

    /// Returns the bytes of the head, with empty hashes.
    #[cfg(feature = "import")]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let casing = u32::from(self.casing.lower_case) | u32::from(self.casing.strip_accents) << 1;
        let [name, source, licence] = self.text_lengths;
        let [pad, unknown, start, end, mask] = self.special.0;
        let fields: [u32; FIELD_COUNT] = [
            VERSION,
            BERT,
            self.layers,
            self.hidden,
            self.heads,
            self.intermediate,
            self.length_max,
            self.piece_count,
            MEAN_POOLING,
            casing,
            self.epsilon.to_bits(),
            pad,
            unknown,
            start,
            end,
            mask,
            self.longest,
            self.bucket_bits,
            self.buckets_length,
            name,
            source,
            licence,
        ];
        let mut bytes = [&MAGIC[..], &[0; HASHED_START - MAGIC.len()]].concat();
        bytes.extend(fields.iter().flat_map(|field| field.to_le_bytes()));
        bytes.resize(HEAD_LENGTH, 0);
        bytes
    }

    /// Checks that the architecture can be computed, in bounded memory.
    pub(crate) fn check_architecture(&self) -> Result<(), ModelError> {
        let &Head { layers, hidden, heads, intermediate, length_max, .. } = self;
        check("the number of layers", layers, (1..=48).contains(&layers), "1 to 48")?;
        check("the number of heads", heads, (1..=64).contains(&heads), "1 to 64")?;
        let is_whole = [32, 64].into_iter().any(|size| heads * size == hidden);
        check("the hidden size", hidden, is_whole, "32 or 64 for each head")?;
        let is_whole = (16..=16_384).contains(&intermediate) && intermediate.is_multiple_of(16);
        check("the intermediate size", intermediate, is_whole, "multiples of 16 up to 16384")?;
        check("the greatest number of pieces", length_max, (3..=512).contains(&length_max), "3 to 512")?;
        let is_small = self.epsilon > 0.0 && self.epsilon < 1.0;
        if is_small { Ok(()) } else { Err(damaged("the epsilon of layer normalisation is not between 0 and 1")) }
    }

    fn check_vocabulary(&self) -> Result<(), ModelError> {
        let &Head { piece_count, longest, bucket_bits, .. } = self;
        check("the number of pieces", piece_count, (5..1 << 24).contains(&piece_count), "5 to 16777215")?;
        if self.special.0.iter().any(|&piece| piece >= piece_count) {
            return Err(damaged("a special piece is not in the vocabulary"));
        }
        if !(1..=BUCKET_BITS_MAX).contains(&bucket_bits) {
            return Err(damaged("a bucket number has 1 to 24 bits"));
        }
        if !(1..=PIECE_MAX).contains(&(longest as usize)) {
            return Err(damaged("the longest piece has 1 to 127 bytes"));
        }
        if self.text_lengths.iter().any(|&length| length > TEXT_MAX) {
            return Err(damaged("a name, source or licence is longer than 1 MB"));
        }
        Ok(())
    }
}

/// Returns an error that names a field, if it is not `sound`.
fn check(field: &'static str, found: u32, sound: bool, expected: &'static str) -> Result<(), ModelError> {
    if sound { Ok(()) } else { Err(ModelError::Unsupported { field, found, expected }) }
}
