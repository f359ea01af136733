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
//! 60  4   epsilon of layer normalisation, a number of 4 bytes
//! 64  4   bits of a value of an embedding: 4 or 8
//! 68  20  [PAD], [UNK], [CLS], [SEP], [MASK]: the numbers of these pieces
//! 88  4   tokeniser: 1 WordPiece, 2 Unigram
//! 92  24  fields of the tokeniser, see `crate::vocabulary_head`
//! 116 4   bytes of the prefix of questions
//! 120 4   bytes of the prefix of passages
//! 124 4   bytes of the name
//! 128 4   bytes of the source
//! 132 4   bytes of the licence
//! 136 16  vectors hash: XXH3 of 128 bits, see `crate::hashes`
//! ```
//!
//! Numbers are little-endian. Places of sections follow from these numbers ([`crate::layout`]), so that none can lead
//! out of the file.

use crate::error::{ModelError, VERSION, check, damaged};
use crate::special::SpecialPieces;
use crate::vocabulary_head::{FIELD_COUNT as VOCABULARY_FIELD_COUNT, VocabularyHead};

/// The first bytes of a model. The first byte is no text; the line end reveals a transfer that converted it.
pub(crate) const MAGIC: [u8; 8] = *b"\x89FAQTE\r\n";
/// The end of the content hash, where the hashed bytes begin.
pub(crate) const HASHED_START: usize = 24;
/// The lengths of the texts, which vectors do not depend on.
pub(crate) const TEXT_LENGTHS_START: usize = 124;
/// The hash of what vectors depend on.
pub(crate) const VECTORS_HASH_START: usize = 136;
/// The length of the head in bytes.
pub(crate) const HEAD_LENGTH: usize = 152;
/// The number of fields of 4 bytes between the two hashes.
const FIELD_COUNT: usize = (VECTORS_HASH_START - HASHED_START) / 4;
/// The first field of the tokeniser.
const VOCABULARY_FIELD: usize = 16;

const BERT: u32 = 1;
const MEAN_POOLING: u32 = 1;
/// The greatest length of the name, of the source and of the licence in bytes.
pub(crate) const TEXT_MAX: u32 = 1 << 20;
/// The greatest length of a prefix in bytes.
pub(crate) const PREFIX_MAX: u32 = 1 << 10;

/// The form of embeddings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EmbeddingBits {
    /// Blocks of 32 values of 4 bits, a scale of 2 bytes in front of each.
    Four,
    /// Values of 8 bits, and a scale of 4 bytes behind each row.
    Eight,
}

impl EmbeddingBits {
    /// Returns the length of a row in bytes.
    pub(crate) fn row_length(self, hidden: u64) -> u64 {
        match self {
            EmbeddingBits::Four => hidden / 32 * 18,
            EmbeddingBits::Eight => hidden + 4,
        }
    }
}

/// The architecture of a model and the lengths of its sections.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Head {
    pub(crate) layers: u32,
    pub(crate) hidden: u32,
    pub(crate) heads: u32,
    pub(crate) intermediate: u32,
    pub(crate) length_max: u32,
    pub(crate) piece_count: u32,
    pub(crate) epsilon: f32,
    pub(crate) embedding_bits: EmbeddingBits,
    pub(crate) special: SpecialPieces,
    pub(crate) vocabulary: VocabularyHead,
    /// The lengths of the prefixes of questions and of passages in bytes.
    pub(crate) prefix_lengths: [u32; 2],
    /// The lengths of the name, of the source and of the licence in bytes.
    pub(crate) text_lengths: [u32; 3],
}

impl Head {
    /// Reads and checks the head of a model, without its content hash.
    pub(crate) fn read(bytes: &[u8; HEAD_LENGTH]) -> Result<Head, ModelError> {
        let fields: [u32; FIELD_COUNT] =
            std::array::from_fn(|at| u32::from_le_bytes(bytes[HASHED_START..].as_chunks().0[at]));
        if fields[0] != VERSION {
            return Err(ModelError::Version { found: fields[0] });
        }
        check("the architecture", fields[1], fields[1] == BERT, "1")?;
        check("the pooling", fields[8], fields[8] == MEAN_POOLING, "1")?;
        check("the number of bits of an embedding", fields[10], matches!(fields[10], 4 | 8), "4 or 8")?;
        let head = Head {
            layers: fields[2],
            hidden: fields[3],
            heads: fields[4],
            intermediate: fields[5],
            length_max: fields[6],
            piece_count: fields[7],
            epsilon: f32::from_bits(fields[9]),
            embedding_bits: if fields[10] == 4 { EmbeddingBits::Four } else { EmbeddingBits::Eight },
            special: SpecialPieces(std::array::from_fn(|at| fields[11 + at])),
            vocabulary: VocabularyHead::read(std::array::from_fn(|at| fields[VOCABULARY_FIELD + at]))?,
            prefix_lengths: std::array::from_fn(|at| fields[23 + at]),
            text_lengths: std::array::from_fn(|at| fields[25 + at]),
        };
        head.check_architecture()?;
        head.check_vocabulary()?;
        Ok(head)
    }

    /// Returns the bytes of the head, with empty hashes.
    #[cfg(feature = "import")]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let architecture = [
            VERSION,
            BERT,
            self.layers,
            self.hidden,
            self.heads,
            self.intermediate,
            self.length_max,
            self.piece_count,
            MEAN_POOLING,
            self.epsilon.to_bits(),
            match self.embedding_bits {
                EmbeddingBits::Four => 4,
                EmbeddingBits::Eight => 8,
            },
        ];
        let vocabulary = self.vocabulary.fields();
        let lengths = [&self.prefix_lengths[..], &self.text_lengths].concat();
        let fields = [&architecture[..], &self.special.0, &vocabulary, &lengths].concat();
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
        let &Head { piece_count, .. } = self;
        check("the number of pieces", piece_count, (5..1 << 24).contains(&piece_count), "5 to 16777215")?;
        if self.special.0.iter().any(|&piece| piece >= piece_count) {
            return Err(damaged("a special piece is not in the vocabulary"));
        }
        self.vocabulary.check()?;
        if self.prefix_lengths.iter().any(|&length| length > PREFIX_MAX) {
            return Err(damaged("a prefix is longer than 1 KB"));
        }
        if self.text_lengths.iter().any(|&length| length > TEXT_MAX) {
            return Err(damaged("a name, source or licence is longer than 1 MB"));
        }
        Ok(())
    }
}

const _: () = assert!(VOCABULARY_FIELD + VOCABULARY_FIELD_COUNT == 23);
