//! Numbers with their units in a sentence; the units stand in `units.txt`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::phrases::{BOUNDS, is_whole};

/// The share by which two sizes in other units may differ and be the same: a month and 30 days, a MiB and a MB.
const OTHER_UNIT_SHARE: f64 = 0.08;

/// The longest name of a unit in characters.
const UNIT_CHARS_MAX: usize = 14;

/// The most characters between a bound and its number, as in `最多需要 10 天`.
const BOUND_GAP_CHARS_MAX: usize = 2;

/// A number with its unit, or a range of two.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    /// The quantity, such as `time`; two values of one quantity are compared.
    pub(super) quantity: &'static str,
    /// The class of the phrase that makes it a bound; empty if there is none.
    bound: &'static str,
    least: f64,
    most: f64,
    size: f64,
    /// The place of the number, its unit and its bound.
    pub(super) range: Range<usize>,
}

#[derive(Clone, Copy)]
struct Unit {
    quantity: &'static str,
    size: f64,
}

struct Units {
    behind: HashMap<String, Unit>,
    before: HashMap<String, Unit>,
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let (mut behind, mut before) = (HashMap::new(), HashMap::new());
    for line in include_str!("units.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split(' ');
        let (Some(quantity), Some(Ok(size))) = (parts.next(), parts.next().map(str::parse)) else { continue };
        for name in parts {
            let unit = Unit { quantity, size };
            match name.strip_suffix('_') {
                Some(name) => before.insert(name.to_owned(), unit),
                None => behind.insert(name.replace('+', " "), unit),
            };
        }
    }
    Units { behind, before }
});

/// Numbers in letters.
const WORDS: [(&str, f64); 15] = [
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("sixty", 60.0),
];
/// The digits of Chinese from 0 to 9, and another word for 2.
const DIGITS: &str = "零一二三四五六七八九";
/// Marks and words between the ends of a range.
const TO: [&str; 8] = ["-", "–", "—", "~", "to", "or", "到", "至"];

impl Value {
    /// Returns true if both cannot hold of the same thing.
    pub(super) fn contradicts(&self, other: &Value) -> bool {
        let share = if self.is_size_of(other) { 1e-9 } else { OTHER_UNIT_SHARE };
        let is_less = |one: f64, two: f64| one < two && two - one > share * two.abs();
        let is_apart = is_less(self.most, other.least) || is_less(other.most, self.least);
        is_apart && self.quantity == other.quantity && self.bound == other.bound && self.bound != "about"
    }

    fn is_size_of(&self, other: &Value) -> bool {
        self.size.to_bits() == other.size.to_bits()
    }
}

/// Returns the values in a folded sentence; nothing between backticks is read.
pub(super) fn values(folded: &str) -> Vec<Value> {
    let bounds = BOUNDS.find(folded);
    let mut values = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let rest = &folded[at..];
        if let Some(code) = rest.strip_prefix('`') {
            at += code.find('`').map_or(rest.len(), |end| end + 2);
            continue;
        }
        let before = folded[..at].chars().next_back();
        let is_inside =
            before.is_some_and(|before| before.is_ascii_alphanumeric()) && !rest.starts_with(|c: char| c >= '\u{2e80}');
        if is_inside {
            at += past_digits(rest);
            continue;
        }
        match value_at(folded, at) {
            Some(mut value) => {
                at = value.range.end;
                let is_near =
                    |start: usize, end: usize| folded[start..end].trim().chars().count() <= BOUND_GAP_CHARS_MAX;
                let is_beside = |range: &Range<usize>| {
                    (range.end <= value.range.start && is_near(range.end, value.range.start))
                        || (range.start >= value.range.end && is_near(value.range.end, range.start))
                };
                if let Some(bound) = bounds.iter().find(|bound| is_beside(&bound.range)) {
                    value.bound = bound.class;
                    value.range = value.range.start.min(bound.range.start)..value.range.end.max(bound.range.end);
                }
                values.push(value);
            }
            None => at += number_at(rest).map_or_else(|| past_digits(rest), |(_, end)| end),
        }
    }
    values
}

/// Returns the length of the number in digits that `text` begins with, or else that of its first character.
fn past_digits(text: &str) -> usize {
    let first = || text.chars().next().map_or(1, char::len_utf8);
    digits_at(text).map_or_else(first, |(_, end)| end)
}

/// Reads a value that begins at `start`.
fn value_at(text: &str, start: usize) -> Option<Value> {
    if let Some(before) = text[..start].chars().next_back()
        && (['.', ':', '/', '#', '_', '-', '+', '=', '\\'].contains(&before))
    {
        return None;
    }
    let (unit_before, number_start) =
        unit_before(&text[start..]).map_or((None, start), |(unit, end)| (Some(unit), start + end));
    let (least, mut end) = number_at(&text[number_start..]).map(|(number, end)| (number, number_start + end))?;
    let mut most = least;
    if let Some((number, range_end)) = range_end(text, end) {
        (most, end) = (number, range_end);
    }
    let (unit, end) = match unit_before {
        // `port 80.1` is no port.
        Some(unit) => (unit, end),
        None => unit_behind(text, end)?,
    };
    let (least, most) = (least?, most?);
    let (least, most) = (least * unit.size, most * unit.size);
    Some(Value { quantity: unit.quantity, bound: "", least, most, size: unit.size, range: start..end })
        .filter(|value| value.least <= value.most)
}

