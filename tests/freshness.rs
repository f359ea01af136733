//! `covers` and `verified`: entries that are older than the files that they are about.
#![cfg(feature = "git")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Run, faqt};

/// A repository with a folder of help beside its sources.
struct Place {
    folder: tempfile::TempDir,
    commits: u32,
}

impl Place {
    fn new() -> Place {
        let place = Place { folder: tempfile::tempdir().expect("a folder"), commits: 0 };
        place.git(&["init", "--quiet", "--initial-branch=main"]);
        place
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn help(&self) -> PathBuf {
        self.path().join("help")
    }

    fn git(&self, arguments: &[&str]) -> String {
        let seconds = 1_767_225_600 + 86_400 * self.commits;
        let time = format!("{seconds} +0000");
        let mut command = Command::new("git");
        command
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
            .args(arguments);
        command.current_dir(self.path()).env("GIT_AUTHOR_DATE", &time).env("GIT_COMMITTER_DATE", &time);
        let output =
            command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().expect("git");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
        std::fs::write(file, text).expect("it can be written");
    }

    /// Commits everything, a day after the commit before.
    fn commit(&mut self, subject: &str) -> String {
        self.commits += 1;
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", subject]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn entry(&self, covers: &str, verified: &str) {
        let text = format!("---\nid: loud\nquestion: Is it loud?\ncovers: {covers}\nverified: {verified}\n---\nNo.\n");
        self.write("help/loud.md", &text);
    }

    fn check(&self) -> Run {
        faqt(["check".as_ref(), self.help().as_os_str()])
    }

    /// Returns the problems, with hashes as `HASH`.
    fn problems(&self) -> String {
        let run = self.check();
        let mut text = run.stdout.replace("\n  ", " ");
        for commit in self.git(&["log", "--format=%H"]).lines() {
            text = text.replace(&commit[..12], "HASH");
        }
        text.split_inclusive('\n').filter(|line| line.starts_with("warning: ")).collect()
    }
}

#[test]
fn an_entry_is_stale_when_its_files_changed_since_it_was_verified() {
    let mut place = Place::new();
    place.write("src/horn.rs", "quiet");
    place.write("src/light.rs", "dark");
    let first = place.commit("Begin");
    place.entry("[../src/horn.rs, ../src/l*.rs]", &first[..12]);
    assert_eq!(place.problems(), "");
    place.write("README.md", "a lamp");
    place.commit("Say what it is");
    assert_eq!(place.problems(), "");
    for subject in ["Louder", "Louder still", "Much louder", "Loudest"] {
        place.write("src/horn.rs", subject);
        place.commit(subject);
    }
    insta::assert_snapshot!("stale", place.problems().replace(&first[..12], "HASH"));
    let sarif = faqt(["check".as_ref(), place.help().as_os_str(), "--report=sarif".as_ref()]);
    assert!(sarif.stdout.contains("\"ruleId\":\"stale\""), "{sarif:?}");
    // A change that was taken back is none.
    place.write("src/horn.rs", "quiet");
    place.commit("Quiet again");
    assert_eq!(place.problems(), "");
}

#[test]
fn verified_moves_to_the_latest_commit_or_to_a_given_one() {
    let mut place = Place::new();
    place.write("src/horn.rs", "quiet");
    place.commit("Begin");
    place.entry("../src/horn.rs", "2026-01-01");
    assert!(place.problems().contains("`2026-01-01` is older than the oldest commit"), "{}", place.problems());
    let verified = |options: &[&str]| {
        let mut arguments = vec!["verified", "loud", "--kb"];
        let help = place.help();
        let help = help.to_string_lossy();
        arguments.push(&help);
        arguments.extend(options);
        faqt(arguments)
    };
    let text = || std::fs::read_to_string(place.help().join("loud.md")).expect("it is there");
    let head = place.git(&["rev-parse", "HEAD"]);
    let run = verified(&[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(text().contains(&format!("verified: {}\n", &head[..12])), "{}", text());
    assert_eq!(place.problems(), "");
    verified(&["--at", "2026-01-02"]);
    assert!(text().contains("verified: 2026-01-02\n"), "{}", text());
    let run = verified(&["--at", "no-such-tag"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("`no-such-tag` is no revision of the repository and no date\nhint: name a commit"),
        "{run:?}"
    );
    let json: serde_json::Value = serde_json::from_str(&verified(&["--format", "json"]).stdout).expect("JSON");
    assert_eq!(json["verified"]["id"], "loud");
}

#[test]
fn files_are_followed_through_renames() {
    let mut place = Place::new();
    place.write("src/horn.rs", "quiet\n");
    let first = place.commit("Begin");
    place.git(&["mv", "src/horn.rs", "src/bell.rs"]);
    place.commit("A bell");
    place.entry("../src/bell.rs", &first);
    assert_eq!(place.problems(), "", "a new name alone is no change");
    place.write("src/bell.rs", "loud\n");
    place.commit("Louder");
    assert!(place.problems().contains("`src/bell.rs` changed since"), "{}", place.problems());
    assert!(place.problems().contains("Louder (read"), "{}", place.problems());
    place.entry("../src/horn.rs", &first);
    assert!(
        place.problems().contains("`../src/horn.rs` was renamed to `src/bell.rs` in HASH (write `/src/bell.rs`)"),
        "{}",
        place.problems()
    );
}

#[test]
fn a_file_whose_name_has_brackets_is_no_glob() {
    let mut place = Place::new();
    place.write("src/[id].ts", "quiet\n");
    let first = place.commit("Begin");
    place.entry("'../src/[id].ts'", &first);
    assert_eq!(place.problems(), "");
    place.git(&["mv", "src/[id].ts", "src/page.ts"]);
    place.commit("A page");
    assert!(place.problems().contains("`../src/[id].ts` names no file"), "{}", place.problems());
    place.entry("../src/page.ts", &first);
    assert_eq!(place.problems(), "", "a new name alone is no change");
    place.git(&["mv", "src/page.ts", "src/[slug].ts"]);
    place.write("src/[slug].ts", "loud\n");
    place.commit("Louder");
    place.entry("'../src/page.ts'", &first);
    assert!(place.problems().contains("`../src/page.ts` names no file"), "{}", place.problems());
    place.entry("'../src/[slug].ts'", &first);
    assert!(place.problems().contains("`src/[slug].ts` changed since"), "{}", place.problems());
}

#[test]
fn what_cannot_be_looked_up_is_said_with_file_line_and_remedy() {
    let mut place = Place::new();
    for number in 0..30 {
        place.write(&format!("src/{number}.rs"), "x");
    }
    place.commit("Begin");
    for (covers, verified, said) in [
        ("../no.rs", "HEAD", "help/loud.md:4: `../no.rs` names no file of the latest commit (paths count from"),
        ("../../x.rs", "HEAD", "`../../x.rs` leads out of the repository (name files of the repository)"),
        ("'../src/**'", "HEAD", "`../src/**` names 30 of the 30 files of the repository"),
        ("'../[a'", "HEAD", "`../[a` is no glob"),
        (
            "../src/1.rs",
            "abc123",
            "help/loud.md:5: `abc123` is no revision of the repository and no date (write a commit",
        ),
        ("../src/1.rs", "2999-01-01", "help/loud.md:5: `2999-01-01` is in the future"),
        ("../src/1.rs", "", "`loud` has `covers` and no `verified` (read it, then: faqt verified loud)"),
    ] {
        place.entry(covers, verified);
        let problems = place.problems();
        assert!(problems.contains(said.trim_start_matches("help/")), "{covers} {verified}: {problems}");
    }
}

#[test]
fn shallow_clones_and_folders_without_git_are_named() {
    let mut place = Place::new();
    place.write("src/horn.rs", "quiet");
    let first = place.commit("Begin");
    place.write("src/horn.rs", "loud");
    place.entry("../src/horn.rs", &first);
    place.commit("Louder");
    let clone = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", place.path().display());
    place.git(&["clone", "--quiet", "--depth=1", &url, &clone.path().join("lamp").to_string_lossy()]);
    let run = faqt(["check".as_ref(), clone.path().join("lamp/help").as_os_str()]);
    assert!(run.stdout.contains("the clone is shallow"), "{run:?}");
    let translation = "---\nquestion: 响吗？\n---\n不响。\n";
    place.write("help/loud.zh.md", translation);
    place.write("help/faqt.toml", "[checks]\noutdated-translation = 'warning'\n");
    place.commit("Translate");
    place.git(&["clone", "--quiet", "--depth=1", &url, &clone.path().join("zh").to_string_lossy()]);
    let run = faqt(["check".as_ref(), clone.path().join("zh/help").as_os_str()]);
    assert!(run.stdout.contains("cannot be compared with `loud.md`: the clone is shallow"), "{run:?}");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(place.help().join("loud.md"), folder.path().join("loud.md")).expect("it can be copied");
    let run = faqt(["check".as_ref(), folder.path().as_os_str()]);
    assert!(run.stdout.contains("cannot be looked up: the folder is in no git repository"), "{run:?}");
}

#[test]
fn a_translation_is_outdated_when_its_source_changed_after_it() {
    let mut place = Place::new();
    let source = |text: &str| format!("---\nid: loud\nquestion: Is it loud?\n---\n{text}\n");
    let translation = |text: &str, more: &str| format!("---\nquestion: 响吗？\n{more}---\n{text}\n");
    place.write("help/loud.md", &source("No."));
    place.write("help/loud.zh.md", &translation("不响。", ""));
    place.write("help/dim.md", "---\nquestion: Can it be dimmed?\n---\nTurn the ring.\n");
    place.write("help/dim.zh.md", "---\nquestion: 可以调暗吗？\n---\n转动圆环。\n");
    let first = place.commit("Begin");
    place.write("help/loud.md", &source("Not at night."));
    let second = place.commit("Say when");
    assert_eq!(place.problems(), "", "it is off unless it is set");
    place.write("help/faqt.toml", "language = 'en'\n[checks]\noutdated-translation = 'warning'\nno-keywords = 'off'\n");
    assert_eq!(
        place.problems(),
        "warning: loud.zh.md:1: `loud.md` changed after this translation of it: HASH 2026-01-03 Say when (change the translation, \
         too; if it is right as it is: faqt verified loud@zh)\n"
    );
    // A change that is not committed yet is newer than any commit.
    place.write("help/loud.zh.md", &translation("晚上不响。", ""));
    assert_eq!(place.problems(), "");
    // A new name is no change of the translation; `verified` says that it is right as it is.
    place.write("help/loud.zh.md", &translation("不响。", ""));
    place.git(&["mv", "help/loud.zh.md", "help/loud.zh-CN.md"]);
    place.commit("Rename");
    assert!(place.problems().contains("loud.zh-CN.md:1: `loud.md` changed after"), "{}", place.problems());
    place.write("help/loud.zh-CN.md", &translation("不响。", &format!("verified: {first}\n")));
    place.commit("Verify the old one");
    place.write("help/loud.md", &source("Never."));
    place.commit("Say never");
    assert!(place.problems().contains("HASH 2026-01-06 Say never (change"), "{}", place.problems());
    let help = place.help();
    let run = faqt(["verified", "loud@zh", "--kb", &help.to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{run:?}");
    place.commit("Verify");
    assert_eq!(place.problems(), "");
    // The language of the knowledge base says which one is the source.
    place
        .write("help/faqt.toml", "language = 'zh-CN'\n[checks]\noutdated-translation = 'error'\nno-keywords = 'off'\n");
    place.write("help/loud.md", &source("Never.").replace("id: loud", "id: loud\nlang: en"));
    place.commit("Say the language");
    place.write("help/loud.zh-CN.md", &translation("从不。", ""));
    place.commit("Change the Chinese source");
    let run = place.check();
    assert!(run.stdout.contains("error: loud.md:1: `loud.zh-CN.md` changed after this translation of it"), "{run:?}");
    assert_ne!(second, first);
}
