//! The sentence encoders of a command line without the feature `encoder`: there are none.

use std::path::Path;

use faqt::KnowledgeBase;
use faqt::build::Builder;

use super::cache::CacheEntry;
use crate::cli::failure::Failure;

/// The model that the command line names, of which this one has none.
pub(crate) enum Chosen {}

impl Chosen {
    #[expect(clippy::unnecessary_wraps, reason = "with encoders, a name may lead to none")]
    pub(crate) fn of(_: Option<&str>) -> Result<Option<Chosen>, Failure> {
        Ok(None)
    }

    pub(crate) fn build(&self, _: Builder, _: Option<KnowledgeBase>) -> Builder {
        match *self {}
    }

    pub(super) fn resume(builder: Builder, _: Option<&CacheEntry>) -> Builder {
        builder
    }

    pub(crate) fn by_settings(builder: Builder, _: &Path) -> Builder {
        builder
    }

    pub(crate) fn hash(&self) -> String {
        match *self {}
    }

    pub(super) fn compare(&self, _: KnowledgeBase) -> Result<KnowledgeBase, Failure> {
        match *self {}
    }
}

pub(super) fn attach(_: &KnowledgeBase) {}
