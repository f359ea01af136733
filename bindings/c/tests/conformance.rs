//! The C functions answer the conformance questions as the library does.

#![expect(unsafe_code, reason = "a caller of C functions")]

#[path = "../../../tests/support/conformance.rs"]
mod conformance;

use std::collections::HashMap;
use std::ffi::{CStr, c_char};
use std::ptr;

use conformance::{Conforming, assert_conforms, content};
use faqt::build::Builder;

/// A handle that the test owns.
struct Opened(*mut faqt_c::faqt_kb);

impl Opened {
    /// Builds the content of a knowledge base and opens the bytes.
    fn new(kb: &str) -> Opened {
        let pack = Builder::new(content(kb)).build().expect("the content is sound").pack;
        let mut error: *mut c_char = ptr::null_mut();
        // SAFETY: the bytes are valid for their length, which the function copies.
        let opened = unsafe { faqt_c::faqt_open_bytes(pack.as_ptr().cast(), pack.len(), &raw mut error) };
        assert!(!opened.is_null() && error.is_null());
        Opened(opened)
    }

    fn ask(&self, question: &str) -> serde_json::Value {
        let mut error: *mut c_char = ptr::null_mut();
        // SAFETY: the handle is open, the question is valid for its length, and the answer is freed once.
        unsafe {
            let json = faqt_c::faqt_ask(self.0, question.as_ptr().cast(), question.len(), &raw mut error);
            assert!(!json.is_null() && error.is_null());
            let answer = serde_json::from_slice(CStr::from_ptr(json).to_bytes()).expect("answers are JSON");
            faqt_c::faqt_string_free(json);
            answer
        }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and nothing uses it any more.
        unsafe { faqt_c::faqt_close(self.0) };
    }
}

fn by_c(opened: &Opened, question: &Conforming) -> Conforming {
    let found = opened.ask(&question.query);
    let hits = found["hits"].as_array().expect("hits are a list");
    let id = |hit: &serde_json::Value| hit["entry"]["id"].as_str().expect("ids are text").to_owned();
    let outcome = found["outcome"].as_str().expect("the outcome is text");
    let confidence = found["confidence"].as_f64().expect("the confidence is a number");
    question.with_answer(outcome, confidence, hits.iter().map(id).collect())
}

#[test]
fn the_c_functions_conform() {
    let opened: HashMap<&str, Opened> = ["built-in", "second"].map(|kb| (kb, Opened::new(kb))).into();
    assert_conforms(|question| by_c(&opened[question.kb.as_str()], question));
}
