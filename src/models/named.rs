//! Models by their names and hashes alone, which a question needs to find the one that it names.

use std::path::PathBuf;

use super::model::Model;
use super::name_note;
use super::store::files;
use crate::cli::failure::Failure;

/// A model file that was not opened, unless its note was missing.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) vectors_hash: u128,
    pub(super) path: PathBuf,
    /// The name; none if the note is missing and the file cannot be opened or has none.
    pub(super) name: Option<String>,
}

/// Returns the models, sorted by name; those without one stand last.
pub(super) fn named() -> Result<Vec<Named>, Failure> {
    let files = files()?.into_iter();
    let mut models: Vec<Named> = files.map(|(vectors_hash, path)| Named::of(vectors_hash, path)).collect();
    models.sort_by(|left, right| left.sort_key().cmp(&right.sort_key()));
    Ok(models)
}

impl Named {
    fn of(vectors_hash: u128, path: PathBuf) -> Named {
        let name = name_note::read(&path).or_else(|| {
            let name = Model::open(vectors_hash, path.clone()).name().map(str::to_owned)?;
            // A folder that cannot be written only takes the time again.
            let _ = name_note::set(&path, &name);
            Some(name)
        });
        Named { vectors_hash, path, name }
    }

    fn sort_key(&self) -> (bool, Option<&str>, u128) {
        (self.name.is_none(), self.name.as_deref(), self.vectors_hash)
    }
}
