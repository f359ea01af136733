//! Builds a pack from a folder of Markdown: for build scripts, for authors, and for readers of somebody else's folder.
//!
//! [`Builder`] is the interface. `content` reads the files of an `origin` into drafts and finishes them, `collect` compares them in their
//! order, `write_pack` indexes them and writes the pack; `parallel` spreads the work and keeps its order.

#[cfg(feature = "encoder")]
pub(crate) mod add_sentences;
mod asked_checks;
#[cfg(test)]
mod bounds;
pub(crate) mod builder;
pub(crate) mod built;
pub(crate) mod collect;
pub(crate) mod content;
pub(crate) mod emit;
#[cfg(feature = "encoder")]
mod encoder_options;
mod encoders;
pub(crate) mod expected;
mod freshness;
mod guard;
mod inherited;
pub(crate) mod lookup;
pub(crate) mod open;
mod options;
pub(crate) mod origin;
pub(crate) mod progress;
pub(crate) mod terms;
mod translations;
pub(crate) mod vocabulary;
pub(crate) mod words;
pub(crate) mod write_pack;

#[cfg(feature = "encoder")]
pub use self::add_sentences::add_sentences;
pub use self::builder::{Builder, hash};
pub use self::built::{Built, Checked};
pub use self::progress::{Progress, Stage};
pub use crate::error::BuildError;
pub use crate::pack::atomic_file::target::Refusal;
pub use crate::pack::atomic_file::{remove_orphans, write_atomically, write_private_atomically};
pub use crate::pack::repack::PackForm;
pub use crate::problem::Problem;
pub use crate::problem::check::Check;
pub use crate::problem::severity::Severity;
pub use crate::source::covered::{Covered, FreshnessProblem};
pub use crate::source::translation::Translation;
pub use crate::source::walk::is_read;
