//! Arguments as UTF-8 text.

use std::ffi::OsStr;

use crate::cli::failure::Failure;

/// Returns an argument as text, or an error if it is not UTF-8.
pub(super) fn text<'a>(what: &str, typed: &'a OsStr) -> Result<&'a str, Failure> {
    typed.to_str().ok_or_else(|| {
        let shown = typed.to_string_lossy();
        Failure::from(anyhow::anyhow!("the {what} `{shown}` is not UTF-8")).with_hint("type it in a UTF-8 terminal")
    })
}
