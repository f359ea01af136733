//! Names that were chosen at an import, each in a note beside its model.
//!
//! A model file has the name of its source, which other machines have, too. A note leaves the file as it is.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Returns the name in the note of a model, if there is one.
pub(super) fn read(model: &Path) -> Option<String> {
    fs::read_to_string(note(model)).ok().filter(|name| !name.trim().is_empty())
}

/// Writes the note of a model, or removes it without a name.
pub(super) fn set(model: &Path, name: Option<&str>) -> io::Result<()> {
    match name {
        Some(name) => faqt::build::write_private_atomically(&note(model), name.as_bytes()),
        None => remove(model),
    }
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
