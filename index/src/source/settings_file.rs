//! The settings file at the top of a content folder, and those of folders within.

use std::io;
use std::path::Path;

use super::read::{read_text, relative_path};
use super::settings::Settings;
use crate::pack::regular_file::Folder;
use crate::problem::Problems;

/// The name of the settings file at the top of a content folder.
pub(crate) const SETTINGS_FILE: &str = "faqt.toml";

/// Reads the settings of the content in `folder`, which is `opened`. If they cannot be read, adds the reason to
/// `problems` and returns `None`, because they may hide content.
pub(crate) fn settings(folder: &Path, opened: &Folder, problems: &mut Problems) -> Option<Settings> {
    if let Some(other) = misspelt_settings(folder) {
        let problem = problems.error((&other, 1), "settings", format!("`{SETTINGS_FILE}` in another case"));
        problem.hint(format!("rename it to `{SETTINGS_FILE}`"));
        return None;
    }
    settings_at(Path::new(SETTINGS_FILE), opened, problems)
}

/// Reads the settings in the file at `path` below the folder `opened`; without a file, the settings are the default.
pub(crate) fn settings_at(path: &Path, opened: &Folder, problems: &mut Problems) -> Option<Settings> {
    let name = relative_path(Path::new(""), path);
    match opened.file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(Settings::default()),
        file => Settings::parse(&name, &read_text(file, &name, problems)?, problems),
    }
}

/// Returns the name of a file at the top of `folder` that differs from [`SETTINGS_FILE`] only in case.
pub(crate) fn misspelt_settings(folder: &Path) -> Option<String> {
    let files = std::fs::read_dir(folder).ok()?.flatten();
    let names: Vec<String> = files.filter_map(|file| file.file_name().into_string().ok()).collect();
    // Some file systems ignore the case of names.
    let is_there = names.iter().any(|name| name == SETTINGS_FILE);
    names.into_iter().find(|name| !is_there && name.eq_ignore_ascii_case(SETTINGS_FILE))
}
