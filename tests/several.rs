//! Several knowledge bases, ranked as one: every id that is printed is found again.

mod support;

use std::path::Path;

use support::{Run, content, faqt};

const LAMP: &str = "\
# How do I reset it? {#reset}
Hold the button. See [the colours](#colours).

# Which colours does the lamp have? {#colours}
Red and green.
";
const FAN: &str = "\
# How do I reset it? {#reset}
Press the switch.

# Is the fan loud? {#loud}
No.
";

/// Two folders and a pack of the second.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("lamp", LAMP), ("fan", FAN)] {
        let made = content(folder.path(), &[("faq.md", text)]);
        std::fs::rename(made, folder.path().join(name)).expect("it can be named");
    }
    folder
}

fn at(place: &Path, arguments: &[&str]) -> Run {
    let output = support::command(arguments).current_dir(place).output().expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Run { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
}

const BOTH: [&str; 4] = ["--kb", "lamp", "--kb", "fan"];

fn both(place: &Path, arguments: &[&str]) -> Run {
    at(place, &[&BOTH[..], arguments].concat())
}

#[test]
fn the_best_of_several_answers() {
    let place = place();
    let run = both(place.path(), &["is the fan loud"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.starts_with("Is the fan loud?\nfan:loud\n\nNo.\n"), "{run:?}");
    let run = both(place.path(), &["which colours"]);
    assert!(run.stdout.contains("lamp:colours"), "{run:?}");
}

#[test]
fn every_id_that_is_printed_is_shown() {
    let place = place();
    let why = both(place.path(), &["--why", "how do I reset it"]);
    assert!(why.stdout.contains("Next comes fan:reset"), "{why:?}");
    let listed = both(place.path(), &["list", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed.stdout).expect("JSON");
    let ids = listed["contents"].as_array().expect("a list").iter().map(|entry| entry["id"].as_str().expect("an id"));
    let ids: Vec<&str> = ids.collect();
    assert_eq!(ids, ["lamp:reset", "lamp:colours", "fan:reset", "fan:loud"]);
    for id in ids {
        let run = both(place.path(), &["show", id]);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.stdout.contains(id), "{run:?}");
    }
    let shown = both(place.path(), &["show", "lamp:reset"]);
    assert!(shown.stdout.contains("See the colours [lamp:colours]."), "{shown:?}");
    let markdown = both(place.path(), &["show", "lamp:reset", "--format", "markdown"]);
    assert!(markdown.stdout.contains("[the colours](<faqt:lamp:colours>)"), "{markdown:?}");
    assert_eq!(both(place.path(), &["show", "loud"]).code, Some(0));
    let keyword = both(place.path(), &["-k", "fan:reset"]);
    assert!(keyword.stdout.contains("Press the switch."), "{keyword:?}");
}

#[test]
fn entries_of_all_are_compared_with_one() {
    let place = place();
    let run = both(place.path(), &["similar", "lamp:reset", "-n", "1"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(0), "Like “How do I reset it?”:\n  How do I reset it? [fan:reset]\n")
    );
    let run = both(place.path(), &["similar", "reset"]);
    assert!(run.stderr.contains("more than one entry has the id `reset`"), "{run:?}");
}

#[test]
fn an_id_of_several_entries_is_an_error_that_names_them() {
    let place = place();
    let run = both(place.path(), &["show", "reset"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("more than one entry has the id `reset`"), "{run:?}");
    assert!(run.stderr.contains("nearest: lamp:reset, fan:reset"), "{run:?}");
    let run = both(place.path(), &["show", "fan:luod"]);
    assert!(run.stderr.contains("no entry has the id `fan:luod`") && run.stderr.contains("fan:loud"), "{run:?}");
}

#[test]
fn knowledge_bases_are_given_on_both_sides_of_a_command_and_in_the_environment() {
    let place = place();
    let expected = both(place.path(), &["list"]).stdout;
    assert!(expected.contains("lamp:reset") && expected.contains("fan:loud"), "{expected}");
    assert_eq!(at(place.path(), &["--kb=lamp", "list", "--kb", "fan"]).stdout, expected);
    assert_eq!(at(place.path(), &["list", "--kb=lamp", "--kb=fan"]).stdout, expected);
    let of_environment = |list: &str, arguments: &[&str]| {
        let mut command = support::command(arguments);
        let output = command.current_dir(place.path()).env("FAQT_KB", list).output().expect("it starts");
        (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code())
    };
    let separator = if cfg!(windows) { ";" } else { ":" };
    assert_eq!(of_environment(&format!("lamp{separator}fan{separator}"), &["list"]).0, expected);
    let only_lamp = at(place.path(), &["--kb", "lamp", "list"]).stdout;
    assert_eq!(of_environment(&format!("lamp{separator}fan"), &["list", "--kb", "lamp"]).0, only_lamp);
    assert_eq!(of_environment(separator, &["show", "review-time"]).1, Some(0));
    // A list is for questions: the folder `content` is checked, or this one.
    let (checked, code) = of_environment(&format!("lamp{separator}fan"), &["check"]);
    assert!(code == Some(0) && checked.contains("4 entries"), "{checked}");
}

#[test]
fn commands_on_one_folder_say_so() {
    let place = place();
    let check = both(place.path(), &["check"]);
    assert_eq!(check.code, Some(2), "{check:?}");
    assert!(check.stderr.contains("checks one folder, and --kb names several"), "{check:?}");
    let build = both(place.path(), &["build", "lamp", "-o", "lamp.faqt"]);
    assert_eq!(build.code, Some(2), "{build:?}");
    assert!(build.stderr.contains("builds one folder, and --kb names several"), "{build:?}");
    assert!(!place.path().join("lamp.faqt").exists());
}

#[test]
fn measures_and_sizes_are_of_all() {
    let place = place();
    std::fs::write(
        place.path().join("queries.jsonl"),
        "{\"query\": \"is the fan loud\", \"expect\": [\"loud\"]}\n{\"query\": \"colours\", \"expect\": [\"lamp:colours\"]}\n",
    )
    .expect("a file");
    let eval = both(place.path(), &["eval", "queries.jsonl", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&eval.stdout).unwrap_or_else(|_| panic!("{eval:?}"));
    assert_eq!(report["evaluation"]["covered"]["mrr_at_10"], 1.0, "{eval:?}");
    let stats = both(place.path(), &["stats"]);
    assert!(stats.stdout.contains(" 4 entries"), "{stats:?}");
}

#[test]
fn a_section_of_none_is_an_error_and_a_language_of_none_falls_back() {
    let place = place();
    let run = both(place.path(), &["--section", "none", "reset"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("no entry is in a section `none`"), "{run:?}");
    let run = both(place.path(), &["--lang", "de", "reset"]);
    assert!(run.code == Some(1) && run.stdout.contains("(English)"), "{run:?}");
}

#[test]
fn one_that_cannot_be_opened_is_an_error() {
    let place = place();
    let run = both(place.path(), &["--kb", "missing.faqt", "reset"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("missing.faqt"), "{run:?}");
}

#[test]
fn ids_are_completed_from_all_without_indexing() {
    let place = place();
    let completed = |words: &[&str]| {
        let mut command = support::command([&["--", "faqt"][..], words].concat());
        command.env("FAQT_COMPLETE", "zsh").env("XDG_CACHE_HOME", place.path().join("cache"));
        let output = command.current_dir(place.path()).output().expect("it starts");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        let words = String::from_utf8(output.stdout).expect("UTF-8");
        words.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(completed(&["--kb", "lamp", "--kb=fan", "show", ""]).iter().all(|word| word.starts_with('-')));
    for (folder, pack) in [("lamp", "l.faqt"), ("fan", "f.faqt")] {
        assert_eq!(at(place.path(), &["build", folder, "-o", pack]).code, Some(0));
    }
    assert_eq!(
        completed(&["--kb", "l.faqt", "--kb=f.faqt", "show", "l:"]),
        ["l:reset", "l:colours"].map(str::to_owned).into_iter().rev().collect::<Vec<_>>()
    );
    assert_eq!(completed(&["--kb", "l.faqt", "show", "--kb=f.faqt", "lo"]), ["loud"]);
    assert!(completed(&["--kb", "l.faqt", "--kb=f"]).contains(&"--kb=f.faqt".to_owned()));
    assert!(completed(&["--kb", "l.faqt", "--kb=f.faqt", "show", "re"]).is_empty());
    assert!(!place.path().join("cache").exists());
}

#[test]
fn folders_of_one_name_are_told_apart() {
    let place = place();
    for (folder, text) in [("a", LAMP), ("b", FAN)] {
        let inner = place.path().join(folder);
        std::fs::create_dir(&inner).expect("a folder");
        content(&inner, &[("faq.md", text)]);
    }
    let listed = at(place.path(), &["--kb", "a/content", "--kb", "b/content", "list"]);
    assert!(listed.stdout.contains("a/content:reset") && listed.stdout.contains("b/content:reset"), "{listed:?}");
    let shown = at(place.path(), &["--kb", "a/content", "--kb", "b/content", "show", "b/content:reset"]);
    assert!(shown.stdout.contains("Press the switch."), "{shown:?}");
    assert_eq!(faqt(["--kb", "content", "--kb", "content", "show", "review-time"]).code, Some(0));
}
