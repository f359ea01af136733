//! Tokenisation: splits text into terms.
//!
//! Words are runs of letters and digits, stemmed. Identifiers (`node.js`, `foo_bar`, `--flag`, `c++`) are kept whole
//! beside the words in them. Text of scripts without spaces becomes characters and overlapping bigrams, without a
//! dictionary; a mixed `ICP备案号` breaks where the scripts meet.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::fold;
use super::language::Language;
use super::script::{Script, script};

/// The class of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A word, stemmed.
    Word,
    /// A term that must survive whole, such as `node.js`.
    Identifier,
    /// One character of a script written without spaces.
    Character,
    /// Two neighbouring characters of such a script.
    Bigram,
    /// A whole run of three or more Katakana.
    KatakanaRun,
}

/// One term of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    /// The term as it stands in the index.
    pub(crate) term: &'a str,
    /// The folded spelling that it was made from.
    pub(crate) spelling: &'a str,
    /// Its class.
    pub(crate) class: Class,
    /// The gap between a word and the words or characters before it.
    pub(crate) gap: &'a str,
}

/// The longest spelling in bytes; longer ones are cut, because nobody types them and the index has a limit.
const SPELLING_BYTES_MAX: usize = 200;

/// Articles, pronouns, prepositions and conjunctions with an elided vowel in French or Italian.
static ELIDED: &[&str] = &[
    "all", "anch", "c", "com", "cos", "d", "dall", "dell", "dov", "gl", "j", "jusqu", "l", "lorsqu", "m", "n", "nell",
    "nessun", "puisqu", "qu", "quand", "quell", "quelqu", "quest", "quoiqu", "s", "sull", "t", "tutt", "un", "v",
];

/// Calls `emit` with each term of `text`.
pub(crate) fn analyse(text: &str, language: Language, mut emit: impl FnMut(Token<'_>)) {
    let mut term = String::new();
    spellings_with_gaps(text, language, |spelling, class, gap| {
        term.clear();
        push_term(spelling, class, language, &mut term);
        emit(Token { term: &term, spelling, class, gap });
    });
}

/// Returns the words inside the names of code in `text`, such as `linked` and `Projects` in `linkedProjects`, with a space
/// before each.
///
/// Such a name begins with a small letter: `GitHub` is one word, not a hub of git, and `ModuleNotFoundError` is typed whole.
pub(crate) fn words_in_names(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut words = String::new();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_alphanumeric).map(|before| at + before) {
        let end = run_end(bytes, start, |byte| byte.is_ascii_alphanumeric());
        let is_whole = |beside: Option<&u8>| beside.is_none_or(u8::is_ascii);
        if is_whole(bytes[..start].last()) && is_whole(bytes.get(end)) {
            push_words_of_name(&text[start..end], &mut words);
        }
        at = end;
    }
    words
}

/// Appends the words of `name`, if it has several, with a space before each.
fn push_words_of_name(name: &str, words: &mut String) {
    let bytes = name.as_bytes();
    let is_small = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    let begins = |&at: &usize| {
        // The last capital of several begins a word of at least three letters: `getHTTPServer`, but `listURLs`.
        bytes[at].is_ascii_uppercase() && (is_small(at - 1) || is_small(at + 1) && is_small(at + 2))
    };
    if !is_small(0) {
        return;
    }
    let starts: Vec<usize> = (1..bytes.len()).filter(begins).collect();
    let ends = starts.iter().copied().chain([name.len()]);
    let found = || std::iter::once(0).chain(starts.iter().copied()).zip(ends.clone()).map(|(at, end)| &name[at..end]);
    // Random identifiers, as in addresses, hold single letters and digits everywhere.
    let is_word = |word: &str| word.len() > 1 && !word.bytes().any(|byte| byte.is_ascii_digit());
    if !starts.is_empty() && found().all(is_word) {
        found().for_each(|word| words.extend([" ", word]));
    }
}

