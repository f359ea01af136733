//! Breaks text into lines of a given display width.
//!
//! Lines break at spaces, and between characters of scripts that have none, as Unicode Standard Annex 14 allows (so
//! never before `，` or `。`). Inside a run of ASCII lines break only at spaces: file names, options and addresses stay
//! whole. A word longer than a line is cut, but an address and an id in brackets never are: what is cut can be neither
//! copied nor followed.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::markdown::inline::is_unspaced;

/// The zero-width joiner, which makes one emoji of the two around it.
const JOINER: char = '\u{200d}';

/// The emoji selector, which makes an emoji of 2 columns of the character before it.
const EMOJI_SELECTOR: char = '\u{fe0f}';

/// One line of a wrapped text, without the space around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its range in the text.
    pub(crate) range: Range<usize>,
    /// Its width in columns.
    pub(crate) columns: usize,
}

/// Returns the display width of a text in columns.
pub(crate) fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Breaks `text` into lines of at most `limit` columns, first fit. Every `\n` ends a line.
pub(crate) fn wrap(text: &str, limit: usize) -> Vec<Line> {
    let mut filler = Filler { text, limit, lines: Vec::new(), line: None };
    let mut start = 0;
    for line in text.split('\n') {
        for_each_word(line, |range| filler.place(start + range.start..start + range.end));
        filler.end_line(start);
        start += line.len() + 1;
    }
    filler.lines
}

/// Returns the width of the widest piece without a break; a word that may be cut counts `cut` columns at most.
pub(crate) fn widest_word(text: &str, cut: usize) -> usize {
    let mut widest = 0;
    for line in text.split('\n') {
        for_each_word(line, |range| {
            let word = line[range].trim_end();
            let width = columns(word);
            widest = widest.max(if is_whole(word) { width } else { width.min(cut) });
        });
    }
    widest
}

/// Fills line after line with words.
struct Filler<'t> {
    text: &'t str,
    limit: usize,
    lines: Vec<Line>,
    line: Option<Line>,
}

impl Filler<'_> {
    /// Puts a word, with the space that follows it, on this line or the next.
    fn place(&mut self, word: Range<usize>) {
        let visible = self.text[word.clone()].trim_end();
        if visible.is_empty() {
            return;
        }
        let width = columns(visible);
        let end = word.start + visible.len();
        match &mut self.line {
            Some(line) => {
                let gap = columns(&self.text[line.range.end..word.start]);
                if line.columns + gap + width <= self.limit {
                    *line = Line { range: line.range.start..end, columns: line.columns + gap + width };
                    return;
                }
                self.lines.extend(self.line.take());
                self.start_line(word.start..end, width);
            }
            None => self.start_line(word.start..end, width),
        }
    }

    fn start_line(&mut self, word: Range<usize>, width: usize) {
        if width <= self.limit || is_whole(&self.text[word.clone()]) {
            self.line = Some(Line { range: word, columns: width });
        } else {
            self.cut(word);
        }
    }

    /// Cuts a word that is longer than a line; its last piece begins a line that others may join.
    fn cut(&mut self, word: Range<usize>) {
        let (mut start, mut width) = (word.start, 0);
        let mut characters = self.text[word.clone()].char_indices().peekable();
        while let Some((offset, character)) = characters.next() {
            let at = word.start + offset;
            let next_width = match characters.peek() {
                Some((_, EMOJI_SELECTOR)) => 2,
                _ => character.width().unwrap_or(0),
            };
            if width + next_width > self.limit && next_width > 0 && !self.text[..at].ends_with(JOINER) {
                self.lines.push(self.piece(start..at));
                (start, width) = (at, 0);
            }
            width += next_width;
        }
        self.line = Some(self.piece(start..word.end));
    }

    fn piece(&self, range: Range<usize>) -> Line {
        Line { columns: columns(&self.text[range.clone()]), range }
    }

    /// Ends the line; one without words is an empty line at `start`.
    fn end_line(&mut self, start: usize) {
        self.lines.push(self.line.take().unwrap_or(Line { range: start..start, columns: 0 }));
    }
}

/// Returns true if a word must stay whole: it holds an address, or is an id in brackets before at most one mark.
fn is_whole(word: &str) -> bool {
    let is_id = || ids_in(word).next().is_some_and(|id| id.start == 0 && word[id.end..].chars().count() <= 1);
    word.contains("://") || is_id()
}

/// Lists the ids in brackets, `[guide/install#usage]`, with their brackets.
fn ids_in(line: &str) -> impl Iterator<Item = Range<usize>> {
    line.match_indices('[').filter_map(|(start, _)| {
        let id = &line[start + 1..];
        let end = id.find(|c: char| !(c.is_alphanumeric() || is_combining_mark(c) || "-_./#:+".contains(c)))?;
        (end > 0 && id[end..].starts_with(']')).then(|| start..start + end + 2)
    })
}

