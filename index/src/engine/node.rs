//! A node of the transducer (FST) that maps the terms of a dictionary to their numbers.
//!
//! A node is read from its last byte, where its address points, to its first. From the first byte on it has
//!
//! ```text
//! o        output where the node is final and outputs are kept
//! n * o    outputs of the transitions, the last transition first
//! n * t    distances from the node's first byte to each target, in the same order; 0 is the leaf, which has no bytes
//! n        inputs, in the same order
//! 256      with more than 32 transitions: for each byte which transition it has
//! 1        t and o, 4 bits each
//! 1        n, if the six bits of the last byte are 0; 1 stands for 256
//! 1        0x40 if the node is final, and n
//! ```
//!
//! The last byte of a node with one transition that is not final has 0x80 and the number of a common input, or 0.
//! Before it stand the input if that number is 0, then t and o, the distance and the output. With 0xc0 the target ends
//! before the node's first byte, there is no output, and t and o are left out.
//!
//! Targets lie below their node, so no path is longer than the dictionary; a node without transitions must be final, so
//! every path leads to a term.

use crate::error::{PackError, damaged};
use crate::pack::read::PackSection;

/// The bytes of the transducer before its nodes, and behind them.
pub(crate) const ENDS: usize = 16;
/// The address of the leaf: final, without output and without bytes.
const LEAF: usize = 0;
/// The bytes from which the length of a node is known.
const HEAD: usize = 3;
/// With more transitions, a node has an index of its inputs.
const INDEX_FROM: usize = 33;
const INDEX: usize = 256;
/// The widest number in bytes.
const WIDTH_MAX: usize = 8;
/// The common inputs, numbered from 1.
const COMMON_INPUTS: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";

/// A node, with all its bytes at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'a> {
    bytes: &'a [u8],
    /// The address of its first byte.
    start: usize,
    shape: NodeShape,
}

/// The lengths of the parts of a node.
#[derive(Clone, Copy, Debug)]
struct NodeShape {
    kind: NodeKind,
    is_final: bool,
    /// The number of transitions.
    count: usize,
    /// Bytes behind the index of inputs.
    head: usize,
    target_width: usize,
    output_width: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NodeKind {
    /// One transition by this input to the node that ends before this one.
    Next(u8),
    /// One transition by this input.
    One(u8),
    /// Any number of transitions.
    Any,
}

/// A transition from one node to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Transition {
    pub(crate) input: u8,
    pub(crate) output: u64,
    /// The address of the target, below the node's own.
    pub(crate) target: usize,
}

