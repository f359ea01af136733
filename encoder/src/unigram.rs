//! The pieces of a Unigram model, and those of a word: the sequence with the greatest sum of scores (Viterbi).
//!
//! Sums and ties are those of Hugging Face's `tokenizers`: numbers of 8 bytes, the first of equal sums.

use std::ops::ControlFlow;

use crate::double_array::DoubleArray;
use crate::numbers::{Number, value};
use crate::rules::Rules;
use crate::spaces::Spaces;
use crate::vocabulary_head::Spacing;

/// The difference between the least score of a piece and that of an unknown character.
const UNKNOWN_PENALTY: f64 = 10.0;

/// The pieces of a Unigram model, in place.
#[derive(Clone, Copy)]
pub(crate) struct Unigram<'a> {
    pub(crate) rules: Rules<'a>,
    pub(crate) spacing: Spacing,
    pub(crate) trie: DoubleArray<'a>,
    /// The score of each piece.
    pub(crate) scores: &'a [Number],
    pub(crate) score_min: f32,
    /// The length of the longest piece in bytes.
    pub(crate) longest: usize,
    /// The piece of characters that are in no piece.
    pub(crate) unknown: u32,
}

/// The best way to the end of a piece, by the place of that end in a word.
#[derive(Clone, Copy, Default)]
struct Node {
    score: f64,
    /// The start and the number of the last piece on the way; none if no piece ends here.
    last: Option<(usize, u32)>,
}

impl Unigram<'_> {
    /// Appends the pieces of each word of a text, until `check` breaks.
    pub(crate) fn append_text(
        &self,
        text: &str,
        pieces: &mut Vec<u32>,
        mut check: impl FnMut(&[u32]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut nodes = Vec::new();
        let mut spaces = Spaces::new(self.spacing, |word: &str| {
            self.append_word(word, &mut nodes, pieces);
            check(pieces)
        });
        self.rules.for_each_character(text, |character| spaces.push(character))?;
        spaces.end()
    }

    fn append_word(&self, word: &str, nodes: &mut Vec<Node>, pieces: &mut Vec<u32>) {
        nodes.clear();
        nodes.resize(word.len() + 1, Node::default());
        for (start, character) in word.char_indices() {
            self.extend_from(start, character.len_utf8(), word, nodes);
        }
        let first = pieces.len();
        let mut end = word.len();
        while let Some((start, piece)) = nodes[end].last {
            // Unknown characters beside each other are one piece.
            if piece != self.unknown || pieces[first..].last() != Some(&piece) {
                pieces.push(piece);
            }
            end = start;
        }
        pieces[first..].reverse();
    }

    /// Extends the best way to `start` by each piece there, or by an unknown character of this length.
    fn extend_from(&self, start: usize, character_length: usize, word: &str, nodes: &mut [Node]) {
        let score = nodes[start].score;
        let end = word.len().min(start + self.longest);
        let mut is_known = false;
        for (length, piece) in self.trie.prefixes(&word.as_bytes()[start..end]) {
            // A damaged model may name pieces that it does not have, or cut characters.
            let found = self.scores.get(piece as usize).filter(|_| word.is_char_boundary(start + length));
            if let Some(&piece_score) = found {
                nodes[start + length].improve(score + f64::from(value(piece_score)), start, piece);
                is_known |= length == character_length;
            }
        }
        if !is_known {
            let unknown_score = f64::from(self.score_min) - UNKNOWN_PENALTY;
            nodes[start + character_length].improve(score + unknown_score, start, self.unknown);
        }
    }

    /// Checks that each piece is a text and stands once, and that no score is below the least.
    pub(crate) fn verify(&self) -> Result<(), &'static str> {
        let mut named = vec![false; self.scores.len()];
        let mut longest = 0;
        self.trie.for_each_key(|key, piece| {
            if str::from_utf8(key).is_err() {
                return Err("a piece is no text");
            }
            longest = longest.max(key.len());
            match named.get_mut(piece as usize) {
                Some(named) if !*named => *named = true,
                _ => return Err("a piece names no row, or the row of another"),
            }
            Ok(())
        })?;
        if longest != self.longest || named.contains(&false) {
            return Err("a piece is missing");
        }
        let score_min = self.scores.iter().map(|&score| value(score)).reduce(f32::min);
        if !self.scores.iter().all(|&score| value(score).is_finite()) || score_min != Some(self.score_min) {
            return Err("a score is not finite, or not the least");
        }
        self.rules.verify()
    }
}

impl Node {
    fn improve(&mut self, score: f64, start: usize, piece: u32) {
        if self.last.is_none() || score > self.score {
            *self = Node { score, last: Some((start, piece)) };
        }
    }
}