/// Calls `emit` with each term of a title: those of [`analyse`], then those of [`words_in_names`].
pub(crate) fn analyse_title(text: &str, language: Language, mut emit: impl FnMut(Token<'_>)) {
    analyse(text, language, &mut emit);
    analyse(&words_in_names(text), language, emit);
}

/// Calls `emit` with each folded spelling in `text` that a term is made from.
#[cfg(feature = "build")]
pub(crate) fn spellings(text: &str, language: Language, mut emit: impl FnMut(&str, Class)) {
    spellings_with_gaps(text, language, |spelling, class, _| emit(spelling, class));
}

/// Calls `emit` with each folded spelling, and the gap before it if it is a word.
fn spellings_with_gaps(text: &str, language: Language, mut emit: impl FnMut(&str, Class, &str)) {
    let folded = language.folded(text);
    if language.is_turkic() {
        // Code is written in ASCII, whose `I` has no dot.
        identifiers(&fold::folded(text), |identifier| emit(identifier, Class::Identifier, ""));
    } else {
        identifiers(&folded, |identifier| emit(identifier, Class::Identifier, ""));
    }
    let mut runs = Runs::of(&folded);
    loop {
        let end = runs.at;
        match runs.next() {
            None => break,
            Some(TokenRun::Word(word)) => {
                let gap = &folded[end..runs.at - word.len()];
                let spelling = bare_word(word, language);
                if !spelling.is_empty() {
                    emit(&spelling, Class::Word, gap);
                }
            }
            Some(TokenRun::Unspaced(run)) => unspaced(run, &mut |spelling, class| emit(spelling, class, "")),
        }
    }
}

/// Appends the term that is made from a spelling.
pub(crate) fn push_term(spelling: &str, class: Class, language: Language, term: &mut String) {
    match class {
        Class::Word => push_word_term(spelling, language, term),
        _ => term.push_str(spelling),
    }
}

/// Returns the term of a word as `analyse` makes it, for a folded spelling.
pub(crate) fn word_term(spelling: &str, language: Language) -> String {
    let mut term = String::with_capacity(spelling.len());
    push_word_term(spelling, language, &mut term);
    term
}

/// Appends the term of a word: its stem without accents. A word of nothing but endings or accents stays whole.
fn push_word_term(spelling: &str, language: Language, term: &mut String) {
    let (stem, before) = (language.stem(spelling), term.len());
    fold::push_without_accents(if stem.is_empty() { spelling } else { &stem }, term);
    if term.len() == before {
        term.push_str(spelling);
    }
}

/// Returns the class of a term of the index.
pub(crate) fn class_of(term: &str) -> Class {
    let mut chars = term.chars();
    match (chars.next().map(script), chars.next()) {
        (None | Some(Script::Spaced), _) if term.chars().all(is_word_char) => Class::Word,
        (None | Some(Script::Spaced), _) => Class::Identifier,
        (Some(_), None) => Class::Character,
        (Some(_), Some(_)) if chars.next().is_none() => Class::Bigram,
        _ => Class::KatakanaRun,
    }
}

/// Contracted words behind an apostrophe, to be cut off: `I'd` must not become the word `id`.
static CONTRACTED: &[&str] = &["'s", "'d", "'ll"];

/// Removes contractions and elisions: `user's` is `user`, `don't` is `dont`, French `l'hôtel` is `hôtel`.
fn bare_word(word: &str, language: Language) -> Cow<'_, str> {
    if !word.bytes().any(|byte| byte == b'\'') {
        return Cow::Borrowed(clipped(word));
    }
    let word = without_elision(word, language);
    let word = clipped(CONTRACTED.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word));
    if word.contains('\'') { Cow::Owned(word.replace('\'', "")) } else { Cow::Borrowed(word) }
}

fn clipped(word: &str) -> &str {
    &word[..word.floor_char_boundary(SPELLING_BYTES_MAX)]
}

/// Cuts off a short word that French and Italian join to one that starts with a vowel.
fn without_elision(word: &str, language: Language) -> &str {
    match word.split_once('\'') {
        Some((elided, rest)) if matches!(language.tag(), "fr" | "it") && ELIDED.contains(&elided) => rest,
        _ => word,
    }
}

/// Emits characters, pairs and Katakana runs.
fn unspaced(run: &str, emit: &mut impl FnMut(&str, Class)) {
    let mut before: Option<usize> = None;
    let mut katakana: Option<usize> = None;
    for (at, c) in run.char_indices() {
        let end = at + c.len_utf8();
        emit(&run[at..end], Class::Character);
        if let Some(start) = before {
            emit(&run[start..end], Class::Bigram);
        }
        before = Some(at);
        if script(c) == Script::Katakana {
            katakana.get_or_insert(at);
        } else if let Some(start) = katakana.take() {
            katakana_run(&run[start..at], emit);
        }
    }
    if let Some(start) = katakana {
        katakana_run(&run[start..], emit);
    }
}

fn katakana_run(run: &str, emit: &mut impl FnMut(&str, Class)) {
    if run.chars().count() >= 3 && run.len() <= SPELLING_BYTES_MAX {
        emit(run, Class::KatakanaRun);
    }
}

/// Returns the places of the words, and of the runs of characters without spaces, in a text that need not be folded.
pub(crate) fn word_runs(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut runs = Runs::of(text);
    std::iter::from_fn(move || {
        let (TokenRun::Word(run) | TokenRun::Unspaced(run)) = runs.next()?;
        Some(runs.at - run.len()..runs.at)
    })
}

/// Returns true if a run is of a script without spaces.
pub(crate) fn is_unspaced_run(run: &str) -> bool {
    run.chars().next().is_some_and(|first| script(first) != Script::Spaced)
}

