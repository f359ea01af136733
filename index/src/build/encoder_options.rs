//! The options of a build that choose its sentence encoder.

use std::path::PathBuf;
use std::sync::Arc;

use super::builder::Builder;
use crate::knowledge_base::KnowledgeBase;
use crate::sentences::SentenceEncoder;

impl Builder {
    /// Adds sentence vectors by the model of `encoder` to the pack, whose name and hash the manifest then holds.
    ///
    /// An entry of 80 words takes 10 ms of a processor with all-MiniLM-L6-v2. Vectors of texts that have not changed are
    /// taken from `before`, a pack of the same content at an earlier time.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// let encoder = std::sync::Arc::new(faqt::SentenceEncoder::at("all-MiniLM-L6-v2.encoder"));
    /// let before = faqt::KnowledgeBase::open("help.faqt").ok();
    /// faqt::build::Builder::new("help").encoder(encoder, before).write_to("help.faqt")?;
    /// # Ok::<(), faqt::build::BuildError>(())
    /// ```
    #[must_use]
    pub fn encoder(mut self, encoder: Arc<SentenceEncoder>, before: Option<KnowledgeBase>) -> Builder {
        self.encoders.given = Some((encoder, before));
        self
    }

    /// Adds sentence vectors by the model that `model` in `faqt.toml` names, unless [`Builder::encoder`] was called.
    ///
    /// For the name, `find` returns both arguments of that function. Where it returns nothing, a warning says so, and the
    /// pack is built without sentence vectors.
    ///
    /// # Examples
    ///
    /// ```
    /// let files = [("faqt.toml", "model = \"minilm\"\n"), ("faq.md", "# How do I reset the lamp?\n\nHold the button.\n")];
    /// let builder = faqt::build::Builder::from_files("help", files);
    /// assert!(builder.build()?.warnings.is_empty());
    /// let built = builder.models(|_name| None).build()?;
    /// assert_eq!(built.warnings[0].check.name(), "missing-model");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn models(
        mut self,
        find: impl Fn(&str) -> Option<(Arc<SentenceEncoder>, Option<KnowledgeBase>)> + Send + Sync + 'static,
    ) -> Builder {
        self.encoders.find = Some(Arc::new(find));
        self
    }

    /// Keeps sentence vectors in `file` while they are made, so that a build that was interrupted goes on with them.
    ///
    /// The next build of the same texts by the same model takes them from there, and the pack has the same bytes. The file
    /// is removed when the pack is made. It is not begun before 256 vectors are made. [`Builder::write_to`] keeps
    /// one beside its pack if no other is named; [`Builder::build`] keeps none. A file of another model or of another
    /// version of faqt is replaced, and no other file ever is. The folder of `file` must be there.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// let encoder = std::sync::Arc::new(faqt::SentenceEncoder::at("all-MiniLM-L6-v2.encoder"));
    /// let builder = faqt::build::Builder::new("help").encoder(encoder, None);
    /// let pack = builder.resumable("help.vectors").build()?.pack;
    /// # Ok::<(), faqt::build::BuildError>(())
    /// ```
    #[must_use]
    pub fn resumable(mut self, file: impl Into<PathBuf>) -> Builder {
        self.encoders.unfinished = Some(file.into());
        self
    }
}
