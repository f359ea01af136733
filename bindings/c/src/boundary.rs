//! The boundary of every call: it sets the error pointer and catches panics.

use std::any::Any;
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use crate::error::CallError;
use crate::text;

/// Runs a call; on failure sets `*error` to the message and returns NULL.
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
        // SAFETY: `error` is not NULL, so by the rules of faqt.h it points to a writable pointer.
        unsafe { error.write(message) };
    } else if !message.is_null() {
        // SAFETY: the message was allocated here and is not shared.
        unsafe { text::faqt_string_free(message) };
    }
    value
}

/// Returns the message of a panic.
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
        // SAFETY: the call failed, so this test owns the message, and frees it last.
        unsafe {
            assert_eq!(CStr::from_ptr(error).to_str(), Ok("a defect of the library: of sorts"));
            text::faqt_string_free(error);
        }
    }
}
