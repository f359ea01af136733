//! Many short texts, concatenated: 1,000,000 separate strings would take 3 times the memory.

/// Texts by their numbers.
#[derive(Debug, Default)]
pub(crate) struct StringArena {
    all: String,
    /// The end of each text in `all`.
    ends: Vec<usize>,
}

impl StringArena {
    /// Adds a text, which has the next number.
    pub(crate) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    /// Returns the number of texts.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the text of a number.
    pub(crate) fn at(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[number]]
    }

    /// Returns all texts in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.at(number))
    }
}