/// A run of characters that are tokenised alike.
enum TokenRun<'a> {
    Word(&'a str),
    Unspaced(&'a str),
}

struct Runs<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Runs<'a> {
    fn of(text: &'a str) -> Runs<'a> {
        Runs { text, at: 0 }
    }
}

impl<'a> Iterator for Runs<'a> {
    type Item = TokenRun<'a>;

    fn next(&mut self) -> Option<TokenRun<'a>> {
        let bytes = self.text.as_bytes();
        let may_begin = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        let ascii_end = |from| run_end(bytes, from, |byte| byte.is_ascii_alphanumeric());
        let start = self.at + bytes[self.at..].iter().position(may_begin)?;
        // Most words are ASCII and end at an ASCII character: no character needs decoding.
        let end = ascii_end(start);
        if end > start && bytes.get(end).is_none_or(|byte| byte.is_ascii() && *byte != b'\'') {
            self.at = end;
            return Some(TokenRun::Word(&self.text[start..end]));
        }
        let (skipped, first) = self.text[start..].char_indices().find(|&(_, c)| is_letter(c))?;
        let is_spaced = script(first) == Script::Spaced;
        let start = start + skipped;
        let mut end = start + first.len_utf8();
        loop {
            if is_spaced {
                end = ascii_end(end);
            }
            match joining(&self.text[end..], is_spaced) {
                Some(length) => end += length,
                None => break,
            }
        }
        self.at = end;
        let run = &self.text[start..end];
        Some(if is_spaced { TokenRun::Word(run) } else { TokenRun::Unspaced(run) })
    }
}

/// Returns the length of the first character of `rest`, if it joins the run before it. The caller has passed over ASCII
/// letters and digits that join.
fn joining(rest: &str, is_spaced: bool) -> Option<usize> {
    let c = rest.chars().next()?;
    let joins = match c {
        '\'' => is_spaced && rest[1..].starts_with(is_letter),
        c if c.is_ascii() => false,
        c => is_word_char(c) && ((script(c) == Script::Spaced) == is_spaced || is_combining_mark(c)),
    };
    joins.then(|| c.len_utf8())
}

fn is_word_char(c: char) -> bool {
    is_letter(c) || is_combining_mark(c)
}

/// Returns true for letters and digits, including Chinese characters that the standard library does not know yet.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || (c >= '\u{20000}' && script(c) == Script::Han)
}

/// Calls `emit` with each identifier of a folded text.
fn identifiers(text: &str, mut emit: impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(mark) = bytes[at..].iter().position(|&byte| is_joint(byte)).map(|length| at + length) {
        let before = bytes[at..mark].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let start = mark - before;
        let starts = start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
        match if starts { identifier_end(bytes, start) } else { None } {
            Some(end) => {
                if end - start <= SPELLING_BYTES_MAX {
                    emit(&text[start..end]);
                }
                at = end;
            }
            None => at = mark + 1,
        }
    }
}

/// Returns true if a byte may make an identifier of a word; a text without such bytes has no identifiers.
fn is_joint(byte: u8) -> bool {
    matches!(byte, b'.' | b'_' | b'+' | b'#' | b':' | b'-')
}

/// Returns the end of the identifier that starts at `start`, if there is one.
fn identifier_end(bytes: &[u8], start: usize) -> Option<usize> {
    let alphanumeric = |from: usize| run_end(bytes, from, |byte| byte.is_ascii_alphanumeric());
    if bytes[start..].starts_with(b"--") && bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) {
        let end = run_end(bytes, start + 2, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        return Some(end);
    }
    let first = alphanumeric(start);
    if first == start {
        return None;
    }
    let mut end = first;
    loop {
        let joint = match &bytes[end..] {
            [b'.' | b'_' | b'+' | b'#', ..] => 1,
            [b':', b':', ..] => 2,
            _ => break,
        };
        let next = alphanumeric(end + joint);
        if next == end + joint {
            break;
        }
        end = next;
    }
    if end > first {
        return Some(run_end(bytes, end, |byte| matches!(byte, b'+' | b'#')));
    }
    // `c++`, `c#`: a word and the signs that belong to it.
    let signs = match &bytes[first..] {
        [b'+', b'+', ..] => first + 2,
        [b'#', ..] => first + 1,
        _ => return None,
    };
    let is_word = bytes[start..first].iter().all(u8::is_ascii_alphabetic);
    let is_free = bytes.get(signs).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    (is_word && is_free).then_some(signs)
}

fn run_end(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    bytes[from.min(bytes.len())..].iter().position(|&byte| !belongs(byte)).map_or(bytes.len(), |length| from + length)
}

#[cfg(test)]
mod tests;
