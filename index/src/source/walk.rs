//! The content files of a folder: every Markdown file that is not hidden, in the order of paths.
//!
//! Files that `faqt.toml` excludes, folders of packages (`node_modules`) and folders with a `CACHEDIR.TAG`, such as
//! Cargo's `target`, are left out. Symbolic links are not followed and only regular files are read, so that a walk ends
//! and stays in its folder. A skipped file that a reader would miss is reported.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::exclude::Exclude;
use super::extensions::is_markdown;
use super::files::Files;
use super::questions_file::QUESTIONS_FILE;
use super::read::{pass_over, relative_path};
use super::settings_file::{SETTINGS_FILE, settings_at};
use crate::pack::regular_file::NotRegular;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::problem::severity::Severity;

/// The name of folders of packages.
const PACKAGES: &str = "node_modules";
/// The name of the file by which a tool marks a folder as its cache.
const CACHE_TAG: &str = "CACHEDIR.TAG";

/// One file of a content folder, which may hold 1,000,000.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// Its path below the content folder, with `/` between its parts.
    pub(crate) path: String,
    /// The path as the file system has it, if it is no Unicode.
    non_utf8_path: Option<PathBuf>,
}

impl SourceFile {
    fn of(folder: &Path, file: &Path) -> SourceFile {
        let path = relative_path(folder, file);
        let below = file.strip_prefix(folder).unwrap_or(file);
        let non_utf8_path = (Path::new(&path) != below).then(|| below.to_owned());
        SourceFile { path, non_utf8_path }
    }

    /// Returns the path below the content folder by which the file can be opened.
    pub(crate) fn below(&self) -> &Path {
        self.non_utf8_path.as_deref().unwrap_or(Path::new(&self.path))
    }
}

/// The globs that the settings at the top of a folder exclude, and those of knowledge bases within it.
struct Excludes<'a> {
    top: &'a Exclude,
    /// Folders with settings of their own.
    nested: HashMap<PathBuf, Exclude>,
}

impl Excludes<'_> {
    /// Returns true if the path below the content folder is hidden.
    fn hide(&self, path: &Path) -> bool {
        let is_hidden = |folder: &Path| {
            let below = self.nested.get(folder).zip(path.strip_prefix(folder).ok());
            below.is_some_and(|(exclude, below)| exclude.set.is_match(below))
        };
        self.top.set.is_match(path) || (!self.nested.is_empty() && path.ancestors().any(is_hidden))
    }

    /// Reads the settings of a folder within; returns false if they cannot be read, because they may hide content.
    fn enter(&mut self, path: &Path, files: &Files, problems: &mut Problems) -> bool {
        match settings_at(&path.join(SETTINGS_FILE), files, problems) {
            Some(settings) if settings.exclude.globs.is_empty() => {}
            Some(settings) => drop(self.nested.insert(path.to_owned(), settings.exclude)),
            None => return false,
        }
        true
    }
}

/// Returns true if a build reads the text of a file at this path: Markdown, settings and questions. Of other files only the
/// names matter, so [`Builder::from_files`](crate::build::Builder::from_files) may get them without their texts.
///
/// ```
/// assert!(faqt::build::is_read("help/lamp.Rmarkdown") && faqt::build::is_read("faqt.toml"));
/// assert!(!faqt::build::is_read("help/lamp.png"));
/// ```
pub fn is_read(path: &str) -> bool {
    let path = Path::new(path);
    is_markdown(path) || path.file_name().is_some_and(|name| name == SETTINGS_FILE || name == QUESTIONS_FILE)
}

/// Lists the Markdown files among `files`, sorted by path so that the same content gives the same order everywhere.
pub(crate) fn markdown_files(files: &Files, exclude: &Exclude, problems: &mut Problems) -> Vec<SourceFile> {
    let mut excludes = Excludes { top: exclude, nested: HashMap::new() };
    match files {
        Files::Folder { path, .. } => {
            let mut found = below(path, files, &mut excludes, problems);
            found.sort_by(|a, b| a.path.cmp(&b.path));
            found
        }
        Files::Memory(texts) => among(texts, files, &mut excludes, problems),
    }
}

