//! Golden questions that only quote a title: they test no more than the title does.

use std::collections::HashMap;

use rustc_hash::FxHashSet;

use crate::build::content::Content;
use crate::engine::schema::LookupKind;
use crate::error::SearchError;
use crate::lint::duplicates::content_terms;
use crate::lint::{SHOWN_CHARS_MAX, shown};
use crate::model::entry::Entry;
use crate::model::expected::{Expectation, ExpectedQuestion};
use crate::problem::check::Check;
use crate::problem::{Problem, Problems};
use crate::reader::Reader;
use crate::text::language::Language;

/// Reports each golden question all of whose content words stand in one phrasing of its entry.
pub(crate) fn problems(reader: &Reader, content: &Content) -> Result<Vec<Problem>, SearchError> {
    let mut problems = Problems::default();
    let mut phrasings = HashMap::new();
    for expected in &content.questions {
        let Expectation::AnsweredBy(ids) = &expected.expectation else { continue };
        for id in ids {
            if !phrasings.contains_key(id) {
                phrasings.insert(id.clone(), PhrasingTerms::of(reader, id)?);
            }
            if let Some(quoted) = phrasings[id].iter().find_map(|entry| entry.quoted_in(&expected.question)) {
                report(expected, id, quoted, &mut problems);
                break;
            }
        }
    }
    Ok(problems.into_sorted())
}

/// The content terms of each phrasing of an entry.
struct PhrasingTerms {
    entry: Entry,
    language: Language,
    terms: Vec<FxHashSet<u64>>,
}

impl PhrasingTerms {
    fn of(reader: &Reader, id: &str) -> Result<Option<PhrasingTerms>, SearchError> {
        let Some(&position) = reader.positions(&LookupKind::Id.term(id))?.first() else { return Ok(None) };
        let entry = reader.entry_at(position)?;
        let language = reader.language_of(&entry);
        let terms = entry.phrasings().map(|phrasing| content_terms(phrasing, language)).collect();
        Ok(Some(PhrasingTerms { entry, language, terms }))
    }

    /// Returns the phrasing that has all content terms of the question, if it has some.
    fn quoted_in(&self, question: &str) -> Option<&str> {
        let asked = content_terms(question, self.language);
        let at = self.terms.iter().position(|terms| !asked.is_empty() && asked.is_subset(terms))?;
        self.entry.phrasings().nth(at)
    }
}

fn report(expected: &ExpectedQuestion, id: &str, quoted: &str, problems: &mut Problems) {
    let (question, quoted) = (shown(&expected.question, SHOWN_CHARS_MAX), shown(quoted, SHOWN_CHARS_MAX));
    let message = format!("“{question}” says no more than “{quoted}”, a title or an alias of `{id}`");
    let problem = problems.warning((&expected.path, expected.line), Check::GoldenQuote, message);
    problem.hint("ask as a reader does who has not seen it");
}
