//! A knowledge base as rows for a database.

use std::path::Path;

use faqt::KnowledgeBase;
use faqt_cluster::files;

use crate::cli::failure::Failure;
use crate::output::exported::Exported;
use crate::progress::Bar;

/// Writes a folder of rows.
pub(crate) fn sql(kb: &KnowledgeBase, folder: &Path) -> Result<Exported, Failure> {
    let generation = kb.generation()?;
    let bar = Bar::new();
    let written = files::write(&generation, folder, &mut bar.rows("Writing rows"))?;
    drop(bar);
    let [entries, files] =
        [written.rows.entries, written.files].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    Ok(Exported { path: folder.to_owned(), entries, files, bytes: written.bytes })
}
