//! Paging: the answer is shown even if the pager fails.
#![cfg(unix)]

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use support::command;

fn listed(pager: Option<&str>) -> String {
    let mut command = command(["list"]);
    command.env("TERM", "dumb").env("PATH", "/usr/bin:/bin").envs(pager.map(|pager| ("PAGER", pager)));
    String::from_utf8(terminal::shown(command)).expect("UTF-8")
}

#[test]
fn a_pager_that_fails_loses_no_answer() {
    let mut without = command(["list", "--no-pager"]);
    without.env("TERM", "dumb");
    let whole = String::from_utf8(terminal::shown(without)).expect("UTF-8");
    assert!(whole.lines().count() > 24, "{whole}");
    for pager in [
        "false",
        "exit 3",
        "kill -9 $$",
        "exec <&-; exit 1",
        "head -c 0 >/dev/null; exit 1",
        "/",
        "/etc/passwd",
        "no-such-pager --with arguments",
        "'unbalanced",
        "cat",
        "cat -u",
        "'cat' \"-u\"",
    ] {
        let shown = listed(Some(pager));
        assert!(shown.ends_with(&whole), "{pager}: {shown}");
        assert!(shown.len() < whole.len() + 200, "{pager}: {shown}");
    }
}

#[test]
fn without_a_pager_the_answer_is_written() {
    let without = command(["list", "--no-pager"]);
    let whole = String::from_utf8(terminal::shown(without)).expect("UTF-8");
    for pager in [None, Some(""), Some("  ")] {
        let mut command = command(["list"]);
        command.env("PATH", "/nowhere").envs(pager.map(|pager| ("PAGER", pager)));
        assert_eq!(String::from_utf8(terminal::shown(command)).expect("UTF-8"), whole, "{pager:?}");
    }
}
