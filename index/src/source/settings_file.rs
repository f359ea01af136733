//! The settings file at the top of a content folder, and those of folders within.

use std::io;
use std::path::Path;

use super::files::Files;
use super::read::{control_characters, read_text, relative_path};
use super::settings::Settings;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::problem::severity::Severity;

/// The name of the settings file at the top of a content folder.
pub(crate) const SETTINGS_FILE: &str = "faqt.toml";

/// Reads the settings of a content; none if they cannot be read, for a reason that is added. Then nobody knows what they
/// hide.
pub(crate) fn settings(files: &Files, problems: &mut Problems) -> Option<Settings> {
    if let Some(other) = misspelt_settings(files) {
        let problem = problems.error((&other, 1), Check::Settings, format!("`{SETTINGS_FILE}` in another case"));
        problem.hint(format!("rename it to `{SETTINGS_FILE}`"));
        return None;
    }
    settings_at(Path::new(SETTINGS_FILE), files, problems)
}

/// Reads the settings in the file at `path`; those of no file are the default.
pub(crate) fn settings_at(path: &Path, files: &Files, problems: &mut Problems) -> Option<Settings> {
    let name = relative_path(Path::new(""), path);
    match files.open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(Settings::default()),
        file => {
            let text = read_text(file, &name, problems)?;
            control_characters(Severity::Error, &name, &text, problems);
            Settings::parse(&name, &text, problems)
        }
    }
}

/// Returns the name of a file at the top that is called as the settings are but for the case of letters.
fn misspelt_settings(files: &Files) -> Option<String> {
    let names = files.names_at_top();
    // Some file systems ignore the case of names.
    let is_there = names.iter().any(|name| name == SETTINGS_FILE);
    names.into_iter().find(|name| !is_there && name.eq_ignore_ascii_case(SETTINGS_FILE))
}
