//! Weights in ONNX format: exports of `PyTorch`, plain or with weights of 8 bits.
//!
//! Only the weights and the nodes that lead to them are read. The architecture is that of the settings, as with weights
//! in safetensors format.

mod constants;
mod graph;
mod linear;
mod matrix;
mod wire;

use super::error::ImportError;
use super::weights::{EMBEDDINGS, Weights, append_quantised};
use crate::head::EmbeddingBits;
use constants::{dequantised, value};
use graph::Graph;
use matrix::Matrix;

/// The end of the name of a matrix that onnxruntime has quantised.
const QUANTISED: &str = "_quantized";

/// The weights of a model.
pub(super) struct Onnx<'a> {
    /// The name of the file.
    file: String,
    graph: Graph<'a>,
    /// The beginning of all names, such as `bert.`.
    prefix: &'a str,
}

impl<'a> Onnx<'a> {
    pub(super) fn parse(file: &str, bytes: &'a [u8]) -> Result<Onnx<'a>, ImportError> {
        let error = |reason: &str| ImportError::Onnx { name: file.to_owned(), reason: reason.to_owned() };
        let graph = Graph::parse(bytes).map_err(error)?;
        let prefixes = graph.names().filter_map(|name| {
            let name = name.strip_suffix(QUANTISED).unwrap_or(name);
            name.strip_suffix(EMBEDDINGS)
        });
        // Every export keeps this name.
        let Some(prefix) = prefixes.min() else {
            return Err(error(&format!("it has no {EMBEDDINGS}, which a BERT has")));
        };
        Ok(Onnx { file: file.to_owned(), prefix, graph })
    }

    /// Returns a tensor of this shape, with finite values.
    fn matrix(&self, name: &str, shape: &[u32]) -> Result<Matrix, ImportError> {
        let name = format!("{}{name}", self.prefix);
        let error = |reason| ImportError::Tensor { name: name.clone(), file: self.file.clone(), reason };
        let sizes: Vec<usize> = shape.iter().map(|&size| size as usize).collect();
        let (rows, columns) = match sizes[..] {
            [rows, columns] => (rows, columns),
            _ => (1, sizes.iter().product()),
        };
        let matrix = self.find(&name, rows.saturating_mul(columns)).map_err(error)?;
        if (matrix.rows, matrix.columns) != (rows, columns) {
            return Err(error(format!("has the shape [{}, {}], not {shape:?}", matrix.rows, matrix.columns)));
        }
        if matrix.values.iter().all(|value| value.is_finite()) {
            return Ok(matrix);
        }
        Err(error("has values that are not finite".to_owned()))
    }

    /// Finds a tensor by its name, by the name that onnxruntime gives it, or by the bias beside it.
    fn find(&self, name: &str, count: usize) -> Result<Matrix, String> {
        let graph = &self.graph;
        let quantised = format!("{name}{QUANTISED}");
        if graph.tensor(name).is_some() || graph.producer(name).is_some() {
            value(graph, name, count)
        } else if graph.tensor(&quantised).is_some() {
            let [scale, zero_point] = ["scale", "zero_point"].map(|part| format!("{name}_{part}"));
            let zero_point = graph.tensor(&zero_point).map(|_| zero_point.as_str());
            dequantised(graph, [Some(&quantised), Some(&scale), zero_point], count)
        } else {
            match name.strip_suffix(".weight").map(|layer| format!("{layer}.bias")) {
                Some(bias) => linear::matrix(graph, &bias, count),
                None => Err("is missing".to_owned()),
            }
        }
    }
}

impl Weights for Onnx<'_> {
    fn read(&self, name: &str, shape: &[u32]) -> Result<Vec<f32>, ImportError> {
        Ok(self.matrix(name, shape)?.values)
    }

    fn embeddings(&self, shape: [u32; 2], count: u32) -> Result<(EmbeddingBits, Vec<u8>), ImportError> {
        let matrix = self.matrix(EMBEDDINGS, &shape)?;
        let mut rows = Vec::new();
        for row in matrix.values.chunks_exact(matrix.columns.max(1)).take(count as usize) {
            append_quantised(&mut rows, row);
        }
        Ok((EmbeddingBits::Eight, rows))
    }
}
