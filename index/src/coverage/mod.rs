//! Coverage: what a program can say, and the entries that are found by it.
//!
//! A [`Program`] has the commands, the flags and the codes of a program: from its clap command (feature `clap`), from the
//! text of its `--help`, or from a regular expression over its sources. [`Builder::covering`](crate::build::Builder::covering)
//! lets a check compare them with the entries: each should have an entry that names it and comes first for its name and for
//! its help sentence.

#[cfg(feature = "clap")]
mod clap_command;
mod codes;
mod help_text;
mod item;
mod measure;
mod program;
pub(crate) mod settings;
mod sources;

pub use item::ItemKind;
pub(crate) use measure::measured;
pub use program::{Coverage, Program};
pub(crate) use sources::programs;
