//! The reasons that bytes are refused as a model.

use std::io;
use std::path::PathBuf;

/// The version of the layout of models that this crate reads.
pub(crate) const VERSION: u32 = 2;

/// The reason that bytes cannot be read as a model.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The bytes do not start as a model does.
    #[error("not a model of an encoder")]
    NotAModel,
    /// The model has a layout that this version of the crate does not know.
    #[error("model of format version {found}; this program reads version {VERSION}")]
    Version {
        /// The version that the model names.
        found: u32,
    },
    /// The model has an architecture that this crate does not compute.
    #[error("{field} of the model is {found}; this program reads {expected}")]
    Unsupported {
        /// The name of the field of the head.
        field: &'static str,
        /// Its value.
        found: u32,
        /// The values that can be computed, as a phrase.
        expected: &'static str,
    },
    /// The model ends too early, or something follows it.
    #[error("model of {found} bytes that should have {expected}")]
    Length {
        /// The length that follows from the head, in bytes.
        expected: u64,
        /// The length that it has, in bytes.
        found: u64,
    },
    /// The model contradicts itself or its content hash.
    #[error("damaged model: {reason}")]
    Damaged {
        /// The contradiction, as a phrase.
        reason: &'static str,
    },
}

/// Returns the error of a model that contradicts itself.
pub(crate) fn damaged(reason: &'static str) -> ModelError {
    ModelError::Damaged { reason }
}

/// Returns an error that names a field of the head, if it is not `sound`.
pub(crate) fn check(field: &'static str, found: u32, sound: bool, expected: &'static str) -> Result<(), ModelError> {
    if sound { Ok(()) } else { Err(ModelError::Unsupported { field, found, expected }) }
}

/// The reason that a file cannot be opened as a model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The path of the file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The file is no model that can be read.
    #[error("cannot open {} as a model", path.display())]
    Model {
        /// The path of the file.
        path: PathBuf,
        /// The reason.
        source: ModelError,
    },
}
