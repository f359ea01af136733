//! The graph of a model in ONNX format: its tensors by their names, and its nodes by the names of their results.
//!
//! Field numbers are those of `onnx.proto`. Everything is read in place; only the places of names take memory, and their
//! number has a bound.

use std::collections::HashMap;

use super::wire::{Fields, Value};

/// The greatest number of nodes or of tensors; multilingual-e5-small has 1,500 nodes.
const PARTS_MAX: usize = 100_000;
/// The greatest number of dimensions of a tensor.
const DIMENSIONS_MAX: usize = 8;
/// The inputs of a node that are kept. No node that is read has more.
const INPUTS_KEPT: usize = 8;

/// The graph of a model.
#[derive(Default)]
pub(super) struct Graph<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    tensors: HashMap<&'a str, Tensor<'a>>,
    /// The nodes by their first results.
    producers: HashMap<&'a str, usize>,
}

/// A node: an operation on values, which have names.
#[derive(Default)]
pub(super) struct Node<'a> {
    pub(super) operation: &'a str,
    /// The names of the inputs; that of an input that is left out is empty.
    pub(super) inputs: Vec<&'a str>,
    output: &'a str,
    message: &'a [u8],
}

/// A tensor whose values stand in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Tensor<'a> {
    pub(super) shape: Vec<usize>,
    /// The type of its numbers, as `TensorProto.DataType` has it.
    pub(super) kind: i64,
    /// The values in little-endian order; empty where they are `integers`.
    pub(super) data: &'a [u8],
    /// The values as whole numbers, which small tensors of 1 or 2 bytes a number have.
    pub(super) integers: Option<Value<'a>>,
    /// True if the values stand in another file.
    pub(super) is_external: bool,
}

impl<'a> Graph<'a> {
    /// Reads the graph of a model.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Graph<'a>, &'static str> {
        const GRAPH: u64 = 7;
        let mut graph = None;
        for field in Fields(bytes) {
            if let (GRAPH, value) = field? {
                graph = Some(value.bytes()?);
            }
        }
        Graph::read(graph.ok_or("it has no graph")?)
    }

    fn read(bytes: &'a [u8]) -> Result<Graph<'a>, &'static str> {
        const NODE: u64 = 1;
        const TENSOR: u64 = 5;
        let mut graph = Graph::default();
        for field in Fields(bytes) {
            match field? {
                (NODE, value) => graph.add_node(Node::read(value.bytes()?)?),
                (TENSOR, value) => {
                    let (name, tensor) = Tensor::read(value.bytes()?)?;
                    graph.tensors.insert(name, tensor);
                }
                _ => {}
            }
            if graph.nodes.len() > PARTS_MAX || graph.tensors.len() > PARTS_MAX {
                return Err("it has more than 100000 nodes or tensors");
            }
        }
        Ok(graph)
    }

    fn add_node(&mut self, node: Node<'a>) {
        self.producers.insert(node.output, self.nodes.len());
        self.nodes.push(node);
    }

    pub(super) fn tensor(&self, name: &str) -> Option<&Tensor<'a>> {
        self.tensors.get(name)
    }

    /// Returns the node whose first result has this name.
    pub(super) fn producer(&self, name: &str) -> Option<&Node<'a>> {
        self.producers.get(name).map(|&at| &self.nodes[at])
    }

    /// Returns a node that reads the value of this name.
    pub(super) fn reader(&self, name: &str) -> Option<&Node<'a>> {
        self.nodes.iter().find(|node| node.inputs.contains(&name))
    }

    /// Returns the names of all values.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.tensors.keys().chain(self.producers.keys()).copied()
    }
}

impl<'a> Node<'a> {
    const ATTRIBUTE: u64 = 5;

