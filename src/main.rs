//! `faqt`: ask in your own words, get the answer and the procedures it points to.
//!
//! `arguments` says what may be typed, each file of `commands` carries one subcommand out, and `output` is the one
//! place that writes. What goes wrong comes back here and becomes an `error:` line and an exit code.

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
            // Nobody is left to tell if the error stream is closed, too.
            let _ = failure.print();
            Exit::Error.into()
        }
    }
}
