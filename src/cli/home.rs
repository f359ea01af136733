//! Paths that begin with `~`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Expands `~` to the home folder, as a shell does.
pub(crate) fn at_home(path: &OsStr) -> PathBuf {
    let path = Path::new(path);
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}
