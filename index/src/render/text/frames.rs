//! The containers that are open around a line: quotations, lists and their items, indentations.
//!
//! [`Frames`] composes the prefix of each line and places blank lines. A container nested so deeply that little room
//! would be left for text is not drawn, so the prefix of a line stays short.

use super::wrap::columns;

/// The narrowest page, in columns; a narrower one has no sensible layout.
const WIDTH_MIN: usize = 20;

/// The open containers, from the page itself to the innermost.
pub(crate) struct Frames {
    /// The width of the page, in columns.
    width: usize,
    open: Vec<Container>,
    /// The prefix of a line in the open containers, and its width.
    prefix: String,
    prefix_columns: usize,
    /// True if a container has a marker that is not yet written.
    marker_waits: bool,
    /// The marker of a container too deep to be drawn.
    deep_marker: Option<String>,
}

/// A block that holds blocks.
#[derive(Default)]
struct Container {
    /// True if blank lines separate the blocks in it.
    loose: bool,
    /// True if something is written in it.
    is_begun: bool,
    is_item: bool,
    /// The marker that its first line has instead of its prefix.
    marker: Option<String>,
    /// The start of its part of the prefix, and the width of the prefix before it.
    prefix_start: usize,
    columns_before: usize,
}

impl Frames {
    pub(crate) fn new(width: usize) -> Self {
        Self {
            width: width.max(WIDTH_MIN),
            open: vec![Container { loose: true, ..Container::default() }],
            prefix: String::new(),
            prefix_columns: 0,
            marker_waits: false,
            deep_marker: None,
        }
    }

    /// Returns the number of columns left for text.
    pub(crate) fn columns(&self) -> usize {
        self.width - self.prefix_columns
    }

    /// Opens a container whose items follow one another without blank lines until [`Frames::mark_loose`] is called.
    pub(crate) fn open_list(&mut self) {
        self.open("", 0);
    }

    /// Opens an item of the open list, behind a marker.
    pub(crate) fn open_item(&mut self, marker: String) {
        let loose = self.innermost().loose;
        self.open_marked(marker);
        let item = self.innermost();
        item.is_item = true;
        item.loose = loose;
    }

    /// Opens a footnote behind its mark. Blank lines separate its paragraphs, but not the notes.
    pub(crate) fn open_note(&mut self, mark: String) {
        self.open_marked(mark);
        self.innermost().loose = true;
    }

    /// Opens a container with `prefix`, which is `width` columns wide, on its left.
    pub(crate) fn open_block(&mut self, prefix: &str, width: usize) {
        self.open(prefix, width);
        self.innermost().loose = true;
    }

    /// Opens a container whose first line begins `hang` columns before the others.
    pub(crate) fn open_hanging(&mut self, hang: usize) {
        if self.open(&" ".repeat(hang), hang) {
            self.mark(String::new());
        }
    }

    /// Separates the items of the list by blank lines, if the innermost container is an item.
    pub(crate) fn mark_loose(&mut self) {
        if let [.., list, item] = &mut self.open[..]
            && item.is_item
        {
            list.loose = true;
            item.loose = true;
        }
    }

    /// Closes the innermost container.
    pub(crate) fn close(&mut self) {
        if self.open.len() > 1
            && let Some(closed) = self.open.pop()
        {
            self.prefix.truncate(closed.prefix_start);
            self.prefix_columns = closed.columns_before;
        }
    }

    /// Returns true if the marker of the innermost container is not yet written.
    pub(crate) fn owes_marker(&mut self) -> bool {
        self.innermost().marker.is_some() || self.deep_marker.is_some()
    }

    /// Returns the width of the marker that begins the next line although its container is not drawn.
    pub(crate) fn deep_marker_columns(&self) -> Option<usize> {
        self.deep_marker.as_deref().map(columns)
    }

