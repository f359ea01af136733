//! Strings across the boundary: any bytes are accepted, and returned strings are UTF-8 without an inner NUL.

use std::borrow::Cow;
use std::ffi::{CStr, c_char};
use std::ptr;

use serde::de::DeserializeOwned;

use crate::error::CallError;

/// The length that marks a string as NUL-terminated.
const TO_NUL: usize = usize::MAX;

/// Borrows text of the caller; bytes that are not UTF-8 become U+FFFD.
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
        // SAFETY: guaranteed by the caller, see `# Safety`.
        (false, TO_NUL) => unsafe { CStr::from_ptr(bytes) }.to_bytes(),
        // SAFETY: guaranteed by the caller, see `# Safety`.
        (false, _) => unsafe { borrow(bytes.cast(), length, what) }?,
    };
    Ok(String::from_utf8_lossy(bytes))
}

/// Borrows bytes of the caller.
///
/// # Safety
///
/// `length` bytes can be read at `bytes` for `'a`.
pub(crate) unsafe fn borrow<'a>(bytes: *const u8, length: usize, what: &'static str) -> Result<&'a [u8], CallError> {
    if isize::try_from(length).is_err() {
        return Err(CallError::TooLong(what));
    }
    // SAFETY: guaranteed by the caller, and the length fits into an `isize`.
    Ok(unsafe { std::slice::from_raw_parts(bytes, length) })
}

/// The length of the head before a returned string. It holds the length of the allocation, because a caller may shorten
/// the string.
const HEAD: usize = size_of::<usize>();

/// Parses options, a NUL-terminated JSON object; NULL and an empty string give the defaults.
///
/// # Safety
///
/// `json` is NULL or ends with a NUL.
pub(crate) unsafe fn options<T: Default + DeserializeOwned>(json: *const c_char) -> Result<T, CallError> {
    // SAFETY: guaranteed by the caller, see `# Safety`.
    match unsafe { take(json, TO_NUL, "the options") }?.trim() {
        "" => Ok(T::default()),
        // serde would read the items of a JSON list as the fields in order.
        json if !json.starts_with('{') => Err(CallError::NoObject),
        json => serde_json::from_str(json).map_err(CallError::Options),
    }
}

/// Returns a copy of text that the caller owns and passes to [`faqt_string_free`].
pub(crate) fn give(text: &str) -> *mut c_char {
    let text = text.replace('\0', "\u{fffd}");
    let length = HEAD + text.len() + 1;
    let whole: Box<[u8]> = [&length.to_ne_bytes(), text.as_bytes(), b"\0"].concat().into();
    // The caller gets the address behind the head.
    Box::into_raw(whole).cast::<u8>().wrapping_add(HEAD).cast()
}

/// Frees a string that a function of this library returned.
///
/// # Safety
///
/// `string` is NULL, or comes from this library and was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn faqt_string_free(string: *mut c_char) {
    if !string.is_null() {
        let whole = string.cast::<u8>().wrapping_sub(HEAD);
        // SAFETY: guaranteed by the caller; every string comes from `give` with a head that holds the length of the
        // allocation, and callers write only into the string.
        unsafe {
            let length = usize::from_ne_bytes(whole.cast::<[u8; HEAD]>().read());
            drop(Box::from_raw(ptr::slice_from_raw_parts_mut(whole, length)));
        }
    }
}

/// Returns the version of the library as a static string, which must not be freed.
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
            // SAFETY: the string was allocated here, ends with a NUL and is freed last.
            unsafe {
                assert_eq!(take(given, TO_NUL, "it").expect("it is no error"), expected);
                assert_eq!(take(given, expected.len(), "it").expect("it is no error"), expected);
                faqt_string_free(given);
            }
        }
    }

    #[test]
    fn a_string_that_the_caller_shortened_is_freed() {
        for keep in 0..5 {
            let given = give("lamps");
            // SAFETY: the string was allocated here and has 6 bytes. Miri checks the layout when it is freed.
            unsafe {
                given.add(keep).write(0);
                assert_eq!(take(given, TO_NUL, "it").expect("it is no error"), &"lamps"[..keep]);
                faqt_string_free(given);
            }
        }
    }

    #[test]
    fn options_are_one_object() {
        #[derive(Debug, Default, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        struct Options {
            limit: Option<usize>,
        }
        let read = |json: &CStr| {
            // SAFETY: the text ends with a NUL.
            unsafe { options::<Options>(json.as_ptr()) }
        };
        for json in [c"[]", c"[1]", c" [{}]", c"1", c"\"limit\"", c"null", c"true", c"{} {}", c"{", c"{\"limit\": [1]}"]
        {
            assert!(read(json).is_err(), "{json:?}");
        }
        for json in [c"", c" ", c"{}", c" {\"limit\": null} "] {
            assert_eq!(read(json).expect("it is an object").limit, None, "{json:?}");
        }
        assert_eq!(read(c"{\"limit\": 1}").expect("it is an object").limit, Some(1));
    }

    #[test]
    fn no_text_is_empty_and_a_length_without_text_an_error() {
        // SAFETY: NULL is allowed with any length, and a length above `isize::MAX` is refused before anything is read.
        unsafe {
            assert_eq!(take(ptr::null(), 0, "it").expect("it is empty"), "");
            assert_eq!(take(ptr::null(), TO_NUL, "it").expect("it is empty"), "");
            assert!(matches!(take(ptr::null(), 1, "it"), Err(CallError::NullText("it"))));
            assert!(matches!(take(c"a".as_ptr(), TO_NUL - 1, "it"), Err(CallError::TooLong("it"))));
            faqt_string_free(ptr::null_mut());
        }
    }
}
