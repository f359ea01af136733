//! Runs the real binary in a cleared environment.

#![allow(dead_code, reason = "each test file uses its part")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The result of a run of the program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The text of the output stream.
    pub(crate) stdout: String,
    /// The text of the error stream.
    pub(crate) stderr: String,
    /// The exit code; none if a signal ended the program.
    pub(crate) code: Option<i32>,
}

impl Run {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Run {
        let output = command.output().expect("the program starts");
        Run {
            stdout: String::from_utf8(output.stdout).expect("the output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("the errors are UTF-8"),
            code: output.status.code(),
        }
    }

    /// Returns both streams and the exit code, for a snapshot.
    pub(crate) fn shown(&self) -> String {
        let code = self.code.map_or("signal".to_owned(), |code| code.to_string());
        format!("{}{}exit code {code}", self.stdout, self.stderr)
    }
}

/// Runs `faqt` with these arguments.
pub(crate) fn faqt<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Run {
    Run::of(&mut command(arguments))
}

/// Returns `faqt` with these arguments and a cleared environment, ready to run.
pub(crate) fn command<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_faqt"));
    command.env_clear().current_dir(root()).args(arguments);
    at_home(&mut command, Path::new(env!("CARGO_TARGET_TMPDIR")));
    command
}

/// Sets the variables that name the home and the cache of the user. Without them, packs would be cached in the home directory of
/// the user database.
pub(crate) fn at_home(command: &mut Command, folder: &Path) {
    command.env("HOME", folder).env("XDG_CACHE_HOME", folder);
    command.env("USERPROFILE", folder).env("LOCALAPPDATA", folder).env("APPDATA", folder);
}

/// Asks the built-in knowledge base and returns the id of the first entry.
#[track_caller]
pub(crate) fn first_id(query: &str) -> Option<String> {
    let run = faqt(["--format", "json", "--", query]);
    let output: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    let first = match &output["answer"] {
        serde_json::Value::Null => &output["candidates"][0],
        answer => answer,
    };
    first["id"].as_str().map(str::to_owned)
}

/// Returns the folder of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Writes a content folder into `folder` and returns its path.
pub(crate) fn content(folder: &Path, files: &[(&str, &str)]) -> PathBuf {
    let content = folder.join("content");
    for (path, text) in files {
        let file = content.join(path);
        std::fs::create_dir_all(file.parent().expect("it is in the folder")).expect("folders can be made");
        std::fs::write(file, text).expect("files can be written");
    }
    content
}
