//! The format of the data files: comments behind `#`, the name of a level in brackets, one word a line below it.

/// Returns the number of words of a level.
pub(super) const fn count(text: &str, level: &str) -> usize {
    let (mut rest, mut is_in_level, mut count) = (text.as_bytes(), false, 0);
    while !rest.is_empty() {
        let (line, behind) = first_line(rest);
        match line {
            [b'[', ..] => is_in_level = names(line, level.as_bytes()),
            [] | [b'#', ..] => {}
            _ if is_in_level => count += 1,
            _ => {}
        }
        rest = behind;
    }
    count
}

/// Returns the words of a level, of which there are `N`.
pub(super) const fn words<const N: usize>(text: &'static str, level: &str) -> [&'static str; N] {
    let mut words = [""; N];
    let (mut rest, mut is_in_level, mut count) = (text.as_bytes(), false, 0);
    while !rest.is_empty() {
        let (line, behind) = first_line(rest);
        match line {
            [b'[', ..] => is_in_level = names(line, level.as_bytes()),
            [] | [b'#', ..] => {}
            _ if is_in_level => {
                words[count] = match std::str::from_utf8(line) {
                    Ok(word) => word,
                    Err(_) => panic!("a line of text is text"),
                };
                count += 1;
            }
            _ => {}
        }
        rest = behind;
    }
    words
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
