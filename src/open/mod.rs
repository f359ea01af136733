//! The knowledge bases to ask: those of `--kb`, else of `$FAQT_KB`, else the built-in one.

pub(crate) mod asked;
pub(crate) mod cache;
#[cfg(feature = "cluster")]
pub(crate) mod databases;
#[cfg(not(feature = "cluster"))]
#[path = "no_databases.rs"]
pub(crate) mod databases;
pub(crate) mod editions;
#[cfg(feature = "encoder")]
pub(crate) mod encoders;
#[cfg(not(feature = "encoder"))]
#[path = "no_encoders.rs"]
pub(crate) mod encoders;
pub(crate) mod locale;
mod names;
pub(crate) mod no_such;
#[cfg(any(feature = "mcp", feature = "serve"))]
pub(crate) mod reopened;
mod revision;

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use faqt::build::{BuildError, Builder, Built, Problem};
use faqt::render::sanitise;
use faqt::{Embedded, KnowledgeBase, KnowledgeBases, OpenError};

use crate::cli::failure::Failure;
use crate::cli::shell_word::shell_word;
use crate::progress::{self, Bar};
use asked::Asked;
use cache::CacheEntry;
use encoders::Chosen;
use revision::Stored;

/// The variable that names the knowledge bases if `--kb` is absent, as `PATH` names folders.
pub(crate) const FAQT_KB: &str = "FAQT_KB";

/// The FAQ on ICP filing, compiled from `content/`.
static BUILT_IN: Embedded = faqt::embed!("content");

/// Opens the knowledge bases at `paths`, or the built-in one if there are none; with sentence vectors by the model of this
/// name, if there is a name.
pub(crate) fn open(paths: &[PathBuf], model: Option<&str>) -> Result<Asked, Failure> {
    let model = Chosen::of(model)?;
    each(paths, |path| open_by(path, model.as_ref()))
}

/// The largest pack in bytes that a process which stays reads into memory.
#[cfg(any(feature = "mcp", feature = "serve"))]
const KEPT_BYTES_MAX: u64 = 256 << 20;

/// Opens knowledge bases as [`open()`] does, for a process that stays. Packs of up to 256 MiB are read into memory: one that is
/// mapped would end the process if somebody cut its file short.
#[cfg(any(feature = "mcp", feature = "serve"))]
pub(crate) fn open_kept(paths: &[PathBuf], model: Option<&str>) -> Result<Asked, Failure> {
    let model = Chosen::of(model)?;
    let is_read = |path: &Path| path.metadata().is_ok_and(|found| found.is_file() && found.len() <= KEPT_BYTES_MAX);
    each(paths, |path| {
        let bytes = path.filter(|path| is_read(path)).and_then(|path| std::fs::read(path).ok());
        match bytes.map(KnowledgeBase::from_vec) {
            Some(Ok(kb)) => ready(kb, model.as_ref()),
            // Opening by the path gives an error that names it.
            _ => open_by(path, model.as_ref()),
        }
    })
}

/// Opens each knowledge base by `opened`, the built-in one if there are no paths.
fn each(paths: &[PathBuf], opened: impl Fn(Option<&Path>) -> Result<KnowledgeBase, Failure>) -> Result<Asked, Failure> {
    if let [] | [_] = paths {
        return Ok(Asked::One(opened(paths.first().map(PathBuf::as_path))?));
    }
    let mut several = Vec::with_capacity(paths.len());
    for (name, path) in names::named(paths) {
        several.push((name, opened(Some(path))?));
    }
    Ok(Asked::Several(KnowledgeBases::new(several)))
}

