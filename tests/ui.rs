//! `faqt ui` on a terminal of its own, which is left as it was however the program ends.
#![cfg(unix)]

#[path = "support/session.rs"]
mod session;
mod support;

use pty_process::blocking::Command;
use session::Session;

/// The sequences by which a terminal is given back.
const LEFT: &str = "\x1b[?1049l";

fn start() -> Session {
    let command = Command::new(env!("CARGO_BIN_EXE_faqt")).arg("ui").env_clear().env("TERM", "xterm-256color");
    let home = env!("CARGO_TARGET_TMPDIR");
    let mut session = Session::start(command.env("HOME", home).env("XDG_CACHE_HOME", home));
    session.wait_for(&["\x1b[?1049h"]);
    session.wait_for(&["21 entries"]);
    session
}

#[test]
fn a_question_is_answered_as_it_is_typed_and_the_terminal_is_given_back() {
    let mut session = start();
    session.type_keys("\x1b[200~ICP transfer Baidu\x1b[201~");
    session.wait_for(&["Answered"]);
    // Enter reads, and `c` copies: "Yes, a domain name". Enter follows the link: "This transfer brings".
    session.type_keys("\rc");
    session.wait_for(&["\x1b]52;c;WWVzLCBhIGRvbWFpbiBuYW1l"]);
    session.type_keys("\rc");
    session.wait_for(&["\x1b]52;c;VGhpcyB0cmFuc2ZlciBicmlu"]);
    session.type_keys("q");
    session.wait_for(&[LEFT]);
    assert_eq!(session.end(), Some(0));
}

#[test]
fn a_signal_gives_the_terminal_back() {
    for signal in [rustix::process::Signal::TERM, rustix::process::Signal::HUP] {
        let mut session = start();
        session.signal(signal);
        session.wait_for(&[LEFT]);
        assert_eq!(session.end(), Some(0));
    }
}

#[test]
fn a_suspended_program_gives_the_terminal_back_and_takes_it_again() {
    let mut session = start();
    session.type_keys("\x1a");
    session.wait_for(&[LEFT]);
    session.signal(rustix::process::Signal::CONT);
    session.wait_for(&["\x1b[?1049h"]);
    session.wait_for(&["21 entries"]);
    session.type_keys("\x03");
    session.wait_for(&[LEFT]);
    assert_eq!(session.end(), Some(0));
}

#[test]
fn without_a_terminal_there_is_an_error() {
    let run = support::faqt(["ui"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("error: `faqt ui` needs a terminal"), "{}", run.stderr);
}
