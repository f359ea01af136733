//! Compiles `content/` into the binary, and puts the engine of exported pages beside it.

use std::path::Path;
use std::{env, fs};

fn main() {
    // Some of the content's golden questions are answered by vectors only.
    let has_vectors = env::var_os("CARGO_FEATURE_MEANING").is_some();
    faqt::build::Builder::new("content").findability(has_vectors).emit();
    #[cfg(feature = "export")]
    embed_engine();
}

/// Compresses the engine that `$FAQT_WEB_ENGINE` names, or that `bindings/web/build` wrote; without one the file is empty.
#[cfg(feature = "export")]
fn embed_engine() {
    println!("cargo::rerun-if-env-changed=FAQT_WEB_ENGINE");
    let made = Path::new("bindings/web/wasm");
    if made.is_dir() {
        println!("cargo::rerun-if-changed={}", made.display());
    }
    let engine = match env::var_os("FAQT_WEB_ENGINE") {
        Some(named) => {
            println!("cargo::rerun-if-changed={}", Path::new(&named).display());
            fs::read(&named)
                .unwrap_or_else(|error| panic!("$FAQT_WEB_ENGINE, {}: {error}", Path::new(&named).display()))
        }
        None => fs::read(made.join("faqt.wasm")).unwrap_or_default(),
    };
    let place = Path::new(&env::var_os("OUT_DIR").expect("Cargo sets it")).join("engine.gz");
    let packed = if engine.is_empty() { Vec::new() } else { gzip(&engine) };
    fs::write(place, packed).expect("the folder of a build can be written");
}

#[cfg(feature = "export")]
fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).and_then(|()| packer.finish()).expect("memory takes all bytes")
}
