//! Rules of normalisation: from the `precompiled_charsmap` of `sentencepiece`, or from those of single characters.

use std::collections::{BTreeMap, HashMap};
use std::iter;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

use super::double_array::double_array;
use crate::double_array::{DoubleArray, UNITS_MAX};
use crate::rules::{CLUSTER_END, Rules};
use crate::vocabulary_head::REPLACEMENTS_MAX;

/// Rules as a model file has them.
pub(super) struct Charsmap {
    /// The units of the trie of keys.
    pub(super) units: Vec<u8>,
    /// The replacements, a byte 0 behind each.
    pub(super) replacements: Vec<u8>,
}

impl Charsmap {
    /// Reads the bytes of a `precompiled_charsmap`: the length of the trie, the trie, the replacements.
    pub(super) fn parse(bytes: &[u8]) -> Result<Charsmap, &'static str> {
        const DAMAGED: &str = "the rules of normalisation are cut off";
        let (length, rest) = bytes.split_first_chunk().ok_or(DAMAGED)?;
        let (units, replacements) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(DAMAGED)?;
        if !units.len().is_multiple_of(4) {
            return Err(DAMAGED);
        }
        Charsmap { units: units.to_vec(), replacements: replacements.to_vec() }.checked()
    }

    /// Returns the rules that replace single characters, and those that compose a character and an accent behind it.
    ///
    /// `sentencepiece` derives the second from Unicode: all pairs to which a composed character is equivalent. A character
    /// with a rule of its own is replaced before a pair is found.
    pub(super) fn from_characters(rules: &BTreeMap<char, String>) -> Result<Charsmap, &'static str> {
        let mut all: BTreeMap<Vec<u8>, String> = BTreeMap::new();
        for (key, composed) in &*COMPOSED_PAIRS {
            if !key.starts_with(|first| rules.contains_key(&first)) {
                all.insert(key.clone().into_bytes(), composed.to_string());
            }
        }
        for (&character, replacement) in rules {
            all.insert(character.to_string().into_bytes(), replacement.clone());
        }
        let mut replacements = Vec::new();
        let mut places: HashMap<&str, u32> = HashMap::new();
        let mut keys = Vec::new();
        for (key, replacement) in &all {
            let next = u32::try_from(replacements.len()).map_err(|_| "there are too many rules of normalisation")?;
            let place = *places.entry(replacement).or_insert_with(|| {
                replacements.extend_from_slice(replacement.as_bytes());
                replacements.push(0);
                next
            });
            keys.push((key.as_slice(), place));
        }
        let units = double_array(&keys).ok_or("there are too many rules of normalisation")?;
        Charsmap { units: units.into_iter().flat_map(u32::to_le_bytes).collect(), replacements }.checked()
    }

    fn checked(self) -> Result<Charsmap, &'static str> {
        if self.units.len() > 4 * UNITS_MAX as usize || self.replacements.len() > REPLACEMENTS_MAX as usize {
            return Err("there are too many rules of normalisation");
        }
        let trie = DoubleArray { units: self.units.as_chunks().0 };
        Rules { trie, replacements: &self.replacements }.verify()?;
        Ok(self)
    }
}

/// The pairs of a character and an accent, in each form of that, with the characters that they compose.
///
/// Longer clusters have no rule as a whole, see [`crate::rules`].
static COMPOSED_PAIRS: LazyLock<Vec<(String, char)>> = LazyLock::new(composed_pairs);

fn composed_pairs() -> Vec<(String, char)> {
    let mut forms: HashMap<char, Vec<char>> = HashMap::new();
    for character in '\0'..=char::MAX {
        if let [accent] = iter::once(character).nfkd().collect::<Vec<_>>()[..]
            && accent != character
        {
            forms.entry(accent).or_default().push(character);
        }
    }
    let mut pairs = Vec::new();
    for composed in '\0'..=char::MAX {
        let [first, accent] = iter::once(composed).nfd().collect::<Vec<_>>()[..] else { continue };
        if compose(first, accent) == Some(composed) {
            let others = forms.get(&accent).map_or(&[][..], Vec::as_slice);
            let keys = others.iter().chain([&accent]).map(|accent| String::from_iter([first, *accent]));
            pairs.extend(keys.filter(|key| key.len() < CLUSTER_END).map(|key| (key, composed)));
        }
    }
    pairs
}

/// Returns the bytes that a text has in base 64; none if it is no such text.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=').as_bytes();
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for digits in text.chunks(4) {
        let mut number = 0_u32;
        for &digit in digits {
            number = number << 6 | u32::from(digit_of_base64(digit)?);
        }
        let byte_count = digits.len() * 6 / 8;
        let aligned = number << (32 - 6 * digits.len());
        bytes.extend_from_slice(&aligned.to_be_bytes()[..byte_count]);
    }
    Some(bytes)
}

fn digit_of_base64(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::ops::ControlFlow;

    use super::{Charsmap, from_base64};
    use crate::double_array::DoubleArray;
    use crate::rules::Rules;

    #[test]
    fn base_64_is_read() {
        for (text, bytes) in [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmE=", "fooba")] {
            assert_eq!(from_base64(text).unwrap(), bytes.as_bytes());
        }
        assert_eq!(from_base64("+/8=").unwrap(), [0xfb, 0xff]);
        assert!(from_base64("Zm 9").is_none());
    }

    fn normalised(charsmap: &Charsmap, text: &str) -> String {
        let trie = DoubleArray { units: charsmap.units.as_chunks().0 };
        let mut normalised = String::new();
        let _ = Rules { trie, replacements: &charsmap.replacements }.for_each_character(text, |character| {
            normalised.push(character);
            ControlFlow::Continue(())
        });
        normalised
    }

    #[test]
    fn accents_are_composed_and_characters_replaced() {
        let rules = BTreeMap::from([('ﬁ', "fi".to_owned()), ('\t', " ".to_owned()), ('\u{1}', String::new())]);
        let charsmap = Charsmap::from_characters(&rules).unwrap();
        for (text, expected) in [
            ("", ""),
            ("ﬁn\tde\u{1}", "fin de"),
            ("e\u{301}e\u{341}", "éé"),
            // Only the first pair of a short cluster counts, and the second is lost with it.
            ("u\u{308}\u{304}", "ü"),
            ("ﬁ\u{301}", "fi"),
            // A cluster of 6 bytes or more is read by characters.
            ("e\u{301}\u{302}\u{303}", "e\u{301}\u{302}\u{303}"),
            ("\0a", "\0a"),
        ] {
            assert_eq!(normalised(&charsmap, text), expected, "{text:?}");
        }
    }

    #[test]
    fn damaged_rules_are_refused() {
        let rules = BTreeMap::from([('ﬁ', "fi".to_owned())]);
        let charsmap = Charsmap::from_characters(&rules).unwrap();
        let length = u32::try_from(charsmap.units.len()).unwrap().to_le_bytes();
        let whole = [&length[..], &charsmap.units, &charsmap.replacements].concat();
        assert_eq!(normalised(&Charsmap::parse(&whole).unwrap(), "ﬁ"), "fi");
        for end in [0, 3, 100, whole.len() - 1] {
            assert!(Charsmap::parse(&whole[..end]).is_err(), "{end}");
        }
        let long = BTreeMap::from([('a', "b".repeat(256))]);
        assert_eq!(Charsmap::from_characters(&long).err(), Some("a rule has no replacement, or a long one"));
    }
}
