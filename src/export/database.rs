//! A knowledge base as files for a database.

use std::path::Path;

use faqt::KnowledgeBase;
use faqt::database::Generation;
use faqt_cluster::RowsError;
use faqt_cluster::files::{self, Form, Written};

use crate::cli::failure::Failure;
use crate::output::exported::Exported;
use crate::progress::Bar;

/// Writes a folder of rows.
pub(crate) fn rows(kb: &KnowledgeBase, folder: &Path) -> Result<Exported, Failure> {
    written(kb, folder, |generation, progress| files::write(generation, folder, progress))
}

/// Writes a folder of documents.
pub(crate) fn documents(kb: &KnowledgeBase, folder: &Path, form: Form) -> Result<Exported, Failure> {
    written(kb, folder, |generation, progress| files::write_documents(generation, folder, form, progress))
}

fn written(
    kb: &KnowledgeBase,
    folder: &Path,
    write: impl FnOnce(&Generation, &mut dyn FnMut(u64)) -> Result<Written, RowsError>,
) -> Result<Exported, Failure> {
    let generation = kb.generation()?;
    let bar = Bar::new();
    let written = write(&generation, &mut bar.rows("Writing rows"))?;
    drop(bar);
    let [entries, files] =
        [written.rows.entries, written.files].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    Ok(Exported { path: folder.to_owned(), entries, files, bytes: written.bytes })
}
