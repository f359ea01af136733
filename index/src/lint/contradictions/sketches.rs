//! Sketches of sentences, by which those are chosen that are read.
//!
//! To read what a sentence states costs more than to cut it into words. So each sentence is sketched first: its words by
//! the hashes of their beginnings, and what it states by masks. Two sketches of different entries are a pair if they share
//! words and may contradict each other; only sentences of pairs are read. Pairs are found by the rarest words of each
//! sentence (prefix filtering), so the work is n log n in the number of sentences.

use std::collections::BTreeMap;
use std::ops::Range;

use twox_hash::XxHash3_64;

use super::claims::Stated;
use super::phrases::{FORCE_CLASSES, FORCES, PhraseClass};
use super::stretches::{for_each_word, stretches};
use super::values::{is_digit, is_number_word};
use crate::steps;
use crate::text::fold::folded;
use crate::text::function_words;

/// The letters of a word that its forms share.
const STEM_CHARS: usize = 4;
/// The most words of a sketch; longer ones are lists without stops.
const WORDS_MAX: usize = 48;
/// The fewest words that a pair shares.
const SHARED_MIN: usize = 2;
/// The least share, in fifths, of the words of the longer one: less than of two claims, because a sketch has the words of the
/// statement, too.
const FIFTHS_MIN: usize = 2;
/// The same, where the numbers do not differ.
const FORCE_FIFTHS_MIN: usize = 3;
/// The most of its rarest words by which a sketch is looked for.
const RAREST: usize = 6;
/// The sketches before it with a word that each is compared with.
const LATEST: usize = 12;
/// The counters of words, which words of one hash share.
const COUNTERS: usize = 1 << 16;
/// The words that a thread keeps with their kinds.
const KNOWN: usize = 1 << 14;

/// The bit of a sentence without a force; the others are those of [`FORCE_CLASSES`].
const PLAIN: u8 = 1 << 7;

/// The sketch of a sentence.
pub(super) struct Sketch {
    brief: Brief,
    /// Its bytes in the answer.
    range: Range<usize>,
    /// The hashes of its words, in order.
    words: Box<[u32]>,
}

/// The part of a sketch that rules out most others; lists have copies, which lie side by side.
#[derive(Clone, Copy)]
struct Brief {
    position: u32,
    words: usize,
    /// A Bloom filter of the words.
    filter: u128,
    /// The hash of its numbers with the words beside them; 0 without numbers.
    numbers: u64,
    /// The bits of its forces, and of those that contradict them.
    forces: u8,
    opposed: u8,
}

#[derive(Clone, Copy)]
enum Kind {
    Function,
    Number,
    Content(u32),
}

/// Makes the sketches of one entry after another.
pub(super) struct Sketcher {
    known: Vec<(u64, Kind)>,
}

impl Sketcher {
    pub(super) fn new() -> Sketcher {
        Sketcher { known: vec![(0, Kind::Function); KNOWN] }
    }

    /// Makes the sketches of the sentences of an `answer`, whose entry stands at `position`.
    pub(super) fn sketches(&mut self, position: u32, answer: &str, subtag: &str, all: &mut Vec<Sketch>) {
        for stretch in stretches(answer) {
            let text = &answer[stretch.clone()];
            let text = if text.is_ascii() { text.to_ascii_lowercase() } else { folded(text) };
            all.extend(self.sketch(position, stretch, &text, subtag));
        }
    }

    fn sketch(&mut self, position: u32, range: Range<usize>, sentence: &str, subtag: &str) -> Option<Sketch> {
        let (mut words, mut numbers) = (Vec::with_capacity(16), 0_u64);
        let (mut before, mut is_behind_number) = (0_u64, false);
        for_each_word(sentence, |word| {
            let hash = hash_of(word);
            let kind = self.kind(hash, word, subtag);
            if is_behind_number {
                numbers = numbers.wrapping_add(hash.rotate_left(7));
            }
            is_behind_number = matches!(kind, Kind::Number);
            match kind {
                Kind::Function => {}
                Kind::Number => numbers = numbers.wrapping_add(hash ^ before.rotate_left(13)) | 1,
                Kind::Content(word) => words.push(word),
            }
            before = hash;
        });
        words.sort_unstable();
        words.dedup();
        if !(SHARED_MIN..=WORDS_MAX).contains(&words.len()) {
            return None;
        }
        let filter = words.iter().fold(0, |filter, word| filter | 1 << (word & 127));
        let forces = FORCES.whole(sentence).fold(0, |bits, found| bits | bit(found.class));
        let forces = if forces == 0 { PLAIN } else { forces };
        let brief = Brief { position, words: words.len(), filter, numbers, forces, opposed: opposed(forces) };
        Some(Sketch { brief, range, words: words.into() })
    }

    /// Returns the kind of a word, by its hash if it was met lately.
    fn kind(&mut self, hash: u64, word: &str, subtag: &str) -> Kind {
        let language = subtag.bytes().fold(0, |bits, byte| bits << 8 | u64::from(byte));
        let hash = hash ^ language << 32;
        let known = &mut self.known[low(hash) as usize % KNOWN];
        if known.0 != hash {
            *known = (hash, kind_of(word, subtag));
        }
        known.1
    }
}

