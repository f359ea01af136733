//! Rules of normalisation as `sentencepiece` has them: strings that are replaced by others, in place.
//!
//! They are applied as Hugging Face's `tokenizers` does it. Of a grapheme cluster of fewer than 6 bytes the shortest key
//! at its beginning counts, and its replacement stands for the whole cluster; characters of others have rules of their
//! own.

use std::ops::ControlFlow;

use unicode_segmentation::UnicodeSegmentation;

use crate::double_array::DoubleArray;

/// The number of bytes from which on a cluster has no rule as a whole.
pub(crate) const CLUSTER_END: usize = 6;
/// The greatest length of a replacement in bytes; the longest of the XLM-R models has 33. A longer one of a forged model
/// is none, so that a text takes bounded time.
const REPLACEMENT_MAX: usize = 255;

/// The rules of a model, in place.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    pub(crate) trie: DoubleArray<'a>,
    /// The replacements, a byte 0 behind each.
    pub(crate) replacements: &'a [u8],
}

impl<'a> Rules<'a> {
    /// Calls `found` with each character of the normalised text, until it breaks.
    pub(crate) fn for_each_character(
        self,
        text: &str,
        mut found: impl FnMut(char) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        for cluster in text.graphemes(true) {
            if cluster.len() < CLUSTER_END
                && let Some(replacement) = self.replacement(cluster)
            {
                replacement.chars().try_for_each(&mut found)?;
                continue;
            }
            for (start, character) in cluster.char_indices() {
                match self.replacement(&cluster[start..start + character.len_utf8()]) {
                    Some(replacement) => replacement.chars().try_for_each(&mut found)?,
                    None => found(character)?,
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Checks that each rule has a replacement.
    pub(crate) fn verify(self) -> Result<(), &'static str> {
        if self.trie.values().into_iter().all(|value| self.replacement_at(value).is_some()) {
            Ok(())
        } else {
            Err("a rule has no replacement, or a long one")
        }
    }

    fn replacement(self, text: &str) -> Option<&'a str> {
        let (_, value) = self.trie.prefixes(text.as_bytes()).next()?;
        self.replacement_at(value)
    }

    fn replacement_at(self, start: u32) -> Option<&'a str> {
        let rest = self.replacements.get(start as usize..)?;
        let length = rest.iter().take(REPLACEMENT_MAX + 1).position(|&byte| byte == 0)?;
        str::from_utf8(&rest[..length]).ok()
    }
}
