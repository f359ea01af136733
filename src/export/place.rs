//! The files of an export: each is replaced atomically, and only one that an export wrote.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Component, Path};

use anyhow::anyhow;
use faqt::build::write_atomically;
use faqt::render::sanitise;

use super::assemble::GENERATOR_START;
use crate::cli::failure::Failure;

/// The file of a site that lists the others, one a line.
const LIST: &str = "faqt-files.txt";
/// The first line of the list.
const LIST_TITLE: &str = "# The pages of a knowledge base, written by: faqt export --to site";
/// The bytes at the start of a page that hold its mark.
const HEAD_BYTES: u64 = 4096;
const REMEDY: &str = "name another, or replace this one with: --force";

/// Refuses a file that is neither empty nor a page of an export.
pub(super) fn check_file(file: &Path, force: bool) -> Result<(), Failure> {
    let mut head = Vec::new();
    match fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        // Writing refuses it with the reason.
        Ok(found) if !found.is_file() => return Ok(()),
        _ if force => return Ok(()),
        _ => File::open(file)
            .and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head))
            .map_err(|error| said(file, &error))?,
    };
    if head.is_empty() || String::from_utf8_lossy(&head).contains(GENERATOR_START) {
        return Ok(());
    }
    let error = anyhow!("{}: the file there is no exported page", shown(file));
    Err(Failure::from(error).with_hint(REMEDY))
}

/// Refuses a folder that is neither empty nor a site of an export.
pub(super) fn check_folder(folder: &Path, force: bool) -> Result<(), Failure> {
    let mut files = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(said(folder, &error)),
        Ok(files) => files,
    };
    if force || files.next().is_none() || !listed(folder).is_empty() {
        return Ok(());
    }
    let error = anyhow!("{}: the folder holds other files than an exported site", shown(folder));
    Err(Failure::from(error).with_hint(REMEDY))
}

/// Writes a file atomically.
pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_atomically(file, bytes).map_err(|error| said(file, &error))
}

/// Writes the files of a site, each at its path within `folder`, the last one last. Files of an earlier export that are no
/// longer among them are removed; no other file is.
pub(super) fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    let old = listed(folder);
    let new: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    // A list of both stands there meanwhile, so that a run that is killed leaves no file without a name.
    let both: BTreeSet<&str> = new.iter().copied().chain(old.iter().map(String::as_str)).collect();
    create(folder)?;
    write(&folder.join(LIST), list(&both).as_bytes())?;
    for (path, bytes) in files {
        let file = folder.join(path);
        create(file.parent().unwrap_or(folder))?;
        write(&file, bytes)?;
    }
    for gone in old.iter().filter(|path| !new.contains(path.as_str())) {
        match fs::remove_file(folder.join(gone)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(said(&folder.join(gone), &error)),
            _ => {}
        }
    }
    write(&folder.join(LIST), list(&new).as_bytes())
}

fn create(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| said(folder, &error))
}

fn list(paths: &BTreeSet<&str>) -> String {
    [LIST_TITLE].into_iter().chain(paths.iter().copied()).fold(String::new(), |list, path| list + path + "\n")
}

/// Returns the files that an earlier export of a site lists. No path leads out of the folder.
fn listed(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let Some(paths) = text.strip_prefix(LIST_TITLE) else { return Vec::new() };
    let is_within =
        |path: &&str| !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    paths.lines().filter(is_within).map(str::to_owned).collect()
}

fn said(path: &Path, error: &std::io::Error) -> Failure {
    Failure::from(anyhow!("cannot write {}: {error}", shown(path)))
}

fn shown(path: &Path) -> String {
    sanitise(&path.display().to_string()).into_owned()
}
