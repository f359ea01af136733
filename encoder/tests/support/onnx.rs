//! The weights of the tiny model as files in ONNX format, in the forms that exporters write.

use super::{Tensor, Tensors};

/// The form of the weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Form {
    /// Numbers of 4 bytes, multiplied by `MatMul`; the bias is added.
    Plain,
    /// The same, by `Gemm`.
    Gemm,
    /// Whole numbers of 8 bits, made numbers of 4 bytes by `Cast` and `Mul`.
    Scaled,
    /// Whole numbers of 8 bits, by `DequantizeLinear` with a scale for each row of the file.
    Dequantised,
    /// Whole numbers of 8 bits, multiplied by `MatMulInteger` as onnxruntime does it; that of the embeddings, too.
    Integer,
}

/// Returns a file in ONNX format.
pub(crate) fn onnx(tensors: &Tensors, form: Form) -> Vec<u8> {
    let mut graph = Vec::new();
    for (number, (name, tensor)) in tensors.iter().enumerate() {
        let layer = name.strip_suffix(".weight").filter(|layer| tensors.contains_key(&format!("{layer}.bias")));
        match layer.filter(|layer| !layer.ends_with("Norm")) {
            Some(layer) => graph.extend(linear(&format!("onnx::MatMul_{number}"), layer, tensor, form)),
            None if form == Form::Integer && name.contains("_embeddings") => graph.extend(quantised(name, tensor)),
            None => graph.extend(floats(name, tensor)),
        }
    }
    model(&graph)
}

/// Returns a model with this graph.
pub(crate) fn model(graph: &[u8]) -> Vec<u8> {
    [number(1, 8), field(7, graph)].concat()
}

/// Returns the fields of a linear layer.
fn linear(weight: &str, layer: &str, (shape, values): &Tensor, form: Form) -> Vec<u8> {
    let [rows, columns] = [shape[0], shape[1]];
    let transposed = (0..columns).flat_map(|column| values.iter().skip(column).step_by(columns).copied());
    let matrix: Tensor = (vec![columns, rows], transposed.collect());
    let bias = format!("{layer}.bias");
    let [codes, scale, zero_point] = ["quantized", "scale", "zero_point"].map(|part| format!("{weight}_{part}"));
    let (product, products) = (format!("{layer}/product"), format!("{layer}/products"));
    let add = node("Add", &[&bias, &product], "sum", &[]);
    let multiply = [node("MatMul", &["input", weight], &product, &[]), add.clone()].concat();
    match form {
        Form::Plain => [multiply, floats(weight, &matrix)].concat(),
        Form::Gemm => {
            let attribute = [field(1, b"transB"), number(3, 1)].concat();
            let gemm = node("Gemm", &["input", weight, &bias], "sum", &[&attribute]);
            [gemm, floats(weight, &(shape.clone(), values.clone()))].concat()
        }
        Form::Scaled => {
            let cast = node("Cast", &[&codes], &products, &[]);
            let scaled = node("Mul", &[&scale, &products], weight, &[]);
            let (bytes, step) = signed_codes(&matrix);
            [cast, scaled, multiply, bytes_tensor(&codes, 3, &matrix.0, &bytes), floats(&scale, &step)].concat()
        }
        Form::Dequantised => {
            let axis = [field(1, b"axis"), number(3, 0)].concat();
            let node = node("DequantizeLinear", &[&codes, &scale, &zero_point], weight, &[&axis]);
            let (bytes, (_, step)) = signed_codes(&matrix);
            let scales = floats(&scale, &(vec![columns], vec![step[0]; columns]));
            let zeros = integers_tensor(&zero_point, 3, &[columns], &vec![0; columns]);
            [node, multiply, bytes_tensor(&codes, 3, &matrix.0, &bytes), scales, zeros].concat()
        }
        Form::Integer => {
            let (cast, scales) = (format!("{layer}/cast"), format!("{layer}/scales"));
            let nodes = [
                node("MatMulInteger", &["input_quantized", &codes, "input_zero_point", &zero_point], &products, &[]),
                node("Cast", &[&products], &cast, &[]),
                node("Mul", &["input_scale", &scale], &scales, &[]),
                node("Mul", &[&cast, &scales], &product, &[]),
            ];
            let (bytes, step) = signed_codes(&matrix);
            let zero = integers_tensor(&zero_point, 3, &[], &[0]);
            [nodes.concat(), add, bytes_tensor(&codes, 3, &matrix.0, &bytes), floats(&scale, &step), zero].concat()
        }
    }
}

