//! `faqt check`: reports every problem of a content folder.

use std::path::{Path, PathBuf};

use faqt::build::{Builder, Severity};

use super::build::explain;
use crate::cli::arguments::{Check, Global};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open::FAQT_KB;
use crate::output::Output;
use crate::progress::Bar;

/// The folder that is checked if none is named and this one exists.
const CONTENT: &str = "content";

pub(super) fn run(arguments: &Check, global: &Global, output: &Output) -> Result<Exit, Failure> {
    // A pack that the environment names is for questions.
    let is_for_checks = |kb: &&PathBuf| kb.is_dir() || std::env::var_os(FAQT_KB).is_none_or(|named| named != ***kb);
    let named = arguments.content.as_ref().or(global.kb.as_ref().filter(is_for_checks));
    let folder = named.cloned().unwrap_or_else(default_folder);
    let bar = Bar::new();
    let checked = bar.follow(Builder::new(&folder).strict(arguments.strict)).check();
    drop(bar);
    let checked = checked.map_err(|error| explain(error, &folder))?;
    match arguments.report {
        Some(report) => output.problems(&folder, &checked, report)?,
        None => output.checked(&folder, &checked)?,
    }
    let is_clean = checked.problems.iter().all(|problem| problem.severity != Severity::Error);
    Ok(if is_clean { Exit::Success } else { Exit::NotAnswered })
}

fn default_folder() -> PathBuf {
    let content = Path::new(CONTENT);
    if content.is_dir() { content.to_owned() } else { PathBuf::from(".") }
}
