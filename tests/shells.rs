//! Completion in real shells on a pseudo-terminal: Tab and Enter run nothing that a pack or a folder holds.
//!
//! Each shell completes the ids of a hostile knowledge base and the names of hostile files, and runs the line. A script
//! that records its arguments replaces `faqt`. Every name tries to create the file `canary`. A shell that is not
//! installed is skipped, except Bash in CI. PowerShell has no Debian package: its quoting is tested in
//! `src/cli/completion/quote.rs`.
#![cfg(unix)]

#[path = "support/session.rs"]
mod session;
mod support;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use pty_process::blocking::Command;
use session::Session;

/// Suffixes of names that would have an effect if a shell evaluated them.
const HOSTILE: &[&str] = &[
    "$(touch${IFS}canary)",
    "`touch${IFS}canary`",
    ";touch canary;",
    "|touch canary",
    "&touch canary&",
    ">canary",
    "<(touch canary)",
    "=(touch canary)",
    "(touch canary)",
    "{touch,canary}",
    "';touch canary;'",
    "\";touch canary;\"",
    "\\;touch canary",
    "\\$(touch canary)",
    "'$(touch canary)'",
    "!!;touch canary",
    "${x:=$(touch canary)}",
    " $(touch canary)",
    "#;touch canary",
    "{ touch canary }",
    "[touch canary]*?~ ^a^b^ %1",
    "\\",
];

/// Suffixes of names that a person would choose.
const HARMLESS: &[&str] = &["reset the lamp", "备案 多久", "v1.2.notes", "it's", "std::vec=1", "c++"];

/// The name of a hostile folder.
const FOLDER: &str = "d $(touch canary)";

/// Returns a name with a prefix that is typed alike in every shell.
fn named(number: usize, end: &str) -> String {
    format!("n{number:02}{end}")
}

fn names() -> impl Iterator<Item = String> {
    HOSTILE.iter().chain(HARMLESS).enumerate().map(|(number, end)| named(number, end))
}

/// A shell with the keys and settings by which it completes `faqt`.
struct Kind {
    name: &'static str,
    /// The keys that accept the only candidate.
    accept: &'static str,
    /// The quotes inside which the shell completes.
    quotes: &'static [&'static str],
    start: fn(&Place) -> Command,
}

const BASH: Kind = Kind { name: "bash", accept: "\t", quotes: &["'", "\""], start: bash };
const ZSH: Kind = Kind { name: "zsh", accept: "\t", quotes: &["'", "\""], start: zsh };
const FISH: Kind = Kind { name: "fish", accept: "\t", quotes: &["'", "\""], start: fish };
/// Elvish shows a candidate at Tab and accepts it at the first Enter.
const ELVISH: Kind = Kind { name: "elvish", accept: "\t\r", quotes: &[], start: elvish };

fn bash(place: &Place) -> Command {
    let settings = place.settings("PS1='<ready>'\nPS2='<more>'\nHISTFILE=\n");
    Command::new("bash").args(["--noprofile", "--rcfile"]).arg(settings).arg("-i")
}

fn zsh(place: &Place) -> Command {
    let settings = "PS1='<ready>'\nPS2='<more>'\nunsetopt promptsp\nautoload -Uz compinit\ncompinit -u -D\n";
    fs::rename(place.settings(settings), place.home.join(".zshrc")).expect("it can be renamed");
    Command::new("zsh").args(["-d", "-i"])
}

fn fish(place: &Place) -> Command {
    let settings = place.settings("function fish_prompt; echo -n '<ready>'; end\nset -g fish_greeting\n");
    let source = format!("source {}", settings.display());
    Command::new("fish").args(["--no-config", "-C", &source])
}

fn elvish(place: &Place) -> Command {
    let settings = place.settings("set edit:prompt = { put '<ready>' }\nset edit:rprompt = { }\n");
    Command::new("elvish").arg("-rc").arg(settings)
}

/// A home, a working directory, and a script that replaces `faqt`.
struct Place {
    _folder: tempfile::TempDir,
    shell: &'static str,
    home: PathBuf,
    work: PathBuf,
}

impl Place {
    fn new(shell: &'static str) -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let (home, work) = (folder.path().join("home"), folder.path().join("work"));
        for made in [&home, &work, &home.join("bin")] {
            fs::create_dir(made).expect("folders can be made");
        }
        for name in names() {
            fs::write(work.join(name), "").expect("files can be written");
        }
        fs::create_dir(work.join(FOLDER)).expect("folders can be made");
        fs::write(work.join(FOLDER).join("file;touch canary"), "").expect("files can be written");
        let place = Place { _folder: folder, shell, home, work };
        place.write_program();
        place
    }

