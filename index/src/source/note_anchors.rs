//! The anchors that generators give footnotes and the marks that lead to them.

use std::collections::{HashMap, HashSet};

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(crate) struct NoteAnchors {
    /// The labels and the places of the first marks, in order.
    marks: Vec<(String, usize)>,
    /// The places of the notes, by their labels.
    notes: HashMap<String, usize>,
    /// The labels of `marks`.
    known: HashSet<String>,
}

impl NoteAnchors {
    /// Adds a mark, `[^label]`.
    pub(crate) fn add_mark(&mut self, label: &str, at: usize) {
        if self.known.insert(label.to_owned()) {
            self.marks.push((label.to_owned(), at));
        }
    }

    /// Adds a note, `[^label]: Text`.
    pub(crate) fn add_note(&mut self, label: &str, at: usize) {
        self.notes.entry(label.to_owned()).or_insert(at);
    }

    /// Lists the anchors: `fn:lamp` is the note, `fnref:lamp` its first mark. Some generators write the number of the note in
    /// place of its label.
    pub(crate) fn anchors(self) -> impl Iterator<Item = (usize, String)> {
        let numbers = self.marks.iter().zip(1_usize..).map(|((label, at), number)| (label.as_str(), number, *at));
        let mut anchors = Vec::new();
        for (label, number, at) in numbers {
            let number = number.to_string();
            let names = [Some(label), Some(number.as_str()).filter(|number| *number != label)];
            for name in names.into_iter().flatten() {
                anchors.push((at, format!("fnref:{name}")));
                anchors.extend(self.notes.get(label).map(|&note| (note, format!("fn:{name}"))));
            }
        }
        let unmarked = self.notes.iter().filter(|(label, _)| !self.known.contains(*label));
        anchors.extend(unmarked.map(|(label, &at)| (at, format!("fn:{label}"))));
        anchors.sort();
        anchors.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_have_anchors_by_label_and_by_number() {
        let mut notes = NoteAnchors::default();
        notes.add_mark("heat", 3);
        notes.add_mark("2", 5);
        notes.add_mark("heat", 7);
        notes.add_note("heat", 20);
        notes.add_note("2", 30);
        notes.add_note("alone", 40);
        let anchors: Vec<String> = notes.anchors().map(|(at, name)| format!("{at} {name}")).collect();
        let expected = ["3 fnref:1", "3 fnref:heat", "5 fnref:2", "20 fn:1", "20 fn:heat", "30 fn:2", "40 fn:alone"];
        assert_eq!(anchors, expected);
    }
}