    fn read(message: &'a [u8]) -> Result<Node<'a>, &'static str> {
        const INPUT: u64 = 1;
        const OUTPUT: u64 = 2;
        const OPERATION: u64 = 4;
        let mut node = Node { message, ..Node::default() };
        for field in Fields(message) {
            match field? {
                (INPUT, value) if node.inputs.len() < INPUTS_KEPT => node.inputs.push(value.text()?),
                (OUTPUT, value) if node.output.is_empty() => node.output = value.text()?,
                (OPERATION, value) => node.operation = value.text()?,
                _ => {}
            }
        }
        Ok(node)
    }

    /// Returns the name of an input; none if it is left out.
    pub(super) fn input(&self, at: usize) -> Option<&'a str> {
        self.inputs.get(at).copied().filter(|name| !name.is_empty())
    }

    /// Returns the whole numbers of an attribute; none if the node has no such attribute.
    pub(super) fn numbers(&self, name: &str) -> Option<Vec<i64>> {
        const NUMBER: u64 = 3;
        const NUMBERS: u64 = 8;
        let fields = Fields(self.attribute(name)?).filter_map(Result::ok);
        let values = fields.filter(|(field, _)| [NUMBER, NUMBERS].contains(field)).map(|(_, value)| value);
        Some(values.flat_map(|value| value.numbers().filter_map(Result::ok)).take(DIMENSIONS_MAX).collect())
    }

    /// Returns true if an attribute is a number of 4 bytes other than 1.
    pub(super) fn scales_by(&self, name: &str) -> bool {
        let is_other = |value| matches!(value, Value::Float(factor) if factor.to_bits() != 1.0_f32.to_bits());
        let fields = self.attribute(name).map(|attribute| Fields(attribute).filter_map(Result::ok));
        fields.into_iter().flatten().any(|(_, value)| is_other(value))
    }

    /// Returns the tensor of an attribute.
    pub(super) fn tensor(&self, name: &str) -> Option<Tensor<'a>> {
        const TENSOR: u64 = 5;
        let (_, value) = Fields(self.attribute(name)?).filter_map(Result::ok).find(|(field, _)| *field == TENSOR)?;
        Tensor::read(value.bytes().ok()?).ok().map(|(_, tensor)| tensor)
    }

    /// Returns the message of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a [u8]> {
        const NAME: u64 = 1;
        let fields = Fields(self.message).filter_map(Result::ok).filter(|(field, _)| *field == Node::ATTRIBUTE);
        let mut attributes = fields.filter_map(|(_, value)| value.bytes().ok());
        attributes.find(|attribute| {
            let mut fields = Fields(attribute).filter_map(Result::ok);
            fields.any(|(field, value)| field == NAME && value.bytes() == Ok(name.as_bytes()))
        })
    }
}

impl<'a> Tensor<'a> {
    /// Reads a tensor and its name.
    fn read(message: &'a [u8]) -> Result<(&'a str, Tensor<'a>), &'static str> {
        const SHAPE: u64 = 1;
        const KIND: u64 = 2;
        const FLOATS: u64 = 4;
        const INTEGERS: u64 = 5;
        const NAME: u64 = 8;
        const DATA: u64 = 9;
        const PLACE: u64 = 14;
        let (mut name, mut tensor) = ("", Tensor::default());
        for field in Fields(message) {
            match field? {
                (SHAPE, value) => tensor.add_dimensions(value.numbers())?,
                (KIND, value) => tensor.kind = value.number()?,
                // Numbers of 4 bytes in a row are the same as their bytes.
                (FLOATS | DATA, value) => tensor.data = value.bytes()?,
                (INTEGERS, value) => tensor.integers = Some(value),
                (NAME, value) => name = value.text()?,
                (PLACE, value) => tensor.is_external = value.number()? != 0,
                _ => {}
            }
        }
        Ok((name, tensor))
    }

    fn add_dimensions(&mut self, sizes: impl Iterator<Item = Result<i64, &'static str>>) -> Result<(), &'static str> {
        for size in sizes {
            self.shape.push(usize::try_from(size?).map_err(|_| "a tensor has a negative size")?);
            if self.shape.len() > DIMENSIONS_MAX {
                return Err("a tensor has more than 8 dimensions");
            }
        }
        Ok(())
    }
}
