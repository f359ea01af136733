//! `faqt mcp`: serves an assistant on the standard streams.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use faqt::Findings;

use crate::cli::arguments::Global;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::mcp::{self, Source};
use crate::open::asked::Asked;
use crate::open::reopened::Reopened;
use crate::{log, progress, stopped};

/// The knowledge bases of the command line, and the log of questions.
struct Served {
    kbs: Reopened,
    log: Option<PathBuf>,
}

impl Source for Served {
    fn current(&self) -> Arc<Asked> {
        self.kbs.current()
    }

    fn asked(&self, kb: &Asked, question: &str, findings: &Findings) {
        log::asked(self.log.as_deref(), kb, question, findings);
    }
}

pub(super) fn run(global: &Global) -> Result<Exit, Failure> {
    progress::silence();
    let served = Served { kbs: Reopened::open(&global.kb, global.model())?, log: global.log.clone() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(async {
        let stopped = stopped::stopped()?;
        tokio::select! {
            ended = mcp::serve(served, io::stdin(), io::stdout()) => ended.context("the session cannot begin"),
            () = stopped => Ok(()),
        }
    });
    // A thread that waits for input would keep the program.
    runtime.shutdown_background();
    ended?;
    Ok(Exit::Success)
}
