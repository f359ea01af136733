//! The command line and databases, without a server: errors name no password, and rows are files. `cluster/tests/` asks servers.

mod support;

use std::fs;
#[cfg(feature = "cluster")]
use std::path::{Path, PathBuf};

use support::{command, content};

/// A URL at which nobody listens: port 1 is reserved.
const URL: &str = "postgres://me:s3cr@t/x@127.0.0.1:1/db?name=lamp";

#[test]
fn no_command_prints_the_password_of_a_database() {
    let commands: [&[&str]; 12] = [
        &["reset", "lamp", "--kb", URL],
        &["show", "reset", "--kb", URL],
        &["list", "--kb", URL, "--kb", URL],
        &["check", "--kb", URL],
        &["check", URL],
        &["build", URL, "-o", "lamp.faqt"],
        &["verify", URL],
        &["stats", URL],
        &["diff", URL, URL],
        &["load", URL],
        &["load", URL, URL],
        &["eval", "--kb", URL],
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in commands {
        let ran = command(arguments).current_dir(folder.path()).output().expect("it runs");
        let said = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8")).concat();
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(!said.contains("s3cr") && !said.contains("t/x@"), "{arguments:?}: {said}");
    }
    let ran = command(["reset lamp"]).env("FAQT_KB", URL).output().expect("it runs");
    let said = String::from_utf8(ran.stderr).expect("UTF-8");
    assert!(ran.status.code() == Some(2) && said.starts_with("error: ") && !said.contains("s3cr"), "{said}");
}

#[cfg(feature = "cluster")]
#[test]
fn a_server_that_is_away_is_named() {
    for url in ["clickhouse://me:x@127.0.0.1:1/db", "elasticsearch://me:x@127.0.0.1:1"] {
        let ran = command(["reset", "--kb", url]).output().expect("it runs");
        let said = String::from_utf8(ran.stderr).expect("UTF-8");
        assert!(said.contains("cannot reach 127.0.0.1:1") && said.contains("is the server running"), "{said}");
        assert_eq!(ran.status.code(), Some(2));
    }
}

/// Exports a knowledge base into two folders, whose files must be the same, and returns the first.
#[cfg(feature = "cluster")]
#[track_caller]
fn exported_twice(folder: &Path, kb: &Path, form: &str) -> PathBuf {
    let [one, other] = ["one", "other"].map(|name| folder.join(format!("{form}-{name}")));
    for out in [&one, &other] {
        let arguments = ["export", "--to", form, out.to_str().expect("UTF-8"), "--kb", kb.to_str().expect("UTF-8")];
        let ran = command(arguments).output().expect("it runs");
        assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    }
    let files: Vec<_> = fs::read_dir(&one).expect("it is there").map(|file| file.expect("it is there")).collect();
    assert!(files.iter().any(|file| file.file_name() == "planning.faqt"), "{form}");
    for name in files.iter().map(fs::DirEntry::file_name) {
        assert!(fs::read(one.join(&name)).unwrap() == fs::read(other.join(&name)).unwrap(), "{}", name.display());
    }
    one
}

#[cfg(feature = "cluster")]
#[test]
fn rows_are_written_and_loaded_from_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let kb = content(folder.path(), &[("loud.md", "---\nquestion: Is it loud?\nkeywords: [noise]\n---\nNo.\n")]);
    let [one, ..] = ["sql", "elasticsearch", "typesense"].map(|form| exported_twice(folder.path(), &kb, form));
    let ran = command(["load", "postgres://127.0.0.1:1/", one.to_str().expect("UTF-8")]).output().expect("it runs");
    let said = String::from_utf8(ran.stderr).expect("UTF-8");
    assert!(ran.status.code() == Some(2) && said.contains("cannot reach 127.0.0.1:1"), "{said}");
    let documents = folder.path().join("elasticsearch-one");
    let arguments = ["load", "elasticsearch://127.0.0.1:1/", documents.to_str().expect("UTF-8")];
    let ran = command(arguments).output().expect("it runs");
    let said = String::from_utf8(ran.stderr).expect("UTF-8");
    assert!(ran.status.code() == Some(2) && said.contains("holds documents for elasticsearch"), "{said}");
}
