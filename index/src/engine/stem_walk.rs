//! An automaton for the stems of the words at edit distance 1 of a misspelt one.
//!
//! A stem is the beginning of its words. So the automaton accepts the beginnings of all texts at Damerau–Levenshtein
//! distance 1 that lack a few letters; the caller stems what is left.

use tantivy_fst::Automaton;

/// The most letters that a stem lacks of a word whose slip stands in the stem.
const ENDING_MAX: usize = 7;
/// The same where the slip stands in the ending.
pub(crate) const MISSPELT_ENDING_MAX: usize = 4;
/// The least length of a stem.
const STEM_MIN: usize = 3;

/// Accepts the stems of the words that `word`, of ASCII letters, may be misspelt for.
pub(crate) struct StemsNear<'w>(pub(crate) &'w [u8]);

/// The number of letters that were read, and how they agree with the word.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the states of a nondeterministic automaton, any of which may hold")]
pub(crate) struct State {
    read: usize,
    /// They begin the word.
    is_exact: bool,
    /// With one letter too many, with one replaced or two swapped, with one missing, they begin the word.
    is_longer: bool,
    is_replaced: bool,
    is_shorter: bool,
    /// The last is the next of the word, and the one before it must follow.
    is_swapping: bool,
}

impl Automaton for StemsNear<'_> {
    type State = State;

    fn start(&self) -> State {
        State { read: 0, is_exact: true, is_longer: false, is_replaced: false, is_shorter: false, is_swapping: false }
    }

    fn is_match(&self, state: &State) -> bool {
        let left = |used: Option<usize>, left_max| {
            used.and_then(|used| self.0.len().checked_sub(used)).is_some_and(|left| left <= left_max)
        };
        let read = state.read;
        read >= STEM_MIN
            && (state.is_exact && left(Some(read), MISSPELT_ENDING_MAX)
                || state.is_replaced && left(Some(read), ENDING_MAX)
                || state.is_longer && left(read.checked_sub(1), ENDING_MAX)
                || state.is_shorter && left(Some(read + 1), ENDING_MAX))
    }

    fn can_match(&self, state: &State) -> bool {
        state.is_exact || state.is_longer || state.is_replaced || state.is_shorter || state.is_swapping
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let read = state.read;
        let is_at = |place: usize| self.0.get(place) == Some(&byte);
        let is_before = read > 0 && is_at(read - 1);
        State {
            read: read + 1,
            is_exact: state.is_exact && is_at(read),
            is_longer: state.is_exact || state.is_longer && is_before,
            is_replaced: state.is_exact && read < self.0.len()
                || state.is_replaced && is_at(read)
                || state.is_swapping && is_before,
            is_shorter: (state.is_exact || state.is_shorter) && is_at(read + 1),
            is_swapping: state.is_exact && is_at(read + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(word: &str, stem: &str) -> bool {
        let automaton = StemsNear(word.as_bytes());
        let state = stem.bytes().fold(automaton.start(), |state, byte| automaton.accept(&state, byte));
        automaton.can_match(&state) && automaton.is_match(&state)
    }

    #[test]
    fn stems_of_neighbours_are_accepted() {
        for (word, stem) in [
            ("synolgy", "synolog"),
            ("syonlogy", "synolog"),
            ("sinology", "synolog"),
            ("synoology", "synolog"),
            ("encrypton", "encrypt"),
            ("limitatons", "limit"),
            ("lamp", "lamps"),
            ("lamp", "lam"),
            ("lampp", "lamp"),
            ("lmap", "lamp"),
        ] {
            assert!(accepts(word, stem), "{word} {stem}");
        }
        for (word, stem) in [
            ("synolgy", "cynolog"),
            ("syonlgy", "synolog"),
            ("lamp", "la"),
            ("lamplighters", "lamp"),
            ("lamp", "damps"),
        ] {
            assert!(!accepts(word, stem), "{word} {stem}");
        }
    }
}
