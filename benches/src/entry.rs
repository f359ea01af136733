//! Synthetic entries, generated from their numbers.

use std::fmt::Write as _;

use crate::random::Random;
use crate::vocabulary::Vocabulary;

/// Templates of questions; each `{}` takes the next word of the subject.
const QUESTIONS: [&str; 12] = [
    "How do I {} the {} of a {} {}?",
    "Can I {} my {} with a {} from {}?",
    "Why does my {} not {} when I {} the {}?",
    "What is the {} between {} and {} in {}?",
    "Where do I find the {} of my {} for {} {}?",
    "How long does it take to {} a {} to the {} {}?",
    "Do I need a {} if I already have {} for my {} {}?",
    "What happens to the {} after I {} the {} {}?",
    "Which {} are needed to {} a {} on {}?",
    "Is it safe to {} the {} without a {} or {}?",
    "Who can {} the {} that I made for {} {}?",
    "How much is the {} if I {} two {} every {}?",
];

/// Templates of aliases.
const ALIASES: [&str; 4] = ["{} {} {} {}", "{} and {} for {} {}", "cannot {} {} {} {}", "use {} {} with {} {}"];

/// Templates of spoken questions: more function words, another order.
const SPOKEN: [&str; 6] = [
    "hi, when I try to {} my {} it says {} and I do not know what to do",
    "what should I do if the {} does not {} any more after the {}",
    "is there any way to get my {} back when {} and {} are gone",
    "I would like to know how I can make the {} work with {} and {}",
    "my {} has been {} for three days now, how do I {} it",
    "could you tell me where the {} for the {} {} is",
];

/// The share of words of the answer that belong to the subject.
const SUBJECT_SHARE: f64 = 0.09;
/// The share of answers that link to another entry.
const LINKED_SHARE: f64 = 0.4;
/// The share of answers with steps.
const STEPS_SHARE: f64 = 0.2;

/// A generator of synthetic entries.
#[derive(Debug)]
pub struct Generator {
    vocabulary: Vocabulary,
    seed: u64,
    entries: usize,
}

/// A synthetic entry.
#[derive(Debug)]
pub struct Made {
    /// Its number, counted from 0.
    pub number: usize,
    /// The question.
    pub question: String,
    /// The aliases.
    pub aliases: Vec<String>,
    /// The keywords.
    pub keywords: Vec<String>,
    /// The paragraphs of the answer.
    pub paragraphs: Vec<String>,
    /// The steps behind the paragraphs, if any.
    pub steps: Vec<String>,
    /// The number of the entry that the answer links to, and the text of the link.
    pub link: Option<(usize, String)>,
}

impl Generator {
    /// Creates a generator of `entries` entries; another `seed` gives other entries.
    pub fn new(entries: usize, seed: u64) -> Generator {
        Generator { vocabulary: Vocabulary::new(), seed, entries }
    }

    /// Generates all entries in order.
    pub fn entries(&self) -> impl Iterator<Item = Made> {
        (0..self.entries).map(|number| self.entry(number))
    }

    /// Generates the entry of this number.
    pub fn entry(&self, number: usize) -> Made {
        let mut random = Random::new(self.seed, number as u64);
        let subject = self.subject(&mut random);
        let question = fill(QUESTIONS[random.below(QUESTIONS.len())], &subject);
        let aliases = (0..random.below(4)).map(|turn| {
            let mut words = subject.clone();
            words.rotate_left(turn);
            fill(ALIASES[random.below(ALIASES.len())], &words)
        });
        let aliases = aliases.collect();
        let mut keywords: Vec<String> = subject.iter().take(2).map(|&word| capitalised(word)).collect();
        if random.chance(0.25) {
            keywords.push(code(number));
        }
        let link = random.chance(LINKED_SHARE).then(|| {
            let other = random.below(self.entries);
            (other, self.phrase(&mut random, 3))
        });
        let has_steps = random.chance(STEPS_SHARE);
        let sentences = if has_steps { 4 } else { 6 };
        let mut paragraphs = vec![String::new(), String::new()];
        for at in 0..sentences {
            let paragraph = &mut paragraphs[usize::from(at >= sentences / 2)];
            self.sentence(&mut random, &subject, paragraph);
        }
        let mut steps = vec![String::new(); if has_steps { 3 } else { 0 }];
        for step in &mut steps {
            self.sentence(&mut random, &subject, step);
        }
        Made { number, question, aliases, keywords, paragraphs, steps, link }
    }

