//! The fields of the index.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// The fields of the index, by what they are for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Every term of an entry: what full-text search looks in.
    pub(crate) text: Field,
    /// The entry's id, keywords and help ids, whole: what is looked up exactly.
    pub(crate) lookup: Field,
}

/// The times that the question counts among an entry's text; aliases, keywords, section and answer count once.
///
/// Three was best on the mean of six public sets; two and four lose less than .003.
#[cfg(feature = "build")]
pub(crate) const QUESTION_REPEATED: u32 = 3;

/// Returns the schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    // Nothing is cut by tantivy: terms are written as they are, and looked up as they are.
    let indexed = |record, fieldnorms| {
        let indexing = TextFieldIndexing::default().set_tokenizer("raw");
        TextOptions::default().set_indexing_options(indexing.set_index_option(record).set_fieldnorms(fieldnorms))
    };
    let text = schema.add_text_field("text", indexed(IndexRecordOption::WithFreqs, true));
    let lookup = schema.add_text_field("lookup", indexed(IndexRecordOption::Basic, false));
    (schema.build(), Fields { text, lookup })
}

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
