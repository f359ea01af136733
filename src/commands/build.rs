//! `faqt build`: from a folder of Markdown to a pack.

use std::path::Path;
use std::time::Instant;

use anyhow::anyhow;
use faqt::build::{BuildError, Builder, Problem, Severity};

use crate::arguments::Build;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

pub(super) fn run(arguments: &Build, output: &Output) -> Result<Exit, Failure> {
    let start = Instant::now();
    let builder = Builder::new(&arguments.content).strict(arguments.strict).findability(!arguments.unchecked);
    match builder.write_to(&arguments.output) {
        Ok(built) => {
            output.built(&arguments.output, &built, start.elapsed())?;
            Ok(Exit::Answered)
        }
        Err(error) => {
            if let BuildError::Content(problems) = &error {
                let is_warning = |problem: &&Problem| problem.severity != Severity::Error;
                output.warn(problems.iter().filter(is_warning))?;
            }
            Err(explain(error, &arguments.content))
        }
    }
}

/// Adds to an error what the author of the folder can do about it.
pub(super) fn explain(error: BuildError, folder: &Path) -> Failure {
    let hint = match &error {
        BuildError::Content(problems) => {
            match problems.iter().filter(|problem| problem.severity == Severity::Error).count() {
                1 => "1 problem; nothing was written".to_owned(),
                count => format!("{count} problems; nothing was written"),
            }
        }
        BuildError::Empty { .. } => format!("put Markdown files into {}, or start with: faqt init", folder.display()),
        BuildError::Folder { .. } => return Failure::from(anyhow!("{error}")),
        _ => return Failure::from(error),
    };
    Failure::from(error).with_hint(hint)
}