fn kind_of(word: &str, subtag: &str) -> Kind {
    if word.starts_with(is_digit) || is_number_word(word) {
        return Kind::Number;
    }
    let word = word.split_once(['\'', '’']).map_or(word, |(word, _)| word);
    if word.len() <= 1 || function_words::level(word, subtag).is_some() || function_words::is_chinese_word(word) {
        return Kind::Function;
    }
    let is_name = word.contains(|c: char| c.is_ascii_digit());
    let end = word.char_indices().nth(STEM_CHARS).filter(|_| !is_name).map_or(word.len(), |(end, _)| end);
    Kind::Content(low(hash_of(&word[..end])))
}

/// Returns the hash of a word, the same in every process: the order of hashes decides which words count as rarest, and so which
/// sentences are read. Who constructs a collision hides a contradiction of their own; the work stays within its bounds.
fn hash_of(word: &str) -> u64 {
    XxHash3_64::oneshot(word.as_bytes())
}

#[expect(clippy::cast_possible_truncation, reason = "half of a hash is one")]
fn low(hash: u64) -> u32 {
    hash as u32
}

fn bit(class: PhraseClass) -> u8 {
    FORCE_CLASSES.iter().position(|other| *other == class).map_or(0, |at| 1 << at)
}

fn opposed(forces: u8) -> u8 {
    let of_class = |class: PhraseClass| {
        let stated = Stated::Force(class);
        stated.opposites().iter().fold(0, |bits, class| bits | if *class == "plain" { PLAIN } else { bit(class) })
    };
    let plain = if forces & PLAIN == 0 { 0 } else { bit("not") };
    FORCE_CLASSES.iter().filter(|class| forces & bit(class) != 0).fold(plain, |bits, class| bits | of_class(class))
}

/// Returns the sentences that may contradict one of another entry: their bytes by the positions of their entries.
pub(super) fn paired(sketches: &[Sketch]) -> BTreeMap<u32, Vec<Range<usize>>> {
    let mut counts = vec![0_u32; COUNTERS];
    for &word in sketches.iter().flat_map(|sketch| &sketch.words) {
        counts[word as usize % COUNTERS] += 1;
    }
    let mut listed = Vec::with_capacity(RAREST * sketches.len());
    let mut rarest = Vec::new();
    for (number, sketch) in sketches.iter().enumerate() {
        rarest.clear();
        let counted = sketch.words.iter().map(|&word| (counts[word as usize % COUNTERS], word));
        rarest.extend(counted.filter(|&(count, _)| count > 1));
        rarest.sort_unstable();
        let wanted = RAREST.min(sketch.words.len() / 2 + 1);
        listed.extend(rarest.iter().take(wanted).map(|&(_, word)| (word, number)));
    }
    listed.sort_unstable();
    let mut is_paired = vec![false; sketches.len()];
    let mut briefs: Vec<Brief> = Vec::new();
    for list in listed.chunk_by(|one, other| one.0 == other.0) {
        briefs.clear();
        briefs.extend(list.iter().map(|&(_, number)| sketches[number].brief));
        for (at, &(_, number)) in list.iter().enumerate() {
            let start = at.saturating_sub(LATEST);
            steps::count(at - start);
            for (&(_, other), brief) in list[start..at].iter().zip(&briefs[start..at]) {
                let shared_min = brief.shared_min(&briefs[at]);
                if shared_min.is_some_and(|least| sketches[number].shared(&sketches[other]) >= least) {
                    (is_paired[number], is_paired[other]) = (true, true);
                }
            }
        }
    }
    let mut paired: BTreeMap<u32, Vec<Range<usize>>> = BTreeMap::new();
    for (sketch, _) in sketches.iter().zip(is_paired).filter(|(_, is_paired)| *is_paired) {
        paired.entry(sketch.brief.position).or_default().push(sketch.range.clone());
    }
    paired
}

impl Brief {
    /// Returns the fewest words that both must share to be a pair; nothing if they are none whatever they share.
    fn shared_min(&self, other: &Brief) -> Option<usize> {
        let has_other_numbers = self.numbers != other.numbers && self.numbers != 0 && other.numbers != 0;
        let fifths = if has_other_numbers { FIFTHS_MIN } else { FORCE_FIFTHS_MIN };
        let least = SHARED_MIN.max((fifths * self.words.max(other.words)).div_ceil(5));
        // Two words may have one bit.
        let is_alike = (self.filter & other.filter).count_ones() as usize + 1 >= least;
        let may_contradict = has_other_numbers || self.opposed & other.forces != 0;
        (may_contradict && is_alike && self.position != other.position).then_some(least)
    }
}

impl Sketch {
    /// Counts the words that both have.
    fn shared(&self, other: &Sketch) -> usize {
        let (mut own, mut others) = (self.words.iter().peekable(), other.words.iter().peekable());
        let mut shared = 0;
        while let (Some(&&one), Some(&&two)) = (own.peek(), others.peek()) {
            shared += usize::from(one == two);
            if one <= two {
                own.next();
            }
            if two <= one {
                others.next();
            }
        }
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_for_its_own_language_alone() {
        let mut sketcher = Sketcher::new();
        let mut is_content =
            |word: &str, subtag: &str| matches!(sketcher.kind(hash_of(word), word, subtag), Kind::Content(_));
        assert!(!is_content("the", "en"));
        assert!(is_content("the", "es"), "Spanish and Estonian begin with the same letter as English");
        assert!(!is_content("the", "en"));
    }
}
