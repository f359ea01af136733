//! What a shell completes: commands and options, and the ids of the knowledge base that is asked.
//!
//! The shell runs `faqt` itself for it, with a variable set that [`respond`] looks at before anything else.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::PathBuf;

use clap::CommandFactory as _;
use clap_complete::CompleteEnv;
use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter as _};
use clap_complete::env::{EnvCompleter, Shells};
use faqt::render::sanitise;

use crate::arguments::{Arguments, FAQT_KB};
use crate::failure;
use crate::knowledge;

/// The variable that a shell sets when it asks.
const VARIABLE: &str = "FAQT_COMPLETE";
/// More ids than this are no help to choose from.
const IDS_MAX: usize = 200;

/// Answers a shell that asks for completions, and ends the program; does nothing if none asks.
pub(crate) fn respond() {
    let folder = std::env::current_dir().ok();
    let shells = CompleteEnv::with_factory(Arguments::command).var(VARIABLE);
    match shells.try_complete(std::env::args_os(), folder.as_deref()) {
        Ok(false) => {}
        Ok(true) => std::process::exit(0),
        Err(error) => failure::end_with(&error),
    }
}

/// Returns the names of the shells that are known.
pub(crate) fn shells() -> Vec<&'static str> {
    Shells::builtins().names().collect()
}

/// Writes what the shell of this name has to run to ask `faqt` for completions.
pub(crate) fn write_script(shell: &str, script: &mut dyn Write) -> std::io::Result<()> {
    let shells = Shells::builtins();
    let completer: &dyn EnvCompleter = shells.completer(shell).expect("the arguments admit known shells only");
    completer.write_registration(VARIABLE, "faqt", "faqt", "faqt", script)
}

/// Returns the ids that begin with what was typed.
pub(crate) fn ids(typed: &OsStr) -> Vec<CompletionCandidate> {
    // A shell shows candidates or nothing: there is no place for an error.
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let Ok(kb) = knowledge::open(knowledge_base(std::env::args_os()).as_deref()) else { return Vec::new() };
    let ids = kb.complete_id(typed, IDS_MAX).unwrap_or_default().into_iter();
    ids.map(CompletionCandidate::new).filter(is_harmless).collect()
}

/// Returns the files and folders that begin with what was typed.
pub(crate) fn paths(typed: &OsStr) -> Vec<CompletionCandidate> {
    PathCompleter::any().complete(typed).into_iter().filter(is_harmless).collect()
}

/// Whether a shell may show a candidate. One that would have to be changed for that is none: it would name nothing.
fn is_harmless(candidate: &CompletionCandidate) -> bool {
    candidate.get_value().to_str().is_some_and(|value| sanitise(value) == value)
}

/// Finds the knowledge base on the line that is being typed, which is not parsed yet.
fn knowledge_base(line: impl Iterator<Item = OsString>) -> Option<PathBuf> {
    let mut words = line;
    while let Some(word) = words.next() {
        if word == "--kb" {
            return words.next().map(PathBuf::from);
        }
        if let Some(path) = word.to_str().and_then(|word| word.strip_prefix("--kb=")) {
            return Some(PathBuf::from(path));
        }
    }
    std::env::var_os(FAQT_KB).filter(|path| !path.is_empty()).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_knowledge_base_is_the_one_on_the_line() {
        let on = |line: &str| knowledge_base(line.split(' ').map(OsString::from));
        assert_eq!(on("faqt -- faqt --kb a.faqt show t"), Some("a.faqt".into()));
        assert_eq!(on("faqt -- faqt show --kb=b t"), Some("b".into()));
    }
}