/// Lists the Markdown files below `folder`.
fn below(folder: &Path, all: &Files, excludes: &mut Excludes<'_>, problems: &mut Problems) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut walk = WalkDir::new(folder).into_iter();
    while let Some(found) = walk.next() {
        if let Ok(found) = &found
            && found.depth() > 0
            && !is_content(found, folder, all, excludes, problems)
        {
            if found.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        match found {
            Ok(found) if found.file_type().is_file() && is_markdown(found.path()) => {
                files.push(SourceFile::of(folder, found.path()));
            }
            Ok(found) if is_missed(&found) => {
                let path = relative_path(folder, found.path());
                let kind = if found.path_is_symlink() { NotRegular::Link } else { NotRegular::Other };
                pass_over(&path, kind, Severity::Warning, problems);
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().map_or_else(String::new, |path| relative_path(folder, path));
                problems.error((&path, 1), Check::Unreadable, describe(&error));
            }
        }
    }
    files
}

/// Lists the Markdown files among `texts`, whose folders are those that their paths name.
fn among(
    texts: &BTreeMap<String, String>,
    all: &Files,
    excludes: &mut Excludes<'_>,
    problems: &mut Problems,
) -> Vec<SourceFile> {
    let mut files = Vec::new();
    // For each folder, true if it is walked.
    let mut folders: BTreeMap<&str, bool> = BTreeMap::new();
    for path in texts.keys() {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut outer = path.match_indices('/').map(|(end, _)| &path[..end]);
        let is_within_content = outer.all(|folder| {
            *folders.entry(folder).or_insert_with(|| {
                let name = folder.rsplit('/').next().unwrap_or(folder);
                let is_tool_output = name == PACKAGES || texts.contains_key(&format!("{folder}/{CACHE_TAG}"));
                let is_left_out = is_hidden(name) || is_tool_output || excludes.hide(Path::new(folder));
                !is_left_out && excludes.enter(Path::new(folder), all, problems)
            })
        });
        let path = Path::new(path);
        if is_within_content && is_markdown(path) && !is_hidden(name) && !excludes.hide(path) {
            files.push(SourceFile::of(Path::new(""), path));
        }
    }
    files
}

/// Returns true if a path may be content, or may hold some.
fn is_content(
    found: &DirEntry,
    folder: &Path,
    all: &Files,
    excludes: &mut Excludes<'_>,
    problems: &mut Problems,
) -> bool {
    let path = found.path().strip_prefix(folder).unwrap_or(found.path());
    let is_left_out = is_hidden(&found.file_name().to_string_lossy()) || is_tool_output(found) || excludes.hide(path);
    !is_left_out && (!found.file_type().is_dir() || excludes.enter(path, all, problems))
}

/// Returns true if an unread path looks like content: a link to a folder, or the name of a Markdown file.
fn is_missed(found: &DirEntry) -> bool {
    let is_link_to_folder = || found.path_is_symlink() && found.path().is_dir();
    found.depth() > 0 && !found.file_type().is_dir() && (is_markdown(found.path()) || is_link_to_folder())
}

/// Returns true if the file is the table of contents of a book, which has links and nothing to read.
pub(crate) fn is_table_of_contents(path: &str, text: &str) -> bool {
    let is_item = |line: &str| {
        let item = line.trim_start_matches(['-', '*', '+', ' ', '\t']);
        item.is_empty() || line.starts_with(['#', '<']) || (item.starts_with('[') && item.ends_with(')'))
    };
    path.rsplit('/').next() == Some("SUMMARY.md") && text.lines().all(|line| is_item(line.trim()))
}

/// Returns true if a folder holds the output of a tool.
fn is_tool_output(found: &DirEntry) -> bool {
    found.file_type().is_dir() && (found.file_name() == PACKAGES || found.path().join(CACHE_TAG).is_file())
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

/// Returns true if a file of this name in a content folder would be read.
pub(crate) fn is_source(path: &Path) -> bool {
    is_markdown(path) || path.file_name().is_some_and(|name| name == SETTINGS_FILE || name == QUESTIONS_FILE)
}

fn describe(error: &walkdir::Error) -> String {
    match error.io_error() {
        Some(cause) => format!("cannot be read: {cause}"),
        None => "cannot be read: the folder contains itself through a symbolic link".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::source::exclude;

    #[test]
    fn made_hidden_and_excluded_files_are_no_content() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let files =
            ["a.md", "b/c.MDX", "b/d/e.md", "target/x.md", "node_modules/y.md", ".z/w.md", "old/f.md", "g-old.md"];
        for path in files.iter().chain(&["target/CACHEDIR.TAG", "notes.txt"]) {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("a folder");
            fs::write(file, "x").expect("a file");
        }
        let globs = ["./old/", "/*-old.md", "b/*/**"].map(str::to_owned);
        let exclude = Exclude::of(exclude::parsed(&globs).expect("sound globs")).expect("sound globs");
        let files = Files::of_folder(folder.path()).expect("a folder");
        let files = markdown_files(&files, &exclude, &mut Problems::default());
        let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "b/c.MDX"]);
        assert!(exclude::parsed(&["[".to_owned()]).is_err());
    }

    #[test]
    fn a_list_of_links_is_a_table_of_contents() {
        assert!(is_table_of_contents(
            "a/SUMMARY.md",
            "# Summary\r\n\r\n[x](x.md)\r\n- [a](a.md)\r\n  * [b]()\r\n---\r\n"
        ));
        assert!(!is_table_of_contents("SUMMARY.md", "# Summary\n\nIn short: no.\n"));
        assert!(!is_table_of_contents("a.md", "- [a](a.md)\n"));
    }
}
