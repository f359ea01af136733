//! Dates in a sentence: `2024-05-01`, `May 1, 2024`, `1 May`, `2024年5月1日`.

use std::ops::Range;

/// The months; the first three letters are the short name.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Marks between the days of a range.
const RANGE_MARKS: [&str; 7] = ["-", "–", "—", "&", "~", "到", "至"];

/// A date, of which the year or the day may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    year: Option<u32>,
    month: u32,
    day: Option<u32>,
    pub(super) range: Range<usize>,
}

impl Date {
    /// Returns true if both cannot be one day.
    pub(super) fn contradicts(&self, other: &Date) -> bool {
        let differ = |one: Option<u32>, two: Option<u32>| one.zip(two).is_some_and(|(one, two)| one != two);
        self.month != other.month || differ(self.year, other.year) || differ(self.day, other.day)
    }
}

/// A piece of text: a number, or a word.
#[derive(Clone, Debug)]
struct Piece<'a> {
    text: &'a str,
    start: usize,
    /// The text up to the next piece.
    gap: &'a str,
}

impl Piece<'_> {
    fn number(&self, least: u32, most: u32) -> Option<u32> {
        let digits = self.text.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let is_ordinal = matches!(&self.text[digits.len()..], "" | "st" | "nd" | "rd" | "th");
        digits.parse().ok().filter(|number| is_ordinal && (least..=most).contains(number))
    }

    fn year(&self) -> Option<u32> {
        self.number(1900, 2199).filter(|_| self.text.len() == 4)
    }

    fn month(&self) -> Option<u32> {
        let is_name = |month: &&str| self.text == *month || self.text == &month[..3];
        let at = MONTHS.iter().position(is_name).or((self.text == "sept").then_some(8))?;
        Some(u32::try_from(at).ok()? + 1)
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Returns the dates in a folded sentence.
pub(super) fn dates(folded: &str) -> Vec<Date> {
    let pieces = pieces(folded);
    let (mut dates, mut at) = (Vec::new(), 0);
    while at < pieces.len() {
        match date(&pieces[at..]) {
            Some((date, used)) => {
                at += used;
                // A range of days is compared with nothing.
                let is_range = RANGE_MARKS.contains(&pieces[at - 1].gap.trim());
                dates.extend(Some(date).filter(|_| !is_range));
            }
            None => at += 1,
        }
    }
    dates
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_ascii_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                pieces.push(Piece { text: &text[from..at], start: from, gap: "" });
                start = None;
            }
            _ => {}
        }
    }
    pieces.retain(|piece| piece.text != "of");
    for at in 0..pieces.len() {
        let next = pieces.get(at + 1).map_or(text.len(), |next| next.start);
        pieces[at].gap = &text[pieces[at].end()..next];
    }
    pieces
}

/// Reads the date that begins with the first piece, and the number of its pieces.
fn date(pieces: &[Piece<'_>]) -> Option<(Date, usize)> {
    let first = pieces.first()?;
    let next = |at: usize| pieces.get(at).filter(|_| matches!(pieces[at - 1].gap.trim(), "" | "," | "of"));
    let of = |year, month, day, used: usize| {
        Some((Date { year, month, day, range: first.start..pieces[used - 1].end() }, used))
    };
    if let Some(month) = first.month() {
        let day = next(1).and_then(|piece| piece.number(1, 31));
        let year = next(1 + usize::from(day.is_some())).and_then(Piece::year);
        let used = 1 + usize::from(day.is_some()) + usize::from(year.is_some());
        // `may` is a verb, as in `it may 5 times`.
        let is_date = used > 1 && (first.text != "may" || year.is_some());
        return if is_date { of(year, month, day, used) } else { None };
    }
    if let Some(year) = first.year() {
        let mark = first.gap.trim();
        let month = pieces.get(1).filter(|_| ["-", "/", ".", "年"].contains(&mark))?.number(1, 12)?;
        let day = pieces.get(2).filter(|_| pieces[1].gap.trim() == mark || pieces[1].gap.trim() == "月");
        let day = day.and_then(|piece| piece.number(1, 31));
        let is_whole = day.is_some() || mark == "年";
        return if is_whole { of(Some(year), month, day, 2 + usize::from(day.is_some())) } else { None };
    }
    let number = first.number(1, 31)?;
    if first.gap.trim() == "月" {
        let day = pieces.get(1).filter(|piece| piece.gap.trim_start().starts_with(['日', '号']))?.number(1, 31)?;
        return of(None, number, Some(day), 2).filter(|_| number <= 12);
    }
    let month = next(1)?.month()?;
    let year = next(2).and_then(Piece::year);
    of(year, month, Some(number), 2 + usize::from(year.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_their_common_forms() {
        for (text, expected) in [
            ("from 2024-05-01 on", (Some(2024), 5, Some(1))),
            ("on may 1, 2024.", (Some(2024), 5, Some(1))),
            ("on 1st of may 2024", (Some(2024), 5, Some(1))),
            ("since 2024年5月1日起", (Some(2024), 5, Some(1))),
            ("5 月 1 日", (None, 5, Some(1))),
            ("in march 2023", (Some(2023), 3, None)),
        ] {
            let dates = dates(text);
            assert_eq!(dates.len(), 1, "{text}: {dates:?}");
            assert_eq!((dates[0].year, dates[0].month, dates[0].day), expected, "{text}");
        }
        assert!(dates("you may 5 times; 1.2.3; in 2024; 10/20").is_empty());
    }

    #[test]
    fn an_open_part_contradicts_nothing() {
        let contradict = |one: &str, other: &str| dates(one)[0].contradicts(&dates(other)[0]);
        assert!(contradict("2024-05-01", "may 2, 2024"));
        assert!(!contradict("2024-05-01", "may 1, 2024"));
        assert!(!contradict("2024-05-01", "may 2024"));
        assert!(contradict("2024-05-01", "march 2024"));
    }
}
