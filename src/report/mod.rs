//! Pages for a browser that show at a glance what an evaluation or a check found: one file each, with plots.
//!
//! [`charts`] draws, [`page`] frames, and the other modules say what is shown. Texts of content, queries and file names
//! pass [`faqt::render::escape_html`] or, in plots, [`faqt::render::sanitise`].

mod charts;
mod evaluation;
mod page;
mod problems;

use std::path::Path;

use anyhow::Context as _;
use faqt::build::write_atomically;

use crate::cli::failure::Failure;

pub(crate) use evaluation::evaluation;
pub(crate) use problems::problems;

/// Writes a page into a file, all of it or nothing.
pub(crate) fn write(file: &Path, page: &str) -> Result<(), Failure> {
    Ok(write_atomically(file, page.as_bytes()).with_context(|| format!("cannot write {}", file.display()))?)
}
