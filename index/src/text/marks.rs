//! The words of a text that are marked.

use std::collections::HashSet;
use std::ops::Range;

use crate::text::fold::folded;
use crate::text::tokens::{is_unspaced_run, word_runs};

/// Words to mark, folded.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    words: HashSet<String>,
}

impl Marks {
    pub(crate) fn of(words: &[String]) -> Marks {
        Marks { words: words.iter().map(|word| folded(word)).collect() }
    }

    /// Returns the places of the words in `text`, in order.
    ///
    /// In scripts without spaces, a mark is one character or a pair.
    pub(crate) fn in_text(&self, text: &str) -> Vec<Range<usize>> {
        let mut marked: Vec<Range<usize>> = Vec::new();
        if self.words.is_empty() {
            return marked;
        }
        for run in word_runs(text) {
            if !is_unspaced_run(&text[run.clone()]) {
                marked.extend(Some(run.clone()).filter(|run| self.has_word(&text[run.clone()])));
                continue;
            }
            for place in self.in_unspaced(text, run) {
                match marked.last_mut().filter(|last| last.end >= place.start) {
                    Some(last) => last.end = place.end,
                    None => marked.push(place),
                }
            }
        }
        marked
    }

    /// Returns true if a word is to be marked, with what was cut off when it was read: `user's` for `user`.
    fn has_word(&self, word: &str) -> bool {
        let word = folded(word);
        let bare = word.rsplit_once('\'').map_or("", |(bare, _)| bare);
        let last = word.rsplit('\'').next().unwrap_or_default();
        [word.as_str(), bare, last, &word.replace('\'', "")].iter().any(|form| self.words.contains(*form))
    }

    fn in_unspaced(&self, text: &str, run: Range<usize>) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let mut before: Option<usize> = None;
        for (at, c) in text[run.clone()].char_indices() {
            let (start, end) = (run.start + at, run.start + at + c.len_utf8());
            for from in before.into_iter().chain([start]) {
                if self.words.contains(&folded(&text[from..end])) {
                    places.push(from..end);
                    break;
                }
            }
            before = Some(start);
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str], text: &str, expected: &str) {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let mut marked = String::new();
        let mut start = 0;
        for place in Marks::of(&words).in_text(text) {
            marked.extend([&text[start..place.start], "<", &text[place.clone()], ">"]);
            start = place.end;
        }
        assert_eq!(marked + &text[start..], expected);
    }

    #[test]
    fn whole_words_are_marked_in_any_case() {
        check(&["reset", "lamps"], "Reset the lamps; RESET presets.", "<Reset> the <lamps>; <RESET> presets.");
        check(&["user", "dont"], "The user’s, don't.", "The <user>’s, <don't>.");
        check(&["straße"], "STRASSE", "<STRASSE>");
        check(&[], "reset", "reset");
    }

    #[test]
    fn characters_and_pairs_are_marked_together() {
        check(&["备案", "案号"], "查询备案号和备用", "查询<备案号>和备用");
        check(&["备"], "备案icp", "<备>案icp");
        check(&["icp", "备案"], "ICP备案", "<ICP备案>");
    }
}
