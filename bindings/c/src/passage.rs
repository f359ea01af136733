//! The passage of an answer, as long as a function of the caller admits.

use std::ffi::{c_char, c_int, c_void};

use faqt::{KnowledgeBase, Passage};
use serde::Serialize;

use crate::handle::{answer, faqt_kb};
use crate::text;

/// A function of the caller that returns 0 for Markdown that does not fit.
#[expect(non_camel_case_types, reason = "the name that C knows it by")]
pub type faqt_fits = unsafe extern "C" fn(markdown: *const c_char, context: *mut c_void) -> c_int;

#[derive(Serialize)]
struct Chosen {
    passage: Option<Passage>,
}

/// Chooses the passage of an entry's answer that holds the words of a query best.
///
/// # Safety
///
/// The rules of faqt.h for handles, text, `fits` and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_passage(
    kb: *const faqt_kb,
    query: *const c_char,
    length: usize,
    id: *const c_char,
    id_length: usize,
    fits: Option<faqt_fits>,
    context: *mut c_void,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    let admits = |markdown: &str| fits.is_none_or(|fits| unsafe { asked(fits, markdown, context) });
    // SAFETY: guaranteed by the caller, see `# Safety`.
    let run = |kb: &KnowledgeBase| unsafe {
        let (query, id) = (text::take(query, length, "the query")?, text::take(id, id_length, "the id")?);
        let entry = kb.entry(&id)?;
        Ok(Chosen { passage: entry.map(|entry| kb.passage(&query, &entry, admits)).transpose()? })
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, run) }
}

/// Asks a function of the caller if Markdown fits.
///
/// # Safety
///
/// `fits` follows the rules of faqt.h.
unsafe fn asked(fits: faqt_fits, markdown: &str, context: *mut c_void) -> bool {
    let markdown = text::give(markdown);
    // SAFETY: guaranteed by the caller; the string was allocated here, ends with a NUL and is freed last.
    unsafe {
        let is_admitted = fits(markdown, context) != 0;
        text::faqt_string_free(markdown);
        is_admitted
    }
}
