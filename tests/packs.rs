//! Packs: the same content gives the same bytes, and no half of a file is ever left.

mod support;

use std::fs;
use std::path::Path;

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

#[test]
fn a_failed_build_leaves_the_old_pack_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("a.md", "---\nquestion: Why?\n---\nSee [it](nowhere.md).\n")]);
    let pack = folder.path().join("kb.faqt");
    fs::write(&pack, "old").expect("it can be written");
    let run = build(&content, &pack);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("a.md:4: the link to `nowhere.md` leads to nothing"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&pack).expect("it is there"), "old");
    let names: Vec<_> =
        fs::read_dir(folder.path()).expect("it is there").flatten().map(|file| file.file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
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
