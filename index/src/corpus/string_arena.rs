//! Many short texts, one behind the other: as strings of their own, a million would take three times the room.

/// Texts that are known by their numbers.
#[derive(Debug, Default)]
pub(crate) struct StringArena {
    all: String,
    /// Where in `all` each ends.
    ends: Vec<usize>,
}

impl StringArena {
    /// Adds a text, which has the next number.
    pub(crate) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    /// Returns how many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the text of a number.
    pub(crate) fn at(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[number]]
    }

    /// Returns all of them, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.at(number))
    }
}
