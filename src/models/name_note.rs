//! The names of models, each in a note beside its model.
//!
//! A name that was chosen at an import leaves the model file as it is, and a model is found by its name without opening
//! every file. A note that is missing is written again from the model's own name.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Returns the name in the note of a model, if there is one.
pub(super) fn read(model: &Path) -> Option<String> {
    fs::read_to_string(note(model)).ok().filter(|name| !name.trim().is_empty())
}

/// Writes the note of a model, unless it has this name already.
pub(super) fn set(model: &Path, name: &str) -> io::Result<()> {
    if read(model).as_deref() == Some(name) {
        return Ok(());
    }
    faqt::build::write_private_atomically(&note(model), name.as_bytes())
}

/// Removes the note of a model, if there is one.
pub(super) fn remove(model: &Path) -> io::Result<()> {
    match fs::remove_file(note(model)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn note(model: &Path) -> PathBuf {
    model.with_extension("name")
}
