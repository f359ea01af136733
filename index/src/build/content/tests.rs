use std::fs::File;
use std::io;
use std::path::Path;

use super::*;
use crate::build::content;
use crate::source::read::{FILE_BYTES_MAX, read_bounded};
use crate::source::settings_file::settings;
use crate::source::walk;

fn read(folder: &Path) -> Content {
    let mut problems = Problems::default();
    let files = Files::of_folder(folder).expect("a folder");
    let settings = settings(&files, &mut problems).unwrap_or_default();
    content::read(files, settings, problems, &Reporter::default()).expect("nobody cancels it")
}

/// Swaps each file for something else between the walk and the reading.
#[cfg(unix)]
#[test]
fn what_took_the_place_of_a_file_since_it_was_listed_is_not_read() {
    use std::os::unix::fs::symlink;
    let place = tempfile::tempdir().expect("a folder");
    let at = |path: &str| place.path().join(path);
    let names = ["kb/a.md", "kb/b.md", "kb/c.md", "kb/d/e.md", "kb/f.md", "hidden/e.md"];
    for path in names {
        std::fs::create_dir_all(at(path).parent().expect("a folder")).expect("a folder");
        std::fs::write(at(path), format!("# What is in {path}?\n\nThis.\n")).expect("a file");
    }
    let files = Files::of_folder(&at("kb")).expect("a folder");
    let (settings, mut problems) = (Settings::default(), Problems::default());
    let listed = walk::markdown_files(&files, &settings.exclude, &mut problems);
    assert_eq!((listed.len(), problems.is_empty()), (5, true));
    for path in ["kb/a.md", "kb/b.md", "kb/f.md"] {
        std::fs::remove_file(at(path)).expect("it can be removed");
    }
    symlink(at("hidden/e.md"), at("kb/a.md")).expect("a link");
    rustix::fs::mknodat(rustix::fs::CWD, at("kb/b.md"), rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0)
        .expect("a pipe");
    std::fs::create_dir(at("kb/f.md")).expect("a folder");
    std::fs::remove_dir_all(at("kb/d")).expect("it can be removed");
    symlink(at("hidden"), at("kb/d")).expect("a link");
    let collected = collect(&files, listed, &settings, problems, &Reporter::default()).expect("nobody cancels it");
    let content = Content::of(settings, collected, files);
    assert_eq!(content.catalogue.len(), 1);
    let problems = content.problems.into_sorted();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "a.md:1: a symbolic link, which is not followed (put the file itself into the folder)",
            "b.md:1: not a regular file (put a file in its place)",
            "d/e.md:1: cannot be read: Not a directory (os error 20)",
            "f.md:1: not a regular file (put a file in its place)",
        ]
    );
}

#[test]
fn what_settings_within_a_folder_hide_stays_hidden() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in [
        ("a.md", "# A?\n\nYes.\n"),
        ("kb/b.md", "# B?\n\nYes.\n"),
        ("kb/secret/c.md", "# C?\n\nYes.\n"),
        ("kb/faqt.toml", "exclude = ['secret']"),
        ("bad/d.md", "# D?\n\nYes.\n"),
        ("bad/faqt.toml", "exlude = ['d.md']"),
    ] {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }
    let content = read(folder.path());
    let paths: Vec<&str> = (0..content.catalogue.len()).map(|at| content.catalogue.place(at).0).collect();
    assert_eq!(paths, ["a.md", "kb/b.md"]);
    let problems = content.problems.into_sorted();
    assert!(problems.iter().any(|problem| problem.path == "bad/faqt.toml"), "{problems:?}");
}

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
    std::fs::write(folder.path().join("lamp.md"), "# How do I reset the lamp?\n\nHold the button.\n").expect("a file");
    let content = read(folder.path());
    assert_eq!(content.catalogue.len(), 1);
    let problems = content.problems.into_sorted();
    assert_eq!(problems[0].to_string(), "long.md:1: larger than 256 MiB (split it into several files)");
}

#[test]
fn links_lead_across_parts() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = |number: usize| (number * 7 + 1_234) % 3_000;
    for file in 0..3 {
        let entry = |number: usize| {
            let target = target(number);
            format!("# Entry {number}\n\nSee [it]({}.md#entry-{target}).\n", target / 1_000)
        };
        let text: Vec<String> = (file * 1_000..(file + 1) * 1_000).map(entry).collect();
        std::fs::write(folder.path().join(format!("{file}.md")), text.join("\n")).expect("a file");
    }
    let mut content = read(folder.path());
    let parts = std::mem::take(&mut content.parts);
    assert_eq!(parts.len(), 3);
    let finished: Vec<(Vec<Entry>, ChunkProblems)> = parts.iter().map(|part| content.finish(part)).collect();
    assert!(content.problems.is_empty() && finished.iter().all(|(_, found)| found.problems.is_empty()));
    for (number, entry) in finished.iter().flat_map(|(entries, _)| entries).enumerate() {
        assert_eq!(entry.id, format!("{}#entry-{number}", number / 1_000));
        assert_eq!(entry.answer, format!("See [it](<faqt:{}#entry-{}>).", target(number) / 1_000, target(number)));
    }
}

mod markup;
mod pages;
