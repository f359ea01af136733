//! A knowledge base as pages that need no server: one HTML file, or a folder of them.
//!
//! `page` makes the file, `site` the folder, of the same `content`: the pages of the crate `faqt-page`, the engine (`engine`) and
//! the pack, compressed and as text (`packed`). `assemble` puts additions into a page. `policy` has the hashes of a page's scripts and styles, `words` what the
//! page says without the engine, and `place` decides which files are replaced. `database` writes rows and documents.

mod assemble;
mod content;
#[cfg(feature = "cluster")]
mod database;
mod engine;
mod packed;
mod page;
mod place;
mod policy;
mod site;
mod words;

use std::path::Path;

use faqt::KnowledgeBase;

use crate::cli::failure::Failure;
use crate::output::exported::Exported;
use content::Content;
pub(crate) use content::Options;
#[cfg(feature = "cluster")]
pub(crate) use database::{documents, rows};

/// Writes one HTML file.
pub(crate) fn html(kb: &KnowledgeBase, file: &Path, options: &Options<'_>) -> Result<Exported, Failure> {
    place::check_file(file, options.force)?;
    let content = Content::of(kb, options)?;
    let page = page::write(&content)?;
    place::write(file, page.as_bytes())?;
    Ok(Exported { path: file.to_owned(), entries: content.entries.len(), files: 1, bytes: page.len() as u64 })
}

/// Writes a folder of pages.
pub(crate) fn site(kb: &KnowledgeBase, folder: &Path, options: &Options<'_>) -> Result<Exported, Failure> {
    place::check_folder(folder, options.force)?;
    let content = Content::of(kb, options)?;
    let files = site::write(&content)?;
    place::write_all(folder, &files)?;
    let bytes = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    Ok(Exported { path: folder.to_owned(), entries: content.entries.len(), files: files.len(), bytes })
}
