//! Shell completion of commands, options and the ids of the knowledge base on the line.
//!
//! The shell runs `faqt` with a variable set that [`respond`] reads before anything else. A candidate from a pack or a
//! folder is always exactly one argument: [`shell`] quotes it for shells that insert candidates unquoted. Completion
//! indexes nothing and writes nothing to the error stream.

mod bash_line;
pub(crate) mod candidates;
mod quote;
pub(crate) mod shell;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::CommandFactory as _;
use clap_complete::engine::{self, CompletionCandidate};
use faqt::render::sanitise;

use crate::cli::arguments::Arguments;
use crate::cli::failure::Failure;
use crate::cli::home::at_home;
use crate::open::{self, FAQT_KB};
use shell::{Offer, Shell};

/// The variable that a shell sets to ask for completions.
const VARIABLE: &str = "FAQT_COMPLETE";

/// Answers a shell that asks for completions and ends the program; returns if no shell asks.
pub(crate) fn respond() {
    let Some(name) = std::env::var_os(VARIABLE).filter(|name| !name.is_empty() && name != "0") else { return };
    let words: Vec<OsString> = std::env::args_os().skip_while(|word| word != "--").skip(1).collect();
    let answer = match Shell::named(&name) {
        Some(shell) if words.is_empty() => shell.script().to_owned(),
        Some(shell) => candidates(shell, words),
        // The output goes onto a person's command line, which has no place for an error.
        None if !words.is_empty() => String::new(),
        None => {
            let failure = Failure::from(anyhow!("unknown shell `{}`", name.display()));
            let _ = failure.with_hint(format!("known: {}", Shell::names().join(", "))).print();
            std::process::exit(2);
        }
    };
    // An error means that the shell has gone.
    let _ = std::io::stdout().write_all(answer.as_bytes());
    std::process::exit(0);
}

/// Returns the candidates for the last of `words`, as the shell reads them.
fn candidates(shell: Shell, words: Vec<OsString>) -> String {
    // The message of a panic, such as by a forged pack, would appear in the middle of the command line.
    std::panic::set_hook(Box::new(|_| {}));
    let words = shell.words(words);
    let last = words.len() - 1;
    candidates::complete_ids_of(knowledge_bases(&words[..last]));
    let mut command = Arguments::command();
    let folder = std::env::current_dir().ok();
    let candidates = engine::complete(&mut command, words, last, folder.as_deref()).unwrap_or_default();
    shell.answer(&candidates.iter().filter_map(offer).collect::<Vec<_>>())
}

/// Returns the offer for a candidate; none if sanitising would change its value.
fn offer(candidate: &CompletionCandidate) -> Option<Offer> {
    let value = candidate.get_value().to_str().filter(|value| !value.is_empty() && sanitise(value) == *value)?;
    let help = candidate.get_help().map(ToString::to_string);
    let help = help.and_then(|help| help.lines().next().map(|line| sanitise(line).into_owned()));
    Some((value.to_owned(), help))
}

/// Finds the knowledge bases on the line that is being typed, which is not parsed yet.
fn knowledge_bases(line: &[OsString]) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut words = line.iter().take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        if word == "--kb" {
            paths.extend(words.next().map(|path| at_home(path)));
        } else if let Some(path) = word.to_str().and_then(|word| word.strip_prefix("--kb=")) {
            paths.push(PathBuf::from(path));
        }
    }
    if paths.is_empty() {
        paths = std::env::var_os(FAQT_KB).map_or_else(Vec::new, |list| open::paths_in(&list));
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_knowledge_bases_are_those_on_the_line() {
        let on = |line: &str| knowledge_bases(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(on("faqt --kb a.faqt show"), [PathBuf::from("a.faqt")]);
        assert_eq!(on("faqt show --kb=b t --kb c"), [PathBuf::from("b"), PathBuf::from("c")]);
        assert_eq!(on("faqt -- --kb=b"), Vec::<PathBuf>::new());
    }

    #[test]
    fn shells_are_known_by_name_and_path() {
        assert_eq!(Shell::named("/usr/bin/fish".as_ref()), Some(Shell::Fish));
        assert_eq!(Shell::named("pwsh".as_ref()), Some(Shell::Power));
        assert_eq!(Shell::named("sh".as_ref()), None);
    }

    #[test]
    fn content_offers_no_options_and_nothing_invisible() {
        assert!(!candidates::is_argument(&CompletionCandidate::new("--kb=x")));
        for value in ["a\nb", "a\u{202e}b", "a\tb", ""] {
            assert_eq!(offer(&CompletionCandidate::new(value)), None);
        }
    }
}
