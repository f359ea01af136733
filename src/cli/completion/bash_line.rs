//! The line that Bash completes: its words without quotes, and the part of the last word that is replaced.
//!
//! Bash replaces the text behind the last word break or open quote, and inserts candidates unquoted.

use super::quote::{self, Quotes};

/// A line up to the cursor.
#[derive(Debug)]
pub(super) struct BashLine {
    /// The words before the last one, without quotes.
    before: Vec<String>,
    /// The last word, as it was typed.
    last: String,
}

impl BashLine {
    /// Splits a line at white space outside quotes.
    pub(super) fn of(line: &str) -> BashLine {
        let mut words = vec![String::new()];
        let mut quotes = Quotes::None;
        let mut is_escaped = false;
        for c in line.chars() {
            if quotes == Quotes::None && !is_escaped && matches!(c, ' ' | '\t' | '\n') {
                words.push(String::new());
                continue;
            }
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
            (quotes, is_escaped) = quotes.after(c, is_escaped);
        }
        let last = words.pop().unwrap_or_default();
        let before = words.into_iter().filter(|word| !word.is_empty()).map(|word| unquoted(&word).0);
        // Assignments such as `A=b` may precede the command.
        let before = before.skip_while(|word| word.contains('=')).collect();
        BashLine { before, last }
    }

    /// Returns the words without quotes; the last word is being completed.
    pub(super) fn words(&self) -> Vec<String> {
        self.before.iter().cloned().chain([unquoted(&self.last).0]).collect()
    }

    /// Returns the replacement for `typed`, the end of the last word, that makes the word `value`; `None` if none does.
    pub(super) fn replacement(&self, typed: &str, value: &str) -> Option<String> {
        let kept = self.last.strip_suffix(typed)?;
        let (kept_text, quotes) = unquoted(kept);
        let rest = value.strip_prefix(&kept_text)?;
        match rest.strip_prefix("~/").filter(|_| self.last.starts_with("~/") && kept.is_empty()) {
            Some(path) => quote::bash(path, quotes).map(|path| format!("~/{path}")),
            None => quote::bash(rest, quotes),
        }
    }
}

/// Returns the text of a quoted word, and the quotes that are open at its end.
fn unquoted(word: &str) -> (String, Quotes) {
    let mut text = String::with_capacity(word.len());
    let mut quotes = Quotes::None;
    let mut is_escaped = false;
    for c in word.chars() {
        let (next, escapes) = quotes.after(c, is_escaped);
        if is_escaped && quotes == Quotes::Double && !matches!(c, '$' | '`' | '"' | '\\') {
            text.push('\\');
        }
        if next == quotes && !escapes {
            text.push(c);
        }
        (quotes, is_escaped) = (next, escapes);
    }
    (text, quotes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_their_quotes() {
        for (line, words) in [
            ("faqt show ", &["faqt", "show", ""][..]),
            (r"faqt --kb my\ kb.faqt show re", &["faqt", "--kb", "my kb.faqt", "show", "re"]),
            (r#"faqt  --kb "my \"kb\$.faqt" show 'a b"#, &["faqt", "--kb", "my \"kb$.faqt", "show", "a b"]),
            (r#"A=b faqt show a"\b c"#, &["faqt", "show", r"a\b c"]),
            (r"faqt show 备\案\", &["faqt", "show", "备案"]),
        ] {
            assert_eq!(BashLine::of(line).words(), words, "{line}");
        }
    }

    #[track_caller]
    fn check(line: &str, typed: &str, value: &str, expected: Option<&str>) {
        assert_eq!(BashLine::of(line).replacement(typed, value).as_deref(), expected, "{line}");
    }

    #[test]
    fn only_what_bash_replaces_is_returned() {
        check("faqt show re", "re", "reset it", Some(r"reset\ it"));
        check("faqt show std::v", "v", "std::vec", Some("vec"));
        check("faqt --kb=my", "my", "--kb=my kb/", Some(r"my\ kb/"));
        check(r"faqt --kb my\ k", r"my\ k", "my kb/", Some(r"my\ kb/"));
        check("faqt show \"reset i", "reset i", "reset it", Some("reset it"));
        check("faqt show --kb='my k", "my k", "--kb=my kb", Some("my kb"));
        check("faqt --kb ~/my", "~/my", "~/my kb", Some(r"~/my\ kb"));
        check("faqt --kb '~/my", "~/my", "~/my kb", Some("~/my kb"));
        check("faqt --kb ~", "~", "~x", Some(r"\~x"));
    }

    #[test]
    fn what_cannot_be_put_there_is_left_out() {
        check("faqt show \"z", "z", "z$(touch x)", None);
        check("faqt show \"z", "z", "z!x", None);
        check("faqt show 'z", "z", "z'$(touch x)'", None);
        check("faqt show std::V", "V", "other::Vec", None);
        check("faqt show abc", "other", "abcd", None);
    }
}
