//! Questions to a knowledge base, answered in JSON.

use std::ffi::c_char;

use faqt::{Completion, Edition, Entry, KnowledgeBase, Manifest, SearchOptions, Section};
use serde::Serialize;

use crate::handle::{answer, faqt_kb};
use crate::text;

#[derive(Serialize)]
struct One {
    entry: Option<Entry>,
}

#[derive(Serialize)]
struct Shown {
    edition: Option<Edition>,
}

#[derive(Serialize)]
struct Many {
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Questions {
    completions: Vec<Completion>,
}

#[derive(Serialize)]
struct Contents {
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Ids {
    ids: Vec<String>,
}

#[derive(Serialize)]
struct Count {
    count: usize,
}

#[derive(Serialize)]
struct About {
    manifest: Manifest,
}

/// Answers a question.
///
/// # Safety
///
/// The rules of faqt.h for handles, text and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_ask(
    kb: *const faqt_kb,
    question: *const c_char,
    length: usize,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, |kb| Ok(kb.ask(&text::take(question, length, "the question")?)?)) }
}

/// Searches with options.
///
/// # Safety
///
/// The rules of faqt.h for handles, text, `error` and `options` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_search(
    kb: *const faqt_kb,
    query: *const c_char,
    length: usize,
    options: *const c_char,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    let run = |kb: &KnowledgeBase| unsafe {
        let options: SearchOptions = text::options(options)?;
        Ok(kb.search(&text::take(query, length, "the query")?, &options)?)
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, run) }
}

/// Looks up a keyword, an id or a help id.
///
/// # Safety
///
/// The rules of faqt.h for handles, text and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_keyword(
    kb: *const faqt_kb,
    term: *const c_char,
    length: usize,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, |kb| Ok(Many { entries: kb.keyword(&text::take(term, length, "the keyword")?)? })) }
}

/// Looks up an entry by its id.
///
/// # Safety
///
/// The rules of faqt.h for handles, text and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_entry(
    kb: *const faqt_kb,
    id: *const c_char,
    length: usize,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, |kb| Ok(One { entry: kb.entry(&text::take(id, length, "the id")?)? })) }
}

/// Looks up an entry by its id, in the edition for a reader.
///
/// # Safety
///
/// The rules of faqt.h for handles, text, `error` and `options` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_edition(
    kb: *const faqt_kb,
    id: *const c_char,
    length: usize,
    options: *const c_char,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    let run = |kb: &KnowledgeBase| unsafe {
        let options: SearchOptions = text::options(options)?;
        Ok(Shown { edition: kb.edition(&text::take(id, length, "the id")?, &options)? })
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, run) }
}

/// Looks up an entry by its help id.
///
/// # Safety
///
/// The rules of faqt.h for handles, text and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_help(
    kb: *const faqt_kb,
    help_id: *const c_char,
    length: usize,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, |kb| Ok(One { entry: kb.help(&text::take(help_id, length, "the help id")?)? })) }
}

/// Completes a typed prefix to questions.
///
/// # Safety
///
/// The rules of faqt.h for handles, text and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_complete(
    kb: *const faqt_kb,
    typed: *const c_char,
    length: usize,
    limit: usize,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    let run = |kb: &KnowledgeBase| unsafe {
        Ok(Questions { completions: kb.complete(&text::take(typed, length, "what was typed")?, limit)? })
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, run) }
}

/// Completes a typed prefix to ids.
///
/// # Safety
///
/// The rules of faqt.h for handles, text and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_complete_id(
    kb: *const faqt_kb,
    typed: *const c_char,
    length: usize,
    limit: usize,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    let run = |kb: &KnowledgeBase| unsafe {
        Ok(Ids { ids: kb.complete_id(&text::take(typed, length, "what was typed")?, limit)? })
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, run) }
}

/// Lists the ids nearest to an unknown id.
///
/// # Safety
///
/// The rules of faqt.h for handles, text and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_nearest_ids(
    kb: *const faqt_kb,
    id: *const c_char,
    length: usize,
    limit: usize,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    let run =
        |kb: &KnowledgeBase| unsafe { Ok(Ids { ids: kb.nearest_ids(&text::take(id, length, "the id")?, limit)? }) };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, run) }
}

/// Counts the entries that options admit.
///
/// # Safety
///
/// The rules of faqt.h for handles, `options` and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_count(
    kb: *const faqt_kb,
    options: *const c_char,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    let run = |kb: &KnowledgeBase| unsafe {
        let options: SearchOptions = text::options(options)?;
        Ok(Count { count: kb.count(&options)? })
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, run) }
}

/// Returns the table of contents.
///
/// # Safety
///
/// The rules of faqt.h for handles and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_sections(kb: *const faqt_kb, error: *mut *mut c_char) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, |kb| Ok(Contents { sections: kb.sections()? })) }
}

/// Lists all entries.
///
/// # Safety
///
/// The rules of faqt.h for handles and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_entries(kb: *const faqt_kb, error: *mut *mut c_char) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, |kb| Ok(Many { entries: kb.entries().collect::<Result<_, _>>()? })) }
}

/// Returns the manifest of the pack.
///
/// # Safety
///
/// The rules of faqt.h for handles and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_manifest(kb: *const faqt_kb, error: *mut *mut c_char) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, |kb| Ok(About { manifest: kb.manifest().clone() })) }
}
