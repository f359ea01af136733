//! Packs: the same content gives the same bytes, and a killed build leaves no partial file.

mod support;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use support::{content, faqt, root};

fn build(content: &Path, pack: &Path) -> support::Run {
    faqt(["build".as_ref(), content.as_os_str(), "-o".as_ref(), pack.as_os_str()])
}

#[test]
fn two_builds_give_the_same_bytes_and_so_does_the_binary() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("1.faqt"), folder.path().join("2.faqt"));
    assert_eq!(build(&root().join("content"), &first).code, Some(0));
    assert_eq!(build(&root().join("content"), &second).code, Some(0));
    let first = fs::read(first).expect("it was written");
    assert!(first == fs::read(second).expect("it was written"), "two builds differ");
    let embedded = include_bytes!(concat!(env!("OUT_DIR"), "/content.faqt"));
    assert!(first == embedded, "the binary holds another pack");
}

/// The hash of the built-in pack.
const CONTENT: &str = "1ee056661872b222f057c83404816b2a";

#[test]
fn the_bytes_of_the_built_in_pack_change_only_when_they_are_meant_to() {
    assert_eq!(
        faqt::build::hash(include_bytes!(concat!(env!("OUT_DIR"), "/content.faqt"))),
        CONTENT,
        "the pack of content/ has other bytes: by the content, or by what index/tests/golden.rs notices, too. If that \
         is meant, the constant is the first of these"
    );
}

#[test]
fn a_failed_build_leaves_the_old_pack_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("a.md", "---\nquestion: Why?\n---\nSee [it](nowhere.md).\n")]);
    let pack = folder.path().join("kb.faqt");
    fs::write(&pack, "").expect("it can be written");
    let run = build(&content, &pack);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("a.md:4: the link to `nowhere.md` leads to nothing"), "{}", run.stderr);
    assert_eq!(fs::read(&pack).expect("it is there"), b"");
    assert_eq!(files(folder.path()), ["content", "kb.faqt"]);
}

fn files(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("it is there").flatten();
    let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// 50 builds are killed at moments spread over the duration of a build; every second build has other content.
#[test]
fn a_build_killed_at_any_moment_leaves_the_old_pack_or_the_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("kb.faqt");
    let contents = [1, 2].map(|version| {
        let text = (0..200).map(|entry| format!("# Question {entry}?\n\nAnswer {entry} of {version}.\n\n"));
        content(&folder.path().join(version.to_string()), &[("a.md", &text.collect::<String>())])
    });
    let mut sound = HashSet::new();
    let mut took = std::time::Duration::ZERO;
    for content in &contents {
        let start = Instant::now();
        assert_eq!(build(content, &pack).code, Some(0));
        took = start.elapsed();
        sound.insert(fs::read(&pack).expect("it was written"));
    }
    for moment in 0..50_u32 {
        let content = &contents[moment as usize % 2];
        let arguments = ["build".as_ref(), content.as_os_str(), "-o".as_ref(), pack.as_os_str()];
        let mut command = support::command(arguments);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let start = Instant::now();
        while start.elapsed() < took.mul_f64(f64::from(moment) / 50.0) {
            std::hint::spin_loop();
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        assert!(sound.contains(&fs::read(&pack).expect("a pack is there")), "half a pack at moment {moment}");
    }
    assert_eq!(build(&contents[0], &pack).code, Some(0));
    assert_eq!(files(folder.path()), ["1", "2", "kb.faqt"]);
}

#[test]
fn the_parts_of_a_pack_are_its_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("kb.faqt");
    assert_eq!(build(&root().join("content"), &pack).code, Some(0));
    let of_file = faqt(["stats".as_ref(), pack.as_os_str(), "--format=json".as_ref()]);
    let stats: serde_json::Value = serde_json::from_str(&of_file.stdout).expect("JSON");
    let parts = stats["stats"]["parts"].as_array().expect("parts");
    let sum: u64 = parts.iter().map(|part| part["bytes"].as_u64().expect("a size")).sum();
    assert_eq!(sum, fs::metadata(&pack).expect("it was written").len());
    assert!(parts.iter().all(|part| part["holds"].is_string()), "{parts:?}");
    assert_eq!(faqt(["stats", "--format=json"]).stdout, of_file.stdout, "the built-in pack is the same");
}

#[test]
fn a_pack_is_verified() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("kb.faqt");
    assert_eq!(build(&root().join("content"), &pack).code, Some(0));
    assert_eq!(faqt(["verify".as_ref(), pack.as_os_str()]).code, Some(0));
    let mut bytes = fs::read(&pack).expect("it was written");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&pack, bytes).expect("it can be written");
    let run = faqt(["verify".as_ref(), pack.as_os_str()]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("damaged pack"), "{}", run.stderr);
}
