//! The knowledge base of a log, and its folder.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use faqt::KnowledgeBase;
use faqt::build::Builder;
use faqt::gaps::Gaps;

use crate::cli::failure::Failure;
use crate::open;
use crate::progress::Bar;

/// The knowledge base of the log, and the folder that it is written in.
pub(super) struct Source {
    pub(super) kb: KnowledgeBase,
    pub(super) folder: Option<PathBuf>,
}

impl Source {
    /// Opens the knowledge base that `--kb` names.
    pub(super) fn of(kbs: &[PathBuf]) -> Result<Source, Failure> {
        let path = match kbs {
            [] => None,
            [path] => Some(path.as_path()),
            _ => {
                let failure = Failure::from(anyhow!("a log is that of one knowledge base"));
                return Err(failure.with_hint("give one --kb"));
            }
        };
        let kb = open::open_one(path)?;
        Ok(Source { kb, folder: path.filter(|path| path.is_dir()).map(Path::to_owned) })
    }

    /// Proves the suggestions, if there is a folder to build.
    pub(super) fn prove(&self, gaps: &mut Gaps) -> Result<(), Failure> {
        if let Some(folder) = &self.folder {
            let bar = Bar::new();
            gaps.prove(&self.kb, &bar.follow(Builder::new(folder)))?;
        }
        Ok(())
    }
}
