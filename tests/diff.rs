//! `faqt diff`: two states of a knowledge base are compared by the answers that they give.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Run, command, content, root};

/// Returns a git command that reads no configuration of the user.
fn git(repository: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C").arg(repository).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.output().expect("git is there");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Makes a repository with a folder `docs` of these files, committed on `main`.
fn repository(folder: &Path, files: &[(&str, &str)]) -> PathBuf {
    content(folder, files);
    fs::rename(folder.join("content"), folder.join("docs")).expect("it can be renamed");
    git(folder, &["init", "--quiet", "--initial-branch=main"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "--message=first"]);
    folder.join("docs")
}

fn diff(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = command(["diff"].iter().chain(arguments));
    command.current_dir(folder).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    Run::of(&mut command)
}

fn json(run: &Run) -> serde_json::Value {
    let output: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    output["diff"].clone()
}

const LAMP: &str = "---\nid: reset\nquestion: How do I reset the lamp?\naliases: [it does not come on, the glow is gone]\n\
                    asked: [my lamp hangs]\n---\nHold the button until my lamp, which hangs, is dark.\n";
const FAN: &str =
    "# Fan\n\n## Is the fan loud? {#loud}\n\nNo. See [the lamp](lamp.md).\n\n## Is it heavy?\n\nNot very.\n";

#[test]
fn two_revisions_of_the_guide_differ_in_what_was_changed_and_in_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let guide = |name: &str| fs::read_to_string(root().join("docs").join(name)).expect("the guide is there");
    let names = ["checks.md", "entries.md", "settings.md"];
    let texts = names.map(guide);
    let mut files: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    files.push(("lamp.md", LAMP));
    let docs = repository(folder.path(), &files);
    let same = diff(folder.path(), &["main:docs", "docs"]);
    assert_eq!(same.code, Some(0), "{same:?}");
    assert!(same.stdout.contains(" 0 worse, ") && same.stdout.lines().count() == 1, "{same:?}");

    // An alias is removed, an entry is renamed, and a sentence is changed.
    fs::write(docs.join("lamp.md"), LAMP.replace(", the glow is gone", "")).expect("it can be written");
    let checks = texts[0].replace("## How do I start a new folder?", "## How do I start a new folder? {#new-folder}");
    fs::write(docs.join("checks.md"), checks).expect("it can be written");
    let entries = texts[1].replace("Every key but `question` is optional.", "All keys but `question` are optional.");
    fs::write(docs.join("entries.md"), entries).expect("it can be written");
    git(folder.path(), &["commit", "--quiet", "--all", "--message=second"]);

    let run = diff(folder.path(), &["main~1:docs", "main:docs", "--format", "json"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let found = json(&run);
    assert_eq!(found["changed"].as_array().map(Vec::len), Some(1), "{found:#}");
    assert_eq!(found["changed"][0]["question"], "the glow is gone");
    assert_eq!(found["changed"][0]["change"], "now_refused");
    assert_eq!(found["entries"]["renamed"][0]["old_id"], "checks#how-do-i-start-a-new-folder");
    assert_eq!(found["entries"]["renamed"][0]["id"], "new-folder");
    assert_eq!(found["entries"]["changed"][0]["parts"], serde_json::json!(["answer"]));
    for (kind, count) in [("renamed", 1), ("changed", 1), ("added", 0), ("removed", 0)] {
        assert_eq!(found["entries"][kind].as_array().map(Vec::len), Some(count), "{kind}: {found:#}");
    }
    // The guide grows.
    let [all, same] = [&found["questions"], &found["counts"]["same"]].map(ToString::to_string);
    let shown = |format: &str| {
        let run = diff(folder.path(), &["main~1:docs", "main:docs", "--format", format, "--width", "200"]);
        run.shown().replace(&format!("{all} questions"), "ALL questions").replace(&format!("{same} with"), "SAME with")
    };
    insta::assert_snapshot!("revisions_text", shown("text"));
    insta::assert_snapshot!("revisions_markdown", shown("markdown"));
}

#[test]
fn a_revision_is_read_as_the_folder_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("lamp.md", LAMP),
        ("fan.md", FAN),
        ("note.md", "# A note\n\n!!! note\n    Read it twice.\n"),
        ("faqt.toml", "name = 'Help'\nexclude = ['old/**']\n"),
        ("old/lamp.md", "# How was the lamp reset?\n\nBy hand.\n"),
        ("shade.Rmarkdown", "# Is the shade round?\n\nIt is.\n"),
        ("questions.jsonl", "{\"query\": \"how heavy is the fan\", \"expect\": [\"fan#is-it-heavy\"]}\n"),
    ];
    let docs = repository(folder.path(), &files);
    // The dialect of a generator is shown beside the folder.
    fs::write(folder.path().join("mkdocs.yml"), "site_name: x\n").expect("it can be written");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", docs.join("link.md")).expect("a link");
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=second"]);
    for revision in ["main:docs", "main:./docs", "HEAD:docs/"] {
        let run = diff(folder.path(), &[revision, "docs", "--format", "json"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        let found = json(&run);
        assert_eq!(found["counts"]["same"], found["questions"], "{revision}: {found:#}");
        assert_eq!(found["entries"]["changed"], serde_json::json!([]), "{revision}: {found:#}");
        assert_eq!(found["entries"]["added"], serde_json::json!([]), "{revision}: {found:#}");
    }
    let pack = folder.path().join("help.faqt").to_string_lossy().into_owned();
    assert_eq!(support::faqt(["build", &docs.to_string_lossy(), "-o", &pack]).code, Some(0));
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=third"]);
    assert_eq!(diff(folder.path(), &["main:help.faqt", &pack]).code, Some(0));
    assert_eq!(diff(folder.path(), &["help.faqt", "main:docs"]).code, Some(0));
}

#[test]
fn what_is_worse_is_what_was_expected_and_does_not_hold_any_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let old = content(&folder.path().join("old"), &[("lamp.md", LAMP), ("fan.md", FAN)]);
    let new = content(&folder.path().join("new"), &[("lamp.md", LAMP), ("fan.md", FAN)]);
    let [old, new] = [old, new].map(|folder| folder.to_string_lossy().into_owned());
    let compare = |files: &[(&str, &str)], logged: &str| {
        for (path, text) in files {
            fs::write(Path::new(&new).join(path), text).expect("it can be written");
        }
        let file = folder.path().join("asked.log").to_string_lossy().into_owned();
        fs::write(&file, logged).expect("it can be written");
        let run = diff(folder.path(), &[&old, &new, "--questions", &file, "--format", "json"]);
        (run.code, json(&run))
    };
    let verdicts = |found: &serde_json::Value| {
        let rows = found["changed"].as_array().cloned().unwrap_or_default();
        rows.iter().map(|row| format!("{} {}", row["question"], row["verdict"])).collect::<Vec<_>>()
    };
    // The golden question loses its words.
    let (code, found) = compare(&[("lamp.md", &LAMP.replace("until my lamp, which hangs, is dark", "down"))], "");
    assert_eq!((code, verdicts(&found)), (Some(1), vec!["\"my lamp hangs\" \"worse\"".to_owned()]), "{found:#}");
    // The removal of an entry is no loss to its own questions, but to those of a log.
    let fan = FAN.replace("## Is it heavy?\n\nNot very.\n", "");
    let (code, found) = compare(&[("lamp.md", LAMP), ("fan.md", &fan)], "");
    assert_eq!(found["entries"]["removed"][0]["id"], "fan#is-it-heavy", "{found:#}");
    assert_eq!(code, Some(0), "{found:#}");
    let (code, found) = compare(&[], "{\"question\": \"is the fan heavy\", \"outcome\": \"answered\"}\n");
    assert!(code == Some(1) && verdicts(&found).contains(&"\"is the fan heavy\" \"worse\"".to_owned()), "{found:#}");
    // An alias that answers a logged question is an improvement.
    let better = LAMP.replace("the glow is gone", "the glow is gone, darkness everywhere");
    let (code, found) =
        compare(&[("lamp.md", &better), ("fan.md", FAN)], "darkness everywhere\n\ndarkness everywhere\n");
    assert_eq!(code, Some(0), "{found:#}");
    assert_eq!(verdicts(&found), ["\"darkness everywhere\" \"better\""]);
    assert_eq!(found["changed"][0]["asked"], 2);
    // A record of what a reader did with an answer asks nothing.
    let record = |event: &str| format!("{{\"event\": \"{event}\", \"question\": \"darkness everywhere\"}}\n");
    let (_, found) = compare(&[], &["asked", "opened", "helped", "not_helped"].map(record).concat());
    assert_eq!(found["changed"][0]["asked"], 1, "{found:#}");
}

#[test]
fn a_renamed_entry_changes_no_entry_that_links_to_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let old = content(&folder.path().join("old"), &[("lamp.md", LAMP), ("fan.md", FAN)]);
    let new = content(
        &folder.path().join("new"),
        &[("lamp.md", &LAMP.replace("id: reset", "id: reset-the-lamp")), ("fan.md", FAN)],
    );
    let run = diff(folder.path(), &[&old.to_string_lossy(), &new.to_string_lossy(), "--format", "json"]);
    let found = json(&run);
    assert_eq!(run.code, Some(0), "{found:#}");
    assert_eq!(found["entries"]["renamed"][0]["id"], "reset-the-lamp");
    assert_eq!(found["entries"]["changed"], serde_json::json!([]), "{found:#}");
}

