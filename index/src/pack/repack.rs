//! A pack written again for readers elsewhere, with or without the tables of meaning.

use std::io::Cursor;

use super::read::Pack;
use super::write::PackWriter;
use super::{ENTRIES, PIECES, QUESTIONS, SENTENCES, VECTORS, WORDS};
use crate::error::PackError;
use crate::meaning::table_sections;

/// The form in which [`KnowledgeBase::to_pack`](crate::KnowledgeBase::to_pack) writes a pack.
///
/// # Examples
///
/// ```
/// use faqt::build::PackForm;
///
/// let kb = faqt::KnowledgeBase::from_markdown("# Is it loud?\n\nNo.\n")?;
/// let [whole, words] = [PackForm::Standalone, PackForm::WordsOnly].map(|form| kb.to_pack(form).map(|pack| pack.len()));
/// assert!(whole? > words?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackForm {
    /// With the tables that this program has (5 MB), for programs that are built without them.
    Standalone,
    /// Without vectors and tables: questions are answered by words alone.
    WordsOnly,
}

impl PackForm {
    /// Returns true if a pack of this form has no section of this name. Golden questions are for authors, and sentence
    /// vectors for programs with an encoder.
    fn lacks(self, name: &str) -> bool {
        matches!(name, QUESTIONS | SENTENCES) || self == PackForm::WordsOnly && matches!(name, VECTORS | PIECES | WORDS)
    }
}

/// Writes `pack` in another form, section by section.
pub(crate) fn repack(pack: &Pack, form: PackForm) -> Result<Vec<u8>, PackError> {
    const IN_MEMORY: &str = "memory takes all bytes";
    let mut writer = PackWriter::new(Cursor::new(Vec::new())).expect(IN_MEMORY);
    // A build writes the tables behind the vectors.
    let behind = if pack.section(VECTORS).is_some() { VECTORS } else { ENTRIES };
    let needs_tables = form == PackForm::Standalone && pack.section(PIECES).is_none();
    for (name, _) in pack.sections().filter(|(name, _)| !form.lacks(name)) {
        writer.section(name, pack.required(name)?.all()?).expect(IN_MEMORY);
        if name == behind && needs_tables {
            for (name, table) in table_sections() {
                writer.section(name, table).expect(IN_MEMORY);
            }
        }
    }
    Ok(writer.finish().expect(IN_MEMORY).into_inner())
}
