//! A poisoned knowledge base: its content reaches a terminal only as visible text.
//!
//! Every command runs over it in every output format, and with poison in its arguments. The only control characters in
//! the output are line ends and the program's own styles and hyperlinks.
#![cfg(unix)]

#[path = "support/harmless.rs"]
mod harmless;
#[path = "support/poison.rs"]
mod poison;
#[path = "support/sentence_transformer.rs"]
mod sentence_transformer;
mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::ffi::OsString;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use harmless::{STAGES, assert_harmless, assert_visible, without_bar};
use poison::{POISON, line};

/// A poisoned folder, its cached pack, and questions for it.
struct Poisoned {
    place: tempfile::TempDir,
    content: PathBuf,
    pack: PathBuf,
    queries: PathBuf,
}

impl Poisoned {
    fn new() -> Poisoned {
        let place = tempfile::tempdir().expect("a folder");
        let content = poison::folder(place.path());
        let mut poisoned =
            Poisoned { pack: PathBuf::new(), queries: place.path().join(line().replace('/', "-")), content, place };
        let asked = poisoned.run(&["--kb", &path(&poisoned.content), "poison"]);
        assert_harmless(&asked.stderr, "the first question");
        let kept = fs::read_dir(poisoned.place.path().join("faqt")).expect("a cache").flatten().map(|file| file.path());
        let mut packs = kept.filter(|file| file.extension().is_some_and(|extension| extension == "faqt"));
        poisoned.pack = packs.next().expect("a pack is kept");
        poisoned.write_queries();
        poisoned.write_models();
        poisoned.write_log();
        poisoned
    }

    fn write_queries(&self) {
        let ids: Vec<String> = self.entries().into_iter().map(|entry| entry.id).collect();
        let query =
            |query: &str, expect: &[&String]| serde_json::json!({ "query": query, "expect": expect }).to_string();
        let lines = [
            query(&format!("poison {POISON}"), &[]),
            query("nothing at all", &ids.iter().collect::<Vec<_>>()),
            query(&format!("zzz {POISON}"), &[&ids[0]]),
            // It names another entry first, so it is missed.
            query(&format!("zzz poison {POISON}"), &[&ids[ids.len() - 1]]),
        ];
        fs::write(&self.queries, lines.join("\n")).expect("it can be written");
    }

    /// Imports a model with poison in its name, its licence and its path, and another whose file is cut off then.
    fn write_models(&self) {
        let readme = format!("---\nlicense: mit {0}\n---\n# Model {0}\n", line());
        for seed in [1, 2] {
            let folder = self.transformer(seed);
            sentence_transformer::write(&folder, seed, &readme.replace("Model", &format!("Model {seed}")));
            fs::write(folder.join("LICENSE"), POISON).expect("it can be written");
            let imported = self.run(&["model", "import", &path(&folder)]);
            assert!(imported.status.success(), "{imported:?}");
            assert_harmless(&imported.stdout, "an import");
        }
        let models = self.place.path().join(POISON).join("faqt/models");
        let cut = fs::read_dir(models).expect("it is there").flatten().next().expect("there are two");
        fs::write(cut.path(), "cut").expect("it can be written");
    }

    /// Returns the path of a log with poison in every field.
    fn log(&self) -> PathBuf {
        self.place.path().join(format!("log {}", line().replace('/', "-")))
    }

    fn write_log(&self) {
        let ids: Vec<String> = self.entries().into_iter().map(|entry| entry.id).collect();
        let kb = faqt::KnowledgeBase::open(&self.pack).expect("the pack is sound");
        fs::write(self.log(), poison::log(&kb.manifest().name, &ids)).expect("it can be written");
    }

    /// Returns the poisoned folder of a sentence transformer.
    fn transformer(&self, seed: u32) -> PathBuf {
        self.place.path().join(format!("transformer {seed} {POISON}").replace('/', "-"))
    }

    fn entries(&self) -> Vec<faqt::Entry> {
        let kb = faqt::KnowledgeBase::open(&self.pack).expect("the pack is sound");
        kb.entries().collect::<Result<_, _>>().expect("entries can be read")
    }

