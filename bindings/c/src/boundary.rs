//! The boundary of every call: the error pointer, and no panic that leaves.

use std::any::Any;
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use crate::error::CallError;
use crate::text;

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
