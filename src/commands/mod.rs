//! One file a subcommand.

mod build;
mod check;
mod completions;
mod diff;
mod eval;
#[cfg(feature = "export")]
mod export;
mod gaps;
mod helped;
mod init;
mod list;
#[cfg(feature = "cluster")]
mod load;
mod log;
mod man;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(feature = "encoder")]
mod model;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod similar;
mod stats;
mod typed;
#[cfg(feature = "ui")]
mod ui;
#[cfg(feature = "git")]
mod verified;
mod verify;

use crate::cli::arguments::{Arguments, Command};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open::cache;
use crate::output::Output;

/// Runs the command. If the cached pack of a folder turns out to be damaged, the folder is indexed again.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    match carry_out(arguments) {
        // Commands write only after everything is read, so nothing was written yet.
        Err(failure) if failure.is_of_pack() && cache::distrust() => carry_out(arguments),
        ended => ended,
    }
}

fn carry_out(arguments: &Arguments) -> Result<Exit, Failure> {
    let global = &arguments.global;
    let output = &Output::new(global);
    match &arguments.command {
        Command::Search(search) => search::run(search, global, output),
        Command::Show(show) => show::run(show, global, output),
        Command::Similar(similar) => similar::run(similar, global, output),
        Command::List(list) => list::run(list, global, output),
        Command::Build(build) => build::run(build, global, output),
        Command::Check(check) => check::run(check, global, output),
        Command::Init { folder } => init::run(folder.as_deref(), output),
        Command::Diff(diff) => diff::run(diff, global, output),
        Command::Eval(eval) => eval::run(eval, global, output),
        #[cfg(feature = "export")]
        Command::Export(export) => export::run(export, global, output),
        #[cfg(feature = "cluster")]
        Command::Load(load) => load::run(load, global, output),
        Command::Gaps(gaps) => gaps::run(gaps, global, output),
        Command::Helped { answer, id } => helped::run(*answer, id.as_deref(), global, output),
        Command::Log { forget } => log::run(*forget, global, output),
        #[cfg(feature = "git")]
        Command::Verified(verified) => verified::run(verified, global, output),
        Command::Verify { file } => verify::run(file, output),
        Command::Stats { file } => stats::run(file.as_deref(), global, output),
        #[cfg(feature = "encoder")]
        Command::Model(model) => model::run(model, output),
        #[cfg(feature = "mcp")]
        Command::Mcp => mcp::run(global),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve::run(serve, global),
        #[cfg(feature = "ui")]
        Command::Ui => ui::run(global),
        Command::Completions { shell } => completions::run(shell),
        Command::Man => man::run(),
    }
}
