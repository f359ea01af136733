//! What every call does: the error pointer, the handle, and no panic that leaves.

use std::any::Any;
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use faqt::{KnowledgeBase, OpenError, SearchError};
use serde::Serialize;

use crate::handle::faqt_kb;
use crate::text;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    #[error("the knowledge base is NULL")]
    NullHandle,
    #[error("{0} is NULL and its length is not 0")]
    NullText(&'static str),
    #[error("the length of {0} is more than an object can have")]
    TooLong(&'static str),
    #[error("the path is NULL")]
    NullPath,
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error("the options are no JSON object such as {{\"limit\": 1}}")]
    NoObject,
    #[error("the options cannot be read: {0}")]
    Options(serde_json::Error),
    #[error("the answer cannot be written as JSON: {0}")]
    Json(serde_json::Error),
    #[error("a defect of the library: {0}")]
    Panic(String),
}

/// Runs a call; on failure its message goes to `*error` and the call returns NULL.
///
/// # Safety
///
/// `error` is NULL or may be written to.
pub(crate) unsafe fn call<T>(error: *mut *mut c_char, run: impl FnOnce() -> Result<*mut T, CallError>) -> *mut T {
    let ended = catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(CallError::Panic(said(&*panic))));
    let (value, message) = match ended {
        Ok(value) => (value, ptr::null_mut()),
        Err(failure) => (ptr::null_mut(), text::give(&faqt::render::sanitise(&failure.to_string()))),
    };
    if !error.is_null() {
        // SAFETY: faqt.h: `error` is NULL or points to a place for a pointer.
        unsafe { error.write(message) };
    } else if !message.is_null() {
        // SAFETY: the message was made here and nobody else has it.
        unsafe { text::faqt_string_free(message) };
    }
    value
}

/// Runs a call that answers in JSON.
///
/// # Safety
///
/// `kb` is NULL or a handle that stays open during the call, and `error` is NULL or may be written to.
pub(crate) unsafe fn answer<T: Serialize>(
    kb: *const faqt_kb,
    error: *mut *mut c_char,
    run: impl FnOnce(&KnowledgeBase) -> Result<T, CallError>,
) -> *mut c_char {
    let run = || {
        // SAFETY: the promise of this function.
        let kb = unsafe { kb.as_ref() }.ok_or(CallError::NullHandle)?;
        let json = faqt::json::versioned(&run(&kb.inner)?).map_err(CallError::Json)?;
        Ok(text::give(&json))
    };
    // SAFETY: the promise of this function.
    unsafe { call(error, run) }
}

/// Returns what a panic said.
fn said(panic: &(dyn Any + Send)) -> String {
    let literal = panic.downcast_ref::<&str>().map(|message| (*message).to_owned());
    literal.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it says nothing".to_owned())
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        let mut error = ptr::null_mut();
        // SAFETY: `error` is a local.
        let value: *mut u8 = unsafe { call(&raw mut error, || panic!("of {}", "sorts")) };
        assert!(value.is_null());
        // SAFETY: the call failed, so the message is ours, and freed last.
        unsafe {
            assert_eq!(CStr::from_ptr(error).to_str(), Ok("a defect of the library: of sorts"));
            text::faqt_string_free(error);
        }
    }
}
