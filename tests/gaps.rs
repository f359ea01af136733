//! Gaps of a log: groups of questions, suggestions that are proved, and files with nothing but these added.

#[cfg(unix)]
#[path = "support/session.rs"]
mod session;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Run, content, faqt};

const RESET: &str =
    "---\nquestion: How do I reset the lamp?   # the first\naliases: [reset it]\n---\nHold the button.\n";
const LOUD: &str = "---\nquestion: Is the fan loud?\n---\nOnly at night.\n";
const PAGE: &str = "# Manual\n\n## Where is the switch?\n\nBelow.\n\n## Which bulb fits?\n\nAn E27.\n";

/// A folder with a log of questions.
struct Help {
    place: tempfile::TempDir,
    content: PathBuf,
    log: PathBuf,
}

impl Help {
    fn new() -> Help {
        let place = tempfile::tempdir().expect("a folder");
        let content = content(place.path(), &[("reset.md", RESET), ("loud.md", LOUD), ("page.md", PAGE)]);
        Help { log: place.path().join("log.jsonl"), content, place }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let (log, content) = (text(&self.log), text(&self.content));
        faqt(arguments.iter().copied().chain(["--log", &log, "--kb", &content]))
    }

    /// Asks a question, and says that an entry answers it.
    fn ask(&self, question: &str, helped: Option<&str>) {
        self.run(&["search", question]);
        if let Some(entry) = helped {
            let run = self.run(&["helped", "yes", entry]);
            assert_eq!(run.code, Some(0), "{run:?}");
        }
    }

