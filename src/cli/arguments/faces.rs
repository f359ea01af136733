//! The arguments of the faces: `faqt export` and `faqt serve`.

#[cfg(feature = "cluster")]
use std::ffi::OsString;
#[cfg(feature = "export")]
use std::path::PathBuf;

use clap::Args;
#[cfg(feature = "export")]
use clap::ValueEnum;
#[cfg(feature = "export")]
use clap_complete::engine::ArgValueCompleter;

#[cfg(feature = "export")]
use crate::cli::completion::candidates;

#[cfg(feature = "export")]
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The form to write
    #[arg(long = "to", value_name = "FORM", value_enum)]
    pub(crate) to: To,
    /// The file, or the folder of a site, of rows or of documents
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

#[cfg(feature = "export")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum To {
    /// One HTML file with the search inside, which needs no server and no network
    Html,
    /// A folder of static pages, one for each entry
    Site,
    /// A folder of rows for a database, with the planning pack: docs/databases.md
    #[cfg(feature = "cluster")]
    Sql,
    /// A folder of documents for Elasticsearch and OpenSearch, as lines for `_bulk`: docs/databases.md
    #[cfg(feature = "cluster")]
    Elasticsearch,
    /// A folder of documents for Typesense, as lines for its import: docs/databases.md
    #[cfg(feature = "cluster")]
    Typesense,
}

// No doc comment: it would stand in the place of the command's.
#[cfg(feature = "cluster")]
#[derive(Debug, Args)]
pub(crate) struct Load {
    /// The database: `postgres://USER:PASSWORD@HOST/DATABASE?name=NAME`, `clickhouse://…` or `elasticsearch://…`
    #[arg(value_name = "URL")]
    pub(crate) url: OsString,
    /// The pack, the folder of Markdown or the folder of rows [default: that of --kb, or the built-in FAQ]
    #[arg(value_name = "SOURCE", add = ArgValueCompleter::new(candidates::paths))]
    pub(crate) source: Option<PathBuf>,
    /// Drop all generations but the new one and the N before it [default: drop none]
    #[arg(long = "keep", value_name = "N")]
    pub(crate) keep: Option<usize>,
}

// No doc comment: it would stand in the place of the command's.
#[cfg(feature = "serve")]
#[derive(Debug, Args)]
#[command(after_help = "The address is printed once it can be opened. End with Ctrl-C.")]
pub(crate) struct Serve {
    /// The address to listen on; port 0 is a free one
    #[arg(long = "listen", value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) listen: String,
    /// A name by which readers reach this machine, besides localhost and its addresses; may be repeated
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,
    /// Open a knowledge base again when its files change
    #[arg(long = "watch")]
    pub(crate) watch: bool,
    /// Open the page in the browser
    #[arg(long = "open")]
    pub(crate) open: bool,
    /// Write a line for each request to the error stream, without questions
    #[arg(long = "access-log")]
    pub(crate) access_log: bool,
}
