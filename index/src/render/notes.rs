//! Footnotes: numbered as they are first mentioned, and written at the end.

use std::collections::HashMap;
use std::ops::Range;

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Notes<'e> {
    /// Where each note's content stands among the events.
    definitions: HashMap<&'e str, Range<usize>>,
    numbers: HashMap<&'e str, usize>,
    /// The labels in the order of their numbers.
    mentioned: Vec<&'e str>,
}

impl<'e> Notes<'e> {
    /// Keeps the place of a note's content; of two notes of one label the first counts.
    pub(super) fn define(&mut self, label: &'e str, events: Range<usize>) {
        self.definitions.entry(label).or_insert(events);
    }

    /// Returns the mark of a note, which is its number in brackets.
    pub(super) fn mark(&mut self, label: &'e str) -> String {
        let number = *self.numbers.entry(label).or_insert_with(|| {
            self.mentioned.push(label);
            self.mentioned.len()
        });
        format!("[{number}]")
    }

    /// Returns the content of the note with a number, counted from 1; `None` if no more are mentioned.
    ///
    /// A note that is mentioned and not defined is empty.
    pub(super) fn content(&self, number: usize) -> Option<Range<usize>> {
        let label = self.mentioned.get(number - 1)?;
        Some(self.definitions.get(label).cloned().unwrap_or_default())
    }
}