/// Calls `word` with each piece of `line` between two breaks; spaces go with the word before them.
fn for_each_word(line: &str, mut word: impl FnMut(Range<usize>)) {
    let mut start = 0;
    let mut found = |end: usize| {
        let bytes = &line.as_bytes()[..end];
        for at in start + 1..end {
            if bytes[at - 1] == b' ' && bytes[at] != b' ' {
                word(start..at);
                start = at;
            }
        }
        if end > start {
            word(start..end);
            start = end;
        }
    };
    if !line.is_ascii() {
        let judged = with_cjk_quotes(line);
        let mut ids = ids_in(line).peekable();
        let mut is_in_id = |at: usize| {
            while ids.next_if(|id| id.end <= at).is_some() {}
            ids.peek().is_some_and(|id| id.start < at)
        };
        let breaks = unicode_linebreak::linebreaks(&judged).map(|(at, _)| at);
        breaks.filter(|&at| may_break(line, at) && !is_in_id(at)).for_each(&mut found);
    }
    found(line.len());
}

/// Returns true if a break that Unicode allows is wanted: see the module's rule on ASCII.
fn may_break(line: &str, at: usize) -> bool {
    let (before, after) = line.split_at(at);
    before.ends_with(char::is_whitespace)
        || !before.ends_with(|c: char| c.is_ascii())
        || !after.starts_with(|c: char| c.is_ascii())
}

/// Writes quotation marks around Chinese as the brackets `「」`, which are of the same length in bytes.
///
/// Annex 14 forbade breaks on either side of `“` and `”`, which glued Chinese sentences together, until Unicode 16
/// (rule `LB19a`); the tables in use are older. Corner brackets break as the marks should.
fn with_cjk_quotes(line: &str) -> Cow<'_, str> {
    if !line.contains(['“', '”', '‘', '’']) {
        return Cow::Borrowed(line);
    }
    let mut judged = String::with_capacity(line.len());
    for (at, character) in line.char_indices() {
        let after = &line[at + character.len_utf8()..];
        judged.push(match character {
            '“' | '‘' if after.starts_with(is_unspaced) => '「',
            '”' | '’' if line[..at].ends_with(is_unspaced) => '」',
            _ => character,
        });
    }
    Cow::Owned(judged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, limit: usize, expected: &[&str]) {
        let lines = wrap(text, limit);
        let actual: Vec<&str> = lines.iter().map(|line| &text[line.range.clone()]).collect();
        assert_eq!(actual, expected);
        for line in lines {
            assert_eq!(line.columns, columns(&text[line.range]), "{text:?}");
        }
    }

    #[test]
    fn breaks_at_spaces_only() {
        check("one two three", 7, &["one two", "three"]);
        check("a well-known file-name.txt", 10, &["a", "well-known", "file-name.", "txt"]);
        check("", 7, &[""]);
        check("naïve [ one ] two !", 6, &["naïve", "[ one", "] two", "!"]);
        check("one \u{3000}two", 6, &["one", "two"]);
        check("one\n\ntwo", 20, &["one", "", "two"]);
    }

    #[test]
    fn breaks_chinese_between_characters_but_not_before_its_punctuation() {
        check("你需要备案，否则", 10, &["你需要备", "案，否则"]);
        check("他说：“好的。”然后", 8, &["他说：", "“好的。”", "然后"]);
        check("使用ICP备案号", 8, &["使用ICP", "备案号"]);
        check("it’s “fine”，好", 8, &["it’s", "“fine”，", "好"]);
    }

    #[test]
    fn cuts_long_words_but_not_addresses() {
        check("x abcdefghij k", 4, &["x", "abcd", "efgh", "ij k"]);
        check("see https://example.com/a now", 10, &["see", "https://example.com/a", "now"]);
        check("备案https://example.com/a。好", 8, &["备案", "https://example.com/a。", "好"]);
        check("a file [guide/install#usage]", 10, &["a file", "[guide/install#usage]"]);
        check("重置 [指南/安装#重置灯泡的步骤] 好", 10, &["重置", "[指南/安装#重置灯泡的步骤]", "好"]);
        check("[注：请先备份数据]", 10, &["[注：请先", "备份数据]"]);
    }

    #[test]
    fn marks_stay_with_their_letter() {
        check("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"]);
        check("*\u{fe0f}*\u{fe0f}*\u{fe0f}", 5, &["*\u{fe0f}*\u{fe0f}", "*\u{fe0f}"]);
        check("👩\u{200d}💻👩\u{200d}💻", 2, &["👩\u{200d}💻", "👩\u{200d}💻"]);
    }
}
