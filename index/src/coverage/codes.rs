//! The codes in a text that a regular expression finds.

use std::collections::HashSet;

use regex_automata::meta::Regex;

/// A regular expression, whose first group, or whole, is a code.
pub(super) struct Pattern(Regex);

impl Pattern {
    /// Compiles a regular expression; an error has the reason.
    pub(super) fn of(pattern: &str) -> Result<Pattern, String> {
        let compiled = Regex::new(pattern);
        compiled.map(Pattern).map_err(|error| {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let message = cause.unwrap_or_else(|| error.to_string());
            message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
        })
    }

    /// Returns the codes in `text`, each once, with the line of the first.
    pub(super) fn codes(&self, text: &str) -> Vec<(String, u32)> {
        let (mut known, mut codes) = (HashSet::new(), Vec::new());
        let (mut line, mut counted) = (1, 0);
        for found in self.0.captures_iter(text) {
            let Some(span) = found.get_group(1).or_else(|| found.get_group(0)) else { continue };
            let code = &text[span.start..span.end];
            line += u32::try_from(text[counted..span.start].matches('\n').count()).unwrap_or(u32::MAX);
            counted = span.start;
            if !code.is_empty() && known.insert(code) {
                codes.push((code.to_owned(), line));
            }
        }
        codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_with_their_lines() {
        let pattern = Pattern::of(r#"code\("(E\d+)"\)"#).expect("an expression");
        assert_eq!(
            pattern.codes("code(\"E1\")\n\ncode(\"E2\") code(\"E1\")"),
            [("E1".to_owned(), 1), ("E2".to_owned(), 3)]
        );
        assert_eq!(Pattern::of("(").map(|_| ()), Err("unclosed group".to_owned()));
    }
}