#[test]
fn broken_lines_and_unknown_ids_are_named_and_the_others_are_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let kb = content(folder.path(), &[("lamp.md", LAMP)]).to_string_lossy().into_owned();
    let file = folder.path().join("asked.log");
    let log = "{\"query\": \"lamp\", \"expect\": [\"rest\"]}\n{\"query\": \nplain words\n\n{\"day\": \"2026-01-01\"}\n\
               {\"question\": 3}\n";
    fs::write(&file, [log.as_bytes(), b"\xff\xfe\n"].concat()).expect("it can be written");
    let file = file.to_string_lossy().into_owned();
    let run = diff(folder.path(), &[&kb, &kb, "--questions", &file]);
    assert_eq!(run.code, Some(0), "{run:?}");
    insta::assert_snapshot!("broken_lines", run.stderr.replace(&file, "asked.log"));
}

#[test]
fn a_state_that_cannot_be_read_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let outside = diff(folder.path(), &["main:docs", "main:docs"]);
    assert_eq!(outside.code, Some(2), "{outside:?}");
    assert!(outside.stderr.starts_with("error: cannot open main:docs: not a git repository"), "{outside:?}");
    let docs = repository(folder.path(), &[("lamp.md", LAMP), ("note.txt", "x")]);
    let kb = docs.to_string_lossy().into_owned();
    for (name, said) in [
        ("main:nothing", "cannot open main:nothing: path 'nothing' does not exist in 'main'"),
        ("nobody:docs", "cannot open nobody:docs: invalid object name 'nobody'"),
        ("main:docs/note.txt", "cannot open main:docs/note.txt: not a pack"),
        ("--output=x:docs", "unexpected argument '--output' found"),
        ("nothing", "cannot read nothing"),
    ] {
        let run = diff(folder.path(), &[name, &kb]);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.stderr.contains(said), "{name}: {run:?}");
    }
    let run = diff(folder.path(), &[&kb, &kb, "--questions", "nothing.log"]);
    assert!(run.code == Some(2) && run.stderr.starts_with("error: cannot read nothing.log"), "{run:?}");
}
