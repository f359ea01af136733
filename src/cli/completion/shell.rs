//! The supported shells: the script, the request and the format of the answer of each.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::path::Path;

use super::bash_line::BashLine;
use super::quote;

/// The variable with the line up to the cursor, for shells that do not pass words.
const LINE: &str = "_FAQT_LINE";
/// The variable with the part of the line that Bash replaces.
const TYPED: &str = "_FAQT_TYPED";

/// A supported shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shell {
    Bash,
    Elvish,
    Fish,
    /// PowerShell.
    Power,
    Zsh,
}

/// A value that is safe to show, with an optional description.
pub(super) type Offer = (String, Option<String>);

impl Shell {
    /// Every shell, sorted by name.
    const ALL: [Shell; 5] = [Shell::Bash, Shell::Elvish, Shell::Fish, Shell::Power, Shell::Zsh];

    /// Returns the names of all shells.
    pub(crate) fn names() -> [&'static str; 5] {
        Shell::ALL.map(Shell::name)
    }

    /// Returns the shell for a name or a path of its program.
    pub(crate) fn named(name: &OsStr) -> Option<Shell> {
        let name = Path::new(name).file_stem()?;
        if name == "pwsh" {
            return Some(Shell::Power);
        }
        Shell::ALL.into_iter().find(|shell| name == shell.name())
    }

    fn name(self) -> &'static str {
        match self {
            Shell::Bash => "bash",
            Shell::Elvish => "elvish",
            Shell::Fish => "fish",
            Shell::Power => "powershell",
            Shell::Zsh => "zsh",
        }
    }

    /// Returns the script by which the shell asks `faqt` for candidates.
    pub(crate) fn script(self) -> &'static str {
        match self {
            Shell::Bash => include_str!("scripts/faqt.bash"),
            Shell::Elvish => include_str!("scripts/faqt.elv"),
            Shell::Fish => include_str!("scripts/faqt.fish"),
            Shell::Power => include_str!("scripts/faqt.ps1"),
            Shell::Zsh => include_str!("scripts/faqt.zsh"),
        }
    }

    /// Returns the words of the line up to the cursor: those of the environment, else `words`, the arguments.
    pub(super) fn words(self, words: Vec<OsString>) -> Vec<OsString> {
        match (self, std::env::var(LINE)) {
            (Shell::Bash, Ok(line)) => BashLine::of(&line).words().into_iter().map(OsString::from).collect(),
            (Shell::Power, Ok(line)) => line.split('\n').map(OsString::from).collect(),
            _ => words,
        }
    }

    /// Formats the offers, one a line, as the script of the shell reads them.
    pub(super) fn answer(self, offers: &[Offer]) -> String {
        let mut answer = String::new();
        let bash = (self == Shell::Bash).then(BashRequest::read);
        for (value, help) in offers {
            let help = help.as_deref().unwrap_or_default();
            let _ = match self {
                Shell::Bash => match bash.as_ref().and_then(|bash| bash.replacement(value)) {
                    Some(replacement) => writeln!(answer, "{replacement}"),
                    None => Ok(()),
                },
                Shell::Elvish => writeln!(answer, "{value}"),
                Shell::Power => writeln!(answer, "{}\t{value}\t{help}", quote::powershell(value)),
                Shell::Fish | Shell::Zsh if help.is_empty() => writeln!(answer, "{value}"),
                Shell::Fish | Shell::Zsh => writeln!(answer, "{value}\t{help}"),
            };
        }
        answer
    }
}

/// A request of Bash: a line and its end that is replaced; none from scripts of former versions, which pass words.
struct BashRequest(Option<(BashLine, String)>);

impl BashRequest {
    fn read() -> BashRequest {
        let line = std::env::var(LINE).ok().map(|line| BashLine::of(&line));
        BashRequest(line.zip(std::env::var(TYPED).ok()))
    }

    fn replacement(&self, value: &str) -> Option<String> {
        match &self.0 {
            Some((line, typed)) => line.replacement(typed, value),
            None => quote::bash(value, quote::Quotes::None),
        }
    }
}
