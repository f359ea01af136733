//! The words, the most common first.

use crate::random::Random;

/// The words that hold English text together, about in the order of their frequency.
const COMMON: &str = "the of to and a in is it you that for on are with as i be at one have this from or had by not but \
    what all were when we there can an your which their said if do will each about how up out them then she many some \
    so these would other into has more her two like him see time could no make than first been its who now people my \
    made over did down only way find use may water long little very after words called just where most know get \
    through back much before go good new write our used me man too any day same right look think also around another \
    came come work three word must because does part even place well such here take why";

const ONSETS: [&str; 20] =
    ["b", "br", "c", "d", "f", "g", "gr", "h", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "w"];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "oo", "ai"];
const CODAS: [&str; 10] = ["", "", "", "", "", "", "n", "r", "l", "t"];

/// Words in all: a hundred thousand entries go on meeting new ones.
const WORDS: usize = 200_000;
/// An entry is about words of middling rank: of a hundred entries three hold the commonest, of ten thousand three the
/// rarest.
const SUBJECTS_TO: usize = 20_000;

/// The words, the most common first.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
    common: usize,
}

impl Vocabulary {
    pub(crate) fn new() -> Vocabulary {
        let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
        let common = words.len();
        words.extend((common..WORDS).map(made_up));
        Vocabulary { words, common }
    }

    /// Draws any word. By Zipf's law the word of rank `r` is met in proportion to `1 / r`, whose inverse distribution
    /// function is a power of the number of words.
    pub(crate) fn any(&self, random: &mut Random) -> &str {
        &self.words[zipf(random, 1, self.words.len())]
    }

    /// Draws a word that an entry may be about, by the same law.
    pub(crate) fn subject(&self, random: &mut Random) -> &str {
        &self.words[zipf(random, self.common + 1, SUBJECTS_TO)]
    }

    /// Draws a common word.
    pub(crate) fn common(&self, random: &mut Random) -> &str {
        &self.words[zipf(random, 1, self.common)]
    }
}

/// Draws a rank, counted from 0, of those from `first` to `last`, counted from 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ranks are positive")]
fn zipf(random: &mut Random, first: usize, last: usize) -> usize {
    let (first, end) = (first as f64, last as f64 + 1.0);
    let rank = first * (end / first).powf(random.share());
    (rank as usize - 1).min(last - 1)
}

/// Makes up the word of a rank: the rarer, the longer.
fn made_up(rank: usize) -> String {
    let mut random = Random::new(0, rank as u64);
    let syllables = if rank < 3_000 { 2 } else { 3 };
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(ONSETS[random.below(ONSETS.len())]);
        word.push_str(VOWELS[random.below(VOWELS.len())]);
        word.push_str(CODAS[random.below(CODAS.len())]);
    }
    word
}
