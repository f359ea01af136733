//! The engine of a page: compiled in, or named by `--engine`.

use std::fs;
use std::path::Path;

use anyhow::anyhow;
use faqt::render::sanitise;

use super::packed;
use crate::cli::failure::Failure;

/// The engine that this program was compiled with, compressed; empty without one.
static COMPILED_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/engine.gz"));
/// The version of an engine in its bytes stands between these.
const VERSION_START: &[u8] = b"faqt-engine/";
const VERSION_END: u8 = b'\n';
/// The most bytes of a version.
const VERSION_BYTES_MAX: usize = 64;
/// The first bytes of a module of WebAssembly.
const MAGIC: &[u8] = b"\0asm";
const REMEDY: &str = "make it in a clone of the repository: bindings/web/build; then build faqt again, or name the file: \
    --engine bindings/web/wasm/faqt.wasm";

/// Returns the engine, compressed and as text.
pub(super) fn text(named: Option<&Path>) -> Result<String, Failure> {
    let Some(path) = named else {
        if COMPILED_IN.is_empty() {
            let failure = Failure::from(anyhow!("this program was compiled without the engine of exported pages"));
            return Err(failure.with_hint(REMEDY));
        }
        return Ok(packed::encoded(COMPILED_IN));
    };
    let shown = path.display().to_string();
    let engine = fs::read(path).map_err(|error| anyhow!("cannot read {}: {error}", sanitise(&shown)))?;
    let own = env!("CARGO_PKG_VERSION");
    match version(&engine) {
        Some(version) if version == own => Ok(packed::text(&engine)),
        Some(version) => {
            let error = anyhow!("{} is the engine of faqt {}, and this is {own}", sanitise(&shown), sanitise(&version));
            Err(Failure::from(error).with_hint(REMEDY))
        }
        None => Err(Failure::from(anyhow!("{} is no engine of faqt", sanitise(&shown))).with_hint(REMEDY)),
    }
}

/// Returns the version of an engine; nothing for bytes that are none.
fn version(engine: &[u8]) -> Option<String> {
    if !engine.starts_with(MAGIC) {
        return None;
    }
    let at = engine.windows(VERSION_START.len()).position(|window| window == VERSION_START)?;
    let rest = &engine[at + VERSION_START.len()..];
    let end = rest.iter().take(VERSION_BYTES_MAX).position(|&byte| byte == VERSION_END)?;
    String::from_utf8(rest[..end].to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn the_version_of_an_engine_stands_in_its_bytes() {
        assert_eq!(version(b"\0asm...faqt-engine/1.2.3\n...").as_deref(), Some("1.2.3"));
        for none in
            [&b"faqt-engine/1.2.3\n"[..], b"\0asm", b"\0asm faqt-engine/1.2.3", b"\0asm faqt-engine/\xff\n", b""]
        {
            assert_eq!(version(none), None, "{none:?}");
        }
    }
}