    /// Writes the script, which completes as `faqt` does and records the arguments of every other call.
    fn write_program(&self) {
        use std::os::unix::fs::PermissionsExt as _;
        let program = self.home.join("bin/faqt");
        let text = format!(
            "#!/bin/sh\n[ -n \"$FAQT_COMPLETE\" ] && exec {} \"$@\"\nprintf '%s\\n' \"$@\" > \"$HOME/arguments\"\n\
             printf '<%s>\\n' ran\n",
            env!("CARGO_BIN_EXE_faqt")
        );
        fs::write(&program, text).expect("it can be written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it can be run");
    }

    /// Writes the start-up file of the shell.
    fn settings(&self, settings: &str) -> PathBuf {
        let file = self.home.join("settings");
        let script = support::faqt(["completions", self.shell]).stdout;
        fs::write(&file, format!("{settings}{script}")).expect("it can be written");
        file
    }

    /// Builds a pack with these ids by a lenient build, because `faqt build` refuses them.
    fn pack(&self, ids: impl Iterator<Item = String>) -> PathBuf {
        let content = self.home.join("content");
        fs::create_dir(&content).expect("folders can be made");
        for (number, id) in ids.enumerate() {
            let id = serde_json::to_string(&id).expect("text is JSON");
            let text = format!("---\nid: {id}\nquestion: Number {number}?\n---\nIt is.\n");
            fs::write(content.join(format!("{number}.md")), text).expect("files can be written");
        }
        let built = faqt::build::Builder::new(&content).lenient(true).build().expect("a pack");
        let pack = self.home.join("kb.faqt");
        fs::write(&pack, built.pack).expect("it can be written");
        pack
    }

    fn start(&self, kind: &Kind, kb: &Path) -> Session {
        let path = format!("{}:/usr/local/bin:/usr/bin:/bin", self.home.join("bin").display());
        let command = (kind.start)(self).env_clear().current_dir(&self.work).env("PATH", path);
        let command = command.env("HOME", &self.home).env("ZDOTDIR", &self.home).env("XDG_CACHE_HOME", &self.home);
        let command = command.env("XDG_RUNTIME_DIR", &self.home).env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
        let mut session = Session::start(command.env("FAQT_KB", kb));
        session.wait_for(&["<ready>"]);
        session
    }

    /// Types `line`, completes and runs it. Returns the arguments of the run; none if quotes were open at its end.
    #[track_caller]
    fn complete(&self, session: &mut Session, line: &str, accept: &str) -> Option<Vec<String>> {
        session.type_keys(&format!("{line}{accept}\r"));
        let is_whole = session.wait_for(&["<ran>", "<more>"]) == 0;
        if !is_whole {
            let quote = line.matches(['\'', '"']).next().expect("only quotes go on in the next line");
            session.type_keys(&format!("{quote}\r"));
            session.wait_for(&["<ran>"]);
        }
        session.wait_for(&["<ready>"]);
        assert!(!self.work.join("canary").exists(), "{}: {line:?} ran a name", self.shell);
        let arguments = fs::read_to_string(self.home.join("arguments")).expect("it was run");
        is_whole.then(|| arguments.lines().map(str::to_owned).collect())
    }
}

/// Returns true if the shell is installed, and prints a message if not.
fn is_installed(shell: &str) -> bool {
    let is_there = std::env::split_paths("/usr/local/bin:/usr/bin:/bin").any(|folder| folder.join(shell).exists());
    assert!(is_there || shell != "bash" || std::env::var_os("CI").is_none(), "bash is not installed");
    if !is_there {
        // `eprintln!` would be captured by the test harness.
        let _ = writeln!(std::io::stderr(), "left out: {shell} is not installed");
    }
    is_there
}

