//! Bad input: one `error:` line that names the input, a `hint:` if there is a remedy, exit code 2.

mod support;

use std::fs;
use std::process::Stdio;

use support::{command, content, faqt};

#[track_caller]
fn check(arguments: &[&str], error: &str) {
    let run = faqt(arguments);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    let first = run.stderr.lines().next().unwrap_or_default();
    assert!(first.starts_with("error: ") && first.contains(error), "{}", run.stderr);
}

#[test]
fn files_that_are_no_packs_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::write(path("text"), "no pack").expect("it can be written");
    fs::write(path("empty"), "").expect("it can be written");
    let future = [b"\x89FAQT\r\n\x1a".as_slice(), &[99, 0, 0, 0], &[0; 100]].concat();
    fs::write(path("future"), future).expect("it can be written");
    check(&["--kb", &path("missing"), "why"], "missing: ");
    check(&["--kb", &path("text"), "why"], "text: not a pack");
    check(&["--kb", &path("empty"), "why"], "empty: not a pack");
    check(&["--kb", &path("future"), "why"], "future: pack of format version 99");
    check(&["--kb", &path(""), "why"], "no entries in ");
}

#[test]
fn an_empty_path_of_a_knowledge_base_is_named_and_an_empty_variable_is_none() {
    for arguments in [&["--kb", "", "why"][..], &["--kb=", "why"], &["show", "x", "--kb", ""], &["list", "--kb="]] {
        check(arguments, "the path of the knowledge base is empty");
        assert!(faqt(arguments).stderr.contains("\nhint: name a pack or a folder behind `--kb`"), "{arguments:?}");
    }
    let variables = [
        "FAQT_KB",
        "FAQT_MODEL",
        "FAQT_COMPLETE",
        "PAGER",
        "LESS",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "XDG_CACHE_HOME",
        "COLUMNS",
    ];
    let mut command = command(["ICP", "transfer", "Baidu"]);
    let output = command.envs(variables.map(|variable| (variable, ""))).output().expect("it starts");
    assert_eq!(String::from_utf8_lossy(&output.stdout), faqt(["ICP", "transfer", "Baidu"]).stdout);
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{output:?}");
}

#[test]
fn an_unknown_id_is_answered_with_the_nearest() {
    let run = faqt(["show", "bind-badiu-domain"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(run.stderr, "error: no entry has the id `bind-badiu-domain`\nhint: nearest: bind-baidu-domain\n");
}

#[test]
fn an_empty_query_is_an_error() {
    check(&["search", ""], "the query is empty");
    check(&["--", "  ", "\t"], "the query is empty");
}

#[test]
fn a_long_query_is_only_slow_to_type() {
    let long = "domain ".repeat(15_000);
    let run = faqt(["--", long.as_str()]);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn bytes_that_are_not_utf8_are_named() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;
    let output = command([OsString::from("search"), OsString::from_vec(vec![b'a', 0xff])]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with("error: the query `a\u{fffd}` is not UTF-8"), "{stderr}");
}

#[test]
fn nothing_typed_acts_on_the_terminal() {
    for typed in ["\u{1b}]0;title\u{7}", "\u{202e}abc\u{9b}31m", "a\nb\rc"] {
        for arguments in [vec!["--", typed], vec!["show", typed], vec!["--kb", typed, "x"], vec!["--keyword", typed]] {
            let run = faqt(&arguments);
            let shown = run.stdout + &run.stderr;
            let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!shown.contains(bad), "{arguments:?}: {shown:?}");
        }
    }
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let mut child = command(["list"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{output:?}");
}

#[test]
fn every_problem_of_a_folder_is_reported_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("a.md", "---\nid: same\nquestion: One?\naliases: [twice]\n---\nSee [x](b.md#no) and [y](faqt:sam).\n"),
        ("b.md", "---\nid: same\nquestion: Two?\naliases: [Twice]\nrelated: [nothing]\n---\nText.\n"),
        ("c.md", "---\nid: [\n---\nText.\n"),
        ("d.md", "---\nquestion: Empty?\n---\n"),
        ("e.md", "# Bell \u{7}\n\nText.\n"),
        ("faqt.toml", "name = \"x\"\nnmae = \"y\"\n"),
    ];
    let content = content(folder.path(), &files);
    fs::write(content.join("f.md"), b"\xff").expect("it can be written");
    let pack = folder.path().join("kb.faqt");
    let run = faqt(["build".as_ref(), content.as_os_str(), "-o".as_ref(), pack.as_os_str()]);
    assert_eq!(run.code, Some(2));
    assert!(!pack.exists());
    insta::assert_snapshot!(run.stderr);
}
