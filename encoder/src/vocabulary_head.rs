//! The fields of the head that differ between tokenisers.
//!
//! ```text
//!        WordPiece                                            Unigram
//! 88  4  1                                                    2
//! 92  4  casing: 1 lower case, 2 accents stripped, 3 both     spacing: 1 words end at white space, 2 a run of spaces
//!                                                             is one, 3 both
//! 96  4  bytes of the longest piece                           the same
//! 100 4  bits of a bucket number, 1 to 24                     units of the trie of pieces
//! 104 4  bytes of all buckets                                 units of the trie of rules
//! 108 4  0                                                    bytes of the replacements of rules
//! 112 4  0                                                    least score of a piece, a number of 4 bytes
//! ```

use crate::double_array::UNITS_MAX;
use crate::error::{ModelError, check, damaged};
use crate::words::Casing;
use faqt_meaning::buckets::PIECE_MAX;

/// The number of fields of 4 bytes.
pub(crate) const FIELD_COUNT: usize = 7;
/// The greatest number of bits of a bucket number.
const BUCKET_BITS_MAX: u32 = 24;
/// The greatest length of all replacements in bytes.
pub(crate) const REPLACEMENTS_MAX: u32 = 1 << 24;

const WORD_PIECE: u32 = 1;
const UNIGRAM: u32 = 2;

/// The treatment of white space by a Unigram tokeniser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spacing {
    /// Ends words at white space, which is no part of any.
    pub(crate) split: bool,
    /// Reads a run of spaces as one.
    pub(crate) collapse: bool,
}

/// The tokeniser of a model and the lengths of its sections.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum VocabularyHead {
    /// Words, cut by greedy longest match in a hash table.
    WordPiece { casing: Casing, longest: u32, bucket_bits: u32, buckets_length: u32 },
    /// Words, cut into the pieces with the greatest sum of scores, which a trie finds.
    Unigram {
        spacing: Spacing,
        longest: u32,
        unit_count: u32,
        rule_unit_count: u32,
        replacements_length: u32,
        score_min: f32,
    },
}

impl VocabularyHead {
    /// Reads the fields; [`VocabularyHead::check`] checks them.
    pub(crate) fn read(fields: [u32; FIELD_COUNT]) -> Result<VocabularyHead, ModelError> {
        let [kind, flags, longest, third, fourth, fifth, sixth] = fields;
        check("the tokeniser", kind, matches!(kind, WORD_PIECE | UNIGRAM), "1 or 2")?;
        let [first_flag, second_flag] = [flags & 1 == 1, flags & 2 == 2];
        if kind == WORD_PIECE {
            check("the casing", flags, flags <= 3, "0 to 3")?;
            if [fifth, sixth] != [0, 0] {
                return Err(damaged("a field is not empty"));
            }
            let casing = Casing { lower_case: first_flag, strip_accents: second_flag };
            return Ok(VocabularyHead::WordPiece { casing, longest, bucket_bits: third, buckets_length: fourth });
        }
        check("the spacing", flags, flags <= 3, "0 to 3")?;
        Ok(VocabularyHead::Unigram {
            spacing: Spacing { split: first_flag, collapse: second_flag },
            longest,
            unit_count: third,
            rule_unit_count: fourth,
            replacements_length: fifth,
            score_min: f32::from_bits(sixth),
        })
    }

    /// Returns the fields.
    #[cfg(feature = "import")]
    pub(crate) fn fields(&self) -> [u32; FIELD_COUNT] {
        let flags = |first, second| u32::from(first) | u32::from(second) << 1;
        match *self {
            VocabularyHead::WordPiece { casing, longest, bucket_bits, buckets_length } => {
                let casing = flags(casing.lower_case, casing.strip_accents);
                [WORD_PIECE, casing, longest, bucket_bits, buckets_length, 0, 0]
            }
            VocabularyHead::Unigram {
                spacing,
                longest,
                unit_count,
                rule_unit_count,
                replacements_length,
                score_min,
            } => {
                let spacing = flags(spacing.split, spacing.collapse);
                [UNIGRAM, spacing, longest, unit_count, rule_unit_count, replacements_length, score_min.to_bits()]
            }
        }
    }

    /// Checks that sections can be read, in bounded memory.
    pub(crate) fn check(&self) -> Result<(), ModelError> {
        let (VocabularyHead::WordPiece { longest, .. } | VocabularyHead::Unigram { longest, .. }) = *self;
        if !(1..=PIECE_MAX).contains(&(longest as usize)) {
            return Err(damaged("the longest piece has 1 to 127 bytes"));
        }
        match *self {
            VocabularyHead::WordPiece { bucket_bits, .. } if !(1..=BUCKET_BITS_MAX).contains(&bucket_bits) => {
                Err(damaged("a bucket number has 1 to 24 bits"))
            }
            VocabularyHead::Unigram { unit_count, rule_unit_count, .. }
                if unit_count.max(rule_unit_count) > UNITS_MAX =>
            {
                Err(damaged("a trie has up to 16777216 units"))
            }
            VocabularyHead::Unigram { replacements_length, .. } if replacements_length > REPLACEMENTS_MAX => {
                Err(damaged("replacements have more than 16 MB"))
            }
            VocabularyHead::Unigram { score_min, .. } if !score_min.is_finite() => {
                Err(damaged("the least score is not finite"))
            }
            _ => Ok(()),
        }
    }
}
