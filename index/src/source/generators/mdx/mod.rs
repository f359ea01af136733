//! MDX, before its lines are read one after another: indentation, constants, components that hold code.
//!
//! MDX has no code by indentation. So a component's content is read without its common indentation, and a fence or an item
//! of a list may stand at any depth. Code keeps its own indentation byte for byte.

pub(crate) mod code;
pub(crate) mod constants;
mod elements;
pub(crate) mod indentation;
