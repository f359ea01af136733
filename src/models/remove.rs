//! Removal of a model from the store.

use std::fs;

use anyhow::Context as _;

use super::model::Model;
use super::name_note;
use crate::cli::failure::Failure;

/// Removes the file of a model, its note, and the temporary files of imports that were interrupted.
///
/// A process that has the model open goes on reading it.
pub(crate) fn remove(model: &Model) -> Result<(), Failure> {
    let path = &model.path;
    fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
    name_note::remove(path).with_context(|| format!("cannot remove the name of {}", path.display()))?;
    faqt::build::remove_orphans(path);
    Ok(())
}
