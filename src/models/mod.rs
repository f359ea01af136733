//! Sentence encoders that a person has imported, in the user's data directory.
//!
//! The name of a model's file is the hash of its vectors. So a pack that names its model by that hash is one path away
//! ([`store::path_of`]), and no two files have the same vectors. A file that cannot be opened is a [`Model`] with a
//! fault, which hides no other. Start at [`list`].

mod find;
mod import;
mod model;
mod name_note;
mod named;
mod remove;
mod store;

pub(crate) use find::find;
pub(crate) use import::{Imported, import};
pub(crate) use model::{Facts, Model, hash_digits, one_line};
pub(crate) use remove::remove;
pub(crate) use store::{folder, list, path_of};