    fn command<A: AsRef<std::ffi::OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = support::command(arguments);
        command.env("XDG_CACHE_HOME", self.place.path()).env("HOME", self.place.path());
        command.env("XDG_DATA_HOME", self.place.path().join(POISON));
        command.current_dir(&self.content).stdin(std::process::Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> std::process::Output {
        self.command(arguments).output().expect("it starts")
    }

    /// Lists every command with every option that changes its output.
    fn commands(&self) -> Vec<Vec<String>> {
        let (content, pack) = (path(&self.content), path(&self.pack));
        let (queries, missing) = (path(&self.queries), format!("{content}/{POISON}"));
        let entry = self.entries().into_iter().find(|entry| entry.help_ids.len() == 2).expect("the entry is there");
        let mut commands: Vec<Vec<String>> = Vec::new();
        let mut add = |words: &[&str]| commands.push(words.iter().map(|&word| word.to_owned()).collect());
        for query in ["poison", "how is poison taken", "poison of TOML", "zzz", POISON, &format!("heading {POISON}")] {
            for kb in [&content, &pack] {
                add(&["search", "--kb", kb, "--why", "-n", "20", "--", query]);
            }
            add(&["--kb", &pack, "--section", POISON, "--", query]);
            add(&["--kb", &pack, "--lang", POISON, "--", query]);
        }
        for entry in self.entries() {
            add(&["--kb", &pack, "show", "--", &entry.id]);
            add(&["--kb", &pack, "similar", "--", &entry.id]);
            add(&["--kb", &pack, "--", &entry.question]);
        }
        for name in
            entry.help_ids.iter().chain(&entry.keywords).chain(&entry.aliases).map(String::as_str).chain([POISON])
        {
            add(&["--kb", &pack, "search", "--keyword", "--", name]);
            add(&["--kb", &pack, "show", "--", name]);
        }
        add(&["--kb", &pack, "show", "--", &entry.id[..5]]);
        for what in [&["list"][..], &["list", "--keywords"], &["list", "--sections"]] {
            add(&[&["--kb", pack.as_str()], what].concat());
        }
        for folder in [&content, &missing] {
            add(&["check", folder]);
            add(&["check", "--strict", folder]);
            add(&["build", folder, "-o", &missing]);
        }
        for form in ["html", "site"] {
            add(&["--kb", &pack, "export", "--to", form, &missing, "--engine", &missing]);
            add(&["--kb", &pack, "export", "--to", form, &queries, "--engine", &queries]);
        }
        add(&["eval", "--kb", &pack, &queries, "--misses"]);
        for log in [&queries, &missing, &path(&self.log())] {
            for what in [&["log"][..], &["helped", "yes"], &["helped", "no", POISON], &["gaps"], &["gaps", "--all"]] {
                add(&[&["--kb", content.as_str(), "--log", log.as_str()], what].concat());
            }
            add(&["--kb", &content, "gaps", log, "--apply", "--accept", "1"]);
        }
        add(&["--kb", &content, "--log", &format!("{missing}/log"), "poison"]);
        add(&["eval", &queries]);
        add(&["eval", &missing]);
        add(&["eval", &format!("{content}/entry.md")]);
        for states in [[&pack, &content], [&content, &pack], [&pack, &missing], [&queries, &pack]] {
            add(&["diff", states[0], states[1], "--questions", &queries]);
        }
        add(&["diff", "content", &content, "--questions", &format!("{content}/entry.md")]);
        add(&["diff", &format!("main:{POISON}"), &pack]);
        add(&["diff", &format!("{POISON}:{POISON}"), &pack]);
        add(&["eval", "--kb", &pack, "--misses"]);
        add(&["check", "--paraphrase", &content]);
        add(&["verify", &pack]);
        add(&["verify", &missing]);
        add(&["stats", &pack]);
        add(&["verify", &format!("{content}/raw.md")]);
        add(&["init", &content]);
        add(&["init", &format!("{}/new {}", self.place.path().display(), line().replace('/', "-"))]);
        for what in [&["list"][..], &["verify"], &["verify", "Model"], &["verify", POISON], &["remove", POISON]] {
            add(&[&["model"], what].concat());
        }
        for model in [&self.transformer(1), &self.transformer(2), &self.queries] {
            add(&["model", "import", &path(model)]);
        }
        add(&["model", "import", &missing]);
        add(&["--kb", &missing, "poison"]);
        add(&["--kb", &queries, "poison"]);
        commands
    }
}

fn path(path: &Path) -> String {
    path.to_str().expect("it is UTF-8").to_owned()
}

/// Checks both streams of a run.
#[track_caller]
fn check(poisoned: &Poisoned, arguments: &[String]) {
    let output = poisoned.command(arguments).output().expect("it starts");
    assert!(output.status.code().is_some_and(|code| code <= 2), "{arguments:?}: {output:?}");
    assert_harmless(&output.stdout, &format!("the output of {arguments:?}"));
    assert_harmless(&output.stderr, &format!("the errors of {arguments:?}"));
}

#[test]
fn no_command_lets_poison_through_a_pipe() {
    let poisoned = Poisoned::new();
    for arguments in poisoned.commands() {
        for way in [["--format", "text"], ["--format", "markdown"], ["--format", "json"]] {
            for color in ["--color=always", "--color=never"] {
                let with = [color, way[0], way[1]].map(str::to_owned).into_iter();
                check(&poisoned, &with.chain(arguments.clone()).collect::<Vec<_>>());
            }
        }
    }
    check(&poisoned, &["check", "--report", "sarif"].map(str::to_owned));
}

#[test]
fn no_command_lets_poison_onto_a_terminal() {
    let poisoned = Poisoned::new();
    for arguments in poisoned.commands() {
        let mut command = poisoned.command(&arguments);
        // A pager might sanitise the output itself.
        command
            .env("FORCE_HYPERLINK", "1")
            .env("TERM", "xterm-256color")
            .env("PAGER", "cat")
            .env("PATH", "/bin:/usr/bin");
        let (shown, of) = (terminal::shown(command), format!("{arguments:?}"));
        // On a busy machine a build may take long enough to show a bar.
        assert_harmless(&without_bar(&shown, &of), &of);
    }
}

#[test]
fn a_progress_bar_is_no_poison_and_is_erased() {
    let place = tempfile::tempdir().expect("a folder");
    let pack = path(&place.path().join("kb.faqt"));
    let mut entries = 500;
    // The number of entries grows until a build takes long enough on this machine.
    loop {
        let entry = |entry| format!("# Question {entry}?\n\nAnswer {entry}.\n\n");
        let text = (0..entries).map(entry).collect::<Vec<String>>().concat();
        let content = path(&support::content(place.path(), &[("a.md", &text)]));
        let mut command = support::command(["build", &content, "-o", &pack]);
        command.env("TERM", "xterm-256color");
        let shown = terminal::shown(command);
        assert_harmless(&without_bar(&shown, "a long build"), "a long build");
        if STAGES.iter().any(|stage| String::from_utf8_lossy(&shown).contains(stage)) {
            return;
        }
        entries *= 2;
    }
}

#[test]
#[should_panic(expected = "forged")]
fn what_only_begins_as_a_bar_does_is_found() {
    without_bar(b"Reading files error: forged\r\x1b[2K", "forged");
}

#[test]
fn json_is_valid_and_loses_nothing() {
    let poisoned = Poisoned::new();
    for entry in poisoned.entries() {
        let output = poisoned.run(&["--kb", &path(&poisoned.pack), "--format", "json", "show", "--", &entry.id]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(json["entry"]["question"], entry.question);
        assert_eq!(json["entry"]["answer"], entry.answer);
    }
}

#[test]
fn what_is_typed_wrongly_is_shown_as_text() {
    let poisoned = Poisoned::new();
    let poison = POISON;
    for arguments in [
        vec!["--format", poison, "x"],
        vec!["--color", poison, "x"],
        vec!["--width", poison, "x"],
        vec!["search", "-n", poison, "x"],
        vec!["search", &format!("--{poison}")],
        vec!["check", "--report", poison],
        vec!["list", poison],
        vec!["completions", poison],
        vec!["man", poison],
        vec!["init", "a", poison],
        vec!["model", poison],
        vec!["model", "import", "x", "--name", poison],
        vec!["search", "--why", "--keyword", poison],
        vec!["show"],
        vec!["similar"],
        vec!["similar", "--help"],
        vec!["show", "--help"],
        vec!["man"],
        vec![],
    ] {
        let mut command = poisoned.command(&arguments);
        // The program name is an argument, too.
        let output = command.arg0(poison).env("FAQT_KB", poison).output().expect("it starts");
        assert_harmless(&output.stdout, &format!("{arguments:?}"));
        assert_harmless(&output.stderr, &format!("{arguments:?}"));
        let mut command = poisoned.command(&arguments);
        command.arg0(poison).env("TERM", "xterm-256color");
        assert_harmless(&terminal::shown(command), &format!("{arguments:?} on a terminal"));
    }
}

#[test]
fn completions_hold_no_poison() {
    let poisoned = Poisoned::new();
    let pack = path(&poisoned.pack);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell", POISON] {
        check(&poisoned, &["completions", shell].map(str::to_owned));
        let typed =
            [&["show", ""][..], &["show", "i"], &["search", "--kb", ""], &["check", ""], &["--kb=", ""], &[POISON]];
        for words in typed {
            let mut line: Vec<OsString> = ["--", "faqt", "--kb", &pack].map(OsString::from).into();
            line.extend(words.iter().map(OsString::from));
            let mut command = poisoned.command(&line);
            let index = (line.len() - 2).to_string();
            command
                .env("FAQT_COMPLETE", shell.replace('\0', ""))
                .env("_CLAP_COMPLETE_INDEX", index)
                .env("_CLAP_IFS", "\n");
            let output = command.output().expect("it starts");
            // Shells expect a tab between a candidate and its description.
            let shown = String::from_utf8(output.stdout).expect("UTF-8").replace('\t', " ");
            assert_harmless(shown.as_bytes(), &format!("{shell:?} {words:?}"));
            assert_harmless(&output.stderr, &format!("{shell:?} {words:?}"));
        }
    }
}

#[test]
fn a_file_name_cannot_write_a_line_of_its_own() {
    let place = tempfile::tempdir().expect("a folder");
    let content = support::content(place.path(), &[("a\nerror: forged.md", "---\nquestion: x\nkind: x\n---\n")]);
    let pack = place.path().join("kb.faqt");
    let run = support::faqt(["build".as_ref(), content.as_os_str(), "-o".as_ref(), pack.as_os_str()]);
    assert_eq!(run.stderr.lines().count(), 2, "{}", run.stderr);
    assert!(run.stderr.starts_with("error: a␊error: forged.md:3: bad front matter"), "{}", run.stderr);
    let missing = support::faqt(["check", "nowhere\nerror: forged"]);
    assert_eq!(missing.stderr.lines().count(), 1, "{}", missing.stderr);
}

#[test]
fn pages_hold_no_script_and_no_such_address() {
    for entry in Poisoned::new().entries() {
        let page = faqt::render::html(&entry.answer, &faqt::render::HtmlOptions::default().with_entry_href("/help/"));
        assert_visible(&page.replace(['\n', '\t'], " "), &entry.id);
        for tag in page.split('<').skip(1).map(|piece| piece.split('>').next().unwrap_or_default()) {
            let tag = tag.to_ascii_lowercase();
            assert!(!tag.starts_with("script") && !tag.starts_with("svg") && !tag.contains(" on"), "{tag}");
            for attribute in ["href=\"", "src=\""] {
                let address = tag.split_once(attribute).map_or("#", |(_, address)| address);
                assert!(["#", "/help/", "https://", "mailto:"].iter().any(|known| address.starts_with(known)), "{tag}");
            }
        }
    }
}

#[test]
fn reports_hold_no_poison_and_no_script() {
    let poisoned = Poisoned::new();
    let file = poisoned.place.path().join("report.html");
    let (kb, queries) = (path(&poisoned.content), path(&poisoned.queries));
    for arguments in [vec!["eval", &queries, "--kb", &kb], vec!["check", &kb]] {
        poisoned.run(&[&arguments[..], &["--html", &path(&file)]].concat());
        let report = fs::read_to_string(&file).expect("a report");
        assert!(report.contains("poison") && report.contains("<svg"), "{report}");
        assert_visible(&report.replace('\n', " "), &format!("{arguments:?}"));
        for active in ["<script", "<img", "<a ", " onerror=\"", " onload=\""] {
            assert!(!report.contains(active), "{active}");
        }
    }
}
