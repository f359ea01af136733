//! The kinds of terms in the fields of the index.

use twox_hash::XxHash3_128;

use crate::text::fold;

/// The times that the question counts among an entry's text; aliases, keywords, section and answer count once.
///
/// 3 was best on the mean of 6 public sets; 2 and 4 lose less than 0.003.
#[cfg(feature = "build")]
pub(crate) const QUESTION_REPEATED: u32 = 3;

/// The kind of a lookup term; its letter comes first in the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LookupKind {
    /// An entry's id.
    Id,
    /// A keyword.
    Keyword,
    /// A help id.
    HelpId,
    /// A former id or help id of the entry.
    Former,
    /// The title of a section that the entry stands in or below, or the titles from the outermost section to that one.
    Section,
    /// The entry's language.
    Language,
    /// The entry's language, or one that is more general: `zh` for an entry in `zh-TW`.
    LanguageRange,
    /// The entry's kind.
    Kind,
    /// A shorter form of the entry's id, which may be that of other entries, too.
    Short,
}

impl LookupKind {
    /// Returns the letter that marks terms of this kind.
    pub(crate) fn letter(self) -> char {
        match self {
            LookupKind::Id => 'i',
            LookupKind::Keyword => 'k',
            LookupKind::HelpId => 'h',
            LookupKind::Former => 'f',
            LookupKind::Section => 's',
            LookupKind::Language => 'l',
            LookupKind::LanguageRange => 'r',
            LookupKind::Kind => 't',
            LookupKind::Short => 'n',
        }
    }

    /// Returns the name that an entry has in a database for a language term of one of its editions.
    pub(crate) fn of_sisters(term: &str) -> String {
        format!("e{term}")
    }

    /// Returns the term under which `name` is looked up, case and width folded.
    ///
    /// tantivy's terms end at 65,530 bytes. A longer name than [`NAME_MAX`] keeps its beginning, and a hash stands for
    /// the rest; the result is a name with the same term.
    pub(crate) fn term(self, name: &str) -> String {
        let mut term = String::from(self.letter());
        let folded = fold::folded(name.trim());
        if folded.len() <= NAME_MAX {
            term.push_str(&folded);
            return term;
        }
        let hash = format!("{:032x}", XxHash3_128::oneshot(folded.as_bytes()));
        term.push_str(&folded[..folded.floor_char_boundary(NAME_MAX - hash.len())]);
        term.push_str(&hash);
        term
    }
}

/// The longest name that a term holds whole, in bytes.
const NAME_MAX: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_that_begin_alike_have_terms_of_their_own() {
        let long = "章".repeat(2_000);
        let terms = [&*long, &format!("{long}一"), &format!("{long}二")].map(|name| LookupKind::Section.term(name));
        assert!(terms[0] != terms[1] && terms[1] != terms[2]);
        for term in &terms {
            assert!(term.len() <= 1 + NAME_MAX);
            assert_eq!(LookupKind::Section.term(&term[1..]), *term);
        }
    }
}
