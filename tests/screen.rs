//! Answers on a terminal: the passage of a long one, the choice among several, the question for a folder.
#![cfg(unix)]

#[path = "support/session.rs"]
mod session;
mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::path::Path;

use pty_process::blocking::Command;
use session::Session;
use support::{content, faqt};

/// A page of a hundred paragraphs that is one entry; one of them says how the lamp is reset.
fn long_page(folder: &Path) -> std::path::PathBuf {
    let filler = |number: usize| format!("Paragraph {number} of the manual, on the desk and the light.\n\n");
    let above: String = (0..50).map(filler).collect();
    let below: String = (50..100).map(filler).collect();
    let page = format!(
        "---\nquestion: The lamp\n---\n\n{above}## Trouble\n\nHold the **button** to [reset](other.md) it.\n\n{below}"
    );
    let other = "---\nquestion: Is it heavy?\n---\n\nNo.\n";
    content(folder, &[("lamp.md", &page), ("other.md", other)])
}

/// Returns what a terminal of 24 lines shows.
fn on_terminal(arguments: &[&str]) -> String {
    let mut command = support::command(arguments);
    command.env("TERM", "xterm-256color").env("PAGER", "cat").env("PATH", "/usr/bin:/bin");
    String::from_utf8(terminal::shown(command)).expect("UTF-8")
}

#[test]
fn an_answer_longer_than_the_screen_begins_with_its_passage() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = long_page(folder.path());
    let kb = content.to_str().expect("UTF-8");
    // The first question indexes the folder.
    faqt(["--kb", kb, "lamp"]);
    for more in [&[][..], &["--no-pager"]] {
        let shown = on_terminal(&[&["--kb", kb, "how do I reset the lamp"][..], more].concat());
        assert!(shown.lines().count() < 24, "{shown}");
        assert!(shown.contains("Hold the \u{1b}[1mbutton\u{1b}[0m to"), "{shown}");
        assert!(shown.contains("\u{1b}[1m\u{1b}[4mreset") || shown.contains("\u{1b}[1;4mreset"), "{shown}");
        assert!(shown.contains("it.\n\nParagraph 50"), "{shown}");
        assert!(!shown.contains("Paragraph 49"), "{shown}");
        assert!(
            shown.contains(&format!("faqt --kb {kb} show lamp").split(' ').next_back().expect("a word").to_owned())
        );
        assert!(
            shown.split_whitespace().collect::<Vec<_>>().join(" ").contains("show lamp, or ask with --full"),
            "{shown}"
        );
    }
}

#[test]
fn a_block_longer_than_the_screen_is_shown_where_its_words_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = |number: usize| format!("| E{number:04} | reason {number} |\n");
    let rows: String = (0..200).map(row).collect();
    let table = format!("---\nquestion: Error codes\n---\n\n| code | why |\n|---|---|\n{rows}");
    let line = |number: usize| format!("> Line {number}.\n>\n");
    let quotation: String = (0..200).map(line).collect();
    let quotation = format!("---\nquestion: The quotation\n---\n\n{quotation}> Green frogs.\n>\n{quotation}");
    let other = "# Where is the code?\n\nOn the lamp.\n\n# Is the code long?\n\nNo.\n";
    let files = [("codes.md", table.as_str()), ("quotation.md", &quotation), ("other.md", other)];
    let content = content(folder.path(), &files);
    let kb = content.to_str().expect("UTF-8");
    faqt(["--kb", kb, "codes"]);
    for (question, marked) in
        [("what does the error code E0077 mean", "E0077"), ("the quotation on green frogs", "frogs")]
    {
        let shown = on_terminal(&["--kb", kb, question]);
        assert!(shown.lines().count() < 24, "{shown}");
        assert!(shown.contains(&format!("\u{1b}[1m{marked}\u{1b}[0m")), "{shown}");
    }
}

