//! The letters of a text by whether the tables give them a meaning.

use std::iter::Sum;
use std::ops::Add;

use crate::tables::Tables;
use crate::words::{is_han, is_latin_letter};

/// A word is about five letters in Latin and two in Chinese, or in other scripts that write syllables.
const LATIN_PER_SYLLABLE: u64 = 2;

/// The number of letters of a text.
///
/// # Examples
///
/// ```
/// use faqt_meaning::Letters;
///
/// assert!(Letters::of("如何 reset 密码").is_chinese());
/// assert!(!Letters::of("备案 takes how long").is_chinese());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    latin: u64,
    chinese: u64,
    /// Those of scripts of which the tables have no word.
    others: u64,
}

impl Letters {
    /// Counts the letters of a text.
    pub fn of(text: &str) -> Letters {
        let mut letters = Letters::default();
        for c in text.chars() {
            if c.is_ascii() {
                letters.latin += u64::from(c.is_ascii_alphabetic());
            } else if is_han(c) {
                letters.chinese += 1;
            } else if is_latin_letter(c) {
                letters.latin += 1;
            } else if c.is_alphabetic() {
                letters.others += 1;
            }
        }
        letters
    }

    /// Returns the share of the text that the tables read, from 0 to 1; 1 without letters.
    pub fn readable(&self, tables: &Tables<'_>) -> f32 {
        let chinese = LATIN_PER_SYLLABLE * self.chinese;
        let read = self.latin + if tables.words.is_some() { chinese } else { 0 };
        let all = self.all();
        if all == 0 { 1.0 } else { read as f32 / all as f32 }
    }

    /// Returns the share of the text in Latin letters, from 0 to 1; 1 without letters.
    pub fn latin_share(&self) -> f32 {
        let all = self.all();
        if all == 0 { 1.0 } else { self.latin as f32 / all as f32 }
    }

    /// Returns the number of letters, those of syllables counted twice.
    fn all(&self) -> u64 {
        self.latin + LATIN_PER_SYLLABLE * (self.chinese + self.others)
    }

    /// Returns true if most of the text is Chinese. The mean to take off the vector of such a question is that of the table
    /// of words ([`Table::mean`](crate::Table::mean)).
    pub fn is_chinese(&self) -> bool {
        LATIN_PER_SYLLABLE * self.chinese > self.latin
    }
}

impl Add for Letters {
    type Output = Letters;

    fn add(self, other: Letters) -> Letters {
        Letters {
            latin: self.latin + other.latin,
            chinese: self.chinese + other.chinese,
            others: self.others + other.others,
        }
    }
}

impl Sum for Letters {
    fn sum<I: Iterator<Item = Letters>>(letters: I) -> Letters {
        letters.fold(Letters::default(), Add::add)
    }
}
