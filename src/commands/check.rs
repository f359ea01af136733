//! `faqt check`: reports every problem of a content folder.

use std::path::{Path, PathBuf};

use faqt::build::{Builder, Severity};

use super::build::explain;
use crate::cli::arguments::Check;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::output::Output;
use crate::progress::Bar;

/// The folder that is checked if none is named and this one exists.
const CONTENT: &str = "content";

pub(super) fn run(arguments: &Check, output: &Output) -> Result<Exit, Failure> {
    let folder = arguments.content.clone().unwrap_or_else(default_folder);
    let bar = Bar::new();
    let checked = bar.follow(Builder::new(&folder).strict(arguments.strict)).check();
    drop(bar);
    let checked = checked.map_err(|error| explain(error, &folder))?;
    match arguments.report {
        Some(report) => output.problems(&folder, &checked, report)?,
        None => output.checked(&folder, &checked)?,
    }
    let is_clean = checked.problems.iter().all(|problem| problem.severity != Severity::Error);
    Ok(if is_clean { Exit::Answered } else { Exit::NotAnswered })
}

fn default_folder() -> PathBuf {
    let content = Path::new(CONTENT);
    if content.is_dir() { content.to_owned() } else { PathBuf::from(".") }
}
