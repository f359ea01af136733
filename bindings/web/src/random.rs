//! The source of random numbers that a program without a system has: none.
//!
//! tantivy names its temporary files by random numbers while it writes an index, and the engine only reads.

use getrandom::Error;

/// Fails: nothing in the engine draws a random number.
///
/// # Safety
///
/// `getrandom` declares it `unsafe`, for implementations that write to `destination`; this one does not.
#[expect(unsafe_code, reason = "getrandom finds it by this name and signature")]
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(_destination: *mut u8, _length: usize) -> Result<(), Error> {
    Err(Error::UNSUPPORTED)
}
