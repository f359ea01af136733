//! Building in a build script: what Cargo is told.

use std::path::PathBuf;

use super::builder::Builder;
use crate::error::BuildError;
use crate::pack::atomic_file::write_atomically;

impl Builder {
    /// Builds the pack for [`embed!`](crate::embed), as a build script does: writes it to `$OUT_DIR/NAME.faqt`, where
    /// `NAME` is the folder's, has Cargo run the script again when the content changes, and passes warnings on. If the
    /// pack cannot be built, every problem is an error of the compilation, with its file and line.
    ///
    /// # Panics
    ///
    /// If there is no `OUT_DIR`, as there is in a build script.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// // build.rs
    /// faqt::build::Builder::new("help").emit();
    /// ```
    #[expect(clippy::print_stdout, reason = "Cargo reads what a build script prints")]
    pub fn emit(&self) {
        let folder = self.origin.path();
        if self.origin.folder().is_some() {
            println!("cargo::rerun-if-changed={}", folder.display());
        }
        let out = std::env::var_os("OUT_DIR").map(PathBuf::from).expect("OUT_DIR is set in a build script");
        let file = out.join(format!("{}.faqt", self.origin.name()));
        match self.clone().force(true).write_to(&file) {
            Ok(built) => {
                for warning in built.warnings {
                    println!("cargo::warning={}/{warning}", folder.display());
                }
                let ids = file.with_extension("help-ids");
                if let Err(error) = write_atomically(&ids, built.help_ids.join("\n").as_bytes()) {
                    println!("cargo::error=cannot write {}: {error}", ids.display());
                }
            }
            Err(BuildError::Content(problems)) => {
                for problem in &problems {
                    println!("cargo::{}={}/{problem}", problem.severity, folder.display());
                }
                std::process::exit(1);
            }
            Err(error) => {
                println!("cargo::error={error}");
                std::process::exit(1);
            }
        }
    }
}
