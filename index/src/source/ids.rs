//! The characters of ids, help ids and redirected names.
//!
//! Ids are typed into shells, completed by them and written into addresses. An id holds letters, digits and marks of
//! any script and the characters of [`PUNCTUATION`]; none of them has a meaning for a shell inside a word.

use std::borrow::Cow;
use std::fmt;

use unicode_normalization::char::is_combining_mark;

use crate::markdown::sanitise::sanitise;

/// Punctuation that an id may hold.
const PUNCTUATION: [char; 7] = ['-', '_', '.', '/', '#', ':', '+'];
/// The remedy for an id that breaks a rule.
pub(crate) const REMEDY: &str = "use letters, digits, `-`, `_`, `.`, `/`, `#`, `:` and `+`, a letter or a digit first";
/// The id for a name without letters and digits.
const UNTITLED: &str = "untitled";

/// The rule that an id breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdFault {
    /// It has no character.
    Empty,
    /// It holds a character outside the set.
    Holds(char),
    /// Its first character may only stand further on.
    Begins(char),
    /// A part of it is `.` or `..`.
    Climbs,
}

impl fmt::Display for IdFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            IdFault::Empty => f.write_str("is empty"),
            IdFault::Holds(c) if c.is_whitespace() => f.write_str("holds space"),
            IdFault::Holds(c) if c.is_ascii_graphic() => write!(f, "holds `{c}`"),
            IdFault::Holds(c) => write!(f, "holds U+{:04X}", u32::from(c)),
            IdFault::Begins(c) => write!(f, "begins with `{c}`"),
            IdFault::Climbs => f.write_str("climbs as a path does"),
        }
    }
}

/// Returns the first rule that an id breaks.
pub(crate) fn fault(id: &str) -> Option<IdFault> {
    let first = id.chars().next();
    if first.is_none() {
        Some(IdFault::Empty)
    } else if let Some(c) = id.chars().find(|&c| !is_allowed(c)) {
        Some(IdFault::Holds(c))
    } else if let Some(c) = first.filter(|&c| !is_first(c)) {
        Some(IdFault::Begins(c))
    } else {
        id.split('/').any(climbs).then_some(IdFault::Climbs)
    }
}

/// Makes an id from a path or from the slug of a heading.
///
/// Runs of other characters become one hyphen, as in slugs; a name that breaks no rule is borrowed.
pub(crate) fn id_of(name: &str) -> Cow<'_, str> {
    if fault(name).is_none() {
        return Cow::Borrowed(name);
    }
    let parts = name.split('/').map(id_part).filter(|part| !part.is_empty() && !climbs(part));
    let id = parts.collect::<Vec<_>>().join("/");
    Cow::Owned(if id.is_empty() { UNTITLED.to_owned() } else { id })
}

fn id_part(part: &str) -> String {
    let words = part.split(|c| !is_allowed(c)).map(|word| word.trim_matches('-')).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").trim_start_matches(|c| !is_first(c)).to_owned()
}

fn climbs(part: &str) -> bool {
    matches!(part, "." | "..")
}

/// Returns true if an id may hold a character.
fn is_allowed(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || PUNCTUATION.contains(&c);
    }
    // Hangul fillers are letters and variation selectors are marks, but both are invisible.
    (c.is_alphanumeric() || is_combining_mark(c)) && sanitise(c.encode_utf8(&mut [0; 4])).contains(c)
}

/// Returns true if an id may begin with a character: a hyphen begins an option, a number sign a comment.
fn is_first(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_any_script_are_allowed() {
        for id in [
            "reset-lamp",
            "E1042",
            "lamp.reset",
            "guide/install#usage",
            "std::vec",
            "c++",
            "c#",
            "_x",
            ".env",
            "备案-多久",
            "संकल्प",
            "é",
            "e\u{301}te",
            "ガイド",
            "한글",
            "مرحبا",
            "a/b.c/d",
        ] {
            assert_eq!(fault(id), None, "{id}");
            assert_eq!(id_of(id), id);
        }
    }

    #[test]
    fn nothing_that_a_shell_reads_is_allowed() {
        for c in ('\0'..='\u{ff}').filter(|c| !c.is_alphanumeric() && !PUNCTUATION.contains(c)) {
            assert_eq!(fault(&format!("a{c}b")), Some(IdFault::Holds(c)), "{c:?}");
        }
        for c in
            ['\u{3000}', '\u{a0}', '\u{200b}', '\u{202e}', '\u{3164}', '\u{fe0f}', '\u{2019}', '\u{2013}', '\u{ff04}']
        {
            assert_eq!(fault(&format!("备{c}案")), Some(IdFault::Holds(c)), "{c:?}");
        }
        for (id, expected) in [
            ("", IdFault::Empty),
            ("-k", IdFault::Begins('-')),
            ("#a", IdFault::Begins('#')),
            ("/etc", IdFault::Begins('/')),
            ("../a", IdFault::Climbs),
            ("a/.", IdFault::Climbs),
        ] {
            assert_eq!(fault(id), Some(expected), "{id}");
        }
    }

    #[test]
    fn names_become_ids() {
        for (name, id) in [
            ("guide/reset the lamp (1)", "guide/reset-the-lamp-1"),
            ("z$(touch${IFS}X)", "z-touch-IFS-X"),
            ("--format", "format"),
            ("-- / --", "untitled"),
            ("", "untitled"),
            ("../../etc", "etc"),
            ("a/$/b", "a/b"),
            ("备案，多久", "备案-多久"),
            ("what's new", "what-s-new"),
        ] {
            assert_eq!(id_of(name), id, "{name}");
        }
    }

    #[test]
    fn what_becomes_an_id_breaks_no_rule() {
        let pieces = ["a", "-", "#", "/", ".", "..", " ", "$(x)", "\n", "备", "\u{301}", "\u{200b}", "\u{3164}", "+"];
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    let name = [first, second, third].concat();
                    assert_eq!(fault(&id_of(&name)), None, "{name:?} becomes {:?}", id_of(&name));
                }
            }
        }
    }
}
