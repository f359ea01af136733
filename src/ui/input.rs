//! A line of text that a reader edits.

use faqt::render::sanitise;
use ratatui::text::Line;

/// The most bytes of the text: a search reads no more of a question.
const BYTES_MAX: usize = 16_384;

/// Text with a cursor in it.
#[derive(Default)]
pub(super) struct Input {
    text: String,
    /// The place of the cursor, in bytes.
    cursor: usize,
}

impl Input {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Inserts text at the cursor, as much as there is room for; line breaks become spaces.
    pub(super) fn insert(&mut self, text: &str) {
        let text = text[..text.floor_char_boundary(BYTES_MAX)].replace(['\r', '\n', '\t'], " ");
        let text = sanitise(&text);
        let text = &text[..text.floor_char_boundary(BYTES_MAX - self.text.len())];
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    pub(super) fn clear(&mut self) {
        *self = Input::default();
    }

    pub(super) fn left(&mut self) {
        self.cursor = self.before();
    }

    pub(super) fn right(&mut self) {
        self.cursor = self.after();
    }

    pub(super) fn home(&mut self) {
        self.cursor = 0;
    }

    pub(super) fn end(&mut self) {
        self.cursor = self.text.len();
    }

    /// Deletes the character before the cursor.
    pub(super) fn backspace(&mut self) {
        let start = self.before();
        self.text.drain(start..self.cursor);
        self.cursor = start;
    }

    /// Deletes the character behind the cursor.
    pub(super) fn delete(&mut self) {
        self.text.drain(self.cursor..self.after());
    }

    /// Deletes the word before the cursor.
    pub(super) fn delete_word(&mut self) {
        let kept = self.text[..self.cursor].trim_end();
        let start = kept.rfind(' ').map_or(0, |space| space + 1);
        self.text.drain(start..self.cursor);
        self.cursor = start;
    }

    /// Returns the part of the text that fits into `width` columns with the cursor, and the column of the cursor.
    pub(super) fn visible(&self, width: usize) -> (&str, usize) {
        let (mut start, mut column) = (self.cursor, 0);
        for (at, c) in self.text[..self.cursor].char_indices().rev() {
            let columns = columns(c.encode_utf8(&mut [0; 4]));
            if column + columns >= width.max(1) {
                break;
            }
            (start, column) = (at, column + columns);
        }
        (&self.text[start..], columns(&self.text[start..self.cursor]))
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].char_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].chars().next().map_or(0, char::len_utf8)
    }
}

fn columns(text: &str) -> usize {
    Line::raw(text).width()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns_and_are_edited_whole() {
        let mut input = Input::default();
        input.insert("备案 要多久");
        assert_eq!(input.visible(40), ("备案 要多久", 11));
        assert_eq!(input.visible(6), ("多久", 4));
        input.backspace();
        input.left();
        input.delete();
        assert_eq!(input.text(), "备案 要");
        input.delete_word();
        assert_eq!(input.text(), "备案 ");
        input.home();
        input.backspace();
        input.insert("a\nb\u{1b}");
        assert_eq!(input.text(), "a b␛备案 ");
    }

    #[test]
    fn a_long_paste_is_cut_and_shown_at_its_end() {
        let mut input = Input::default();
        input.insert(&"备".repeat(1_000_000));
        input.insert("x");
        assert_eq!(input.text().len(), BYTES_MAX - BYTES_MAX % 3 + 1);
        assert_eq!(input.visible(6), ("备备x", 5));
        input.insert("y");
        assert_eq!(input.text().len(), BYTES_MAX - BYTES_MAX % 3 + 1);
    }
}
