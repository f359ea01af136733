//! Tensors of a file in safetensors format, as numbers of 4 bytes.

use safetensors::{Dtype, SafeTensorError, SafeTensors};

use super::error::ImportError;

/// The tensors of a model.
pub(super) struct Tensors<'a> {
    tensors: SafeTensors<'a>,
    /// The beginning of all names: `bert.` in models with a head for another task.
    prefix: &'static str,
}

impl<'a> Tensors<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Tensors<'a>, ImportError> {
        let tensors = SafeTensors::deserialize(bytes).map_err(|error| safetensors_error(&error))?;
        let is_bare = tensors.tensor("embeddings.word_embeddings.weight").is_ok();
        Ok(Tensors { tensors, prefix: if is_bare { "" } else { "bert." } })
    }

    /// Returns the values of a tensor, which must have this shape and be finite.
    pub(super) fn read(&self, name: &str, shape: &[u32]) -> Result<Vec<f32>, ImportError> {
        let name = format!("{}{name}", self.prefix);
        let tensor_error = |reason: String| ImportError::Tensor { name: name.clone(), reason };
        let tensor = self.tensors.tensor(&name).map_err(|_| tensor_error("is missing".to_owned()))?;
        if !tensor.shape().iter().map(|&size| size as u64).eq(shape.iter().map(|&size| u64::from(size))) {
            return Err(tensor_error(format!("has the shape {:?}, not {shape:?}", tensor.shape())));
        }
        let data = tensor.data();
        let values: Vec<f32> = match tensor.dtype() {
            Dtype::F32 => data.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect(),
            Dtype::F16 => data.as_chunks().0.iter().map(|&bytes| half(u16::from_le_bytes(bytes))).collect(),
            Dtype::BF16 => {
                data.as_chunks().0.iter().map(|&[low, high]| f32::from_le_bytes([0, 0, low, high])).collect()
            }
            other => return Err(tensor_error(format!("is of type {other:?}; import reads F32, F16 and BF16"))),
        };
        if values.iter().all(|value| value.is_finite()) {
            Ok(values)
        } else {
            Err(tensor_error("has values that are not finite".to_owned()))
        }
    }
}

/// Returns the value of a number of 2 bytes in the format of IEEE 754.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let rest = u32::from(bits & 0x7fff);
    // An exponent of 15 bits more stands for the same power of 2; numbers below the normal ones are scaled instead.
    let magnitude = match rest >> 10 {
        0 => rest as f32 / 16_777_216.0,
        31 => f32::from_bits(0x7f80_0000 | rest << 13),
        _ => f32::from_bits((rest << 13) + (112 << 23)),
    };
    f32::from_bits(magnitude.to_bits() | sign)
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

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn numbers_of_two_bytes() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65_504.0),
            (0x0001, 5.960_464_5e-8),
            (0x8400, -6.103_515_6e-5),
        ] {
            assert_eq!(half(bits).to_bits(), f32::to_bits(value), "{bits:04x}");
        }
        assert!(half(0x7c00).is_infinite() && half(0x7e00).is_nan());
    }
}
