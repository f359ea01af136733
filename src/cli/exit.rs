//! Exit codes.

use std::process::ExitCode;

/// The result of a run, as an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The question was answered, or the command succeeded.
    Success,
    /// The question was not answered: the search was unsure, or nothing covers it. Or a check found problems.
    NotAnswered,
    /// Something is wrong with the arguments, the files or the content.
    Error,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Success => 0,
            Exit::NotAnswered => 1,
            Exit::Error => 2,
        })
    }
}
