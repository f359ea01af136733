//! The sentence encoder of a build: the one that the program gives, or the one that the settings name.

use std::fmt;
use std::sync::Arc;

use super::builder::Builder;
use crate::knowledge_base::KnowledgeBase;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::sentences::SentenceEncoder;
use crate::source::settings::Settings;
use crate::source::settings_file::SETTINGS_FILE;

/// An encoder, and a pack of before, from which vectors of the same texts by the same model are taken.
pub(super) type Given = (Arc<SentenceEncoder>, Option<KnowledgeBase>);
/// A function that finds an encoder by the name of its model.
type Find = dyn Fn(&str) -> Option<Given> + Send + Sync;

/// The encoders that a build may use.
#[derive(Clone, Default)]
pub(super) struct Encoders {
    /// The one that the program gives, whatever the settings name.
    pub(super) given: Option<Given>,
    find: Option<Arc<Find>>,
}

impl Encoders {
    /// Returns true if a build with these settings adds sentence vectors, or tries to.
    pub(super) fn are_wanted(&self, settings: &Settings) -> bool {
        self.given.is_some() || self.find.is_some() && settings.model().is_some()
    }

    /// Returns the encoder of a build with these settings. A model that is not found is a warning.
    pub(super) fn of(&self, settings: &Settings, problems: &mut Problems) -> Option<Given> {
        if self.given.is_some() {
            return self.given.clone();
        }
        let (find, (name, line)) = (self.find.as_ref()?, settings.model()?);
        let found = find(name);
        if found.is_none() {
            let message = format!("there is no model `{name}`, so the pack gets no sentence vectors");
            let problem = problems.warning((SETTINGS_FILE, line), Check::MissingModel, message);
            problem.hint("import one under this name: faqt model import PATH --name NAME");
        }
        found
    }
}

impl fmt::Debug for Encoders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoders").field("given", &self.given).finish_non_exhaustive()
    }
}

#[cfg(feature = "encoder")]
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
}
