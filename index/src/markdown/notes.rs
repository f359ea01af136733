//! Footnotes: numbered as they are first mentioned, and written at the end.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// The footnotes of a text.
#[derive(Default)]
pub(crate) struct Notes<'e> {
    /// The events of each note's content, as a range.
    definitions: HashMap<&'e str, Range<usize>>,
    numbers: HashMap<&'e str, usize>,
    /// The labels in the order of their numbers.
    mentioned: Vec<&'e str>,
}

impl<'e> Notes<'e> {
    /// Records the content of the note that starts at `start`, and returns the position behind the note. Of two notes
    /// of one label the first counts.
    pub(crate) fn define(&mut self, label: &'e str, events: &[Event<'_>], start: usize) -> usize {
        let end = end_of_note(events, start);
        self.definitions.entry(label).or_insert(start + 1..end);
        end + 1
    }

    /// Returns the number of a note, counted from 1.
    pub(crate) fn number(&mut self, label: &'e str) -> usize {
        *self.numbers.entry(label).or_insert_with(|| {
            self.mentioned.push(label);
            self.mentioned.len()
        })
    }

    /// Returns the content of the note with a number, counted from 1; `None` if no more are mentioned.
    ///
    /// A note that is mentioned and not defined is empty.
    pub(crate) fn content(&self, number: usize) -> Option<Range<usize>> {
        let label = self.mentioned.get(number - 1)?;
        Some(self.definitions.get(label).cloned().unwrap_or_default())
    }
}

/// Returns the position of the event that ends the footnote which starts at `start`.
fn end_of_note(events: &[Event<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    let end = events[start..].iter().position(|event| {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => depth += 1,
            Event::End(TagEnd::FootnoteDefinition) => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.map_or(events.len(), |length| start + length)
}