/// Reads the other end of a range, behind its first.
fn range_end(text: &str, end: usize) -> Option<(Option<f64>, usize)> {
    let rest = text[end..].trim_start();
    let word = TO.iter().find(|word| rest.starts_with(**word))?;
    let behind = rest[word.len()..].trim_start();
    let (number, length) = number_at(behind)?;
    Some((number, text.len() - behind.len() + length))
}

fn unit_before(text: &str) -> Option<(Unit, usize)> {
    let (name, unit) =
        UNITS.before.iter().filter(|(name, _)| text.starts_with(name.as_str())).max_by_key(|(name, _)| name.len())?;
    let rest = &text[name.len()..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    rest.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit()).then_some((*unit, name.len() + spaces))
}

/// Reads a unit behind its number, with a space or a hyphen between them at most.
fn unit_behind(text: &str, end: usize) -> Option<(Unit, usize)> {
    let rest = text[end..].strip_prefix([' ', '-', '\u{a0}']).unwrap_or(&text[end..]);
    let start = text.len() - rest.len();
    let longest = rest
        .char_indices()
        .take(UNIT_CHARS_MAX)
        .map(|(at, c)| start + at + c.len_utf8())
        .filter(|&end| UNITS.behind.contains_key(&text[start..end]) && is_whole(text, &(start..end)));
    let end = longest.last()?;
    Some((UNITS.behind[&text[start..end]], end))
}

/// Reads a number at the start of `text`, and its length; no value if it has several readings.
fn number_at(text: &str) -> Option<(Option<f64>, usize)> {
    let in_words = || word_at(text).or_else(|| chinese_at(text)).map(|(number, end)| (Some(number), end));
    digits_at(text).or_else(in_words)
}

/// Reads a number in digits.
fn digits_at(text: &str) -> Option<(Option<f64>, usize)> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_part = |at: usize, byte: u8| {
        byte.is_ascii_digit()
            || ((byte == b'.' || byte == b',') && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit))
    };
    let end = text.bytes().enumerate().take_while(|&(at, byte)| is_part(at, byte)).count();
    Some((grouped(&text[..end]), end))
}

/// Reads a number in digits whose commas part thousands.
pub(super) fn grouped(number: &str) -> Option<f64> {
    let mut groups = number.split(',').skip(1);
    let are_thousands = groups.all(|group| group.split('.').next().is_some_and(|group| group.len() == 3));
    if are_thousands { number.replace(',', "").parse().ok() } else { None }
}

/// Returns true for a digit of a number, Chinese ones included.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '十' | '两') || (c >= '\u{2e80}' && DIGITS.contains(c))
}

/// Returns true for a number in words.
pub(super) fn is_number_word(word: &str) -> bool {
    WORDS.iter().any(|(number, _)| *number == word)
}

fn word_at(text: &str) -> Option<(f64, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let (_, number) = WORDS.iter().find(|(word, _)| *word == &text[..length])?;
    is_whole(text, &(0..length)).then_some((*number, length))
}

/// Reads a Chinese number up to 99.
fn chinese_at(text: &str) -> Option<(f64, usize)> {
    let digit = |c: char| match c {
        '两' => Some(2),
        c => DIGITS.chars().position(|digit| digit == c),
    };
    let mut chars = text.chars();
    let (first, second, third) = (chars.next()?, chars.next(), chars.next());
    let ten = |c: Option<char>| c == Some('十');
    let (number, length) = match (digit(first), second.and_then(digit), third.and_then(digit)) {
        (None, ones, _) if ten(Some(first)) => (10 + ones.unwrap_or(0), 1 + usize::from(ones.is_some())),
        (Some(tens), _, ones) if ten(second) => (10 * tens + ones.unwrap_or(0), 2 + usize::from(ones.is_some())),
        (Some(ones), ..) => (ones, 1),
        _ => return None,
    };
    Some((number as f64, text.chars().take(length).map(char::len_utf8).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_units() {
        let read = |text: &str| {
            let values = values(text);
            values
                .iter()
                .map(|value| format!("{} {} {}..{}", value.bound, value.quantity, value.least, value.most))
                .collect::<Vec<_>>()
        };
        for (text, expected) in [
            ("wait 5 minutes", " time 300..300"),
            ("a 30-day trial", " time 2592000..2592000"),
            ("up to 1,000 mb", "at-most bytes 1000000000..1000000000"),
            ("5 to 10 days", " time 432000..864000"),
            ("5–10 business days", " workdays 5..10"),
            ("3 个工作日内", " workdays 3..3"),
            ("最多三十天", "at-most time 2592000..2592000"),
            ("$9.50 a month", " money-usd 9.5..9.5"),
            ("listens on port 8080", " port 8080..8080"),
            ("two weeks", " time 1209600..1209600"),
            ("`5 s` and utf-8 and 1.2.3 s and 10:30 and x5 s", ""),
        ] {
            assert_eq!(read(text).join(", "), expected, "{text}");
        }
    }

    #[test]
    fn sizes_in_other_units_are_compared() {
        let contradict = |one: &str, other: &str| values(one)[0].contradicts(&values(other)[0]);
        assert!(contradict("5 minutes", "6 minutes"));
        assert!(contradict("5 days", "2 weeks"));
        assert!(!contradict("60 minutes", "1 hour"));
        assert!(!contradict("30 days", "1 month"));
        assert!(!contradict("5 to 10 days", "7 days"));
        assert!(!contradict("at least 5 days", "at most 9 days"));
        assert!(!contradict("5 mb", "5 minutes"));
    }
}
