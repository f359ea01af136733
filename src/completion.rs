//! What a shell completes: commands and options, and the ids of the knowledge base that is asked.
//!
//! The shell runs `faqt` itself for it, with a variable set that [`respond`] looks at before anything else.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::PathBuf;

use clap::CommandFactory as _;
use clap_complete::CompleteEnv;
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::{EnvCompleter, Shells};

use crate::arguments::Arguments;
use crate::knowledge;

/// The variable that a shell sets when it asks.
const VARIABLE: &str = "FAQT_COMPLETE";
/// More ids than this are no help to choose from.
const IDS_MAX: usize = 200;

/// Answers a shell that asks for completions, and ends the program; does nothing if none asks.
pub(crate) fn respond() {
    CompleteEnv::with_factory(Arguments::command).var(VARIABLE).complete();
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
    kb.complete_id(typed, IDS_MAX).unwrap_or_default().into_iter().map(CompletionCandidate::new).collect()
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
    std::env::var_os("FAQT_KB").map(PathBuf::from)
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