    /// Returns a question about the entry of this number: 3 words of its subject.
    pub fn keywords(&self, number: usize) -> String {
        let mut words = self.subject(&mut Random::new(self.seed, number as u64));
        words.rotate_left(number % 4);
        words[..3].join(" ")
    }

    /// Returns a spoken question about the entry of this number.
    pub fn spoken(&self, number: usize) -> String {
        let mut words = self.subject(&mut Random::new(self.seed, number as u64));
        words.rotate_left(number % 4);
        fill(SPOKEN[number % SPOKEN.len()], &words)
    }

    fn subject(&self, random: &mut Random) -> Vec<&str> {
        (0..4).map(|_| self.vocabulary.subject(random)).collect()
    }

    /// Adds a sentence of 9 to 17 words.
    fn sentence(&self, random: &mut Random, subject: &[&str], text: &mut String) {
        if !text.is_empty() {
            text.push(' ');
        }
        let length = 9 + random.below(9);
        let start = text.len();
        for position in 0..length {
            let is_subject = random.chance(SUBJECT_SHARE);
            let word = if is_subject { subject[random.below(subject.len())] } else { self.vocabulary.any(random) };
            if position > 0 {
                text.push_str(if random.chance(0.06) { ", " } else { " " });
                text.push_str(word);
            } else {
                text.push_str(&capitalised(word));
            }
        }
        if random.chance(0.05) {
            let _ = write!(text, " `{}`", &text[start..].split(' ').next_back().unwrap_or_default().to_owned());
        }
        text.push('.');
    }

    fn phrase(&self, random: &mut Random, length: usize) -> String {
        let word = |at| if at % 2 == 0 { self.vocabulary.any(random) } else { self.vocabulary.common(random) };
        (0..length).map(word).collect::<Vec<_>>().join(" ")
    }
}

impl Made {
    /// Returns the entry's id.
    pub fn id(&self) -> String {
        id(self.number)
    }

    /// Returns the answer as one line of plain text.
    pub fn answer(&self) -> String {
        let mut parts: Vec<&str> = self.paragraphs.iter().chain(&self.steps).map(String::as_str).collect();
        if let Some((_, text)) = &self.link {
            parts.extend(["See", text]);
        }
        parts.join(" ").replace('`', "")
    }
}

/// Returns the id of the entry of this number.
pub(crate) fn id(number: usize) -> String {
    format!("q{number:07}")
}

fn code(number: usize) -> String {
    format!("E{number:07}")
}

fn fill(pattern: &str, words: &[&str]) -> String {
    let mut words = words.iter();
    let mut text = String::new();
    for (at, part) in pattern.split("{}").enumerate() {
        if at > 0 {
            text.push_str(words.next().expect("a pattern has at most four places"));
        }
        text.push_str(part);
    }
    text
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> usize {
        text.split_whitespace().count()
    }

    #[test]
    fn an_entry_is_the_same_whatever_was_made_before() {
        let generator = Generator::new(1_000, 7);
        let in_order: Vec<String> = generator.entries().map(|made| format!("{made:?}")).collect();
        assert_eq!(format!("{:?}", generator.entry(517)), in_order[517]);
        assert_ne!(in_order[516].replace("516", "517"), in_order[517]);
    }

    #[test]
    fn texts_are_as_long_as_they_are_meant_to_be() {
        let made: Vec<Made> = Generator::new(2_000, 7).entries().collect();
        let mean = |length: &dyn Fn(&Made) -> usize| made.iter().map(length).sum::<usize>() as f64 / 2_000.0;
        assert!((10.5..12.0).contains(&mean(&|made| words(&made.question))), "{}", mean(&|made| words(&made.question)));
        assert!((75.0..90.0).contains(&mean(&|made| words(&made.answer()))), "{}", mean(&|made| words(&made.answer())));
    }

    #[test]
    fn a_question_about_an_entry_holds_words_of_its_question() {
        let generator = Generator::new(100, 7);
        for number in 0..100 {
            let question = generator.entry(number).question;
            assert!(generator.keywords(number).split(' ').all(|word| question.contains(word)), "{question}");
        }
    }
}
