//! Lookup terms of entries: ids, keywords, help ids, and the sections, languages and kinds that a search is narrowed to.

use crate::engine::postings::PostingsPart;
use crate::engine::schema::LookupKind;
use crate::model::entry::{Entry, SECTION_SEPARATOR};
use crate::source::short_ids;
use crate::text::keyed_hash;
use crate::text::language::Tag;

/// The lookup terms of the entries of a part.
pub(crate) struct Lookup<'a> {
    pub(crate) part: PostingsPart,
    /// The language tag of entries that name none.
    default: &'a str,
    /// The section of the previous entry, and the slots of its terms: neighbours mostly share section and language.
    section: (&'a [String], Vec<u32>),
    /// The language of the previous entry, if there is one, and the slots of its terms.
    language: Option<(Option<&'a str>, Vec<u32>)>,
}

impl<'a> Lookup<'a> {
    /// Starts with the language tag of entries that name none.
    pub(crate) fn new(default: &'a str) -> Lookup<'a> {
        Lookup { part: PostingsPart::default(), default, section: (&[], Vec::new()), language: None }
    }

    /// Adds the terms of the entry at `position`, which is greater than all before.
    pub(crate) fn add(&mut self, entry: &'a Entry, position: u32) {
        self.part.add(&LookupKind::Id.term(&entry.id), position);
        for name in short_ids::of(&entry.id, &entry.path, &entry.question) {
            self.part.add(&LookupKind::Short.term(&name), position);
        }
        for keyword in &entry.keywords {
            self.part.add(&LookupKind::Keyword.term(keyword), position);
        }
        for help_id in &entry.help_ids {
            self.part.add(&LookupKind::HelpId.term(help_id), position);
        }
        self.part.add(&LookupKind::Kind.term(entry.kind.name()), position);
        for slot in self.slots_of(entry) {
            self.part.note(slot, position, 1);
        }
    }

    /// Returns the slots of the entry's sections and languages. Each slot must get a posting, because a term has at
    /// least one.
    fn slots_of(&mut self, entry: &'a Entry) -> Vec<u32> {
        if self.section.0 != entry.section {
            self.section = (&entry.section, slots(&mut self.part, section_terms(&entry.section)));
        }
        let tag = entry.language.as_deref();
        let (_, of_language) = match self.language.take() {
            Some(known) if known.0 == tag => self.language.insert(known),
            _ => {
                let terms = tag.and_then(language_terms).or_else(|| language_terms(self.default)).unwrap_or_default();
                self.language.insert((tag, slots(&mut self.part, terms)))
            }
        };
        [self.section.1.as_slice(), of_language].concat()
    }
}

fn slots(part: &mut PostingsPart, terms: Vec<String>) -> Vec<u32> {
    terms.into_iter().map(|term| part.slot(keyed_hash::of(&term), Some(&term)).0).collect()
}

/// Returns the terms of a section: each title, and the titles from the outermost to each below it.
fn section_terms(titles: &[String]) -> Vec<String> {
    let path = |end: usize| titles[..end].join(SECTION_SEPARATOR);
    let paths = (2..=titles.len()).map(path);
    let named = titles.iter().cloned().chain(paths).filter(|name| !name.trim().is_empty());
    named.map(|name| LookupKind::Section.term(&name)).collect()
}

/// Returns the terms of a language tag; `None` if the tag is malformed.
fn language_terms(tag: &str) -> Option<Vec<String>> {
    let tag = Tag::parse(tag)?;
    let ranges = tag.generalised().into_iter().map(|range| LookupKind::LanguageRange.term(&range));
    Some(ranges.chain([LookupKind::Language.term(&tag.whole())]).collect())
}
