//! A folder or a pack as it stands in a revision of a git repository: `main:help`.
//!
//! The program `git` reads the repository, because it knows every kind of it. Files are read into memory: nothing is written
//! to disk, no link is followed, and no filter, hook or remote of the repository is used.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, anyhow};
use faqt::KnowledgeBase;
use faqt::build::Builder;

use crate::cli::failure::Failure;

/// The modes of regular files; those of symbolic links and submodules differ.
const REGULAR: [&str; 2] = ["100644", "100755"];
/// The longest object that is read, in bytes.
const BYTES_MAX: u64 = 256 << 20;

/// The content of a revision.
pub(super) enum Stored {
    Folder(Builder),
    Pack(KnowledgeBase),
}

/// Returns true if the name may be that of a revision and a path in it.
pub(super) fn is_revision(name: &str) -> bool {
    name.split_once(':').is_some_and(|(revision, _)| !revision.is_empty() && !revision.starts_with('-'))
}

/// Reads the folder or the pack that `name` stands for.
pub(super) fn read(name: &str) -> Result<Stored, Failure> {
    let object = git(&["rev-parse", name]).map_err(|error| {
        let failure = Failure::from(error.context(format!("cannot open {name}")));
        failure.with_hint("name a pack, a folder, or a folder of a revision, such as main:help")
    })?;
    let (object, mut objects) = (text(object)?, Objects::start()?);
    match text(git(&["cat-file", "-t", &object])?)?.as_str() {
        "tree" => Ok(Stored::Folder(folder(name, &object, &mut objects)?)),
        "blob" => {
            let pack = objects.read(&object)?;
            Ok(Stored::Pack(KnowledgeBase::from_vec(pack).with_context(|| format!("cannot open {name}"))?))
        }
        _ => Err(Failure::from(anyhow!("{name} is no folder and no file")).with_hint("name a folder: main:help")),
    }
}

/// Reads the folder whose tree is `object`.
fn folder(name: &str, object: &str, objects: &mut Objects) -> Result<Builder, Failure> {
    let (revision, path) = name.split_once(':').unwrap_or((name, ""));
    let path = path.trim_end_matches('/');
    let mut files = Vec::new();
    for file in listed(object, true)? {
        // A file that is not UTF-8 is left out, as it is from a folder on disk.
        let text = if faqt::build::is_read(&file.path) {
            String::from_utf8(objects.read(&file.object)?).ok()
        } else {
            Some(String::new())
        };
        files.extend(text.map(|text| (file.path, text)));
    }
    let folder = path.rsplit('/').next().unwrap_or(path);
    let beside = match above(revision, above_path(path)) {
        Some(tree) => listed(&tree, false)?,
        None => Vec::new(),
    };
    let folder = if path.is_empty() { revision } else { folder };
    Ok(Builder::from_files(folder, files).beside(beside.into_iter().map(|file| file.path)))
}

/// Returns the path of the folder above, unless `path` is the top of the repository or the current folder.
fn above_path(path: &str) -> Option<&str> {
    match path {
        "" | "." | ".." => None,
        path => Some(path.rsplit_once('/').map_or("", |(above, _)| above)),
    }
}

/// Returns the tree of a folder above, of which only names are read.
fn above(revision: &str, path: Option<&str>) -> Option<String> {
    // Git takes a path for relative if it begins with `./`.
    let end = if path?.starts_with('.') { "/" } else { "" };
    text(git(&["rev-parse", "--verify", &format!("{revision}:{}{end}", path?)]).ok()?).ok()
}

/// A file of a tree.
struct ListedFile {
    object: String,
    path: String,
}

/// Lists the regular files of a tree, those of the folders within if `is_deep`, else its folders.
fn listed(tree: &str, is_deep: bool) -> Result<Vec<ListedFile>, Failure> {
    let mut arguments = vec!["ls-tree", "-z", "--full-tree", tree];
    if is_deep {
        arguments.insert(1, "-r");
    }
    let rows = git(&arguments)?;
    let file = |row: &[u8]| {
        let row = std::str::from_utf8(row).ok()?;
        let (facts, path) = row.split_once('\t')?;
        let mut facts = facts.split(' ');
        let (mode, object) = (facts.next()?, facts.nth(1)?);
        let is_named = REGULAR.contains(&mode) || !is_deep;
        is_named.then(|| ListedFile { object: object.to_owned(), path: path.to_owned() })
    };
    Ok(rows.split(|&byte| byte == 0).filter_map(file).collect())
}

/// Reads objects, one after another.
struct Objects {
    git: Child,
    names: ChildStdin,
    contents: BufReader<ChildStdout>,
}

impl Objects {
    fn start() -> Result<Objects, Failure> {
        let mut git = command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot run git")?;
        let (names, contents) = (git.stdin.take(), git.stdout.take());
        let (Some(names), Some(contents)) = (names, contents) else { return Err(anyhow!("cannot talk to git").into()) };
        Ok(Objects { git, names, contents: BufReader::new(contents) })
    }

    /// Reads an object of at most [`BYTES_MAX`] bytes.
    fn read(&mut self, object: &str) -> Result<Vec<u8>, Failure> {
        writeln!(self.names, "{object}").and_then(|()| self.names.flush()).context("cannot talk to git")?;
        let mut head = String::new();
        self.contents.read_line(&mut head).context("cannot read from git")?;
        let length: Option<u64> = head.trim_end().rsplit_once(' ').and_then(|(_, length)| length.parse().ok());
        let Some(length) = length.filter(|&length| length <= BYTES_MAX) else {
            let failure = Failure::from(anyhow!("git cannot read the object {}", head.trim_end()));
            return Err(failure.with_hint("fetch the whole history: git fetch --unshallow, without --filter"));
        };
        let mut bytes = Vec::new();
        // The line end behind an object is read with it.
        (&mut self.contents).take(length + 1).read_to_end(&mut bytes).context("cannot read from git")?;
        if bytes.len() as u64 != length + 1 {
            return Err(anyhow!("git ended within the object {object}").into());
        }
        bytes.pop();
        Ok(bytes)
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // It waits for another name.
        let _ = self.git.kill();
        let _ = self.git.wait();
    }
}

/// Returns the output of a git command.
fn git(arguments: &[&str]) -> Result<Vec<u8>, anyhow::Error> {
    let output = command(arguments).stdin(Stdio::null()).output().context("cannot run git")?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let first = said.lines().next().unwrap_or("git failed");
    Err(anyhow!("{}", first.strip_prefix("fatal: ").unwrap_or(first).to_owned()))
}

/// Returns a git command that writes nothing, asks for nothing and fetches nothing.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("--no-pager").args(arguments);
    for (name, value) in
        [("LC_ALL", "C"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0")]
    {
        command.env(name, value);
    }
    command
}

fn text(bytes: Vec<u8>) -> Result<String, anyhow::Error> {
    Ok(String::from_utf8(bytes).context("git wrote no text")?.trim_end().to_owned())
}
