//! `faqt`: ask in your own words, get the answer and the procedures it points to.
//!
//! `arguments` parses the command line, each file of `commands` runs one subcommand, and `output` writes. Errors return
//! to `main`, which turns them into an `error:` line and an exit code.

mod arguments;
mod cache;
mod commands;
mod completion;
mod evaluation;
mod exit;
mod failure;
mod knowledge;
mod output;
mod progress;
mod shell_word;

use std::process::ExitCode;

use arguments::Arguments;
use exit::Exit;

fn main() -> ExitCode {
    completion::respond();
    let arguments = Arguments::read(std::env::args_os());
    match commands::run(&arguments) {
        Ok(exit) => exit.into(),
        Err(failure) if failure.is_closed_pipe() => Exit::Answered.into(),
        Err(failure) => {
            // An error of the error stream cannot be reported.
            let _ = failure.print();
            Exit::Error.into()
        }
    }
}