impl<'a> Node<'a> {
    /// Reads the node that ends at `address` of the transducer `nodes`.
    pub(crate) fn read(nodes: &'a PackSection, address: usize) -> Result<Node<'a>, PackError> {
        if address == LEAF {
            return Ok(Node { bytes: &[], start: LEAF, shape: NodeShape::LEAF });
        }
        if address < ENDS || address >= nodes.len() - ENDS {
            return Err(broken());
        }
        // There are ENDS bytes before.
        let shape = NodeShape::of(nodes.bytes(address + 1 - HEAD..address + 1)?)?;
        let start = (address + 1).checked_sub(shape.length()).filter(|&start| start >= ENDS).ok_or_else(broken)?;
        Ok(Node { bytes: nodes.bytes(start..address + 1)?, start, shape })
    }

    pub(crate) fn is_final(&self) -> bool {
        self.shape.is_final
    }

    /// Returns the number of transitions.
    pub(crate) fn count(&self) -> usize {
        self.shape.count
    }

    /// Returns the output that a term adds by ending here.
    pub(crate) fn final_output(&self) -> u64 {
        let width = if self.shape.is_final { self.shape.output_width } else { 0 };
        little_endian(&self.bytes[..width])
    }

    /// Returns the number of the transition for `input`.
    pub(crate) fn find(&self, input: u8) -> Option<usize> {
        match self.shape.kind {
            NodeKind::Next(only) | NodeKind::One(only) => (only == input).then_some(0),
            NodeKind::Any if self.shape.index() > 0 => {
                let index = self.bytes.len() - self.shape.head - INDEX;
                let at = usize::from(self.bytes[index + usize::from(input)]);
                (at < self.shape.count).then_some(at)
            }
            NodeKind::Any => self.inputs().iter().rev().position(|&known| known == input),
        }
    }

    /// Returns the transition with the number `at`, which is below their count.
    pub(crate) fn transition(&self, at: usize) -> Result<Transition, PackError> {
        let NodeShape { kind, target_width, output_width, count, .. } = self.shape;
        let inputs_end = self.bytes.len() - self.shape.head - self.shape.index();
        let targets_end = inputs_end - self.shape.inputs();
        let input = match kind {
            NodeKind::Next(only) | NodeKind::One(only) => only,
            NodeKind::Any => self.bytes[inputs_end - 1 - at],
        };
        let distance = match kind {
            NodeKind::Next(_) => 1,
            _ => little_endian(&self.bytes[targets_end - (at + 1) * target_width..][..target_width]),
        };
        let outputs_end = targets_end - count * target_width;
        let output = little_endian(&self.bytes[outputs_end - (at + 1) * output_width..][..output_width]);
        let target = if distance == 0 { Some(LEAF) } else { self.below(distance) };
        Ok(Transition { input, output, target: target.ok_or_else(broken)? })
    }

    /// Returns the address `distance` below the first byte.
    fn below(&self, distance: u64) -> Option<usize> {
        self.start.checked_sub(usize::try_from(distance).ok()?).filter(|&target| target >= ENDS)
    }

    fn inputs(&self) -> &[u8] {
        let end = self.bytes.len() - self.shape.head - self.shape.index();
        &self.bytes[end - self.shape.inputs()..end]
    }
}

impl NodeShape {
    const LEAF: NodeShape =
        NodeShape { kind: NodeKind::Any, is_final: true, count: 0, head: 0, target_width: 0, output_width: 0 };

    /// Reads the last bytes of a node.
    fn of(head: &[u8]) -> Result<NodeShape, PackError> {
        let &[third, second, last] = head else { return Err(broken()) };
        let low = last & 0x3f;
        let common = usize::from(low).checked_sub(1).map(|number| COMMON_INPUTS[number]);
        let widths = |byte: u8| (usize::from(byte >> 4), usize::from(byte & 0xf));
        let (kind, count, head, (target_width, output_width)) = match (last >> 6, common) {
            (0b11, Some(input)) => (NodeKind::Next(input), 1, 1, (0, 0)),
            (0b11, None) => (NodeKind::Next(second), 1, 2, (0, 0)),
            (0b10, Some(input)) => (NodeKind::One(input), 1, 2, widths(second)),
            (0b10, None) => (NodeKind::One(second), 1, 3, widths(third)),
            _ if low > 0 => (NodeKind::Any, usize::from(low), 2, widths(second)),
            _ => (NodeKind::Any, if second == 1 { 256 } else { usize::from(second) }, 3, widths(third)),
        };
        let is_final = last >> 6 == 0b01;
        let has_targets = kind != NodeKind::Any || count > 0;
        let has_widths = target_width <= WIDTH_MAX && output_width <= WIDTH_MAX;
        let has_distances = target_width > 0 || count == 0 || matches!(kind, NodeKind::Next(_));
        if !has_widths || !has_distances || !(has_targets || is_final) {
            return Err(broken());
        }
        Ok(NodeShape { kind, is_final, count, head, target_width, output_width })
    }

    fn length(&self) -> usize {
        let outputs = self.count + usize::from(self.is_final);
        self.head + self.index() + self.inputs() + self.count * self.target_width + outputs * self.output_width
    }

    /// Returns the length of the index of inputs.
    fn index(&self) -> usize {
        if self.kind == NodeKind::Any && self.count >= INDEX_FROM { INDEX } else { 0 }
    }

    /// Returns the length of the inputs.
    fn inputs(&self) -> usize {
        if self.kind == NodeKind::Any { self.count } else { 0 }
    }
}

fn broken() -> PackError {
    damaged("a node of the term dictionary is malformed")
}

/// Reads a number of at most 8 bytes.
fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}
