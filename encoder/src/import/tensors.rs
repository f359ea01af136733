//! Tensors of a file in safetensors format, as numbers of 4 bytes.

use safetensors::{Dtype, SafeTensorError, SafeTensors};

use super::error::ImportError;
use super::numbers::NumberType;
use super::weights::{EMBEDDINGS, Weights, append_quantised};
use crate::head::EmbeddingBits;

/// The tensors of a model.
pub(super) struct Tensors<'a> {
    tensors: SafeTensors<'a>,
    /// The beginning of all names: `bert.` or `roberta.` in models with a head for another task.
    prefix: &'static str,
}

impl<'a> Tensors<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Tensors<'a>, ImportError> {
        let tensors = SafeTensors::deserialize(bytes).map_err(|error| safetensors_error(&error))?;
        let has = |prefix: &&str| tensors.tensor(&format!("{prefix}{EMBEDDINGS}")).is_ok();
        let prefix = ["", "roberta."].into_iter().find(has).unwrap_or("bert.");
        Ok(Tensors { tensors, prefix })
    }

    fn tensor(&self, name: &str, shape: &[u32]) -> Result<Tensor<'_>, ImportError> {
        let name = format!("{}{name}", self.prefix);
        let Ok(view) = self.tensors.tensor(&name) else {
            return Err(tensor_error(name, "is missing".to_owned()));
        };
        if !view.shape().iter().map(|&size| size as u64).eq(shape.iter().map(|&size| u64::from(size))) {
            let reason = format!("has the shape {:?}, not {shape:?}", view.shape());
            return Err(tensor_error(name, reason));
        }
        let numbers = match view.dtype() {
            Dtype::F32 => NumberType::Float,
            Dtype::F16 => NumberType::Half,
            Dtype::BF16 => NumberType::BrainFloat,
            other => {
                let reason = format!("is of type {other:?}; import reads F32, F16 and BF16");
                return Err(tensor_error(name, reason));
            }
        };
        Ok(Tensor { name, numbers, data: view.data() })
    }
}

impl Weights for Tensors<'_> {
    fn read(&self, name: &str, shape: &[u32]) -> Result<Vec<f32>, ImportError> {
        let tensor = self.tensor(name, shape)?;
        tensor.values(tensor.data)
    }

    fn embeddings(&self, shape: [u32; 2], count: u32) -> Result<(EmbeddingBits, Vec<u8>), ImportError> {
        let tensor = self.tensor(EMBEDDINGS, &shape)?;
        let row_length = shape[1] as usize * tensor.numbers.size();
        let mut rows = Vec::new();
        for row in tensor.data.chunks_exact(row_length.max(1)).take(count as usize) {
            append_quantised(&mut rows, &tensor.values(row)?);
        }
        Ok((EmbeddingBits::Eight, rows))
    }
}

/// A tensor whose shape and type were checked.
struct Tensor<'a> {
    name: String,
    numbers: NumberType,
    data: &'a [u8],
}

impl Tensor<'_> {
    /// Returns the numbers in a part of the data, which must be finite.
    fn values(&self, data: &[u8]) -> Result<Vec<f32>, ImportError> {
        let values = self.numbers.values(data);
        if values.iter().all(|value| value.is_finite()) {
            return Ok(values);
        }
        Err(tensor_error(self.name.clone(), "has values that are not finite".to_owned()))
    }
}

fn tensor_error(name: String, reason: String) -> ImportError {
    ImportError::Tensor { name, file: "model.safetensors".to_owned(), reason }
}

fn safetensors_error(error: &SafeTensorError) -> ImportError {
    let reason = match error {
        SafeTensorError::HeaderTooSmall | SafeTensorError::HeaderTooLarge | SafeTensorError::InvalidHeaderLength => {
            "the length of the head is wrong"
        }
        SafeTensorError::InvalidHeader(_) | SafeTensorError::InvalidHeaderDeserialization(_) => "the head is no JSON",
        _ => "the places of tensors contradict each other or the length of the file",
    };
    ImportError::Safetensors { reason }
}
