//! Handles: knowledge bases behind C pointers.

use std::ffi::{CStr, c_char, c_void};
use std::path::PathBuf;

use faqt::KnowledgeBase;
use serde::Serialize;

use crate::boundary::call;
use crate::error::CallError;
use crate::text;

/// An open knowledge base.
#[expect(non_camel_case_types, reason = "the name that C knows it by")]
pub struct faqt_kb {
    pub(crate) inner: KnowledgeBase,
}

impl faqt_kb {
    fn give(inner: KnowledgeBase) -> *mut faqt_kb {
        Box::into_raw(Box::new(faqt_kb { inner }))
    }
}

/// Opens the pack in a file.
///
/// # Safety
///
/// `path` is NULL or ends with a NUL; `error` is NULL or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_open(path: *const c_char, error: *mut *mut c_char) -> *mut faqt_kb {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    let run = || Ok(faqt_kb::give(KnowledgeBase::open(unsafe { take_path(path) }?)?));
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { call(error, run) }
}

/// Reads a path.
///
/// # Safety
///
/// `path` is NULL or ends with a NUL.
pub(crate) unsafe fn take_path(path: *const c_char) -> Result<PathBuf, CallError> {
    if path.is_null() {
        return Err(CallError::NullPath);
    }
    // SAFETY: guaranteed by the caller, see `# Safety`.
    Ok(path_of(unsafe { CStr::from_ptr(path) }))
}

#[cfg(unix)]
fn path_of(path: &CStr) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    std::ffi::OsStr::from_bytes(path.to_bytes()).into()
}

#[cfg(not(unix))]
fn path_of(path: &CStr) -> PathBuf {
    path.to_string_lossy().into_owned().into()
}

/// Opens a copy of the pack in memory.
///
/// # Safety
///
/// `bytes` is NULL with a length of 0, or `length` bytes can be read there; `error` is NULL or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_open_bytes(bytes: *const c_void, length: usize, error: *mut *mut c_char) -> *mut faqt_kb {
    let run = || {
        let pack = match (bytes.is_null(), length) {
            (true, 0) => Vec::new(),
            (true, _) => return Err(CallError::NullText("the pack")),
            // SAFETY: guaranteed by the caller, see `# Safety`.
            (false, _) => unsafe { text::borrow(bytes.cast(), length, "the pack") }?.to_vec(),
        };
        Ok(faqt_kb::give(KnowledgeBase::from_vec(pack)?))
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { call(error, run) }
}

/// Returns another handle on the same knowledge base, which the caller closes separately.
///
/// # Safety
///
/// `kb` is NULL or a handle that stays open during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_clone(kb: *const faqt_kb) -> *mut faqt_kb {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { kb.as_ref() }.map_or(std::ptr::null_mut(), |kb| faqt_kb::give(kb.inner.clone()))
}

/// Closes a handle.
///
/// # Safety
///
/// `kb` is NULL, or a handle that is not closed and that no other call uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_close(kb: *mut faqt_kb) {
    if !kb.is_null() {
        // SAFETY: guaranteed by the caller; every handle comes from `give`.
        drop(unsafe { Box::from_raw(kb) });
    }
}

/// Runs a call and returns its answer as JSON.
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
        // SAFETY: guaranteed by the caller, see `# Safety`.
        let kb = unsafe { kb.as_ref() }.ok_or(CallError::NullHandle)?;
        let json = faqt::json::versioned(&run(&kb.inner)?).map_err(CallError::Json)?;
        Ok(text::give(&json))
    };
    // SAFETY: guaranteed by the caller, see `# Safety`.
    unsafe { call(error, run) }
}
