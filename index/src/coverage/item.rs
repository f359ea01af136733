//! A command, a flag or a code of a program.

use crate::model::names::named;

/// A command, a flag or a code of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) kind: ItemKind,
    /// The command that has it, such as `lamp switch`; the program itself for codes.
    pub(super) command: String,
    /// A flag or a code as it is typed; the last word of a command.
    pub(super) name: String,
    /// The first sentence that the help has of it.
    pub(super) sentence: Option<String>,
    pub(super) line: u32,
}

/// The kind of a thing that a program can say.
///
/// # Examples
///
/// ```
/// use faqt::coverage::ItemKind;
///
/// assert_eq!(ItemKind::Flag.to_string(), "flag");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ItemKind {
    /// A command of a program, such as `lamp switch`.
    Command,
    /// A flag, such as `--loud`.
    Flag,
    /// A code that a message has, such as `E1042`.
    Code,
}

named!(ItemKind, "kind": Command = "command", Flag = "flag", Code = "code");

impl Item {
    /// Returns the name as a reader would type it: `lamp switch --loud`.
    pub(super) fn typed(&self) -> String {
        match self.kind {
            ItemKind::Command => self.command.clone(),
            ItemKind::Flag => format!("{} {}", self.command, self.name),
            ItemKind::Code => self.name.clone(),
        }
    }
}

/// Returns true for a flag or a command that every program has.
pub(super) fn is_of_every_program(name: &str) -> bool {
    matches!(name, "--help" | "-h" | "--version" | "-V" | "help")
}

/// Returns the first sentence of a text, without a full stop and without the values that clap adds in brackets.
pub(super) fn first_sentence(text: &str) -> Option<String> {
    let text = text.split(" [").next().unwrap_or(text).trim();
    let end = text.find(". ").or_else(|| text.find('\n')).unwrap_or(text.len());
    let sentence = text[..end].trim().trim_end_matches('.');
    (!sentence.is_empty()).then(|| sentence.to_owned())
}
