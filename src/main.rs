//! `faqt`: ask in your own words, get the answer and the procedures it points to.
//!
//! `cli` parses the command line, `open` opens the knowledge base, each file of `commands` runs one subcommand, and
//! `output` writes. Errors return to `main`, which turns them into an `error:` line and an exit code.

mod cli;
mod commands;
#[cfg(feature = "export")]
mod export;
#[cfg(feature = "git")]
mod freshness;
mod log;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(feature = "encoder")]
mod models;
mod open;
mod output;
mod private;
mod progress;
#[cfg(feature = "report")]
mod report;
#[cfg(feature = "serve")]
mod serve;
#[cfg(any(feature = "mcp", feature = "serve"))]
mod stopped;
#[cfg(feature = "ui")]
mod ui;

use std::process::ExitCode;

use clap::CommandFactory as _;
use cli::arguments::Arguments;
use cli::completion;
use cli::exit::Exit;
use cli::failure::Failure;
use cli::intent;

fn main() -> ExitCode {
    completion::respond();
    match Arguments::read(std::env::args_os()).and_then(|arguments| run(&arguments)) {
        Ok(exit) => exit.into(),
        Err(failure) if failure.is_closed_pipe() => Exit::Success.into(),
        Err(failure) => {
            // An error of the error stream cannot be reported.
            let _ = failure.print();
            Exit::Error.into()
        }
    }
}

fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    commands::run(arguments).map_err(|failure| {
        let typed: Vec<_> = std::env::args_os().collect();
        failure.and_hint(intent::hint(&typed, &Arguments::command()))
    })
}
