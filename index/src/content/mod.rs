//! From a folder of Markdown to entries, with every problem collected.
//!
//! The stages stand in the order of the data: [`walk`] lists the files, [`front_matter`] takes the top off each,
//! [`dialect`] makes plain Markdown of what site generators add, [`outline`] finds headings and links, [`draft`] makes
//! entries whose links are not resolved, [`links`] resolves them, `check` reports what is wrong between entries and
//! `quality` what might serve readers badly. A file that cannot be read is a problem, not the end of the rest.

mod check;
pub(crate) mod checks;
mod dialect;
mod draft;
mod fingerprint;
pub(crate) mod front_matter;
mod links;
mod outline;
mod problem;
pub(crate) mod quality;
mod redirects;
mod settings;
mod slug;
mod walk;

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

pub use checks::{CHECKS, Check};
pub use problem::{Problem, Severity};

use crate::entry::Entry;
use crate::parallel;
use crate::progress::{Reporter, Stage};
use dialect::Dialect;
use draft::Draft;
pub(crate) use draft::Form;
pub(crate) use fingerprint::fingerprint;
use front_matter::Parts;
pub(crate) use problem::Problems;
pub(crate) use redirects::Redirect;
pub(crate) use settings::Settings;
pub(crate) use walk::SETTINGS_FILE;
use walk::SourceFile;

/// Files that one thread reads at a time; one may hold a thousand entries.
const PART: usize = 4;

/// Longer files are not read: no author writes one, and a file that grows while it is read would fill the memory.
const FILE_BYTES_MAX: u64 = 256 << 20;

/// The entries of one content folder and everything that is wrong with them.
#[derive(Debug)]
pub(crate) struct Content {
    /// What `faqt.toml` says.
    pub(crate) settings: Settings,
    /// The entries in the order of the table of contents.
    pub(crate) entries: Vec<Entry>,
    /// How each of them is written.
    pub(crate) forms: Vec<Form>,
    /// The old names of entries.
    pub(crate) redirects: Vec<Redirect>,
    /// The number of links in answers and of related procedures.
    pub(crate) links: usize,
    /// What is wrong so far.
    pub(crate) problems: Problems,
}

/// Reads the content below `folder`.
pub(crate) fn read(folder: &Path, reporter: &Reporter) -> Content {
    let mut problems = Problems::default();
    let settings = read_settings(folder, &mut problems);
    let mut files = walk::markdown_files(folder, &settings.exclude, &mut problems);
    let mut drafts: Vec<Draft> = Vec::new();
    let stage = reporter.stage(Stage::Reading, files.len());
    let read = |files: &mut [SourceFile]| {
        let (mut drafts, mut problems) = (Vec::new(), Problems::default());
        for file in files {
            drafts.extend(read_file(file, &mut problems));
            stage.advance();
        }
        (drafts, problems)
    };
    let Ok(()) = parallel::in_order(&mut files, PART, read, |(read, found)| {
        drafts.extend(read);
        problems.extend(found.into_sorted());
        Ok::<_, Infallible>(())
    });
    Content::of(settings, drafts, folder, problems)
}

/// Reads a folder that holds nothing but `text`, in a file at `path`, from memory.
pub(crate) fn read_one(path: &str, text: &str) -> Content {
    let mut problems = Problems::default();
    check::control_characters(path, text, &mut problems);
    let drafts = drafts(path, text, &mut problems);
    Content::of(Settings::default(), drafts, Path::new(path), problems)
}

impl Content {
    /// Resolves and checks the drafts of all files below `folder`.
    fn of(settings: Settings, mut drafts: Vec<Draft>, folder: &Path, mut problems: Problems) -> Content {
        check::qualify_ids(&mut drafts, &mut problems);
        let forms: Vec<Form> = drafts.iter().map(|draft| draft.form).collect();
        let links = drafts.iter().map(|draft| draft.links.len() + draft.related.len()).sum();
        let entries = links::resolve(drafts, folder, &mut problems);
        let redirects = redirects::resolve(&settings, &entries, &mut problems);
        check::entries(&entries, &mut problems);
        quality::entries(&entries, &forms, settings.language.as_deref(), &mut problems);
        Content { settings, entries, forms, redirects, links, problems }
    }

    /// Lists the help ids of all entries, and those that they had once.
    pub(crate) fn help_ids(&self) -> Vec<String> {
        let former = self.redirects.iter().filter(|redirect| redirect.is_help_id).map(|redirect| &redirect.from);
        self.entries.iter().flat_map(|entry| &entry.help_ids).chain(former).cloned().collect()
    }
}

fn read_settings(folder: &Path, problems: &mut Problems) -> Settings {
    let source = walk::settings_file(folder, problems);
    match source.and_then(|source| read_text(&source, problems)) {
        Some(text) => Settings::parse(&text, problems),
        None => Settings::default(),
    }
}

fn read_file(file: &SourceFile, problems: &mut Problems) -> Vec<Draft> {
    read_text(file, problems).map_or_else(Vec::new, |text| drafts(&file.path, &text, problems))
}

/// Makes drafts of the text of the file at `path`.
fn drafts(path: &str, text: &str, problems: &mut Problems) -> Vec<Draft> {
    match front_matter::split(path, text, problems) {
        Some(parts) if parts.front_matter.is_draft() || walk::is_table_of_contents(path, parts.body) => Vec::new(),
        Some(parts) => {
            let body = dialect::to_markdown(parts.body, Dialect::of(path));
            let mut drafts = draft::drafts(path, Parts { body: &body, ..parts });
            let is_partial = dialect::is_partial(parts.body);
            for draft in &mut drafts {
                draft.is_partial = is_partial;
            }
            drafts
        }
        None => Vec::new(),
    }
}

/// Reads a file whose text must be UTF-8 without control characters.
fn read_text(file: &SourceFile, problems: &mut Problems) -> Option<String> {
    let place = (file.path.as_str(), 1);
    let bytes = match File::open(&file.file).and_then(read_bounded) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let message = format!("larger than {} MiB", FILE_BYTES_MAX >> 20);
            problems.error(place, "unreadable", message).hint("split it into several files");
            return None;
        }
        Err(error) => {
            problems.error(place, "unreadable", format!("cannot be read: {error}"));
            return None;
        }
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = String::from_utf8_lossy(valid).matches('\n').count() + 1;
            let place = (file.path.as_str(), u32::try_from(line).unwrap_or(u32::MAX));
            problems.error(place, "not-utf8", "not UTF-8").hint("save the file as UTF-8");
            return None;
        }
    };
    check::control_characters(&file.path, &text, problems);
    Some(text)
}

/// Reads what is no longer than a file may be, or nothing.
fn read_bounded(source: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    source.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= FILE_BYTES_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_grows_without_end_is_left_after_a_while() {
        assert_eq!(read_bounded(io::repeat(b'a')).expect("it can be read"), None);
        assert_eq!(read_bounded(&b"short"[..]).expect("it can be read"), Some(b"short".to_vec()));
    }

    #[test]
    fn a_file_too_long_is_a_problem_with_its_name_and_remedy() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = File::create(folder.path().join("long.md")).expect("a file");
        file.set_len(FILE_BYTES_MAX + 1).expect("a file with a hole");
        std::fs::write(folder.path().join("lamp.md"), "# How do I reset the lamp?\n\nHold the button.\n")
            .expect("a file");
        let content = read(folder.path(), &Reporter::default());
        assert_eq!(content.entries.len(), 1);
        let problems = content.problems.into_sorted();
        assert_eq!(problems[0].to_string(), "long.md:1: larger than 256 MiB (split it into several files)");
    }
}
