//! The matrices of linear layers, whose names an export loses.
//!
//! A bias keeps its name, so a matrix is found from the bias that is added to its products:
//!
//! ```text
//! Add(MatMul(input, matrix), bias)                                       plain
//! Add(Mul(Cast(MatMulInteger(…, codes, …, zero point)), Mul(…, scale)), bias)    quantised by onnxruntime
//! Gemm(input, matrix, bias), and nodes of onnxruntime that are several of these in one
//! ```

use super::constants::{dequantised, shown, value};
use super::graph::{Graph, Node};
use super::matrix::Matrix;

/// Returns the matrix of the linear layer with this bias, one row for each of its results.
///
/// # Errors
///
/// The reason, as the end of a sentence about the matrix.
pub(super) fn matrix(graph: &Graph<'_>, bias: &str, count: usize) -> Result<Matrix, String> {
    let Some(node) = graph.reader(bias) else { return Err("is missing: no node reads its bias".to_owned()) };
    let quantised = |places: [usize; 3]| dequantised(graph, places.map(|at| node.input(at)), count);
    match node.operation {
        "Add" => Ok(factor(graph, node, bias, count)?.transposed()),
        "Gemm" => gemm(graph, node, count),
        "DynamicQuantizeMatMul" => Ok(quantised([1, 2, 3])?.transposed()),
        "MatMulIntegerToFloat" => Ok(quantised([1, 3, 5])?.transposed()),
        other => Err(unknown(other)),
    }
}

/// Returns the matrix whose product with a layer's input is added to `bias`.
fn factor(graph: &Graph<'_>, add: &Node<'_>, bias: &str, count: usize) -> Result<Matrix, String> {
    let product = add.inputs.iter().find(|&&name| name != bias).and_then(|name| graph.producer(name));
    let Some(product) = product else { return Err("is missing: its bias is added to no product".to_owned()) };
    match product.operation {
        "MatMul" => value(graph, product.input(1).unwrap_or_default(), count),
        "Mul" => integer_factor(graph, product, count),
        other => Err(unknown(other)),
    }
}

/// Returns the matrix of a product of whole numbers that is multiplied by the product of two scales.
fn integer_factor(graph: &Graph<'_>, product: &Node<'_>, count: usize) -> Result<Matrix, String> {
    let producer = |name: &str, operation: &str| graph.producer(name).filter(|node| node.operation == operation);
    let unread = || "is multiplied in a way that import does not read".to_owned();
    let mut casts = product.inputs.iter().filter_map(|name| producer(name, "Cast")).filter_map(|cast| cast.input(0));
    let integers = casts.find_map(|name| producer(name, "MatMulInteger")).ok_or_else(unread)?;
    let mut scales = product.inputs.iter().filter_map(|name| producer(name, "Mul")).flat_map(|node| &node.inputs);
    let scale = scales.find(|name| graph.tensor(name).is_some()).ok_or_else(unread)?;
    dequantised(graph, [integers.input(1), Some(scale), integers.input(3)], count)
}

fn gemm(graph: &Graph<'_>, node: &Node<'_>, count: usize) -> Result<Matrix, String> {
    if node.scales_by("alpha") || node.scales_by("beta") || node.numbers("transA").is_some_and(|flag| flag != [0]) {
        return Err("is multiplied by a factor that import does not read".to_owned());
    }
    let matrix = value(graph, node.input(1).unwrap_or_default(), count)?;
    Ok(if node.numbers("transB").is_some_and(|flag| flag == [1]) { matrix } else { matrix.transposed() })
}

fn unknown(operation: &str) -> String {
    format!("is read by {}, which import does not read; export the model without optimisations", shown(operation))
}
