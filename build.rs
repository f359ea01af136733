//! Compiles `content/` into the binary, and puts the engine of exported pages beside it.

use std::env;

fn main() {
    // Some of the content's golden questions are answered by vectors only.
    let has_vectors = env::var_os("CARGO_FEATURE_MEANING").is_some();
    faqt::build::Builder::new("content").findability(has_vectors).emit();
    #[cfg(feature = "export")]
    engine::embed();
}

#[cfg(feature = "export")]
mod engine {
    use std::io::Write as _;
    use std::path::Path;
    use std::{env, fs};

    /// Compresses the engine that `$FAQT_WEB_ENGINE` names, or that `bindings/web/build` wrote; without one the file is empty.
    pub(crate) fn embed() {
        println!("cargo::rerun-if-env-changed=FAQT_WEB_ENGINE");
        let made = Path::new("bindings/web/wasm");
        if made.is_dir() {
            println!("cargo::rerun-if-changed={}", made.display());
        }
        let engine = match env::var_os("FAQT_WEB_ENGINE") {
            Some(named) => {
                let named = Path::new(&named);
                println!("cargo::rerun-if-changed={}", named.display());
                fs::read(named).unwrap_or_else(|error| panic!("$FAQT_WEB_ENGINE, {}: {error}", named.display()))
            }
            None => fs::read(made.join("faqt.wasm")).unwrap_or_default(),
        };
        let place = Path::new(&env::var_os("OUT_DIR").expect("Cargo sets it")).join("engine.gz");
        let compressed = if engine.is_empty() { Vec::new() } else { gzip(&engine) };
        fs::write(place, compressed).expect("the folder of a build can be written");
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(bytes).and_then(|()| packer.finish()).expect("memory takes all bytes")
    }
}
