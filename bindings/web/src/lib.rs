//! The engine of faqt as WebAssembly: opens a pack, asks it, and answers in JSON.
//!
//! A program in JavaScript allocates a [buffer](buffers), writes bytes at its address, and passes its number: the bytes of
//! a pack to [`faqt_open`], a request in JSON to [`faqt_call`]. Each returns the number of a buffer with JSON, which the
//! program reads and releases. A failed call answers `{"error": "..."}`. An instance holds one knowledge base. The module
//! imports nothing.
//!
//! Numbers stand in place of pointers, so no number that a program passes is unsound, and no code here is `unsafe`.

#![expect(unsafe_code, reason = "the attribute by which functions are exported is `unsafe`: names could clash")]

mod buffers;
mod call;
mod error;
#[cfg(target_arch = "wasm32")]
mod random;

use error::CallError;

/// The version of the engine, which whoever embeds the module finds in its bytes.
#[unsafe(no_mangle)]
pub static FAQT_ENGINE_VERSION: &[u8; VERSION.len()] = VERSION;
const VERSION: &[u8; concat!("faqt-engine/", env!("CARGO_PKG_VERSION"), "\n").len()] =
    match concat!("faqt-engine/", env!("CARGO_PKG_VERSION"), "\n").as_bytes().first_chunk() {
        Some(version) => version,
        None => panic!("the length is that of the text"),
    };

/// Allocates a buffer of `length` bytes and returns its number; 0 without memory for it.
#[unsafe(no_mangle)]
pub extern "C" fn faqt_allocate(length: u32) -> u32 {
    buffers::allocate(length as usize)
}

/// Returns the address of a buffer; 0 if there is no buffer of this number.
#[unsafe(no_mangle)]
pub extern "C" fn faqt_address(buffer: u32) -> usize {
    buffers::with(buffer, |bytes| bytes.as_mut_ptr() as usize)
}

/// Returns the length of a buffer in bytes; 0 if there is no buffer of this number.
#[unsafe(no_mangle)]
pub extern "C" fn faqt_length(buffer: u32) -> usize {
    buffers::with(buffer, |bytes| bytes.len())
}

/// Releases a buffer.
#[unsafe(no_mangle)]
pub extern "C" fn faqt_release(buffer: u32) {
    drop(buffers::take(buffer));
}

/// Opens the pack in a buffer, which it takes, in place of the knowledge base that was open. Returns a buffer with its
/// manifest.
#[unsafe(no_mangle)]
pub extern "C" fn faqt_open(buffer: u32) -> u32 {
    answer(buffers::take(buffer).ok_or(CallError::NoBuffer).and_then(call::open))
}

/// Answers the request in a buffer, which it takes. Returns a buffer with the answer.
#[unsafe(no_mangle)]
pub extern "C" fn faqt_call(buffer: u32) -> u32 {
    answer(buffers::take(buffer).ok_or(CallError::NoBuffer).and_then(|request| call::answer(&request)))
}

/// Puts an answer into a buffer.
fn answer(answered: Result<String, CallError>) -> u32 {
    buffers::put(answered.unwrap_or_else(|error| error.to_json()).into_bytes())
}
