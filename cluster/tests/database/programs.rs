//! Programs that are installed, and places for them on this machine. `cluster/tests/typesense.rs` has this file, too.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Returns the path of a program, which Debian keeps beside the version of PostgreSQL.
pub(crate) fn installed(program: &str) -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders.into_iter().map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Returns the Python interpreter that has the packages of servers: that of `FAQT_SERVERS_PYTHON`, or `python3`.
pub(crate) fn python() -> Option<PathBuf> {
    std::env::var_os("FAQT_SERVERS_PYTHON").map(PathBuf::from).or_else(|| installed("python3"))
}

/// Returns a program within a package of Python.
pub(crate) fn in_python_package(package: &str, program: &str) -> Option<PathBuf> {
    let find = format!("import importlib.util as u; print(u.find_spec('{package}').submodule_search_locations[0])");
    let output = Command::new(python()?).args(["-c", &find]).output().ok()?;
    let folder = String::from_utf8(output.stdout).ok().filter(|folder| !folder.trim().is_empty())?;
    Some(Path::new(folder.trim()).join(program)).filter(|path| path.is_file())
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a port").port()
}

pub(crate) fn folder() -> TempDir {
    tempfile::Builder::new().prefix("faqt-").tempdir().expect("a folder")
}