    fn gaps(&self, arguments: &[&str]) -> Value {
        let run = self.run(&[&["gaps", "--format", "json"], arguments].concat());
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"))
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.content.join(path)).expect("a file")
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[test]
fn groups_are_ranked_and_aliases_are_proved() {
    let help = Help::new();
    help.ask("it blinks red all the time", Some("reset"));
    help.ask("it blinks red all the time", None);
    help.ask("why does it blink red all the time?", Some("reset"));
    help.ask("the price of rice", None);
    let gaps = &help.gaps(&[])["gaps"];
    assert_eq!((&gaps["asked"], &gaps["unanswered"], &gaps["groups"][0]["count"]), (&4.into(), &4.into(), &3.into()));
    let suggestion = &gaps["groups"][0]["suggestion"];
    assert_eq!((suggestion["kind"].as_str(), suggestion["entry"]["id"].as_str()), (Some("alias"), Some("reset")));
    assert_eq!(suggestion["proof"], serde_json::json!({ "state": "proved", "answered": 3, "asked": 3 }));
    let text = help.run(&["gaps"]).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let compared =
        "proved: 3 of 3 are answered with it, no check ends worse, and no answered question loses its answer";
    assert!(text.contains(compared), "{text}");
    assert_eq!(gaps["groups"][1]["suggestion"]["kind"], "missing");
    let unled: Vec<&Value> = gaps["unled"].as_array().expect("a list").iter().map(|entry| &entry["id"]).collect();
    assert_eq!(unled, ["loud", "page#where-is-the-switch", "page#which-bulb-fits"]);
}

#[test]
fn accepted_suggestions_are_written_and_no_other_byte_changes() {
    let help = Help::new();
    help.ask("it blinks red all the time", Some("reset"));
    help.ask("E1042", Some("loud"));
    help.ask("the thing has no light inside", Some("page#which-bulb-fits"));
    let run = help.run(&["gaps", "--apply"]);
    assert!(run.code == Some(2) && run.stderr.contains("hint: name them: --apply --accept all"), "{run:?}");
    let run = help.run(&["gaps", "--apply", "--accept", "all"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(help.read("reset.md"), RESET.replace("[reset it]", "[reset it, it blinks red all the time]"));
    assert_eq!(help.read("loud.md"), LOUD.replace("?\n", "?\naliases:\n  - E1042\n"));
    assert_eq!(help.read("page.md"), PAGE);
    assert_eq!(help.read("faqt.toml"), "[aliases]\n\"page#which-bulb-fits\" = [\"the thing has no light inside\"]\n");
    for (question, id) in [
        ("it blinks red all the time", "reset"),
        ("E1042", "loud"),
        ("the thing has no light inside", "page#which-bulb-fits"),
    ] {
        let run = help.run(&["--format", "json", question]);
        assert!(run.code == Some(0) && run.stdout.contains(&format!("\"answer\":{{\"id\":\"{id}\"")), "{run:?}");
    }
    assert_eq!(help.gaps(&[])["gaps"]["groups"], serde_json::json!([]));
}

#[test]
fn one_group_is_accepted_by_its_number() {
    let help = Help::new();
    help.ask("it blinks red all the time", Some("reset"));
    help.ask("the price of rice", None);
    let run = help.run(&["gaps", "--apply", "--accept", "2"]);
    assert!(run.code == Some(2) && run.stderr.contains("group 2 needs a person who writes"), "{run:?}");
    let run = help.run(&["gaps", "--apply", "--accept", "7"]);
    assert!(run.code == Some(2) && run.stderr.contains("there is no group 7"), "{run:?}");
    assert_eq!(help.run(&["gaps", "--apply", "--accept", "1"]).code, Some(0));
    assert!(help.read("reset.md").contains("it blinks red all the time"));
}

#[test]
fn an_alias_that_harms_another_question_is_refuted() {
    let help = Help::new();
    let forbidden = "unanswerable = [\"does it blink red all the time\"]\n";
    fs::write(help.content.join("faqt.toml"), forbidden).expect("it can be written");
    help.ask("it blinks red all the time", Some("reset"));
    let suggestion = &help.gaps(&[])["gaps"]["groups"][0]["suggestion"];
    assert_eq!(suggestion["proof"]["state"], "refuted", "{suggestion}");
    assert!(
        suggestion["proof"]["reason"].as_str().is_some_and(|reason| reason.contains("must not be answered")),
        "{suggestion}"
    );
    let run = help.run(&["gaps", "--apply", "--accept", "1"]);
    assert!(run.code == Some(2) && run.stderr.contains("is not proved"), "{run:?}");
    assert_eq!(help.read("reset.md"), RESET);
}

#[test]
fn broken_lines_are_named_and_the_rest_is_read() {
    let help = Help::new();
    help.ask("it blinks red all the time", Some("reset"));
    let mut lines = fs::read(&help.log).expect("a log");
    lines.extend(b"{\"log_version\": 9, \"event\": \"sung\"}\n\nno JSON\n\xff\n{}\n{\"log_version\":1,\"event\":\"as");
    fs::write(&help.log, lines).expect("it can be written");
    let run = help.run(&["gaps"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.contains("log.jsonl:3: a record of version 9; this program reads version 1"), "{run:?}");
    assert!(run.stderr.contains("log.jsonl:5: not a record: not a JSON object"), "{run:?}");
    assert!(run.stderr.ends_with("warning: 4 lines cannot be read\n"), "{run:?}");
    assert!(run.stdout.starts_with("1 question from"), "{run:?}");
}

#[test]
fn a_log_that_is_not_there_or_of_another_knowledge_base_is_an_error() {
    let help = Help::new();
    let run = help.run(&["gaps"]);
    assert!(run.code == Some(2) && run.stderr.contains("there is no log at"), "{run:?}");
    help.ask("rice", None);
    let log = text(&help.log);
    let run = faqt(["gaps", log.as_str()]);
    assert!(
        run.code == Some(2) && run.stderr.contains("name the knowledge base that was asked by --kb: `content`"),
        "{run:?}"
    );
    let run = faqt(["gaps", log.as_str(), "--apply", "--accept", "all"]);
    assert!(run.code == Some(2) && run.stderr.contains("hint: name the folder by --kb"), "{run:?}");
    assert!(help.place.path().exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_keeps_its_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let help = Help::new();
    help.ask("it blinks red all the time", Some("reset"));
    let mode = |mode| fs::set_permissions(&help.content, fs::Permissions::from_mode(mode)).expect("a mode");
    mode(0o555);
    let may_write_anywhere = fs::write(help.content.join("probe"), "").is_ok();
    let run = help.run(&["gaps", "--apply", "--accept", "all"]);
    mode(0o755);
    if may_write_anywhere {
        // Root is not refused.
        assert_eq!(run.code, Some(0), "{run:?}");
    } else {
        assert!(run.code == Some(2) && run.stderr.contains("reset.md; written: nothing"), "{run:?}");
        assert_eq!(help.read("reset.md"), RESET);
    }
}

#[cfg(unix)]
#[test]
fn on_a_terminal_each_suggestion_is_accepted_edited_or_skipped() {
    let help = Help::new();
    for (question, entry) in [
        ("it blinks red all the time", "reset"),
        ("the thing has no light inside", "page#which-bulb-fits"),
        ("a din in the small hours", "loud"),
    ] {
        help.ask(question, Some(entry));
    }
    let (log, kb) = (text(&help.log), text(&help.content));
    let mut command = pty_process::blocking::Command::new(env!("CARGO_BIN_EXE_faqt"));
    command = command.args(["gaps", "--apply", "--log", &log, "--kb", &kb]).env_clear();
    command = command.env("TERM", "xterm").env("HOME", help.place.path());
    let mut session = session::Session::start(command);
    for _ in 0..3 {
        let suggested = session.wait_for(&["“it blinks red", "“the thing has", "“a din"]);
        session.wait_for(&["q to end: "]);
        match suggested {
            0 => {
                session.type_keys("perhaps\n");
                session.wait_for(&["q to end: "]);
                session.type_keys("a\n");
            }
            1 => {
                session.type_keys("e\n");
                session.wait_for(&["Text: "]);
                session.type_keys("  a thing without light inside \n");
            }
            _ => session.type_keys("\n"),
        }
    }
    session.wait_for(&["reset.md"]);
    assert_eq!(help.read("reset.md"), RESET.replace("[reset it]", "[reset it, it blinks red all the time]"));
    assert_eq!(help.read("faqt.toml"), "[aliases]\n\"page#which-bulb-fits\" = [\"a thing without light inside\"]\n");
    assert_eq!((help.read("loud.md"), help.read("page.md")), (LOUD.to_owned(), PAGE.to_owned()));
}
