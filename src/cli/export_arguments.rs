//! The arguments of `faqt export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use crate::cli::completion::candidates;

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The form to write
    #[arg(long = "to", value_name = "FORM", value_enum)]
    pub(crate) to: To,
    /// The file, or the folder of a site
    #[arg(value_name = "OUT", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) output: PathBuf,
    /// Leave vectors and tables out, 5 MB of a page: questions are answered by words alone
    #[arg(long = "no-meaning")]
    pub(crate) no_meaning: bool,
    /// The engine to put into the page [default: the one that this program was compiled with]
    #[arg(long = "engine", value_name = "FILE", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) engine: Option<PathBuf>,
    /// Replace the output even if it is no earlier export
    #[arg(long = "force")]
    pub(crate) force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum To {
    /// One HTML file with the search inside, which needs no server and no network
    Html,
    /// A folder of static pages, one for each entry
    Site,
}
