//! The programs that the settings describe: texts of `--help`, and codes in sources.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use globset::{Glob, GlobBuilder, GlobMatcher};
use toml::Spanned;
use walkdir::WalkDir;

use super::codes;
use super::item::{Item, ItemKind};
use super::program::Program;
use super::settings::CoverageSettings;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::source::settings_file::SETTINGS_FILE;

/// The name of the program that codes belong to.
const CODES: &str = "codes";
/// The most files that globs are compared with.
const FILES_MAX: usize = 100_000;
/// The largest file in bytes that is read.
const BYTES_MAX: u64 = 4 << 20;

/// A file that a glob names: its path from the content folder, and its text.
struct NamedFile {
    path: String,
    text: String,
}

/// Reads the programs that the settings of the folder at `folder` describe; `line_of` returns the line of an offset.
pub(crate) fn programs(
    settings: &CoverageSettings,
    folder: Option<&Path>,
    line_of: impl Fn(usize) -> u32,
    problems: &mut Problems,
) -> Vec<Program> {
    let mut programs = Vec::new();
    let read = |glob: &Spanned<String>, problems: &mut Problems| {
        let place = (SETTINGS_FILE, line_of(glob.span().start));
        files(glob.get_ref(), folder).unwrap_or_else(|fault| {
            let problem = problems.error(place, Check::Settings, format!("`{}` {}", glob.get_ref(), fault.message));
            problem.hint(fault.remedy);
            Vec::new()
        })
    };
    for glob in &settings.help {
        programs.extend(read(glob, problems).iter().map(|file| Program::from_help(file.path.clone(), &file.text)));
    }
    let Some(codes) = &settings.codes else { return programs };
    if let Some(pattern) = &codes.pattern {
        let files: Vec<NamedFile> = codes.files.iter().flat_map(|glob| read(glob, problems)).collect();
        match codes::Pattern::of(pattern.get_ref()) {
            Ok(pattern) => programs.extend(programs_of_files(&pattern, &files, &codes.list)),
            Err(message) => {
                let place = (SETTINGS_FILE, line_of(pattern.span().start));
                let problem =
                    problems.error(place, Check::Settings, format!("`pattern` is no regular expression: {message}"));
                problem.hint("write one such as '\\bE\\d{4}\\b'");
            }
        }
    }
    if !codes.list.is_empty() {
        programs.push(Program::from_codes(CODES, codes.list.clone()));
    }
    programs
}

/// Returns the codes that the first file to hold them shows, but those listed. Each file is a program of its own, so that
/// problems name it.
fn programs_of_files(pattern: &codes::Pattern, files: &[NamedFile], listed: &[String]) -> Vec<Program> {
    let mut known: HashSet<String> = listed.iter().cloned().collect();
    let mut programs = Vec::new();
    for NamedFile { path, text } in files {
        let found = pattern.codes(text).into_iter().filter(|(name, _)| known.insert(name.clone()));
        let code = |(name, line)| Item { kind: ItemKind::Code, command: CODES.to_owned(), name, sentence: None, line };
        let items: Vec<Item> = found.map(code).collect();
        if !items.is_empty() {
            programs.push(Program { name: CODES.to_owned(), path: Some(path.clone()), items });
        }
    }
    programs
}

/// The reason that a glob names no files, and the remedy.
struct GlobFault {
    message: String,
    remedy: &'static str,
}

/// Reads the files that a glob names, counted from `folder`.
fn files(glob: &str, folder: Option<&Path>) -> Result<Vec<NamedFile>, GlobFault> {
    let fault = |message: &str, remedy| GlobFault { message: message.to_owned(), remedy };
    let folder = folder.ok_or_else(|| fault("names files on a disk, and this content has none", "take it away"))?;
    let folder = folder.canonicalize().map_err(|error| fault(&error.to_string(), "name a folder that can be read"))?;
    let (base, matcher) = parsed(glob).map_err(|message| fault(&message, "write a glob such as `../src/**/*.rs`"))?;
    let top = folder.ancestors().find(|above| above.join(".git").exists()).unwrap_or(&folder);
    let start = folder.join(&base).canonicalize().unwrap_or_else(|_| folder.join(&base));
    if !start.starts_with(top) {
        return Err(fault("leads out of the repository", "name files of the repository, or of the folder"));
    }
    let walk = WalkDir::new(&start).sort_by_file_name().into_iter();
    let is_wanted =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let mut found = Vec::new();
    for entry in walk.filter_entry(is_wanted).filter_map(Result::ok).take(FILES_MAX) {
        let Ok(below) = entry.path().strip_prefix(&start) else { continue };
        let is_small = || entry.metadata().is_ok_and(|metadata| metadata.len() <= BYTES_MAX);
        if entry.file_type().is_file() && matcher.is_match(below) && is_small() {
            let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
            let path = base.join(below).to_string_lossy().replace('\\', "/");
            found.push(NamedFile { path, text });
        }
    }
    if found.is_empty() { Err(fault("names no file", "paths count from the content folder")) } else { Ok(found) }
}

/// Parts a glob into the folders in front of its first wildcard, and the rest.
fn parsed(glob: &str) -> Result<(PathBuf, GlobMatcher), String> {
    let is_wild = |part: &str| part.contains(['*', '?', '[', '{']);
    let parts: Vec<&str> = glob.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let last = parts.len().saturating_sub(1);
    let at = parts.iter().position(|part| is_wild(part)).unwrap_or(last).min(last);
    let base: PathBuf = parts[..at].iter().collect();
    if Path::new(glob).is_absolute() || parts[at..].contains(&"..") {
        return Err("is no path below or beside the folder".to_owned());
    }
    debug_assert!(base.components().all(|part| matches!(part, Component::Normal(_) | Component::ParentDir)));
    let rest: Glob =
        GlobBuilder::new(&parts[at..].join("/")).literal_separator(true).build().map_err(|error| error.to_string())?;
    Ok((base, rest.compile_matcher()))
}
