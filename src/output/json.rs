//! Output for programs: one versioned JSON object, described by `docs/output.schema.json`.
//!
//! Within a version, fields are added and never changed. [`faqt::json`] escapes control characters, so that the output
//! cannot command a terminal.

use std::collections::BTreeMap;
use std::path::Path;

use faqt::build::{Built, Checked, Problem};
use faqt::comparison::Comparison;
use faqt::coverage::Coverage;
use faqt::gaps::Gaps;
use faqt::json::{AnswerObject, Reference};
use faqt::log::LogRecord;
use faqt::{Entry, Findings, KnowledgeBase, Manifest, SimilarEntry, json};
use serde::Serialize;

#[cfg(feature = "export")]
use super::exported::Exported;
use super::gaps::Applied;
use super::index::Listed;
#[cfg(feature = "cluster")]
use super::loaded::LoadedGeneration;
use super::log::KeptLog;
use super::stats::Stats;
#[cfg(feature = "encoder")]
use crate::models::{Imported, Model, hash_digits};
use faqt::evaluation::Report;

/// The reason that serialisation cannot fail.
const MAPS: &str = "output is maps with text keys";

pub(crate) fn findings(query: &str, findings: &Findings) -> String {
    json::findings(query, findings) + "\n"
}

pub(crate) fn keyword(term: &str, entries: &[Entry]) -> String {
    json::keyword(term, entries) + "\n"
}

pub(crate) fn entry<'a>(entry: impl Into<AnswerObject<'a>>) -> String {
    json::entry(entry) + "\n"
}

pub(crate) fn similar(entry: &Entry, similar: &[SimilarEntry]) -> String {
    #[derive(Serialize)]
    struct Similar<'a> {
        #[serde(flatten)]
        entry: Reference<'a>,
        similarity: f32,
    }
    #[derive(Serialize)]
    struct Content<'a> {
        similar_to: Reference<'a>,
        similar: Vec<Similar<'a>>,
    }
    let similar =
        similar.iter().map(|found| Similar { entry: (&found.entry).into(), similarity: found.similarity }).collect();
    written(Content { similar_to: entry.into(), similar })
}

pub(crate) fn contents(manifest: &Manifest, entries: &[Entry]) -> String {
    json::contents(manifest, entries) + "\n"
}

/// Writes a request that failed, and the names nearest to the one that it asked for.
#[cfg(feature = "serve")]
pub(crate) fn failed(error: &str, nearest: &[String]) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        error: &'a str,
        #[serde(skip_serializing_if = "<[String]>::is_empty")]
        nearest: &'a [String],
    }
    written(Content { error, nearest })
}

pub(crate) fn index(what: &str, listed: &[Listed<'_>]) -> String {
    #[derive(Serialize)]
    struct Row<'a> {
        name: &'a str,
        entries: Vec<&'a str>,
    }
    let rows = |(name, entries): &Listed<'_>| -> serde_json::Value {
        let ids = entries.iter().map(|entry| entry.id.as_str()).collect();
        serde_json::to_value(Row { name, entries: ids }).unwrap_or_default()
    };
    let rows: Vec<serde_json::Value> = listed.iter().map(rows).collect();
    one(what, rows)
}

pub(super) fn built(file: &Path, built: &Built) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        file: String,
        entries: usize,
        sections: usize,
        links: usize,
        bytes: usize,
        warnings: &'a [Problem],
    }
    let Built { bytes, entries, sections, links, warnings, .. } = built;
    let file = file.display().to_string();
    written(Content { file, entries: *entries, sections: *sections, links: *links, bytes: *bytes, warnings })
}

#[cfg(feature = "cluster")]
pub(super) fn loaded(loaded: &LoadedGeneration) -> String {
    one("loaded", loaded)
}

#[cfg(feature = "export")]
pub(super) fn exported(exported: &Exported) -> String {
    one("exported", exported)
}

pub(super) fn checked(folder: &Path, checked: &Checked) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        folder: String,
        entries: usize,
        sections: usize,
        links: usize,
        problems: &'a [Problem],
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        coverage: &'a [Coverage],
    }
    let Checked { entries, sections, links, problems, coverage, .. } = checked;
    let folder = folder.display().to_string();
    written(Content { folder, entries: *entries, sections: *sections, links: *links, problems, coverage })
}

