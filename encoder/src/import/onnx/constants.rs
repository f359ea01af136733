//! The values of a graph that depend on no input: weights, which quantised models compute from whole numbers.

use super::graph::{Graph, Node};
use super::matrix::Matrix;

/// The greatest number of operations from a tensor to a weight; quantised models have three.
const DEPTH_MAX: usize = 5;

/// Returns the value of a name: a tensor, or one that is computed from tensors only.
///
/// # Errors
///
/// The reason, as the end of a sentence about the value.
pub(super) fn value(graph: &Graph<'_>, name: &str, count: usize) -> Result<Matrix, String> {
    Constants { graph, count }.value(name, DEPTH_MAX)
}

/// Returns whole numbers as the weights that they stand for, by their scale and their zero point.
pub(super) fn dequantised(
    graph: &Graph<'_>,
    [codes, scale, zero_point]: [Option<&str>; 3],
    count: usize,
) -> Result<Matrix, String> {
    Constants { graph, count }.dequantised([codes, scale, zero_point], |matrix| matrix, DEPTH_MAX)
}

struct Constants<'a, 'g> {
    graph: &'g Graph<'a>,
    /// The greatest number of values of a tensor.
    count: usize,
}

impl Constants<'_, '_> {
    fn value(&self, name: &str, depth: usize) -> Result<Matrix, String> {
        if let Some(tensor) = self.graph.tensor(name) {
            return Matrix::of(tensor, self.count);
        }
        let Some(node) = self.graph.producer(name) else { return Err("is missing".to_owned()) };
        let Some(depth) = depth.checked_sub(1) else { return Err("is computed in too many steps".to_owned()) };
        self.result(node, depth)
    }

    fn result(&self, node: &Node<'_>, depth: usize) -> Result<Matrix, String> {
        let input = |at| self.input(node, at, depth);
        match node.operation {
            // Numbers of 8 and 16 bits stay the same as numbers of 32.
            "Identity" | "Cast" => input(0),
            "Constant" => match node.tensor("value") {
                Some(tensor) => Matrix::of(&tensor, self.count),
                None => Err("is a constant of an unknown kind".to_owned()),
            },
            "Transpose" if node.numbers("perm").is_none_or(|order| order == [1, 0]) => Ok(input(0)?.transposed()),
            "Mul" => {
                let (left, right) = (input(0)?, input(1)?);
                let (values, scale) =
                    if left.values.len() < right.values.len() { (right, left) } else { (left, right) };
                values.with(&scale, |value, scale| value * scale)
            }
            "DequantizeLinear" if node.attribute("block_size").is_none() => self.dequantize_linear(node, depth),
            other => Err(format!("is computed by {}, which import does not read", shown(other))),
        }
    }

    /// Returns the result of a node that has a scale for all values, or for each index of an axis.
    fn dequantize_linear(&self, node: &Node<'_>, depth: usize) -> Result<Matrix, String> {
        let axis = node.numbers("axis").and_then(|axis| axis.first().copied()).unwrap_or(1);
        let along = |matrix: Matrix| match axis {
            0 | -2 => matrix.into_column(),
            _ => matrix,
        };
        self.dequantised([0, 1, 2].map(|at| node.input(at)), along, depth)
    }

    fn dequantised(
        &self,
        [codes, scale, zero_point]: [Option<&str>; 3],
        along: impl Fn(Matrix) -> Matrix,
        depth: usize,
    ) -> Result<Matrix, String> {
        let value = |name: Option<&str>| match name {
            Some(name) => self.value(name, depth),
            None => Err("has no scale".to_owned()),
        };
        let mut matrix = value(codes)?;
        if zero_point.is_some() {
            matrix = matrix.with(&along(value(zero_point)?), |code, zero_point| code - zero_point)?;
        }
        matrix.with(&along(value(scale)?), |code, scale| code * scale)
    }

    fn input(&self, node: &Node<'_>, at: usize, depth: usize) -> Result<Matrix, String> {
        match node.input(at) {
            Some(name) => self.value(name, depth),
            None => Err(format!("is computed by {} without an input", shown(node.operation))),
        }
    }
}

/// Returns a name of the file for a message.
pub(super) fn shown(name: &str) -> String {
    name.chars().take(60).collect()
}
