//! `faqt check`: reports every problem of a content folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use faqt::build::{Builder, Severity};
use faqt::coverage::Program;

use super::build::explain;
use crate::cli::arguments::Global;
use crate::cli::arguments::authors::Check;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
#[cfg(feature = "git")]
use crate::freshness;
use crate::open::{self, encoders::Chosen};
use crate::output::Output;
use crate::progress::Bar;
#[cfg(feature = "report")]
use crate::report;

/// The folder that is checked if none is named and this one exists.
const CONTENT: &str = "content";

pub(super) fn run(arguments: &Check, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let folder = match &arguments.content {
        Some(content) => content.clone(),
        None => named(global)?.unwrap_or_else(default_folder),
    };
    let bar = Bar::new();
    let mut builder = Builder::new(&folder).strict(arguments.strict).quotes(arguments.paraphrase);
    for file in &arguments.help_texts {
        builder = builder.covering(program(file)?);
    }
    let checked = bar.follow(Chosen::by_settings(with_history(builder, &folder), Path::new(""))).check();
    drop(bar);
    let checked = checked.map_err(|error| explain(error, &folder))?;
    #[cfg(feature = "report")]
    if let Some(file) = &arguments.html {
        report::write(file, &report::problems(&folder, &checked))?;
    }
    match arguments.report {
        Some(report) => output.problems(&folder, &checked, report)?,
        None => output.checked(&folder, &checked)?,
    }
    let is_clean = checked.problems.iter().all(|problem| problem.severity != Severity::Error);
    Ok(if is_clean { Exit::Success } else { Exit::NotAnswered })
}

/// Lets the builder compare entries with the history of git.
#[cfg(feature = "git")]
fn with_history(builder: Builder, folder: &Path) -> Builder {
    let (of_entries, of_translations) = (folder.to_owned(), folder.to_owned());
    builder
        .freshness(move |covered| freshness::problems(&of_entries, covered))
        .translations(move |translations| freshness::outdated(&of_translations, translations))
}

/// Lets the builder say once that this program reads no history.
#[cfg(not(feature = "git"))]
fn with_history(builder: Builder, _: &Path) -> Builder {
    use faqt::build::{Check, FreshnessProblem};
    let cannot = |check: Check, path: &str, line: u32, what: &str| {
        let message = format!("{what}: this program was built without the feature `git`");
        let hint = format!("check with a program that has it, or set `{check}` to \"off\"");
        vec![FreshnessProblem::new(check, path, line, message).with_hint(hint)]
    };
    builder
        .freshness(move |covered| {
            let first = &covered[0];
            cannot(Check::Covers, &first.path, first.line, "the files that entries cover cannot be looked up")
        })
        .translations(move |translations| {
            let first = &translations[0];
            let said = "translations cannot be compared with their sources";
            cannot(Check::OutdatedTranslation, &first.path, first.line, said)
        })
}

/// Reads a file that holds the output of a program's `--help`.
fn program(file: &Path) -> Result<Program, Failure> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let program = Program::from_help(file.display().to_string(), &text);
    if program.items() == 0 {
        return Err(Failure::from(anyhow!("{} lists no commands and no flags", file.display()))
            .with_hint("write the output of the program's --help into it"));
    }
    Ok(program)
}

/// Returns the folder that `--kb` or the environment names. Packs that the environment names, and lists, are for
/// questions.
fn named(global: &Global) -> Result<Option<PathBuf>, Failure> {
    match global.kb.as_slice() {
        [folder] if folder.is_dir() => Ok(Some(folder.clone())),
        kbs if open::are_of_environment(kbs) => Ok(None),
        [] => Ok(None),
        [pack] => Ok(Some(pack.clone())),
        _ => Err(Failure::from(anyhow!("`faqt check` checks one folder, and --kb names several"))
            .with_hint("name the folder: faqt check CONTENT")),
    }
}

pub(super) fn default_folder() -> PathBuf {
    let content = Path::new(CONTENT);
    if content.is_dir() { content.to_owned() } else { PathBuf::from(".") }
}
