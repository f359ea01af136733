//! The text of one paragraph, heading or table cell, with the style of each part.
//!
//! [`Inline`] is the entrance for content: it sanitises everything that is pushed, so later stages need not. White
//! space is folded as in HTML; a line break of the source between two Chinese or Japanese characters is dropped.

use super::sanitise::{MarkRun, sanitise};

/// A run of text in one style, which begins at the end of the run before it.
#[derive(Debug)]
pub(crate) struct Run<F> {
    pub(crate) end: usize,
    pub(crate) face: F,
}

/// Sanitised text with its styles. A `\n` in it is a line break that the author wants.
#[derive(Debug, Default)]
pub(crate) struct Inline<F> {
    text: String,
    runs: Vec<Run<F>>,
    gap: Option<Gap<F>>,
}

/// White space that has been read and will be written if text follows on the same line.
#[derive(Debug, Clone, Copy)]
struct Gap<F> {
    face: F,
    /// True if it was only a line break of the source.
    soft: bool,
}

impl<F: Copy + Default + PartialEq> Inline<F> {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds prose: white space is folded.
    pub(crate) fn push_text(&mut self, text: &str, face: F) {
        if is_folded(text) {
            return self.push_safe(text, face);
        }
        let mut words = text.split([' ', '\t', '\n', '\r']);
        self.push_verbatim(words.next().unwrap_or_default(), face);
        for word in words {
            self.open_gap(face, false);
            self.push_verbatim(word, face);
        }
    }

    /// Adds text whose spaces count, as in code.
    pub(crate) fn push_verbatim(&mut self, text: &str, face: F) {
        self.push_safe(&sanitise(text), face);
    }

    fn push_safe(&mut self, text: &str, face: F) {
        if let Some(first) = text.chars().next() {
            self.close_gap(first);
            // References such as `&#769;` come one by one.
            let text = MarkRun::at_end_of(&self.text).go_on(text);
            self.append(&text, face);
        }
    }

    /// Adds the white space of a line break of the source.
    pub(crate) fn soft_break(&mut self, face: F) {
        self.open_gap(face, true);
    }

    /// Ends the line.
    pub(crate) fn hard_break(&mut self) {
        self.trim_end();
        if !self.text.is_empty() {
            self.append("\n", F::default());
        }
    }

    /// Drops the white space and the breaks at the end.
    pub(crate) fn finish(&mut self) {
        self.trim_end();
        self.text.truncate(self.text.trim_end_matches('\n').len());
    }

    /// Returns the content without white space or breaks after it, and starts anew.
    #[cfg(feature = "text")]
    pub(crate) fn take(&mut self) -> Self {
        self.finish();
        std::mem::take(self)
    }

    /// Clears the content and keeps its capacity.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
        self.gap = None;
    }

    /// Drops the white space at the end of the line.
    fn trim_end(&mut self) {
        self.gap = None;
        let line_start = self.text.rfind('\n').map_or(0, |at| at + 1);
        let end = line_start + self.text[line_start..].trim_end().len();
        self.text.truncate(end);
        let whole = self.runs.partition_point(|run| run.end < end);
        self.runs.truncate(whole + 1);
        if let Some(run) = self.runs.get_mut(whole) {
            run.end = end;
        }
    }

    fn open_gap(&mut self, face: F, soft: bool) {
        self.gap.get_or_insert(Gap { face, soft });
    }

    fn close_gap(&mut self, next: char) {
        let Some(gap) = self.gap.take() else { return };
        let Some(last) = self.text.chars().next_back() else { return };
        let joined = gap.soft && is_unspaced(last) && is_unspaced(next);
        if last != '\n' && !joined {
            self.append(" ", gap.face);
        }
    }

    fn append(&mut self, text: &str, face: F) {
        self.text.push_str(text);
        let end = self.text.len();
        match self.runs.last_mut() {
            Some(run) if run.face == face => run.end = end,
            _ => self.runs.push(Run { end, face }),
        }
    }
}

#[cfg(feature = "text")]
impl<F: Copy + Default + PartialEq> Inline<F> {
    /// Returns the runs that reach beyond `start`, in order.
    pub(crate) fn runs_after(&self, start: usize) -> &[Run<F>] {
        let first = self.runs.partition_point(|run| run.end <= start);
        &self.runs[first..]
    }

    /// Adds the content of another.
    pub(crate) fn push_content(&mut self, other: &Self) {
        let mut start = 0;
        for run in &other.runs {
            let end = run.end.min(other.text.len());
            self.append(&other.text[start..end], run.face);
            start = end;
        }
    }
}

/// Returns true if nothing in `text` would be folded or changed, as in most ASCII text.
fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    // A scan of all bytes without an early exit is vectorised.
    let is_shown = bytes.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    let spaces = bytes.iter().zip(bytes.iter().skip(1)).map(|(&a, &b)| a == b && b == b' ');
    is_shown && !bytes.starts_with(b" ") && !bytes.ends_with(b" ") && !spaces.fold(false, |any, both| any | both)
}

/// Returns true if a character belongs to a script without spaces: Han, kana, and their punctuation.
pub(crate) fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], expected: &str) {
        let mut inline = Inline::default();
        for line in lines {
            inline.soft_break(());
            inline.push_text(line, ());
        }
        assert_eq!(inline.take().text(), expected);
    }

    #[test]
    fn white_space_is_folded() {
        check(&["  a   b\t\nc ", " d  "], "a b c d");
        check(&["a", "\u{200b}", "b"], "a b");
    }

    #[test]
    fn source_lines_of_chinese_join_without_a_space() {
        check(&["需要备案，", "否则不能访问。"], "需要备案，否则不能访问。");
        check(&["使用", "ICP 备案"], "使用 ICP 备案");
        check(&["한국어", "문장"], "한국어 문장");
    }

    #[test]
    fn equal_faces_share_a_run() {
        let mut inline = Inline::default();
        inline.push_text("a b", 0);
        inline.push_text(" c", 0);
        inline.push_text("d", 1);
        assert_eq!(inline.runs_after(0).len(), 2);
        assert_eq!(inline.runs_after(5).len(), 1);
    }
}
