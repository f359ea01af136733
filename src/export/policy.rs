//! The content security policy of a page: nothing from anywhere, but its own styles and scripts by their hashes.

use sha2::{Digest as _, Sha256};

use super::packed;

/// Returns the policy of a page whose styles and scripts stand in it.
pub(super) fn of_inline(style: &str, script: &str) -> String {
    meta(&format!("'{}'", source(style)), &format!("'{}'", source(script)))
}

/// Returns the policy of a page whose styles and scripts are files beside it, also where a page of a file has no origin.
pub(super) fn of_files() -> String {
    meta("'self' file:", "'self' file:")
}

fn meta(style: &str, script: &str) -> String {
    format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {style}; \
         script-src {script} 'wasm-unsafe-eval'; img-src data:; base-uri 'none'; form-action 'none'\">"
    )
}

/// Returns the hash of a script or style, as a policy names it.
fn source(text: &str) -> String {
    format!("sha256-{}", packed::encoded(&Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn a_script_is_named_by_its_hash() {
        // The example of the specification.
        assert_eq!(source("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }
}
