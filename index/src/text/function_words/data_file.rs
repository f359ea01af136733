//! The format of the data files: comments behind `#`, the name of a level in brackets, one word a line below it.

/// Returns the number of words of a level.
pub(super) const fn count(text: &str, level: &str) -> usize {
    let (mut lines, mut count) = (LevelLines::of(text, level), 0);
    while lines.next().is_some() {
        count += 1;
    }
    count
}

/// Returns the words of a level, of which there are `N`.
pub(super) const fn words<const N: usize>(text: &'static str, level: &'static str) -> [&'static str; N] {
    let (mut lines, mut words, mut count) = (LevelLines::of(text, level), [""; N], 0);
    while let Some(word) = lines.next() {
        words[count] = word;
        count += 1;
    }
    words
}

/// The lines of a data file that are words of a level.
struct LevelLines<'a> {
    rest: &'a [u8],
    level: &'a [u8],
    is_in_level: bool,
}

impl<'a> LevelLines<'a> {
    const fn of(text: &'a str, level: &'a str) -> LevelLines<'a> {
        LevelLines { rest: text.as_bytes(), level: level.as_bytes(), is_in_level: false }
    }

    /// Returns the next word.
    const fn next(&mut self) -> Option<&'a str> {
        while !self.rest.is_empty() {
            let (line, rest) = first_line(self.rest);
            self.rest = rest;
            match line {
                [b'[', ..] => self.is_in_level = names(line, self.level),
                [] | [b'#', ..] => {}
                _ if self.is_in_level => match std::str::from_utf8(line) {
                    Ok(word) => return Some(word),
                    Err(_) => panic!("a line of text is text"),
                },
                _ => {}
            }
        }
        None
    }
}

/// Splits off the first line, without its end.
const fn first_line(text: &[u8]) -> (&[u8], &[u8]) {
    let mut end = 0;
    while end < text.len() && text[end] != b'\n' {
        end += 1;
    }
    let (line, behind) = text.split_at(end);
    match behind {
        [_, behind @ ..] => (line, behind),
        [] => (line, behind),
    }
}

/// Returns true if the line is `level` in brackets.
const fn names(line: &[u8], level: &[u8]) -> bool {
    if line.len() != level.len() + 2 {
        return false;
    }
    let mut at = 0;
    while at < level.len() {
        if line[at + 1] != level[at] {
            return false;
        }
        at += 1;
    }
    true
}
