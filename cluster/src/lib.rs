//! Knowledge bases whose rows are in a database.

pub mod files;
mod rows;

pub use rows::{Rows, RowsError, Take};
