//! Strings that cross over: taken as bytes of any kind, handed out as UTF-8 without a NUL in it.

use std::borrow::Cow;
use std::ffi::{CStr, CString, c_char};
use std::ptr;

use serde::de::DeserializeOwned;

use crate::boundary::CallError;

/// The length of a string that ends with a NUL.
const TO_NUL: usize = usize::MAX;

/// Borrows what the caller passes as text; bytes that are no UTF-8 become U+FFFD.
///
/// # Safety
///
/// `bytes` is NULL, or `length` bytes can be read there, or it ends with a NUL if `length` is [`TO_NUL`]; all for `'a`.
pub(crate) unsafe fn take<'a>(
    bytes: *const c_char,
    length: usize,
    what: &'static str,
) -> Result<Cow<'a, str>, CallError> {
    let bytes = match (bytes.is_null(), length) {
        (true, 0 | TO_NUL) => b"",
        (true, _) => return Err(CallError::NullText(what)),
        // SAFETY: the promise of this function.
        (false, TO_NUL) => unsafe { CStr::from_ptr(bytes) }.to_bytes(),
        // SAFETY: the promise of this function.
        (false, _) => unsafe { borrow(bytes.cast(), length, what) }?,
    };
    Ok(String::from_utf8_lossy(bytes))
}

/// Borrows bytes that the caller passes.
///
/// # Safety
///
/// `length` bytes can be read at `bytes` for `'a`.
pub(crate) unsafe fn borrow<'a>(bytes: *const u8, length: usize, what: &'static str) -> Result<&'a [u8], CallError> {
    if isize::try_from(length).is_err() {
        return Err(CallError::TooLong(what));
    }
    // SAFETY: the promise of this function, and the length is one that an object can have.
    Ok(unsafe { std::slice::from_raw_parts(bytes, length) })
}

/// Reads options, which are JSON that ends with a NUL; NULL and an empty string are none.
///
/// # Safety
///
/// `json` is NULL or ends with a NUL.
pub(crate) unsafe fn options<T: Default + DeserializeOwned>(json: *const c_char) -> Result<T, CallError> {
    // SAFETY: the promise of this function.
    match unsafe { take(json, TO_NUL, "the options") }?.trim() {
        "" => Ok(T::default()),
        json => serde_json::from_str(json).map_err(CallError::Options),
    }
}

/// Hands text over to the caller, who returns it to [`faqt_string_free`].
pub(crate) fn give(text: &str) -> *mut c_char {
    let owned = CString::new(text).or_else(|_| CString::new(text.replace('\0', "\u{fffd}")));
    owned.map_or(ptr::null_mut(), CString::into_raw)
}

/// Frees a string that a function of this library returned.
///
/// # Safety
///
/// `string` is NULL, or comes from this library and was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_string_free(string: *mut c_char) {
    if !string.is_null() {
        // SAFETY: the promise of this function; every string is made by `give`.
        drop(unsafe { CString::from_raw(string) });
    }
}

/// Returns the version of the library, which is not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn faqt_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_comes_back_and_is_freed() {
        for (text, expected) in [("", ""), ("备案", "备案"), ("a\0b", "a\u{fffd}b")] {
            let given = give(text);
            // SAFETY: the string was made here, ends with a NUL and is freed last.
            unsafe {
                assert_eq!(take(given, TO_NUL, "it").expect("it is no error"), expected);
                assert_eq!(take(given, expected.len(), "it").expect("it is no error"), expected);
                faqt_string_free(given);
            }
        }
    }

    #[test]
    fn no_text_is_empty_and_a_length_without_text_an_error() {
        // SAFETY: NULL may be passed with any length, and nothing is read at a length that no object has.
        unsafe {
            assert_eq!(take(ptr::null(), 0, "it").expect("it is empty"), "");
            assert_eq!(take(ptr::null(), TO_NUL, "it").expect("it is empty"), "");
            assert!(matches!(take(ptr::null(), 1, "it"), Err(CallError::NullText("it"))));
            assert!(matches!(take(c"a".as_ptr(), TO_NUL - 1, "it"), Err(CallError::TooLong("it"))));
            faqt_string_free(ptr::null_mut());
        }
    }
}
