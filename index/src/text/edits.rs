//! The words at edit distance 1 of a misspelt one.

use std::cmp::Ordering;

/// Returns the texts of lower-case Latin letters at Damerau–Levenshtein distance 1 of `word`, the likelier slips first:
/// two letters swapped, one too many, one for another, one missing; nothing for a word of other characters.
///
/// A word of n letters has 53 n + 25 of them, some more than once.
pub(crate) fn edits(word: &str) -> impl Iterator<Item = String> + '_ {
    let letters: &[u8] = if word.bytes().all(|byte| byte.is_ascii_lowercase()) { word.as_bytes() } else { &[] };
    let count = letters.len();
    let spliced = |start: usize, end: usize, new: &[u8]| {
        let bytes = [&letters[..start], new, &letters[end..]].concat();
        String::from_utf8(bytes).expect("the letters are ASCII")
    };
    let swapped = (1..count).map(move |at| spliced(at - 1, at + 1, &[letters[at], letters[at - 1]]));
    let shorter = (0..count).map(move |at| spliced(at, at + 1, &[]));
    let replaced = (0..count).flat_map(move |at| (b'a'..=b'z').map(move |letter| spliced(at, at + 1, &[letter])));
    let places = if count == 0 { 0..0 } else { 0..count + 1 };
    let longer = places.flat_map(move |at| (b'a'..=b'z').map(move |letter| spliced(at, at, &[letter])));
    swapped.chain(shorter).chain(replaced).chain(longer).filter(move |edit| edit != word)
}

/// Returns true for those of the [`edits`] of `word` that hardly any other word is away from: two letters swapped, or a letter
/// doubled or not.
pub(crate) fn is_slip(word: &str, edit: &str) -> bool {
    let is_doubled = |long: &str, short: &str| {
        let end = short.bytes().zip(long.bytes()).take_while(|(one, other)| one == other).count();
        end > 0 && long.as_bytes()[end] == long.as_bytes()[end - 1]
    };
    match edit.len().cmp(&word.len()) {
        Ordering::Less => is_doubled(word, edit),
        Ordering::Equal => edit.bytes().zip(word.bytes()).filter(|(one, other)| one != other).count() == 2,
        Ordering::Greater => is_doubled(edit, word),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_edit_of_one_letter_is_there_and_no_other() {
        let all: Vec<String> = edits("lamp").collect();
        assert_eq!(all[..3], ["almp", "lmap", "lapm"]);
        for edit in ["amp", "lam", "lump", "clamp", "lamps", "lampp"] {
            assert!(all.iter().any(|known| known == edit), "{edit}");
        }
        let distinct: BTreeSet<&String> = all.iter().collect();
        // 3 swapped, 4 shorter, 4 · 25 replaced, and 5 · 26 longer, of which doubled letters are made twice.
        assert_eq!(distinct.len(), 3 + 4 + 100 + 130 - 4);
        assert!(distinct.iter().all(|edit| strsim::osa_distance(edit, "lamp") == 1));
    }

    #[test]
    fn slips_are_swapped_and_doubled_letters() {
        let all: BTreeSet<String> = edits("lapp").filter(|edit| is_slip("lapp", edit)).collect();
        let expected = ["alpp", "lpap", "lap", "llapp", "laapp", "lappp"];
        assert_eq!(all, expected.map(str::to_owned).into());
    }

    #[test]
    fn other_characters_have_no_edits() {
        for word in ["", "Lamp", "l4mp", "lämp", "灯"] {
            assert_eq!(edits(word).next(), None, "{word}");
        }
    }
}
