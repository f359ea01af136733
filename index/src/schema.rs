//! What the fields of the index hold.

/// The times that the question counts among an entry's text; aliases, keywords, section and answer count once.
///
/// Three was best on the mean of six public sets; two and four lose less than .003.
#[cfg(feature = "build")]
pub(crate) const QUESTION_REPEATED: u32 = 3;

/// What a term of the lookup field stands for; its letter comes first in the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LookupKind {
    /// An entry's id.
    Id,
    /// A keyword.
    Keyword,
    /// A help id.
    HelpId,
    /// An id or a help id that the entry had once.
    Former,
}

impl LookupKind {
    /// Returns the letter that marks terms of this kind.
    pub(crate) fn letter(self) -> char {
        match self {
            LookupKind::Id => 'i',
            LookupKind::Keyword => 'k',
            LookupKind::HelpId => 'h',
            LookupKind::Former => 'f',
        }
    }

    /// Returns the term under which `name` is looked up, case and width folded; tantivy's terms end at 65,530 bytes.
    pub(crate) fn term(self, name: &str) -> String {
        let mut term = String::from(self.letter());
        let folded = crate::analysis::fold::folded(name.trim());
        let mut end = folded.len().min(1024);
        while !folded.is_char_boundary(end) {
            end -= 1;
        }
        term.push_str(&folded[..end]);
        term
    }
}
