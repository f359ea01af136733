//! Which files of a folder are content: every Markdown file that is not hidden, in the order of its path.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::problem::Problems;

/// The name of the settings file at the top of a content folder.
pub(crate) const SETTINGS_FILE: &str = "faqt.toml";

/// One Markdown file of a content folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// Where the file can be opened.
    pub(crate) file: PathBuf,
    /// Its path below the content folder, with `/` between its parts.
    pub(crate) path: String,
}

/// Lists the Markdown files below `folder`, sorted by path so that the same content gives the same order everywhere.
pub(crate) fn markdown_files(folder: &Path, problems: &mut Problems) -> Vec<SourceFile> {
    let mut files = Vec::new();
    for found in WalkDir::new(folder).into_iter().filter_entry(|found| !is_hidden(found)) {
        match found {
            Ok(found) if found.file_type().is_file() && is_markdown(found.path()) => {
                let path = relative_path(folder, found.path());
                files.push(SourceFile { file: found.into_path(), path });
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().map_or_else(String::new, |path| relative_path(folder, path));
                problems.error((&path, 1), "unreadable", describe(&error));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Returns the path of `file` below `folder`, with `/` between its parts on every system.
pub(crate) fn relative_path(folder: &Path, file: &Path) -> String {
    let below = file.strip_prefix(folder).unwrap_or(file);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn is_hidden(found: &DirEntry) -> bool {
    found.depth() > 0 && found.file_name().to_string_lossy().starts_with('.')
}

fn is_markdown(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| ["md", "markdown", "mdx"].iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn describe(error: &walkdir::Error) -> String {
    match error.io_error() {
        Some(cause) => format!("cannot be read: {cause}"),
        None => "cannot be read: the folder contains itself through a symbolic link".to_owned(),
    }
}
