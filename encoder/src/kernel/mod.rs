//! Dot products of 8-bit weights and activations of 14 bits, for each set of instructions.
//!
//! They are sums of whole numbers, and everything else is arithmetic in a fixed order, so that all sets of instructions
//! yield the same bits.

mod dots;
mod instruction_set;
#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(test)]
pub(crate) use dots::pack_split;
pub(crate) use dots::{Kernel, Quad, ROWS, Work};
pub use instruction_set::InstructionSet;
