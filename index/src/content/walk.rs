//! Which files of a folder are content: every Markdown file that is not hidden, in the order of its path.
//!
//! Left out are the globs that `faqt.toml` excludes, folders of packages (`node_modules`) and folders that their maker
//! marked as a cache, as Cargo marks `target`. Symbolic links are not followed, and nothing is read that is no regular
//! file: a folder means what lies in it, and reading it ends. Where a reader would miss what was passed over, it is said.

use std::fs::FileType;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Deserializer, de};
use walkdir::{DirEntry, WalkDir};

use super::problem::{Problems, Severity};

/// The name of the settings file at the top of a content folder.
pub(crate) const SETTINGS_FILE: &str = "faqt.toml";

/// One file of a content folder. There may be a million.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// Its path below the content folder, with `/` between its parts.
    pub(crate) path: String,
    /// Where it can be opened, if its path does not say: a name may be no Unicode.
    odd: Option<PathBuf>,
}

impl SourceFile {
    fn of(folder: &Path, file: &Path) -> SourceFile {
        let path = relative_path(folder, file);
        let odd = (folder.join(&path) != file).then(|| file.to_owned());
        SourceFile { path, odd }
    }

    /// Returns where the file can be opened, which is below `folder`.
    pub(crate) fn file(&self, folder: &Path) -> PathBuf {
        self.odd.clone().unwrap_or_else(|| folder.join(&self.path))
    }
}

/// The globs of what is no content.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exclude {
    globs: Vec<Glob>,
    set: GlobSet,
}

impl PartialEq for Exclude {
    fn eq(&self, other: &Exclude) -> bool {
        self.globs == other.globs
    }
}

impl Eq for Exclude {}

impl Exclude {
    fn of(globs: &[String]) -> Result<Exclude, globset::Error> {
        let compiled = |glob: &String| GlobBuilder::new(glob.trim_end_matches('/')).literal_separator(true).build();
        let globs: Vec<Glob> = globs.iter().map(compiled).collect::<Result<_, _>>()?;
        let mut set = GlobSetBuilder::new();
        for glob in &globs {
            set.add(glob.clone());
        }
        Ok(Exclude { set: set.build()?, globs })
    }
}

impl<'de> Deserialize<'de> for Exclude {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Exclude, D::Error> {
        Exclude::of(&Vec::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// Lists the Markdown files below `folder`, sorted by path so that the same content gives the same order everywhere.
pub(crate) fn markdown_files(folder: &Path, exclude: &Exclude, problems: &mut Problems) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let is_content = |found: &DirEntry| {
        found.depth() == 0
            || !(is_hidden(found) || is_made(found) || exclude.set.is_match(relative_path(folder, found.path())))
    };
    for found in WalkDir::new(folder).into_iter().filter_entry(is_content) {
        match found {
            Ok(found) if found.file_type().is_file() && is_markdown(found.path()) => {
                files.push(SourceFile::of(folder, found.path()));
            }
            Ok(found) if is_missed(&found) => {
                let path = relative_path(folder, found.path());
                pass_over(&path, found.file_type(), Severity::Warning, problems);
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

/// Whether somebody could take for content what is not read: a link to a folder, or by its name a Markdown file.
fn is_missed(found: &DirEntry) -> bool {
    let is_link_to_folder = || found.path_is_symlink() && found.path().is_dir();
    found.depth() > 0 && !found.file_type().is_dir() && (is_markdown(found.path()) || is_link_to_folder())
}

/// Reports what is no regular file.
fn pass_over(path: &str, kind: FileType, severity: Severity, problems: &mut Problems) {
    let (message, hint) = if kind.is_symlink() {
        ("a symbolic link, which is not followed", "put the file itself into the folder")
    } else {
        ("not a regular file", "put a file in its place")
    };
    problems.push(severity, (path, 1), "not-a-file", message.to_owned()).hint(hint);
}

/// Returns the settings file of `folder`, if there is one that can be read.
pub(crate) fn settings_file(folder: &Path, problems: &mut Problems) -> Option<SourceFile> {
    let file = folder.join(SETTINGS_FILE);
    let kind = file.symlink_metadata().ok()?.file_type();
    if !kind.is_file() {
        pass_over(SETTINGS_FILE, kind, Severity::Error, problems);
        return None;
    }
    Some(SourceFile::of(folder, &file))
}

/// Returns the path of `file` below `folder`, with `/` between its parts on every system.
pub(crate) fn relative_path(folder: &Path, file: &Path) -> String {
    let below = file.strip_prefix(folder).unwrap_or(file);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Whether the file is the table of contents of a book, which has links and nothing to read.
pub(crate) fn is_table_of_contents(path: &str, text: &str) -> bool {
    let is_item = |line: &str| {
        let item = line.trim_start_matches(['-', '*', '+', ' ', '\t']);
        item.is_empty() || line.starts_with(['#', '<']) || (item.starts_with('[') && item.ends_with(')'))
    };
    path.rsplit('/').next() == Some("SUMMARY.md") && text.lines().all(|line| is_item(line.trim()))
}

/// Whether a folder holds what a tool has put there.
fn is_made(found: &DirEntry) -> bool {
    found.file_type().is_dir() && (found.file_name() == "node_modules" || found.path().join("CACHEDIR.TAG").is_file())
}

fn is_hidden(found: &DirEntry) -> bool {
    found.file_name().to_string_lossy().starts_with('.')
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

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
        let globs = ["old/", "*-old.md", "b/*/**"].map(str::to_owned);
        let exclude = Exclude::of(&globs).expect("sound globs");
        let files = markdown_files(folder.path(), &exclude, &mut Problems::default());
        let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "b/c.MDX"]);
        assert!(Exclude::of(&["[".to_owned()]).is_err());
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