#[test]
fn the_whole_answer_is_shown_where_it_is_asked_for_and_in_pipes() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = long_page(folder.path());
    let kb = content.to_str().expect("UTF-8");
    let question = "how do I reset the lamp";
    let piped = faqt(["--kb", kb, question]).stdout;
    let is_whole = |shown: &str| (0..100).all(|number| shown.contains(&format!("Paragraph {number} of")));
    assert!(is_whole(&piped) && !piped.contains("--full"), "{piped}");
    assert_eq!(faqt(["--kb", kb, "--full", question]).stdout, piped);
    for arguments in [&["--kb", kb, "--full", question][..], &["--kb", kb, "show", "lamp"]] {
        let shown = on_terminal(arguments);
        assert!(is_whole(&shown) && !shown.contains("--full"), "{shown}");
    }
    for format in ["json", "markdown"] {
        let shown = on_terminal(&["--kb", kb, "--format", format, question]);
        assert!(is_whole(&shown) && !shown.contains("--full"), "{shown}");
    }
}

#[test]
fn an_answer_that_fits_is_whole_on_a_terminal() {
    let shown = on_terminal(&["--color", "never", "how long does the review take"]);
    assert_eq!(shown, faqt(["--width", "80", "how long does the review take"]).stdout);
}

/// Starts a command on a terminal of its own; its exit code is shown at the end.
fn session(folder: &Path, command: &str) -> Session {
    let line = format!("{} {command}; echo \"code $?\"", env!("CARGO_BIN_EXE_faqt"));
    let shell = Command::new("/bin/sh").args(["-c", &line]).current_dir(folder).env_clear();
    Session::start(shell.env("HOME", folder).env("XDG_CACHE_HOME", folder).env("TERM", "dumb"))
}

const TWINS: &str = "\
# How do I reset the fan?
Press the switch.

# How do I reset the lamp?
Hold the button.
";

#[test]
fn one_of_several_candidates_is_picked_by_its_number() {
    let folder = tempfile::tempdir().expect("a folder");
    content(folder.path(), &[("faq.md", TWINS)]);
    let mut asked = session(folder.path(), "--kb content reset");
    asked.wait_for(&["1. How do I reset the fan?"]);
    asked.wait_for(&["Press the switch."]);
    asked.wait_for(&["2. How do I reset the lamp?"]);
    asked.wait_for(&["Which one? 1 to 2, or Enter for none: "]);
    asked.type_keys("7\r");
    asked.wait_for(&["Which one? 1 to 2, or Enter for none: "]);
    asked.type_keys("2\r");
    asked.wait_for(&["Hold the button."]);
    asked.wait_for(&["code 0"]);
}

#[test]
fn enter_alone_and_the_end_of_the_input_pick_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    content(folder.path(), &[("faq.md", TWINS)]);
    for keys in ["\r", "\u{4}"] {
        let mut asked = session(folder.path(), "--kb content reset");
        asked.wait_for(&["Enter for none: "]);
        asked.type_keys(keys);
        asked.wait_for(&["code 1"]);
    }
}

#[test]
fn only_an_unsure_search_in_text_asks() {
    let folder = tempfile::tempdir().expect("a folder");
    content(folder.path(), &[("faq.md", TWINS)]);
    for (arguments, code) in [
        ("--kb content reset the lamp", "code 0"),
        ("--kb content cook rice", "code 1"),
        ("--kb content reset -n 0", "code 1"),
        ("--kb content reset --format json", "code 1"),
        ("--kb content reset </dev/null", "code 1"),
        ("--kb content reset | cat", "code 0"),
    ] {
        let mut asked = session(folder.path(), arguments);
        let ended = asked.wait_for(&["Which one?", code]);
        assert_eq!(ended, 1, "{arguments}");
    }
}

#[test]
fn a_new_folder_is_asked_for_on_a_terminal() {
    for (keys, made) in [("\r", "content"), ("my help\r", "my help"), ("~/docs\r", "docs")] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut asked = session(folder.path(), "init");
        asked.wait_for(&["Folder for the new FAQ [content]: "]);
        asked.type_keys(keys);
        asked.wait_for(&["code 0"]);
        assert!(folder.path().join(made).join("FAQ.md").exists(), "{keys:?}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut asked = session(folder.path(), "init");
    asked.wait_for(&["Folder for the new FAQ [content]: "]);
    asked.type_keys("\u{4}");
    asked.wait_for(&["hint: name a folder that is empty"]);
    asked.wait_for(&["code 2"]);
    assert!(!folder.path().join("content").exists());
}

#[test]
fn without_a_terminal_the_default_folder_is_named_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = support::command(["init"]).current_dir(folder.path()).output().expect("it starts");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(said, "no folder is named, so the files go to content; another: faqt init DIR\n");
    assert!(folder.path().join("content/FAQ.md").exists());
}
