//! The files that `faqt build -o` and `faqt init` write or refuse to replace, and their modes.
#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use support::{Run, command};

const LAMP: &str = "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        support::content(folder.path(), &[("faq.md", LAMP), ("faqt.toml", "name = 'Lamp'\n"), ("lamp.svg", "<svg/>")]);
        Place { folder }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn build(&self, arguments: &[&str]) -> Run {
        let mut command = command(["build", "content"].iter().chain(arguments));
        let output = command.current_dir(self.folder.path()).output().expect("it starts");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Run { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
    }

    #[track_caller]
    fn assert_built(&self, arguments: &[&str]) {
        let run = self.build(arguments);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }

    #[track_caller]
    fn assert_refused(&self, arguments: &[&str], error: &str, hint: &str) {
        let run = self.build(arguments);
        assert_eq!(run.stderr, format!("error: {error}\nhint: {hint}\n"), "{arguments:?}");
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{arguments:?}");
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").mode() & 0o7777
}

fn is_pack(path: &Path) -> bool {
    fs::read(path).expect("it can be read").starts_with(b"\x89FAQT")
}

#[test]
fn what_is_no_regular_file_is_refused_by_name() {
    let place = Place::new();
    mknodat(CWD, place.at("pipe"), FileType::Fifo, Mode::RUSR, 0).expect("a pipe");
    let _socket = UnixListener::bind(place.at("socket")).expect("a socket");
    symlink("/dev/null", place.at("null")).expect("a link");
    symlink("round", place.at("round")).expect("a link");
    let hint = "name a file, such as: -o help.faqt";
    for (output, what) in [
        ("pipe", "a pipe"),
        ("socket", "a socket"),
        ("null", "a device"),
        ("content", "a folder"),
        ("new/", "a folder"),
        ("round", "a symbolic link that leads back to itself"),
        ("/dev/stdout", "a stream"),
        ("/dev/fd/1", "a stream"),
    ] {
        for force in [&[][..], &["--force"]] {
            let arguments = [&["-o", output], force].concat();
            place.assert_refused(&arguments, &format!("cannot write {output}: {what}, not a regular file"), hint);
        }
    }
    place.assert_refused(&["-o", "-"], "a pack is not written to the output stream", hint);
    let kind = |name: &str| fs::symlink_metadata(place.at(name)).expect("it is there").file_type();
    assert!(kind("pipe").is_fifo() && kind("socket").is_socket() && kind("null").is_symlink());
}

#[test]
fn a_file_that_is_no_pack_is_replaced_if_that_is_forced() {
    let place = Place::new();
    for text in ["# Notes\n", "x", "\u{89}FAQT"] {
        fs::write(place.at("notes.md"), text).expect("a file");
        let error = "cannot write notes.md: the file there is not a pack";
        place.assert_refused(&["-o", "notes.md"], error, "name another file, or replace this one with: --force");
        assert_eq!(fs::read_to_string(place.at("notes.md")).expect("it is there"), text);
    }
    place.assert_built(&["-o", "notes.md", "--force"]);
    assert!(is_pack(&place.at("notes.md")));
    // A pack and an empty file are replaced without `--force`.
    place.assert_built(&["-o", "notes.md"]);
    fs::write(place.at("empty"), "").expect("a file");
    place.assert_built(&["-o", "empty"]);
    assert!(is_pack(&place.at("empty")));
}

#[test]
fn no_file_of_the_content_is_ever_replaced() {
    let place = Place::new();
    symlink("content/faq.md", place.at("link")).expect("a link");
    symlink("content", place.at("linked")).expect("a link");
    fs::write(place.at("content/empty.md"), "").expect("a file");
    let hint = "name a file outside the content folder";
    for output in [
        "content/faq.md",
        "content/../content/faq.md",
        "content/faqt.toml",
        "content/lamp.svg",
        "content/empty.md",
        "content/new.md",
        "linked/faq.md",
        "link",
    ] {
        for force in [&[][..], &["--force"]] {
            let error = format!("cannot write {output}: it is, or would be, part of the content");
            place.assert_refused(&[&["-o", output], force].concat(), &error, hint);
        }
    }
    assert_eq!(fs::read_to_string(place.at("content/faq.md")).expect("it is there"), LAMP);
    assert!(!place.at("content/new.md").exists());
    for _ in 0..2 {
        place.assert_built(&["-o", "content/help.faqt"]);
    }
}

#[test]
fn a_link_to_a_pack_stays_a_link() {
    let place = Place::new();
    fs::create_dir(place.at("packs")).expect("a folder");
    symlink("packs/help.faqt", place.at("help.faqt")).expect("a link");
    for _ in 0..2 {
        place.assert_built(&["-o", "help.faqt"]);
        assert!(place.at("help.faqt").is_symlink() && is_pack(&place.at("packs/help.faqt")));
    }
}

#[test]
fn a_new_pack_honours_the_umask_and_an_old_one_keeps_its_mode() {
    let place = Place::new();
    let build = |umask: &str, output: &str| {
        let line = format!("umask {umask}; exec \"$FAQT\" build content -o {output}");
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &line]).current_dir(place.folder.path()).env("FAQT", env!("CARGO_BIN_EXE_faqt"));
        assert!(shell.output().expect("there is a shell").status.success());
    };
    for (umask, expected) in [("077", 0o600), ("027", 0o640), ("022", 0o644), ("002", 0o664), ("000", 0o666)] {
        let output = format!("{umask}.faqt");
        build(umask, &output);
        assert_eq!(mode(&place.at(&output)), expected, "umask {umask}");
        fs::set_permissions(place.at(&output), fs::Permissions::from_mode(0o600)).expect("it is ours");
        build(umask, &output);
        assert_eq!(mode(&place.at(&output)), 0o600, "umask {umask}");
    }
}

#[test]
fn files_that_are_called_alike_are_left_alone() {
    let place = Place::new();
    let names = [".faqt-notes", ".faqt-help.faqt", ".faqt-AbCdEf", ".faqt-help.faqt-notes.tmp"];
    for name in names {
        fs::write(place.at(name), "mine").expect("a file");
    }
    place.assert_built(&["-o", "help.faqt"]);
    for name in names {
        assert_eq!(fs::read_to_string(place.at(name)).expect("it is there"), "mine");
    }
}

#[test]
fn a_starter_is_written_to_an_empty_place_only() {
    let place = Place::new();
    fs::create_dir(place.at("full")).expect("a folder");
    fs::write(place.at("full/.hidden"), "mine").expect("a file");
    fs::write(place.at("file"), "mine").expect("a file");
    symlink("nowhere", place.at("dangling")).expect("a link");
    for folder in ["full", "file", "dangling", "content"] {
        let run = command(["init", folder]).current_dir(place.folder.path()).output().expect("it starts");
        assert_eq!(run.status.code(), Some(2), "{folder}");
    }
    assert_eq!(fs::read_dir(place.at("full")).expect("it is there").count(), 1);
    assert!(!place.at("nowhere").exists());
}
