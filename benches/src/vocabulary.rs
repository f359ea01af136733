//! The vocabulary, by descending frequency.

use crate::random::Random;

/// Common English words, roughly by descending frequency.
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

/// The size of the vocabulary, large enough that 100,000 entries still meet new words.
const WORDS: usize = 200_000;
/// The last rank of subject words. By Zipf's law, the first subject word (rank 136) is in about 5 % of the entries, and
/// the last in about 0.03 %.
const SUBJECTS_TO: usize = 20_000;

/// The words by descending frequency.
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

    /// Draws any word by Zipf's law: the word of rank `r` has a probability proportional to `1 / r`. The inverse
    /// distribution function is a power of the number of words.
    pub(crate) fn any(&self, random: &mut Random) -> &str {
        &self.words[zipf(random, 1, self.words.len())]
    }

    /// Draws a word for a subject by the same law.
    pub(crate) fn subject(&self, random: &mut Random) -> &str {
        &self.words[zipf(random, self.common + 1, SUBJECTS_TO)]
    }

    /// Draws a common word.
    pub(crate) fn common(&self, random: &mut Random) -> &str {
        &self.words[zipf(random, 1, self.common)]
    }
}

/// Draws a rank from `first` to `last`, which are counted from 1; the result is counted from 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ranks are positive")]
fn zipf(random: &mut Random, first: usize, last: usize) -> usize {
    let (first, end) = (first as f64, last as f64 + 1.0);
    let rank = first * (end / first).powf(random.share());
    (rank as usize - 1).min(last - 1)
}

/// Generates the word of a rank: 2 syllables below rank 3,000, else 3.
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