    /// Begins a block in the innermost container; returns the prefix of the blank line before the block, if there is
    /// one.
    pub(crate) fn begin_block(&mut self) -> Option<&str> {
        let last_begun = self.open.iter().rposition(|frame| frame.is_begun);
        let outer = last_begun.unwrap_or(0);
        for frame in &mut self.open[outer..] {
            frame.is_begun = true;
        }
        let end = self.open.get(outer + 1).map_or(self.prefix.len(), |inner| inner.prefix_start);
        last_begun.filter(|&outer| self.open[outer].loose).map(|_| &self.prefix[..end])
    }

    /// Writes the prefix of a line.
    pub(crate) fn begin_line(&mut self, text: &mut String) {
        if std::mem::take(&mut self.marker_waits) {
            self.write_markers(text);
        } else {
            text.push_str(&self.prefix);
        }
        if let Some(marker) = self.deep_marker.take() {
            text.push_str(&marker);
        }
    }

    /// Writes the prefix of a line, with new markers in their places.
    fn write_markers(&mut self, text: &mut String) {
        let mut end = 0;
        for index in 0..self.open.len() {
            let start =
                std::mem::replace(&mut end, self.open.get(index + 1).map_or(self.prefix.len(), |f| f.prefix_start));
            match self.open[index].marker.take() {
                Some(marker) => text.push_str(&marker),
                None => text.push_str(&self.prefix[start..end]),
            }
        }
    }

    fn open_marked(&mut self, marker: String) {
        let hang = columns(&marker);
        if self.open(&" ".repeat(hang), hang) {
            self.mark(marker);
        } else {
            self.deep_marker = Some(marker);
        }
    }

    fn mark(&mut self, marker: String) {
        self.innermost().marker = Some(marker);
        self.marker_waits = true;
    }

    /// Opens a container; returns true if it is drawn, which leaves text half of a narrow page or 20 columns of a wide
    /// one.
    fn open(&mut self, prefix: &str, width: usize) -> bool {
        let (prefix_start, columns_before) = (self.prefix.len(), self.prefix_columns);
        self.open.push(Container { prefix_start, columns_before, ..Container::default() });
        let columns_min = self.width.min(2 * WIDTH_MIN) / 2;
        let drawn = self.columns() >= columns_min + width;
        if drawn {
            self.prefix.push_str(prefix);
            self.prefix_columns += width;
        }
        drawn
    }

    fn innermost(&mut self) -> &mut Container {
        self.open.last_mut().expect("the outermost frame is never closed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn line(frames: &mut Frames) -> String {
        let mut text = String::new();
        frames.begin_line(&mut text);
        text
    }

    #[test]
    fn a_marker_stands_on_one_line_only() {
        let mut frames = Frames::new(40);
        frames.open_block("| ", 2);
        frames.open_item("1. ".to_owned());
        assert!(frames.owes_marker());
        assert_eq!([line(&mut frames), line(&mut frames)], ["| 1. ", "|    "]);
        frames.close();
        assert_eq!((line(&mut frames).as_str(), frames.columns()), ("| ", 38));
    }

    #[test]
    fn blank_lines_follow_the_outermost_frame_that_continues() {
        let mut frames = Frames::new(40);
        assert_eq!(frames.begin_block(), None);
        frames.open_block("| ", 2);
        assert_eq!(frames.begin_block(), Some(""));
        assert_eq!(frames.begin_block(), Some("| "));
        frames.open_list();
        frames.open_item("- ".to_owned());
        assert_eq!(frames.begin_block(), Some("| "));
        assert_eq!(frames.begin_block(), None, "a tight item");
        frames.mark_loose();
        assert_eq!(frames.begin_block(), Some("|   "));
    }

    #[test]
    fn deep_frames_leave_room_for_text() {
        let mut frames = Frames::new(20);
        for _ in 0..1_000 {
            frames.open_item("- ".to_owned());
        }
        assert_eq!((frames.columns(), frames.deep_marker_columns()), (10, Some(2)));
        assert_eq!(line(&mut frames), "- - - - - - ");
    }
}
