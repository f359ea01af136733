//! The knowledge base to ask: that of `--kb`, else of `$FAQT_KB`, else the built-in one.

pub(crate) mod cache;

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::anyhow;
use faqt::build::{BuildError, Builder, Problem};
use faqt::render::sanitise;
use faqt::{Embedded, KnowledgeBase, OpenError};

use crate::cli::failure::Failure;
use crate::cli::shell_word::shell_word;
use crate::progress::Bar;
use cache::CacheEntry;

/// The variable that names the knowledge base if `--kb` is absent.
pub(crate) const FAQT_KB: &str = "FAQT_KB";

/// The FAQ on ICP filing, compiled from `content/`.
static BUILT_IN: Embedded = faqt::embed!("content");

/// Opens the pack at `path`, or indexes the folder there, or opens the built-in pack.
pub(crate) fn open(path: Option<&Path>) -> Result<KnowledgeBase, Failure> {
    match path {
        None => Ok(BUILT_IN.open()?),
        Some(path) if path.as_os_str().is_empty() => {
            let failure = Failure::from(anyhow!("the path of the knowledge base is empty"));
            Err(failure.with_hint("name a pack or a folder behind `--kb`, or leave it out to ask the built-in FAQ"))
        }
        Some(path) if path.is_dir() => folder(path),
        Some(path) => KnowledgeBase::open(path).map_err(explain),
    }
}

/// Opens a knowledge base without indexing, for completion: a pack, or the newest cached pack of a folder.
pub(crate) fn open_indexed(path: Option<&Path>) -> Option<KnowledgeBase> {
    match path {
        Some(path) if path.is_dir() => cache::last_kept(path),
        path => open(path).ok(),
    }
}

/// Opens the cached pack of a folder, or indexes its sound entries.
fn folder(path: &Path) -> Result<KnowledgeBase, Failure> {
    let builder = Builder::new(path).lenient();
    let place = CacheEntry::of(path, &builder);
    if let Some(kept) = place.as_ref().and_then(CacheEntry::open) {
        return Ok(kept);
    }
    let bar = Bar::new();
    let built = bar.follow(builder).build();
    drop(bar);
    let built = built.map_err(|error| explain_settings(error, path))?;
    warn(path, &built.warnings)?;
    if let Some(place) = place {
        place.keep(&built.pack);
    }
    Ok(KnowledgeBase::from_vec(built.pack)?)
}

/// Prints a warning with the number of problems, once for each indexing of a folder.
fn warn(path: &Path, problems: &[Problem]) -> io::Result<()> {
    let word = shell_word(path);
    let path = path.display().to_string();
    let path = sanitise(&path);
    match problems.len() {
        0 => Ok(()),
        1 => writeln!(io::stderr(), "warning: 1 problem in {path}\nhint: faqt check {word}"),
        count => writeln!(io::stderr(), "warning: {count} problems in {path}\nhint: faqt check {word}"),
    }
}

/// Adds the reason that a folder with unreadable settings answers nothing.
fn explain_settings(error: BuildError, folder: &Path) -> Failure {
    let is_content = matches!(error, BuildError::Content(_));
    let failure = Failure::from(error);
    if !is_content {
        return failure;
    }
    let file = folder.join("faqt.toml");
    failure.with_hint(format!("mend {}: what it hides is not known, so nothing is answered", file.display()))
}

fn explain(error: OpenError) -> Failure {
    let is_readable = !matches!(error, OpenError::Read { .. });
    let failure = Failure::from(error);
    if is_readable { failure.with_hint("a pack is written by: faqt build CONTENT -o FILE") } else { failure }
}
