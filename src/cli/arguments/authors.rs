//! The arguments of the commands for authors: building, checking, comparing and measuring.

#[cfg(feature = "git")]
use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use crate::cli::completion::candidates;
use crate::cli::values::{Accepted, accepted};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Build {
    /// The folder of Markdown
    #[arg(value_name = "CONTENT", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) content: PathBuf,
    /// The pack to write
    #[arg(short = 'o', long = "output", value_name = "FILE", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) output: PathBuf,
    /// Replace the output even if it is not a pack
    #[arg(long = "force")]
    pub(crate) force: bool,
    /// Take every warning for an error
    #[arg(long = "strict")]
    pub(crate) strict: bool,
    /// Do not ask the pack whether each entry is found by its own question and aliases
    #[arg(long = "unchecked")]
    pub(crate) unchecked: bool,
    /// Put the tables of word vectors into the pack (5 MB), for programs that are built without them
    #[cfg(feature = "meaning")]
    #[arg(long = "standalone")]
    pub(crate) standalone: bool,
    /// Build again whenever the folder changes
    #[arg(long = "watch")]
    pub(crate) watch: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The folder of Markdown [default: that of --kb, or content, or else this folder]
    #[arg(value_name = "CONTENT", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) content: Option<PathBuf>,
    /// Take every warning for an error
    #[arg(long = "strict")]
    pub(crate) strict: bool,
    /// Report golden questions that only quote a title or an alias
    #[arg(long = "paraphrase")]
    pub(crate) paraphrase: bool,
    /// Compare the entries with the commands and flags of this file, which holds the output of a program's --help
    #[arg(long = "help-text", value_name = "FILE", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) help_texts: Vec<PathBuf>,
    /// Write the problems into this file as a page for a browser, too
    #[cfg(feature = "report")]
    #[arg(long = "html", value_name = "FILE", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) html: Option<PathBuf>,
    /// Print the problems for another program
    #[arg(long = "report", value_name = "FORMAT", value_enum, conflicts_with = "format")]
    pub(crate) report: Option<Report>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Report {
    /// SARIF 2.1.0, which code hosts show beside the lines
    Sarif,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 nothing got worse, 1 something did, 2 error")]
pub(crate) struct Diff {
    /// The state before: a pack, a folder, or a folder of a git revision, such as main:help
    #[arg(value_name = "OLD", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) old: PathBuf,
    /// The state now: the same
    #[arg(value_name = "NEW", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) new: PathBuf,
    /// Ask the questions of this file, too: a log, a query file, or plain lines; - is the input
    #[arg(long = "questions", value_name = "FILE", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) questions: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// A file with one question a line: {"query": "...", "expect": ["id", ...]}; none expected where none covers it
    /// [default: the questions of the knowledge base]
    #[arg(value_name = "QUERIES", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) queries: Option<PathBuf>,
    /// List the questions that failed, with what stood before the expected entry
    #[arg(long = "misses")]
    pub(crate) misses: bool,
    /// Write what was asked, found and missed into this file as a page for a browser, too
    #[cfg(feature = "report")]
    #[arg(long = "html", value_name = "FILE", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) html: Option<PathBuf>,
    /// Write the first hit of each question into this file, with what its confidence was computed from, as JSON lines
    #[arg(long = "features", value_name = "FILE", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) features: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Gaps {
    /// The log [default: that of --log or of the configuration]
    #[arg(value_name = "LOG", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) file: Option<PathBuf>,
    /// Maximum number of groups of questions
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) limit: u16,
    /// Group questions that are answered, too
    #[arg(long = "all", conflicts_with = "apply")]
    pub(crate) all: bool,
    /// Write proved suggestions into the folder, each after a question on a terminal
    #[arg(long = "apply")]
    pub(crate) apply: bool,
    /// The groups whose suggestions are written without a question: all, or numbers such as 1,3
    #[arg(long = "accept", value_name = "GROUPS", requires = "apply", value_parser = accepted)]
    pub(crate) accept: Option<Accepted>,
}

#[cfg(feature = "git")]
#[derive(Debug, Args)]
pub(crate) struct Verified {
    /// The entry's id, as `faqt list` gives it; its front matter has `covers`
    #[arg(value_name = "ID", add = ArgValueCompleter::new(candidates::ids))]
    pub(crate) id: OsString,
    /// The state of the files that it agrees with: a commit, a tag or a date [default: the latest commit]
    #[arg(long = "at", value_name = "REVISION")]
    pub(crate) at: Option<String>,
}
