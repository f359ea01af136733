//! The sentence encoder that questions are compared by.

use std::ffi::c_char;
use std::sync::Arc;

use faqt::{EncoderState, KnowledgeBase, SentenceEncoder};
use serde::Serialize;

use crate::error::CallError;
use crate::handle::{answer, faqt_kb, take_path};

#[derive(Serialize)]
struct Attached {
    encoder: EncoderState,
}

/// Compares questions by the model file at `path` from now on; NULL attaches none.
///
/// # Safety
///
/// The rules of faqt.h for handles and `error` hold; `path` is NULL or ends with a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_attach_encoder(
    kb: *const faqt_kb,
    path: *const c_char,
    error: *mut *mut c_char,
) -> *mut c_char {
    let run = |kb: &KnowledgeBase| {
        // SAFETY: guaranteed by the caller, see `# Safety`.
        match unsafe { take_path(path) } {
            Ok(path) => kb.attach_encoder(&Arc::new(SentenceEncoder::at(path))),
            Err(CallError::NullPath) => {}
            Err(other) => return Err(other),
        }
        Ok(Attached { encoder: kb.encoder_state() })
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { answer(kb, error, run) }
}
