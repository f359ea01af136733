//! Measures of the answers to questions with known entries.

use std::ffi::c_char;

use faqt::KnowledgeBase;
use faqt::evaluation::{self, Report};
use serde::Serialize;

use crate::handle::{answer, faqt_kb};
use crate::text;

#[derive(Serialize)]
struct Evaluation {
    evaluation: Report,
}

/// Asks the questions of a query file and measures the answers.
///
/// # Safety
///
/// The rules of faqt.h for handles, text and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_evaluate(
    kb: *const faqt_kb,
    queries: *const c_char,
    length: usize,
    error: *mut *mut c_char,
) -> *mut c_char {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    let run = |kb: &KnowledgeBase| unsafe {
        let queries = evaluation::queries(&text::take(queries, length, "the query file")?)?;
        Ok(Evaluation { evaluation: evaluation::evaluate(kb, &queries)? })
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, run) }
}
