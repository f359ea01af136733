//! Terms that are already cut, as one text for the index: each with a line end behind it.
//!
//! tantivy takes cut text too, but keeps it as JSON until it is indexed; writing and reading that was a third of a
//! build.

use std::str::SplitTerminator;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Ends a term; the analyser cuts at white space, so none holds it.
pub(crate) const END: char = '\n';

/// Reads a text of terms.
#[derive(Clone)]
pub(crate) struct Lines;

impl Tokenizer for Lines {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { rest: text.split_terminator(END), token: Token::default() }
    }
}

/// The terms of a text, one after another.
pub(crate) struct Stream<'a> {
    rest: SplitTerminator<'a, char>,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.rest.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(term);
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
