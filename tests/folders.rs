//! A folder of Markdown is asked as it is, and its pack is kept.

mod support;

use std::fs;
use std::path::Path;

use support::{Run, command, content};

const LAMP: &str = "---\nquestion: How do I reset the lamp?\n---\nHold the button.\n";
const FAN: &str = "---\nquestion: How do I clean the fan?\n---\nWith a brush.\n";

/// Asks the folder with the cache in `cache`.
#[track_caller]
fn ask(folder: &Path, cache: &Path, query: &str) -> Run {
    let arguments = ["--kb".as_ref(), folder.as_os_str(), query.as_ref()];
    let output = command(arguments).env("HOME", cache).env("XDG_CACHE_HOME", cache).output().expect("it starts");
    Run {
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        code: output.status.code(),
    }
}

fn packs(cache: &Path) -> Vec<String> {
    let found = fs::read_dir(cache.join("faqt")).into_iter().flatten().flatten();
    found.map(|file| file.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn any_change_in_a_folder_is_seen() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("lamp.md", LAMP)]);
    assert!(ask(&content, cache.path(), "reset lamp").stdout.contains("Hold the button."));
    assert_eq!(packs(cache.path()).len(), 1);
    let kept = packs(cache.path());
    assert!(ask(&content, cache.path(), "reset lamp").stdout.contains("Hold the button."));
    assert_eq!(packs(cache.path()), kept);

    // Of another length: clocks of file systems may stand still for longer than a question takes.
    fs::write(content.join("lamp.md"), LAMP.replace("button", "red button")).expect("it can be written");
    assert!(ask(&content, cache.path(), "reset lamp").stdout.contains("Hold the red button."));
    fs::write(content.join("fan.md"), FAN).expect("it can be written");
    assert!(ask(&content, cache.path(), "clean fan").stdout.contains("With a brush."));
    fs::rename(content.join("fan.md"), content.join("ventilator.md")).expect("it can be renamed");
    assert!(ask(&content, cache.path(), "clean fan").stdout.contains("ventilator"));
    fs::remove_file(content.join("ventilator.md")).expect("it can be removed");
    assert!(!ask(&content, cache.path(), "clean fan").stdout.contains("With a brush."));
    assert_eq!(packs(cache.path()).len(), 1, "former states are dropped");
}

#[test]
fn a_damaged_or_useless_cache_is_no_error() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("lamp.md", LAMP)]);
    ask(&content, cache.path(), "reset lamp");
    let kept = cache.path().join("faqt").join(&packs(cache.path())[0]);
    fs::write(&kept, "damaged").expect("it can be written");
    assert_eq!(ask(&content, cache.path(), "reset lamp").code, Some(0));
    assert_ne!(fs::read(&kept).expect("it is there"), b"damaged");
    let no_folder = cache.path().join("file");
    fs::write(&no_folder, "").expect("it can be written");
    assert_eq!(ask(&content, &no_folder, "reset lamp").code, Some(0));
}

#[test]
fn one_bad_file_is_not_the_end_of_the_rest() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let files = [("lamp.md", LAMP), ("bad.md", "---\nid: [\n---\n"), ("link.md", "# Link\n\n[x](nowhere.md)\n")];
    let content = content(folder.path(), &files);
    let run = ask(&content, cache.path(), "reset lamp");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.starts_with("warning: 2 problems in "), "{}", run.stderr);
    assert_eq!(ask(&content, cache.path(), "reset lamp").stderr, "", "it is said once");
}

#[test]
fn two_at_once_are_fine() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("lamp.md", LAMP), ("fan.md", FAN)]);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(ask(&content, cache.path(), "reset lamp").code, Some(0)));
        }
    });
    assert_eq!(packs(cache.path()).len(), 1);
}