/// Completes every name, bare and in quotes, as a file and as an id.
fn check(kind: &Kind) {
    if !is_installed(kind.name) {
        return;
    }
    let place = Place::new(kind.name);
    let kb = place.pack(names().chain(["m$(touch canary)a".to_owned(), "m$(touch canary)b".to_owned()]));
    let mut session = place.start(kind, &kb);
    for command in ["check", "show"] {
        for (number, name) in names().enumerate() {
            let run = place.complete(&mut session, &format!("faqt {command} n{number:02}"), kind.accept);
            assert_eq!(run, Some(vec![command.to_owned(), name.clone()]), "{}", kind.name);
            for quote in kind.quotes {
                let run = place.complete(&mut session, &format!("faqt {command} {quote}n{number:02}"), kind.accept);
                // Some names cannot be written in some quotes; any completed name must be whole.
                assert!(run.is_none_or(|run| run == [command, &name]), "{}: {quote}{name}", kind.name);
            }
        }
    }
    for (line, argument) in [("faqt --kb=n22", "--kb=n22reset the lamp"), ("faqt --kb=n26", "--kb=n26std::vec=1")] {
        assert_eq!(place.complete(&mut session, line, kind.accept), Some(vec![argument.to_owned()]), "{}", kind.name);
    }
    let home = place.home.join("kb.faqt").display().to_string();
    assert_eq!(place.complete(&mut session, "faqt check ~/kb", kind.accept), Some(vec!["check".to_owned(), home]));
    for option in ["check ", "--kb="] {
        let line = format!("faqt {option}d{}f", kind.accept);
        let argument = format!("{option}{FOLDER}/file;touch canary").replace("check ", "");
        let run = place.complete(&mut session, &line, kind.accept).expect("it is run");
        assert_eq!(run.last(), Some(&argument), "{}", kind.name);
    }
    // Some shells insert the common prefix of several candidates, others the first candidate.
    let run = place.complete(&mut session, "faqt show m", kind.accept).expect("it is run");
    assert!(run.len() == 2 && run[1].starts_with("m$(touch canary)"), "{}: {run:?}", kind.name);
}

/// Asks for candidates as a shell does; returns them, followed by the text of the error stream.
fn candidates(shell: &str, home: &Path, words: &[&std::ffi::OsStr]) -> String {
    let mut command = support::command(["--".as_ref(), "faqt".as_ref()].iter().chain(words));
    let output = command.env("FAQT_COMPLETE", shell).env("HOME", home).env("XDG_CACHE_HOME", home).output();
    let output = output.expect("it starts");
    assert!(output.status.success(), "{shell}: {output:?}");
    String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8")
}

#[test]
fn tab_indexes_no_folder_and_writes_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    // A folder with one problem, which would be printed if the folder were indexed.
    let text = "---\nquestion: Is it loud?\nid: is it\n---\nSee [this](#that).\n";
    let content = support::content(folder.path(), &[("one.md", text)]);
    let (home, shells) = (folder.path().join("home"), ["bash", "elvish", "fish", "powershell", "zsh"]);
    let words = ["--kb".as_ref(), content.as_os_str(), "show".as_ref(), "is".as_ref()];
    for shell in shells {
        assert_eq!(candidates(shell, &home, &words), "", "{shell}");
    }
    assert!(!home.exists(), "something was kept");
    let mut asked = support::command(["--kb".as_ref(), content.as_os_str(), "loud".as_ref()]);
    asked.env("HOME", &home).env("XDG_CACHE_HOME", &home).output().expect("it starts");
    fs::write(content.join("two.md"), "# Is it heavy?\n\nNo.\n").expect("files can be written");
    for (shell, expected) in shells.into_iter().zip([r"is\ it", "is it", "is it", "'is it'\tis it\t", "is it"]) {
        assert_eq!(candidates(shell, &home, &words), format!("{expected}\n"), "{shell}");
    }
    let kept = fs::read_dir(home.join("faqt")).expect("a cache").flatten().map(|file| file.path());
    let packs = kept.filter(|file| file.extension().is_some_and(|extension| extension == "faqt"));
    assert_eq!(packs.count(), 1, "the folder was indexed again");
}

#[test]
fn what_cannot_be_opened_is_not_said_on_the_line() {
    let home = tempfile::tempdir().expect("a folder");
    let broken = home.path().join("broken.faqt");
    fs::write(&broken, "no pack").expect("it can be written");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh", "another"] {
        for kb in [broken.as_path(), Path::new("/dev/null"), Path::new("nowhere"), Path::new("")] {
            let words = ["--kb".as_ref(), kb.as_os_str(), "show".as_ref(), "is".as_ref()];
            assert_eq!(candidates(shell, home.path(), &words), "", "{shell}");
        }
    }
}

#[test]
fn bash_runs_nothing_that_it_completes() {
    check(&BASH);
}

#[test]
fn zsh_runs_nothing_that_it_completes() {
    check(&ZSH);
}

#[test]
fn fish_runs_nothing_that_it_completes() {
    check(&FISH);
}

#[test]
fn elvish_runs_nothing_that_it_completes() {
    check(&ELVISH);
}
