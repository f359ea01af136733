//! A program, and how much of it entries cover.

use serde::Serialize;

#[cfg(feature = "clap")]
use super::clap_command;
use super::help_text;
use super::item::{Item, ItemKind};

/// A program, by what it can be told and what it says.
///
/// # Examples
///
/// ```
/// use faqt::coverage::Program;
///
/// let help = "Usage: lamp [OPTIONS]\n\nOptions:\n  -l, --loud   Hum while it burns\n  -h, --help   Print help\n";
/// let program = Program::from_help("help/lamp.txt", help);
/// let checked = faqt::build::Builder::from_files("help", [("loud.md", "# What does --loud do?\n\nIt hums.\n")])
///     .covering(program)
///     .check()?;
/// assert_eq!(checked.coverage[0].program, "lamp");
/// assert_eq!((checked.coverage[0].found, checked.coverage[0].missing.len()), (1, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub(super) name: String,
    /// The file that it was read from, for problems.
    pub(super) path: Option<String>,
    pub(super) items: Vec<Item>,
}

/// The coverage of a program: of its commands, flags and codes, how many have an entry, and how many of these are found.
///
/// # Examples
///
/// ```
/// use faqt::coverage::Program;
///
/// let files = [("lamp.md", "# How do I mend E7?\n\nWait.\n")];
/// let program = Program::from_codes("lamp", ["E7", "E8"]);
/// let checked = faqt::build::Builder::from_files("help", files).covering(program).check()?;
/// let coverage = &checked.coverage[0];
/// assert_eq!((coverage.items, coverage.covered, coverage.found), (2, 1, 1));
/// assert_eq!(coverage.missing, ["E8"]);
/// assert_eq!(checked.problems[0].check.name(), "uncovered");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Coverage {
    /// The name of the program.
    pub program: String,
    /// The number of its commands, flags and codes.
    pub items: usize,
    /// The number of those that an entry names.
    pub covered: usize,
    /// The number of those whose entry comes first, by the name and by the help sentence.
    pub found: usize,
    /// Those that an entry names, and that find another entry first.
    pub shadowed: Vec<String>,
    /// Those that no entry names.
    pub missing: Vec<String>,
}

impl Program {
    /// Reads the text of `--help`: of clap, argparse, click, cobra and programs that write alike. `path` is shown in
    /// problems, and the name is that behind `Usage:`.
    ///
    /// The flags for the help and the version are left out.
    ///
    /// # Examples
    ///
    /// ```
    /// use faqt::coverage::Program;
    ///
    /// let program = Program::from_help("lamp.txt", "usage: lamp [-l]\n\noptions:\n  -l, --loud  hum\n");
    /// assert_eq!((program.name(), program.items()), ("lamp", 1));
    /// ```
    pub fn from_help(path: impl Into<String>, text: &str) -> Program {
        let (name, items) = help_text::read(text);
        Program { name, path: Some(path.into()), items }
    }

    /// Takes a list of codes.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(faqt::coverage::Program::from_codes("lamp", ["E1042"]).items(), 1);
    /// ```
    pub fn from_codes<C: Into<String>>(name: impl Into<String>, codes: impl IntoIterator<Item = C>) -> Program {
        let name = name.into();
        let code =
            |code: C| Item { kind: ItemKind::Code, command: name.clone(), name: code.into(), sentence: None, line: 1 };
        let items = codes.into_iter().map(code).collect();
        Program { name, path: None, items }
    }

    /// Takes the commands and the flags of a clap command, without hidden ones and those for the help and the version.
    ///
    /// # Examples
    ///
    /// ```
    /// let command = clap::Command::new("lamp")
    ///     .arg(clap::Arg::new("loud").long("loud").help("Hum while it burns"))
    ///     .subcommand(clap::Command::new("reset").about("Start again"));
    /// assert_eq!(faqt::coverage::Program::from_command(&command).items(), 2);
    /// ```
    #[cfg(feature = "clap")]
    pub fn from_command(command: &clap::Command) -> Program {
        let (name, items) = clap_command::read(command);
        Program { name, path: None, items }
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the number of commands, flags and codes.
    pub fn items(&self) -> usize {
        self.items.len()
    }
}
