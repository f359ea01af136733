//! Stretches of Markdown that hold a sentence or little more, and their words, found without parsing.

use std::ops::Range;

/// Cuts Markdown at stops, at items and at the ends of blocks. Code blocks, tables and headings are left out.
pub(super) fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut at, mut is_code) = (0, 0, false);
    let mut cut = |start: &mut usize, end: usize| {
        if *start < end && !text[*start..end].trim().is_empty() {
            found.push(*start..end);
        }
        *start = end;
    };
    for line in text.split_inclusive('\n') {
        let own = line.trim_start();
        let is_fence = own.starts_with("```") || own.starts_with("~~~");
        let is_left_out = is_code || is_fence || own.is_empty() || own.starts_with(['#', '|']);
        is_code ^= is_fence;
        if is_left_out || is_item(own) {
            cut(&mut start, at);
        }
        if is_left_out {
            start = at + line.len();
        } else {
            for stop in stops(line) {
                cut(&mut start, at + stop);
            }
        }
        at += line.len();
    }
    cut(&mut start, text.len());
    found
}

/// Lists the ends of the sentences in a line.
fn stops(line: &str) -> impl Iterator<Item = usize> {
    line.bytes().enumerate().filter_map(|(at, byte)| match byte {
        b';' => Some(at + 1),
        b'.' | b'!' | b'?' => {
            let behind = &line[at + 1..];
            let next = behind.trim_start().chars().next();
            let is_end = next != behind.chars().next() && !next.is_some_and(char::is_lowercase);
            (is_end || next.is_none()).then_some(at + 1)
        }
        // The first byte of wide signs.
        0xe3 | 0xef => line[at..].starts_with(['。', '！', '？', '；']).then_some(at + '。'.len_utf8()),
        _ => None,
    })
}

fn is_item(line: &str) -> bool {
    ["- ", "* ", "+ "].iter().any(|sign| line.starts_with(sign))
}

/// Calls `take` with each word of a text; in scripts without spaces, with each pair of characters. Targets of links are left
/// out.
pub(super) fn for_each_word<'t>(text: &'t str, mut take: impl FnMut(&'t str)) {
    let (mut word, mut pair): (Option<usize>, Option<usize>) = (None, None);
    let mut target_end = 0;
    for (at, c) in text.char_indices() {
        let is_wide = c >= '\u{2e80}' && c.is_alphanumeric();
        let is_letter = c.is_ascii_alphanumeric() || (!c.is_ascii() && !is_wide && c.is_alphanumeric());
        if at < target_end {
            continue;
        }
        let is_inside = is_letter || (matches!(c, '\'' | '’') && word.is_some());
        if is_inside {
            word = word.or(Some(at));
        } else if let Some(start) = word.take() {
            take(&text[start..at]);
        }
        if is_wide && let Some(start) = pair {
            take(&text[start..at + c.len_utf8()]);
        }
        pair = is_wide.then_some(at);
        if c == '(' && text[..at].ends_with(']') {
            target_end = text[at..].find(')').map_or(at, |end| at + end);
        }
    }
    if let Some(start) = word {
        take(&text[start..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_cut_at_stops_items_and_blocks() {
        let text =
            "Hold it for 1.5 s, e.g. now. Then\nwait!\n\n```\nsleep 9.\n```\n- One item\n- Another\n\n按住。松开。";
        let found: Vec<&str> = stretches(text).into_iter().map(|stretch| text[stretch].trim()).collect();
        assert_eq!(
            found,
            ["Hold it for 1.5 s, e.g. now.", "Then\nwait!", "- One item", "- Another", "按住。", "松开。"]
        );
    }

    #[test]
    fn words_and_pairs_of_characters_are_listed() {
        let mut words = Vec::new();
        for_each_word("[It](a/b.md) isn't 5 天，备案密码 ok", |word| words.push(word));
        assert_eq!(words, ["It", "isn't", "5", "备案", "案密", "密码", "ok"]);
    }
}
