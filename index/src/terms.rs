//! Terms that are already cut, as one text for the index: each with a line end behind it for every time that it occurs.
//!
//! tantivy takes cut text too, but keeps it as JSON until it is indexed; writing and reading that was a third of a
//! build.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Ends a term, and says again that it occurs; the analyser cuts at white space, so none holds it.
const END: u8 = b'\n';

/// Adds a term that occurs so many times.
#[cfg(feature = "build")]
pub(crate) fn push(term: &str, times: usize, lines: &mut String) {
    lines.push_str(term);
    lines.extend(std::iter::repeat_n(char::from(END), times));
}

/// Reads a text of terms.
#[derive(Clone)]
pub(crate) struct Lines;

impl Tokenizer for Lines {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { rest: text, token: Token::default() }
    }
}

/// The terms of a text, one after another.
pub(crate) struct Stream<'a> {
    rest: &'a str,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        if self.rest.as_bytes().first() == Some(&END) {
            self.rest = &self.rest[1..];
        } else {
            // Terms are short: to look at each byte takes less time than to start a search.
            let Some(end) = self.rest.bytes().position(|byte| byte == END) else { return false };
            self.token.text.clear();
            self.token.text.push_str(&self.rest[..end]);
            self.rest = &self.rest[end + 1..];
        }
        // The position before the first is the largest number there is.
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
