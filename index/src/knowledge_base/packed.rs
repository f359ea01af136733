//! A knowledge base as a pack again.

use super::KnowledgeBase;
use crate::engine::panic_guard::catch_engine_panic;
use crate::error::PackError;
use crate::pack::repack::{PackForm, repack};

impl KnowledgeBase {
    /// Writes the knowledge base as a pack for readers elsewhere, without golden questions and sentence vectors.
    ///
    /// # Errors
    ///
    /// If the pack that is open is damaged.
    ///
    /// # Examples
    ///
    /// ```
    /// let builder = faqt::build::Builder::from_files("help", [("faq.md", "# Is it loud?\n\nNo.\n")]);
    /// let kb = faqt::KnowledgeBase::from_vec(builder.build()?.pack)?;
    /// assert!(kb.to_pack(faqt::build::PackForm::Standalone)? == builder.standalone(true).build()?.pack);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_pack(&self, form: PackForm) -> Result<Vec<u8>, PackError> {
        catch_engine_panic(|| repack(&self.reader.pack, form))
    }
}