#[cfg(feature = "git")]
pub(super) fn verified_entry(file: &Path, id: &str, revision: &str) -> String {
    #[derive(Serialize)]
    struct Verified<'a> {
        id: &'a str,
        path: String,
        revision: &'a str,
    }
    one("verified", &Verified { id, path: file.display().to_string(), revision })
}

pub(super) fn started(folder: &Path, files: &[&str]) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        folder: String,
        written: &'a [&'a str],
    }
    written(Content { folder: folder.display().to_string(), written: files })
}

pub(super) fn report(report: &Report) -> String {
    one("evaluation", report)
}

pub(super) fn compared([old, new]: [&str; 2], comparison: &Comparison) -> String {
    #[derive(Serialize)]
    struct Diff<'a> {
        old: &'a str,
        new: &'a str,
        #[serde(flatten)]
        comparison: &'a Comparison,
    }
    one("diff", Diff { old, new, comparison })
}

pub(super) fn verified(file: &Path, kb: &KnowledgeBase) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        file: String,
        manifest: &'a Manifest,
    }
    written(Content { file: file.display().to_string(), manifest: kb.manifest() })
}

pub(super) fn stats(stats: &Stats) -> String {
    one("stats", stats)
}

pub(super) fn log(kept: Option<&KeptLog>) -> String {
    one("log", kept)
}

pub(super) fn forgotten(log: &KeptLog) -> String {
    one("forgotten", log)
}

pub(super) fn feedback(record: &LogRecord) -> String {
    one("record", record)
}

pub(super) fn gaps(gaps: &Gaps) -> String {
    one("gaps", gaps)
}

pub(super) fn applied(applied: &Applied) -> String {
    one("applied", applied)
}

/// A model with all that its file says about it.
#[cfg(feature = "encoder")]
#[derive(Serialize)]
struct ModelFacts<'a> {
    vectors_hash: String,
    name: Option<&'a str>,
    dimensions: Option<usize>,
    length_max: Option<usize>,
    licence: Option<&'a str>,
    licence_text: Option<&'a str>,
    source: Option<&'a str>,
    bytes: u64,
    path: String,
    fault: Option<String>,
}

#[cfg(feature = "encoder")]
impl<'a> From<&'a Model> for ModelFacts<'a> {
    fn from(model: &'a Model) -> ModelFacts<'a> {
        let facts = model.facts.as_ref();
        ModelFacts {
            vectors_hash: hash_digits(model.vectors_hash),
            name: model.name(),
            dimensions: facts.map(|facts| facts.dimensions),
            length_max: facts.map(|facts| facts.length_max),
            licence: facts.map(|facts| facts.licence.as_str()),
            licence_text: facts.and_then(|facts| facts.licence_text.as_deref()),
            source: facts.map(|facts| facts.source.as_str()),
            bytes: model.bytes,
            path: model.path.display().to_string(),
            fault: model.fault.as_ref().map(|fault| format!("{fault:#}")),
        }
    }
}

#[cfg(feature = "encoder")]
pub(super) fn imported(imported: &Imported) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        imported: ModelFacts<'a>,
        was_there: bool,
    }
    written(Content { imported: (&imported.model).into(), was_there: imported.was_there })
}

#[cfg(feature = "encoder")]
pub(super) fn models(models: &[Model]) -> String {
    one("models", models.iter().map(ModelFacts::from).collect::<Vec<_>>())
}

#[cfg(feature = "encoder")]
pub(super) fn removed(model: &Model) -> String {
    one("removed", ModelFacts::from(model))
}

/// Writes an object with one field.
fn one(name: &str, value: impl Serialize) -> String {
    written(BTreeMap::from([(name, value)]))
}

fn written(content: impl Serialize) -> String {
    json::versioned(&content).expect(MAPS) + "\n"
}

/// Serialises a format with a version of its own.
pub(super) fn unversioned(content: &impl Serialize) -> String {
    json::to_string(content).expect(MAPS) + "\n"
}
