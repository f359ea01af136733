//! What might serve readers badly though nothing is broken: questions asked twice, entries that nothing leads to.
//!
//! A document of many entries was often written for another purpose, and its headings recur; what is an error in a file
//! that was written as an entry is a warning there.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};

use super::draft::Form;
use super::problem::{Problems, Severity};
use crate::analysis::{Language, analyse, fold, weight};
use crate::entry::{Entry, Kind};

/// Questions with fewer terms that carry meaning are not compared: `What is a CDN?` and `Where is the CDN?`.
const CONTENT_TERMS_MIN: usize = 2;
/// Terms worth less only hold a question together.
const CONTENT_WEIGHT_MIN: f32 = 0.3;

/// How severe it is that readers will not find an entry written like this.
pub(crate) fn severity(form: Form) -> Severity {
    match form {
        Form::File => Severity::Error,
        Form::Page | Form::Preamble | Form::Heading => Severity::Warning,
    }
}

/// Checks how well the entries, each written in one of `forms`, are told apart and tied together.
pub(crate) fn entries(entries: &[Entry], forms: &[Form], language: Option<&str>, problems: &mut Problems) {
    duplicates(entries, forms, language, problems);
    keywords(entries, forms, problems);
    procedures(entries, problems);
}

/// Reports questions that say the same as an earlier one, to the letter or but for small words.
///
/// Headings and titles of pages recur on purpose, one `Usage` for each command; their sections tell them apart.
fn duplicates(entries: &[Entry], forms: &[Form], language: Option<&str>, problems: &mut Problems) {
    let mut same: HashMap<(u64, u128), &Entry> = HashMap::new();
    let mut alike: HashMap<(u64, u128), &Entry> = HashMap::new();
    let hasher = RandomState::new();
    for (entry, &form) in entries.iter().zip(forms) {
        let place = (entry.path.as_str(), entry.line);
        let section = hasher.hash_one((form != Form::File).then_some(&entry.section));
        let earlier = *same.entry((section, fold::key(&entry.question))).or_insert(entry);
        let terms = content_terms(entry, language);
        let is_long = terms.len() >= CONTENT_TERMS_MIN;
        let section = hasher.hash_one((section, entry.kind));
        let near = if is_long { *alike.entry((section, fold::key(&terms.join("\0")))).or_insert(entry) } else { entry };
        if !std::ptr::eq(earlier, entry) {
            let message =
                format!("the question “{}” is asked by {}:{}, too", entry.question, earlier.path, earlier.line);
            let problem = problems.push(severity(form), place, "duplicate-question", message);
            problem.hint("make the two differ, or merge the entries");
        } else if !std::ptr::eq(near, entry) {
            let message = format!(
                "the question “{}” says the same as “{}”, {}:{}",
                entry.question, near.question, near.path, near.line
            );
            problems
                .warning(place, "near-duplicate", message)
                .hint("make one an alias of the other, or say what differs");
        }
    }
}

/// Returns the terms of a question that carry meaning, each once, in order, behind the language.
fn content_terms(entry: &Entry, default: Option<&str>) -> Vec<String> {
    let tag = entry.language.as_deref().or(default);
    let language = tag.and_then(Language::from_tag).unwrap_or(Language::DEFAULT);
    let mut terms = Vec::new();
    analyse(&entry.question, language, |token| {
        let base = weight::base(token.term, token.spelling, token.class, weight::HanUse::Chinese, language);
        if base >= CONTENT_WEIGHT_MIN {
            terms.push(token.term.to_owned());
        }
    });
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Reports entries without keywords in a folder whose author uses them.
fn keywords(entries: &[Entry], forms: &[Form], problems: &mut Problems) {
    if entries.iter().all(|entry| entry.keywords.is_empty()) {
        return;
    }
    let is_without = |&(entry, form): &(&Entry, &Form)| entry.keywords.is_empty() && *form == Form::File;
    for (entry, _) in entries.iter().zip(forms).filter(is_without) {
        let problem =
            problems.warning((&entry.path, entry.line), "no-keywords", format!("`{}` has no keywords", entry.id));
        problem.hint("add `keywords:`, the terms that an index would have");
    }
}

/// Reports procedures that no other entry points to.
fn procedures(entries: &[Entry], problems: &mut Problems) {
    let pointers = |entry: &'_ Entry| {
        let ids = entry.related.iter().filter_map(|related| related.id.clone());
        ids.filter(|id| *id != entry.id).collect::<Vec<_>>()
    };
    let pointed_to: HashSet<String> = entries.iter().flat_map(pointers).collect();
    let is_alone = |entry: &&Entry| entry.kind == Kind::Procedure && !pointed_to.contains(&entry.id);
    for procedure in entries.iter().filter(is_alone) {
        let message = format!("no entry points to the procedure `{}`", procedure.id);
        let problem = problems.warning((&procedure.path, procedure.line), "unlinked-procedure", message);
        problem.hint("link to it from the answers that need it, or name it in their `related:`");
    }
}
