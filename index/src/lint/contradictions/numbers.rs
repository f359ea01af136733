//! Numbers in digits without a unit, as they stand in two languages: `10 million` is `1000 万`.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::values::grouped;

/// Words behind a number that multiply it.
const SCALES: [(&str, f64); 12] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("十万", 1e5),
    ("百万", 1e6),
    ("千万", 1e7),
    ("十亿", 1e9),
    ("百", 1e2),
    ("千", 1e3),
    ("万", 1e4),
    ("亿", 1e8),
    ("k", 1e3),
];

/// Numbers in words, which the other language may write in digits.
const WORDS: [&str; 13] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen", "twice", "half", "both"];
/// The same in Chinese; 一 is mostly an article.
const WORDS_OF_CHINESE: &str = "二两三四五六七八九十双半";

/// Returns the numbers in digits in a folded text outside of `taken`; nothing if one of them has several readings, such as a time
/// of the day, or if others stand there in words. Numbers in backticks and within names, such as `utf-8` and `3.5.1`, are left out.
pub(super) fn numbers(folded: &str, taken: &[Range<usize>]) -> Option<Vec<f64>> {
    if has_words(folded, taken) {
        return None;
    }
    let mut numbers = Vec::new();
    let (mut at, mut is_code) = (0, false);
    while at < folded.len() {
        let rest = &folded[at..];
        let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
        let text = rest[..digits].trim_end_matches(['.', ',']);
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            is_code ^= rest.starts_with('`');
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let end = at + text.len();
        let is_taken = taken.iter().any(|range| range.start < end && at < range.end);
        if !is_code && !is_taken && !is_in_name(folded, at..end) {
            numbers.push(scaled(text, &folded[end..])?);
        }
        at = end;
    }
    Some(numbers)
}

/// Returns true if numbers stand in words outside of `taken`.
fn has_words(folded: &str, taken: &[Range<usize>]) -> bool {
    let is_free = |at: usize| taken.iter().all(|range| !range.contains(&at));
    let mut words = folded.split_word_bound_indices();
    folded.char_indices().any(|(at, c)| WORDS_OF_CHINESE.contains(c) && is_free(at))
        || words.any(|(at, word)| WORDS.contains(&word) && is_free(at))
}

/// Returns true if letters or marks make the number a part of a name.
fn is_in_name(text: &str, range: Range<usize>) -> bool {
    let joins = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '-' | '/' | '#' | '+' | '=' | '.' | '\\' | '@');
    let before = text[..range.start].chars().next_back();
    let mut behind = text[range.end..].chars();
    let is_scale = || text[range.end..].starts_with('k') && !text[range.end + 1..].starts_with(char::is_alphanumeric);
    let (next, one_more) = (behind.next(), behind.next());
    let ends_sentence = next == Some('.') && one_more.is_none_or(char::is_whitespace);
    before.is_some_and(joins)
        || (next.is_some_and(joins) && !ends_sentence && !is_scale())
        || text[range].matches('.').count() > 1
}

fn scaled(number: &str, behind: &str) -> Option<f64> {
    let behind = behind.trim_start();
    // 10:30 and 2 pm are one time in many forms.
    if behind.starts_with([':', '：', '点', '时']) || behind.starts_with("am") || behind.starts_with("pm") {
        return None;
    }
    let value = grouped(number)?;
    let scale = SCALES.iter().find(|(word, _)| behind.starts_with(word));
    Some(value * scale.map_or(1.0, |(_, scale)| *scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_alike_in_both_languages() {
        for (text, expected) in [
            ("up to 10 million of 3.", Some(vec![1e7, 3.0])),
            ("1,000 个中的 1000万", Some(vec![1000.0, 1e7])),
            ("二十天内 5 个", None),
            ("10k lamps, 2.5 each", Some(vec![1e4, 2.5])),
            ("utf-8, v2, 3.5.1, `7`, the 2nd, 1/2, a 4-way lamp", Some(Vec::new())),
            ("at 10:30", None),
            ("at 2 pm", None),
            ("1,5", None),
            ("3 rows for each two items", None),
            ("每 3 项五行", None),
        ] {
            assert_eq!(numbers(text, &[]), expected, "{text}");
        }
        assert_eq!(numbers("5 days and 7", std::slice::from_ref(&(0..6))), Some(vec![7.0]));
    }
}
