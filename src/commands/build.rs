//! `faqt build`: writes a pack from a folder of Markdown.

use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::anyhow;
use faqt::KnowledgeBase;
use faqt::build::{BuildError, Builder, Problem, Refusal, Severity};
use faqt::render::sanitise;

use crate::cli::arguments::Global;
use crate::cli::arguments::authors::Build;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open::{self, encoders::Chosen};
use crate::output::Output;
use crate::progress::Bar;

/// The interval at which a watched folder is polled: short for a person, and cheap for the machine.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// The remedy for an output that is no file.
const NAME_A_FILE: &str = "name a file, such as: -o help.faqt";

pub(super) fn run(arguments: &Build, global: &Global, output: &Output) -> Result<Exit, Failure> {
    if global.kb.len() > 1 && !open::are_of_environment(&global.kb) {
        return Err(Failure::from(anyhow!("`faqt build` builds one folder, and --kb names several"))
            .with_hint("build each by itself: faqt build CONTENT -o FILE"));
    }
    if arguments.output == Path::new("-") {
        return Err(Failure::from(anyhow!("a pack is not written to the output stream")).with_hint(NAME_A_FILE));
    }
    let builder = Builder::new(&arguments.content).force(arguments.force);
    let builder = builder.strict(arguments.strict).findability(!arguments.unchecked);
    #[cfg(feature = "meaning")]
    let builder = builder.standalone(arguments.standalone);
    let model = Chosen::of(global.model())?;
    if arguments.watch {
        watch(&builder, model.as_ref(), arguments, output)
    } else {
        build(&builder, model.as_ref(), arguments, output)
    }
}

fn build(builder: &Builder, model: Option<&Chosen>, arguments: &Build, output: &Output) -> Result<Exit, Failure> {
    let start = Instant::now();
    let bar = Bar::new();
    let builder = match model {
        Some(model) => model.build(builder.clone(), KnowledgeBase::open(&arguments.output).ok()),
        None => Chosen::by_settings(builder.clone(), &arguments.output),
    };
    let built = bar.follow(builder).write_to(&arguments.output);
    drop(bar);
    match built {
        Ok(built) => {
            output.built(&arguments.output, &built, start.elapsed())?;
            Ok(Exit::Success)
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

/// Builds now and after each change of the folder, until the process is interrupted. Errors are printed and do not end
/// the loop.
///
/// The folder is polled, because file-change notifications do not work on every file system, network and container.
fn watch(builder: &Builder, model: Option<&Chosen>, arguments: &Build, output: &Output) -> Result<Exit, Failure> {
    let mut built = None;
    loop {
        let state = builder.fingerprint();
        if built.as_ref() != Some(&state) {
            if let Err(failure) = build(builder, model, arguments, output) {
                failure.print()?;
            }
            let folder = arguments.content.display().to_string();
            writeln!(io::stderr(), "watching {}; end with Ctrl-C", sanitise(&folder))?;
            built = Some(state);
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

/// Adds a hint for the author of the folder to an error.
pub(super) fn explain(error: BuildError, folder: &Path) -> Failure {
    let hint = match &error {
        BuildError::Content(problems) => {
            match problems.iter().filter(|problem| problem.severity == Severity::Error).count() {
                1 => "1 problem; nothing was written".to_owned(),
                count => format!("{count} problems; nothing was written"),
            }
        }
        BuildError::Empty { .. } => format!("put Markdown files into {}, or start with: faqt init", folder.display()),
        BuildError::Folder { .. } => return Failure::from(anyhow!("{error}")).and_hint(open::folder_hint(folder)),
        BuildError::Write { source, .. } => match refusal_hint(source) {
            Some(hint) => hint.to_owned(),
            None => return Failure::from(error),
        },
        _ => return Failure::from(error),
    };
    Failure::from(error).with_hint(hint)
}

/// Returns the remedy for an output that must not be replaced.
fn refusal_hint(error: &io::Error) -> Option<&'static str> {
    Some(match error.get_ref()?.downcast_ref()? {
        Refusal::NotAPack => "name another file, or replace this one with: --force",
        Refusal::Source => "name a file outside the content folder",
        _ => NAME_A_FILE,
    })
}