/// Returns whole numbers of a matrix and the scale of all.
#[expect(clippy::cast_possible_truncation, reason = "they are from -127 to 127")]
fn signed_codes((_, values): &Tensor) -> (Vec<u8>, Tensor) {
    let step = values.iter().fold(0.0_f32, |greatest, value| greatest.max(value.abs())) / 127.0;
    let codes = values.iter().map(|value| ((value / step).round() as i8).to_le_bytes()[0]);
    (codes.collect(), (vec![], vec![step]))
}

/// Returns embeddings of whole numbers without a sign, with a zero point of 128.
fn quantised(name: &str, tensor: &Tensor) -> Vec<u8> {
    let (codes, step) = signed_codes(tensor);
    let codes: Vec<u8> = codes.into_iter().map(|code| code ^ 0x80).collect();
    let zero = integers_tensor(&format!("{name}_zero_point"), 2, &[], &[128]);
    let codes = bytes_tensor(&format!("{name}_quantized"), 2, &tensor.0, &codes);
    [codes, floats(&format!("{name}_scale"), &step), zero].concat()
}

/// Returns the field of a tensor of numbers of 4 bytes.
pub(crate) fn floats(name: &str, (shape, values): &Tensor) -> Vec<u8> {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    bytes_tensor(name, 1, shape, &bytes)
}

/// Returns the field of a tensor by its bytes.
pub(crate) fn bytes_tensor(name: &str, kind: u64, shape: &[usize], bytes: &[u8]) -> Vec<u8> {
    tensor(name, kind, shape, &field(9, bytes))
}

/// Returns the field of a tensor by whole numbers, which must be less than 2^14.
fn integers_tensor(name: &str, kind: u64, shape: &[usize], integers: &[usize]) -> Vec<u8> {
    let row: Vec<u8> = integers.iter().flat_map(|&integer| varint(integer as u64)).collect();
    tensor(name, kind, shape, &field(5, &row))
}

fn tensor(name: &str, kind: u64, shape: &[usize], values: &[u8]) -> Vec<u8> {
    let sizes: Vec<u8> = shape.iter().flat_map(|&size| number(1, size as u64)).collect();
    field(5, &[&sizes, number(2, kind).as_slice(), &field(8, name.as_bytes()), values].concat())
}

/// Returns the field of a node.
pub(crate) fn node(operation: &str, inputs: &[&str], output: &str, attributes: &[&[u8]]) -> Vec<u8> {
    let inputs = inputs.iter().flat_map(|name| field(1, name.as_bytes()));
    let mut bytes: Vec<u8> = inputs.collect();
    bytes.extend(field(2, output.as_bytes()));
    bytes.extend(field(4, operation.as_bytes()));
    bytes.extend(attributes.iter().flat_map(|attribute| field(5, attribute)));
    field(1, &bytes)
}

/// Returns a field of bytes.
pub(crate) fn field(key: u64, bytes: &[u8]) -> Vec<u8> {
    [varint(key << 3 | 2), varint(bytes.len() as u64), bytes.to_vec()].concat()
}

/// Returns a field of a whole number.
pub(crate) fn number(key: u64, value: u64) -> Vec<u8> {
    [varint(key << 3), varint(value)].concat()
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
    bytes
}
