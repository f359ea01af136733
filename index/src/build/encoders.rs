//! The sentence encoder of a build: the one that the program gives, or the one that the settings name.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::knowledge_base::KnowledgeBase;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::sentences::SentenceEncoder;
use crate::source::settings::Settings;
use crate::source::settings_file::SETTINGS_FILE;

/// An encoder, and a pack of before, from which vectors of the same texts by the same model are taken.
pub(super) type Given = (Arc<SentenceEncoder>, Option<KnowledgeBase>);
/// A function that finds an encoder by the name of its model.
pub(super) type Find = dyn Fn(&str) -> Option<Given> + Send + Sync;

/// The encoders that a build may use.
#[derive(Clone, Default)]
pub(super) struct Encoders {
    /// The one that the program gives, whatever the settings name.
    pub(super) given: Option<Given>,
    pub(super) find: Option<Arc<Find>>,
    /// The file for the vectors of a build that is not finished.
    pub(super) unfinished: Option<PathBuf>,
}

impl Encoders {
    /// Returns the encoder of a build with these settings. A model that is not found is a warning, and so is one that this
    /// program, built without feature `encoder`, could not use.
    pub(super) fn of(&self, settings: &Settings, problems: &mut Problems) -> Option<Given> {
        if self.given.is_some() {
            return self.given.clone();
        }
        let (name, line) = settings.model()?;
        if cfg!(not(feature = "encoder")) {
            let message = format!("this program has no sentence encoders, so the model `{name}` is not used");
            let problem = problems.warning((SETTINGS_FILE, line), Check::MissingModel, message);
            problem.hint("build with the feature `encoder`, or take the line away");
        }
        let found = self.find.as_ref()?(name);
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
        f.debug_struct("Encoders")
            .field("given", &self.given)
            .field("unfinished", &self.unfinished)
            .finish_non_exhaustive()
    }
}
