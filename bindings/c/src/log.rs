//! Records of questions, for a program that keeps a log of them.

use std::ffi::c_char;

use faqt::log::LogRecord;

use crate::boundary::call;
use crate::error::CallError;
use crate::handle::faqt_kb;
use crate::text;

/// Returns the record of a question as a line for a log.
///
/// # Safety
///
/// The rules of faqt.h for handles, text and `error` hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_log_record(
    kb: *const faqt_kb,
    facts: *const c_char,
    length: usize,
    error: *mut *mut c_char,
) -> *mut c_char {
    let run = || {
        // SAFETY: guaranteed by the caller, see `# Safety`.
        let kb = unsafe { kb.as_ref() }.ok_or(CallError::NullHandle)?;
        // SAFETY: guaranteed by the caller, see `# Safety`.
        let facts = unsafe { text::take(facts, length, "the facts") }?;
        Ok(text::give(&LogRecord::from_facts(&facts, &kb.inner)?.to_line()))
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { call(error, run) }
}
