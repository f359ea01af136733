//! The log of questions: off by default, written after the answer, and never in the way of one.
#![cfg(unix)]

mod support;

use std::fs;
use std::path::Path;

use support::{Run, command};

/// Runs `faqt` with the log `path`.
fn logged(path: &Path, arguments: &[&str]) -> Run {
    Run::of(command(arguments).env("FAQT_LOG", path))
}

/// Returns the value of a field in each line of a log.
fn values(path: &Path, field: &str) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(path).expect("a log");
    text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")[field].clone()).collect()
}

#[test]
fn questions_are_logged_only_where_a_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("new/log.jsonl");
    let mut unlogged = command(["ICP", "transfer", "Baidu"]);
    assert_eq!(Run::of(unlogged.env("HOME", folder.path())).code, Some(0));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    logged(&log, &["ICP", "transfer", "Baidu"]);
    logged(&log, &["--log", "", "ICP", "transfer", "Baidu"]);
    logged(&log, &["mail", "ann@example.org", "about", "rice"]);
    assert_eq!(values(&log, "question"), ["ICP transfer Baidu", "mail [email] about rice"]);
    assert_eq!(values(&log, "outcome"), ["answered", "not_covered"]);
    assert_eq!(values(&log, "program")[0], concat!("faqt ", env!("CARGO_PKG_VERSION")));
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&log).expect("a log").permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn the_configuration_names_a_log_and_the_variable_overrides_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("faqt/config.toml");
    fs::create_dir(folder.path().join("faqt")).expect("a folder");
    let asked = |text: &str, log: Option<&str>| {
        fs::write(&config, text).expect("it can be written");
        let mut command = command(["cdn"]);
        command.env("XDG_CONFIG_HOME", folder.path());
        log.map(|log| command.env("FAQT_LOG", log));
        Run::of(&mut command)
    };
    let run = asked("log = \"q.jsonl\"\n", None);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    asked("log = \"q.jsonl\"\n", Some(""));
    assert_eq!(values(&folder.path().join("faqt/q.jsonl"), "question"), ["cdn"]);
    let run = asked("\nlogs = 1\n", None);
    assert!(run.code == Some(0) && run.stderr.contains("config.toml:2: unknown field `logs`"), "{run:?}");
}

#[test]
fn a_question_is_answered_though_its_log_cannot_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).expect("a pipe");
    for place in [folder.path(), &pipe, Path::new("/dev/full"), Path::new("/proc/none/log")] {
        let run = logged(place, &["cdn"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.stdout.contains("CDN status"), "{run:?}");
        assert!(run.stderr.starts_with("warning: the question is not logged: "), "{run:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    }
}

#[test]
fn what_a_reader_does_next_is_logged_with_the_question() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.jsonl");
    let run = logged(&log, &["helped", "yes"]);
    assert!(run.code == Some(2) && run.stderr.contains("hint: ask something first"), "{run:?}");
    logged(&log, &["cdn"]);
    logged(&log, &["show", "review-time"]);
    logged(&log, &["show", "network-access-details"]);
    logged(&log, &["helped", "yes"]);
    logged(&log, &["helped", "no", "cdn-status-wrong"]);
    assert_eq!(values(&log, "event"), ["asked", "opened", "helped", "not_helped"]);
    assert_eq!(values(&log, "entries")[2], serde_json::json!(["network-access-details"]));
    assert_eq!(values(&log, "entries")[3], serde_json::json!(["cdn-status-wrong"]));
    assert_eq!(values(&log, "question"), ["cdn", "cdn", "cdn", "cdn"]);
    let run = logged(&log, &["helped", "yes", "nothing"]);
    assert!(run.code == Some(2) && run.stderr.contains("no entry has the id `nothing`"), "{run:?}");
}

#[test]
fn a_log_is_counted_and_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.jsonl");
    logged(&log, &["cdn"]);
    fs::copy(&log, folder.path().join("log.jsonl.1")).expect("a copy");
    fs::write(folder.path().join("log.jsonl.txt"), "another file").expect("it can be written");
    let run = logged(&log, &["log"]);
    assert!(run.stdout.contains("2 questions in 2 files"), "{run:?}");
    let run = logged(&log, &["log", "--forget"]);
    assert!(run.stdout.starts_with("Removed 2 files of "), "{run:?}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    let run = Run::of(command(["log", "--forget"]).env("HOME", folder.path()));
    assert!(run.code == Some(2) && run.stderr.contains("no log is kept"), "{run:?}");
}

#[test]
fn records_without_a_day_are_counted_and_do_not_begin_the_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.jsonl");
    let record = |day: &str| {
        format!(
            "{{\"log_version\":1,\"event\":\"asked\",\"day\":\"{day}\",\"question\":\"cdn\",\"outcome\":\"unsure\"}}\n"
        )
    };
    fs::write(&log, record("2026-11-27") + &record("") + &record("2026-11-28")).expect("it can be written");
    let run = logged(&log, &["log"]);
    assert!(run.stdout.contains("3 questions in 1 file, 257 bytes, from 2026-11-27 to 2026-11-28\n"), "{run:?}");
}
