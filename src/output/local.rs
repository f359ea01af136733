//! Output about files of the user: models, and the log of questions with the gaps that it shows.

use std::io;

use faqt::gaps::{Gaps, Group};
use faqt::log::LogRecord;

#[cfg(feature = "encoder")]
use super::models;
use super::prompt::{self, Decision};
use super::{Output, gaps, json, log};
use crate::cli::arguments::Format;
#[cfg(feature = "encoder")]
use crate::models::{Imported, Model};
use gaps::Applied;
use log::KeptLog;

impl Output {
    /// Writes the facts about a model that was imported.
    #[cfg(feature = "encoder")]
    pub(crate) fn imported(&self, imported: &Imported) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => models::imported(imported),
            Format::Json => json::imported(imported),
        })
    }

    /// Writes the list of models.
    #[cfg(feature = "encoder")]
    pub(crate) fn models(&self, models: &[Model]) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => models::list(models, &self.layout),
            Format::Json => json::models(models),
        })
    }

    /// Writes the models that were checked.
    #[cfg(feature = "encoder")]
    pub(crate) fn verified_models(&self, models: &[Model]) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => models::verified(models, &self.layout),
            Format::Json => json::models(models),
        })
    }

    /// Writes that a model was removed.
    #[cfg(feature = "encoder")]
    pub(crate) fn removed(&self, model: &Model) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => models::removed(model),
            Format::Json => json::removed(model),
        })
    }

    /// Writes where the log of questions is and how long.
    pub(crate) fn log(&self, kept: Option<&KeptLog>) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => log::kept(kept),
            Format::Json => json::log(kept),
        })
    }

    /// Writes that the log of questions was removed.
    pub(crate) fn forgotten(&self, log: &KeptLog) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => log::forgotten(log),
            Format::Json => json::forgotten(log),
        })
    }

    /// Writes that an answer helped, or did not.
    pub(crate) fn feedback(&self, record: &LogRecord) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => log::feedback(record),
            Format::Json => json::feedback(record),
        })
    }

    /// Writes what a log of questions asks for.
    pub(crate) fn gaps(&self, gaps: &Gaps) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text => gaps::text(gaps, &self.layout),
            Format::Json => json::gaps(gaps),
            Format::Markdown => gaps::markdown(gaps),
        })
    }

    /// Writes the suggestions that were written.
    pub(crate) fn applied(&self, applied: &Applied) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => gaps::written(applied),
            Format::Json => json::applied(applied),
        })
    }

    /// Asks a person at a terminal for a decision on the suggestion of a group.
    pub(crate) fn decide(&self, group: &Group) -> io::Result<Decision> {
        self.write(&format!("\n{}", gaps::group(group, &self.layout)))?;
        prompt::decision()
    }
}
