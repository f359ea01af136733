//! `faqt build`: from a folder of Markdown to a pack.

use faqt::build::{BuildError, Builder};

use crate::arguments::Build;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

pub(super) fn run(arguments: &Build, output: &Output) -> Result<Exit, Failure> {
    match Builder::new(&arguments.content).write_to(&arguments.output) {
        Ok(built) => {
            output.built(&arguments.output, &built)?;
            Ok(Exit::Answered)
        }
        Err(error) => Err(explain(error, arguments)),
    }
}

fn explain(error: BuildError, arguments: &Build) -> Failure {
    let hint = match &error {
        BuildError::Content(problems) => Some(match problems.len() {
            1 => "1 problem; nothing was written".to_owned(),
            count => format!("{count} problems; nothing was written"),
        }),
        BuildError::Empty { .. } => Some(format!("put Markdown files into {}", arguments.content.display())),
        _ => None,
    };
    let failure = Failure::from(error);
    match hint {
        Some(hint) => failure.with_hint(hint),
        None => failure,
    }
}
