//! The objects of `docs/output.schema.json` that answer a reader: findings, entries, the table of contents.

use serde::Serialize;

use super::writer::versioned;
use crate::model::entry::Entry;
use crate::model::manifest::Manifest;
use crate::search::editions::{Edition, is_false};
use crate::search::explain::Why;
use crate::search::findings::{Correction, Findings, Hit};
use crate::search::outcome::Outcome;

/// A reference to an entry: its id, question and section.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Reference<'a> {
    id: &'a str,
    question: &'a str,
    section: &'a [String],
}

impl<'a> From<&'a Entry> for Reference<'a> {
    fn from(entry: &'a Entry) -> Reference<'a> {
        Reference { id: &entry.id, question: &entry.question, section: &entry.section }
    }
}

/// A hit that is not shown as the answer.
#[derive(Clone, Copy, Debug, Serialize)]
struct Candidate<'a> {
    #[serde(flatten)]
    entry: Reference<'a>,
    score: f32,
    confidence: f32,
    #[serde(flatten)]
    edition: EditionFields<'a>,
}

/// The fields of a hit that say which edition it is.
#[derive(Clone, Copy, Debug, Serialize)]
struct EditionFields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    fallback: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    applies: Option<bool>,
}

/// An entry that answers, with what is to be said of its edition.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# Is it loud?\n\nNo.\n\n# Who sells it?\n\nAnn.\n")?;
/// let found = kb.search("is it loud", &faqt::SearchOptions::default().with_languages(["de"]))?;
/// let answer = faqt::json::AnswerObject::from(found.answer().expect("an answer"));
/// assert!(faqt::json::to_string(&answer)?.ends_with(r#""language":"en","answer":"No.","path":"faq.md","line":1,"fallback":true}"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Serialize)]
pub struct AnswerObject<'a> {
    #[serde(flatten)]
    entry: &'a Entry,
    #[serde(skip_serializing_if = "is_false")]
    fallback: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    applies: Option<bool>,
}

impl<'a> From<&'a Hit> for AnswerObject<'a> {
    fn from(hit: &'a Hit) -> AnswerObject<'a> {
        AnswerObject { entry: &hit.entry, fallback: hit.fallback, applies: hit.applies }
    }
}

impl<'a> From<&'a Edition> for AnswerObject<'a> {
    fn from(edition: &'a Edition) -> AnswerObject<'a> {
        AnswerObject { entry: &edition.entry, fallback: edition.fallback, applies: edition.applies }
    }
}

impl<'a> From<&'a Entry> for AnswerObject<'a> {
    fn from(entry: &'a Entry) -> AnswerObject<'a> {
        AnswerObject { entry, fallback: false, applies: None }
    }
}

impl<'a> EditionFields<'a> {
    /// Returns the fields of a hit; none if the entry has one edition, and the reader wants no languages.
    fn of(hit: &'a Hit, findings: &Findings) -> EditionFields<'a> {
        let is_told = hit.chosen_by.is_some() || !findings.languages.is_empty();
        EditionFields {
            language: hit.entry.language.as_deref().filter(|_| is_told),
            fallback: hit.fallback,
            since: hit.entry.since.as_deref(),
            until: hit.entry.until.as_deref(),
            applies: hit.applies,
        }
    }
}

/// The fields of findings, with the answer in the form of the writer: the whole entry, as [`findings`] has it, or less.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let found = kb.ask("reset lamp")?;
/// let short = found.answer().map(|hit| &hit.entry.question);
/// let json = faqt::json::to_string(&faqt::json::FindingsObject::new(&found, short))?;
/// assert!(json.contains(r#""answer":"How do I reset the lamp?","candidates":["#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct FindingsObject<'a, A> {
    outcome: Outcome,
    confidence: f32,
    covered: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    corrections: &'a [Correction],
    answer: Option<A>,
    candidates: Vec<Candidate<'a>>,
}

impl<'a, A> FindingsObject<'a, A> {
    /// Puts the findings beside `answer`, the form of [`Findings::answer`].
    pub fn new(findings: &'a Findings, answer: Option<A>) -> FindingsObject<'a, A> {
        let others = findings.hits.iter().skip(usize::from(findings.answer().is_some()));
        let candidate = |hit: &'a Hit| Candidate {
            entry: (&hit.entry).into(),
            score: hit.score,
            confidence: hit.confidence,
            edition: EditionFields::of(hit, findings),
        };
        FindingsObject {
            outcome: findings.outcome,
            confidence: findings.confidence,
            covered: findings.covered,
            version: findings.version.as_deref(),
            corrections: &findings.corrections,
            answer,
            candidates: others.map(candidate).collect(),
        }
    }
}

/// Writes the answer to `query` as the object `findings` of the schema.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let json = faqt::json::findings("reset lamp", &kb.ask("reset lamp")?);
/// assert!(json.starts_with(r#"{"format_version":1,"query":"reset lamp","outcome":"answered","confidence":"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn findings(query: &str, findings: &Findings) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        query: &'a str,
        #[serde(flatten)]
        found: FindingsObject<'a, AnswerObject<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<&'a Why>,
    }
    let found = FindingsObject::new(findings, findings.answer().map(AnswerObject::from));
    written(&Content { query, found, why: findings.why.as_ref() })
}

/// Writes the entries under a keyword, an id or a help id as the object `keyword` of the schema.
///
/// # Examples
///
/// ```
/// assert_eq!(faqt::json::keyword("E1042", &[]), r#"{"format_version":1,"keyword":"E1042","entries":[]}"#);
/// ```
pub fn keyword(term: &str, entries: &[Entry]) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        keyword: &'a str,
        entries: &'a [Entry],
    }
    written(&Content { keyword: term, entries })
}

/// Writes an entry, or an edition of one, as the object `shown` of the schema.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("## Is it loud? {#loud}\n\nNo.\n\n## Is it new?\n\nYes.\n")?;
/// let entry = kb.entry("loud")?.expect("it is there");
/// assert!(faqt::json::entry(&entry).starts_with(r#"{"format_version":1,"entry":{"id":"loud","#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn entry<'a>(entry: impl Into<AnswerObject<'a>>) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        entry: AnswerObject<'a>,
    }
    written(&Content { entry: entry.into() })
}

/// Writes the table of contents as the object `contents` of the schema.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# Is it loud?\n\nNo.\n")?;
/// let entries = kb.entries().collect::<Result<Vec<_>, _>>()?;
/// assert!(faqt::json::contents(kb.manifest(), &entries).contains(r#""contents":[{"id":""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn contents(manifest: &Manifest, entries: &[Entry]) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        manifest: &'a Manifest,
        contents: Vec<Reference<'a>>,
    }
    written(&Content { manifest, contents: entries.iter().map(Reference::from).collect() })
}

fn written(content: &impl Serialize) -> String {
    versioned(content).expect("these are structs, and their maps have text keys")
}