/// Returns the paths in the value of [`FAQT_KB`], or the URL of a database that it is.
pub(crate) fn paths_in(value: &OsStr) -> Vec<PathBuf> {
    // A colon parts paths, and it stands in a URL.
    if databases::url(Path::new(value)).is_some() {
        return vec![PathBuf::from(value)];
    }
    std::env::split_paths(value).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// Returns true if the environment names these paths.
pub(crate) fn are_of_environment(paths: &[PathBuf]) -> bool {
    std::env::var_os(FAQT_KB).is_some_and(|value| paths_in(&value) == paths)
}

/// Opens one state of a knowledge base: a pack, a folder, or either in a revision of a git repository.
pub(crate) fn state(name: &Path, model: Option<&str>) -> Result<KnowledgeBase, Failure> {
    let model = Chosen::of(model)?;
    let is_revision = |text: &&str| !name.exists() && databases::url(name).is_none() && revision::is_revision(text);
    let Some(revision) = name.to_str().filter(is_revision) else {
        return open_by(Some(name), model.as_ref());
    };
    let kb = match revision::read(revision)? {
        Stored::Pack(kb) => kb,
        Stored::Folder(builder) => KnowledgeBase::from_vec(indexed(builder, name)?.pack)?,
    };
    ready(kb, model.as_ref())
}

/// Opens the pack at `path`, or indexes the folder there, or opens the built-in pack.
pub(crate) fn open_one(path: Option<&Path>) -> Result<KnowledgeBase, Failure> {
    open_by(path, None)
}

/// Opens a knowledge base, with sentence vectors by `model`, or by the model that its pack names.
fn open_by(path: Option<&Path>, model: Option<&Chosen>) -> Result<KnowledgeBase, Failure> {
    if let Some(url) = path.and_then(databases::url) {
        return databases::open(url);
    }
    let kb = match path {
        None => BUILT_IN.open()?,
        Some(path) if path.as_os_str().is_empty() => {
            let failure = Failure::from(anyhow!("the path of the knowledge base is empty"));
            return Err(
                failure.with_hint("name a pack or a folder behind `--kb`, or leave it out to ask the built-in FAQ")
            );
        }
        Some(path) if path.is_dir() => folder(path, model)?,
        Some(path) => KnowledgeBase::open(path).map_err(|error| explain(path, error))?,
    };
    ready(kb, model)
}

/// Attaches the encoder that a knowledge base is compared by.
fn ready(kb: KnowledgeBase, model: Option<&Chosen>) -> Result<KnowledgeBase, Failure> {
    match model {
        Some(model) => model.compare(kb),
        None => {
            encoders::attach(&kb);
            Ok(kb)
        }
    }
}

/// Opens knowledge bases without indexing, for completion: packs, and the newest cached packs of folders. Those that
/// cannot be opened are left out.
pub(crate) fn open_indexed(paths: &[PathBuf]) -> Option<Asked> {
    let indexed = |path: &Path| {
        if databases::url(path).is_some() {
            None
        } else if path.is_dir() {
            cache::last_kept(path, None)
        } else {
            open_one(Some(path)).ok()
        }
    };
    match paths {
        [] => open_one(None).ok().map(Asked::One),
        [path] => indexed(path).map(Asked::One),
        paths => {
            let named = names::named(paths).into_iter();
            Some(Asked::Several(named.filter_map(|(name, path)| Some((name, indexed(path)?))).collect()))
        }
    }
}

/// Opens the cached pack of a folder, or indexes its sound entries.
fn folder(path: &Path, model: Option<&Chosen>) -> Result<KnowledgeBase, Failure> {
    let builder = Builder::new(path);
    let hash = model.map(Chosen::hash);
    let place = CacheEntry::of(path, &builder, hash.as_deref());
    if let Some(kept) = place.as_ref().and_then(CacheEntry::open) {
        return Ok(kept);
    }
    let builder = match model {
        Some(model) => {
            let builder = model.build(builder, cache::last_kept(path, hash.as_deref()));
            Chosen::resume(builder, place.as_ref())
        }
        None => builder,
    };
    let built = indexed(builder, path)?;
    warn(path, &built.warnings)?;
    if let Some(place) = place {
        place.keep(&built.pack);
    }
    Ok(KnowledgeBase::from_vec(built.pack)?)
}

/// Indexes the sound entries of a folder.
fn indexed(builder: Builder, folder: &Path) -> Result<Built, Failure> {
    let bar = Bar::new();
    let built = bar.follow(builder.lenient(true)).build();
    drop(bar);
    built.map_err(|error| explain_settings(error, folder))
}

/// Prints a warning with the number of problems, once for each indexing of a folder.
fn warn(path: &Path, problems: &[Problem]) -> io::Result<()> {
    if progress::is_silent() {
        return Ok(());
    }
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
    failure
        .with_hint(format!("fix {}: until its `exclude` list can be read, the folder is not searched", file.display()))
}

fn explain(path: &Path, error: OpenError) -> Failure {
    if matches!(error, OpenError::Read { .. }) {
        return Failure::from(error);
    }
    let hint = folder_hint(path).unwrap_or_else(|| "a pack is written by: faqt build CONTENT -o FILE".to_owned());
    Failure::from(error).with_hint(hint)
}

/// Returns the remedy for a file of Markdown that is named where its folder is wanted.
pub(crate) fn folder_hint(path: &Path) -> Option<String> {
    let is_markdown = path.is_file() && path.to_str().is_some_and(faqt::build::is_read);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    is_markdown.then(|| format!("name the folder that the file is in: {}", shell_word(folder)))
}
