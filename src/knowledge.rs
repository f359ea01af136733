//! Which knowledge base is asked: the one of `--kb`, of `$FAQT_KB`, or the built-in one.

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::anyhow;
use faqt::build::{BuildError, Builder, Problem};
use faqt::render::sanitise;
use faqt::{Embedded, KnowledgeBase, OpenError};

use crate::cache::{self, CacheEntry};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::shell_word::shell_word;

/// The variable that names the knowledge base where `--kb` does not.
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

/// Opens what can be asked at once, for a shell that waits: a pack, or the last one that is kept of a folder.
pub(crate) fn open_indexed(path: Option<&Path>) -> Option<KnowledgeBase> {
    match path {
        Some(path) if path.is_dir() => cache::last_kept(path),
        path => open(path).ok(),
    }
}

/// Opens the pack of a folder that was asked before, or indexes what is sound of it.
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

/// Says once, when a folder is indexed, that an author should look at it.
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

/// Says why a folder with settings that cannot be read answers nothing.
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
