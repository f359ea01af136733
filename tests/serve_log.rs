//! `faqt serve` and the log of questions: what is recorded, with whose question, and that no reader waits for it.
#![cfg(all(unix, feature = "serve"))]

#[path = "support/http.rs"]
mod http;
mod support;

use std::fs;
use std::io::Read as _;
use std::path::Path;

use http::{Server, built_in};
use rustix::process::{Pid, Signal, kill_process};

#[test]
fn questions_and_what_helped_are_logged_if_a_log_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.jsonl");
    let mut server = Server::start(["--log".as_ref(), log.as_os_str()]);
    let page = server.get("/?q=ICP+transfer+Baidu");
    assert_eq!(page.header("etag"), None, "an answer that a reader has would leave no record");
    assert!(page.text().contains("<form class=\"helped\" method=\"post\" action=\"/helped\">"), "{}", page.text());
    server.get("/fragment/complete?q=ICP+tran");
    server.get("/e/review-time");
    let id = server.get("/api/v1/ask?q=ICP+transfer+Baidu").json()["answer"]["id"].as_str().expect("an id").to_owned();
    let form = format!("q=ICP+transfer+Baidu&id={id}&answer=yes");
    let other = ["Origin: http://evil.example"];
    assert_eq!(server.post("/helped", &form, &other).status, 403);
    assert_eq!(server.post("/helped", &form, &["Sec-Fetch-Site: cross-site"]).status, 403);
    assert_eq!(server.post("/helped", &form, &[]).status, 303);
    assert_eq!(server.post("/helped", "q=x&id=nothing&answer=yes", &[]).status, 404);
    assert_eq!(server.post("/helped", "q=x&id=review-time&answer=perhaps", &[]).status, 400);
    kill_process(Pid::from_child(&server.child), Signal::TERM).expect("it runs");
    assert_eq!(server.child.wait().expect("it ends").code(), Some(0));
    let records = fs::read_to_string(&log).expect("it is written");
    let events: Vec<String> = records.lines().map(event).collect();
    assert_eq!(events, ["asked", "asked", "helped"], "{records}");

    let server = built_in();
    assert!(!server.get("/?q=ICP+transfer+Baidu").text().contains("class=\"helped\""));
    assert_eq!(server.post("/helped", &form, &[]).status, 404);
}

fn event(line: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
    record["event"].as_str().expect("a name").to_owned()
}

/// Returns the records of a log that is not there before the first.
fn records(log: &Path, count: usize) -> Vec<serde_json::Value> {
    loop {
        let text = fs::read_to_string(log).unwrap_or_default();
        if text.lines().count() >= count {
            return text.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
        }
    }
}

#[test]
fn an_entry_that_is_opened_is_recorded_with_the_question_of_its_own_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.jsonl");
    let server = Server::start(["--log".as_ref(), log.as_os_str()]);
    let page = server.get("/?q=ICP+transfer+Baidu");
    let candidates = page.text().split("class=\"candidates\"").nth(1).expect("candidates").to_owned();
    let link = candidates.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let id = link.split(['/', '?']).nth(2).expect("an id");
    assert!(link.ends_with("?q=ICP%20transfer%20Baidu"), "{link}");
    // Another reader asks something else meanwhile, and opens what no question has found.
    server.get("/?q=how+do+I+cook+rice");
    server.get(&format!("/e/{id}"));
    server.get("/e/review-time?q=how+do+I+cook+rice%3F%3F%3F%3F");
    let before = records(&log, 2).len();
    server.get(&format!("/fragment{link}"));
    let opened = records(&log, before + 1).pop().expect("a record");
    let facts = ["event", "question", "entries"].map(|name| &opened[name]);
    assert_eq!(facts, [&"opened".into(), &"ICP transfer Baidu".into(), &serde_json::json!([id])], "{opened}");
}

#[test]
fn an_edition_that_a_reader_opens_is_recorded_with_the_choices_of_its_question() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.jsonl");
    let arguments = ["--kb", "examples/editions", "--log"];
    let server = Server::start(arguments.map(AsRef::as_ref).into_iter().chain([log.as_os_str()]));
    // There is no German edition of `dim`, and version 1.2 has an edition of `reset` of its own.
    for (number, (question, choices)) in
        [("dim the light", "lang=de%2Cfr"), ("reset the lamp", "for=1.2"), ("reset the lamp", "lang=fr%2C+de")]
            .into_iter()
            .enumerate()
    {
        let asked = format!("q={}&{choices}", question.replace(' ', "+"));
        let answer = server.get(&format!("/api/v1/ask?{asked}")).json()["answer"].clone();
        let id = answer["id"].as_str().expect("an id");
        assert_eq!(id == "dim", number == 0, "{answer}");
        let page = server.get(&format!("/?{asked}"));
        assert!(page.text().contains(answer["question"].as_str().expect("a text")), "{}", page.text());
        let sent =
            choices.split_once('=').map(|(name, _)| format!("<input type=\"hidden\" name=\"{name}\"")).expect("a name");
        assert!(page.text().contains(&sent), "{}", page.text());
        let before = records(&log, 4 * number + 2).len();
        server.get(&format!("/e/{}?{asked}", http::encoded(id)));
        let opened = records(&log, before + 1).pop().expect("a record");
        assert_eq!((&opened["event"], &opened["entries"]), (&"opened".into(), &serde_json::json!([id])), "{opened}");
        assert_eq!(server.post("/helped", &format!("{asked}&id={}&answer=yes", http::encoded(id)), &[]).status, 303);
        let helped = records(&log, before + 2).pop().expect("a record");
        assert_eq!((&helped["event"], &helped["outcome"]), (&"helped".into(), &"answered".into()), "{helped}");
    }
}

#[test]
fn a_log_that_cannot_be_written_is_said_where_a_record_was_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    // The place is a folder, so no file can be there.
    let mut server = Server::start(["--log".as_ref(), folder.path().as_os_str()]);
    assert_eq!(server.get("/?q=ICP+transfer+Baidu").status, 200);
    let said = server.post("/helped", "q=ICP+transfer+Baidu&id=review-time&answer=yes", &[]);
    assert_eq!((said.status, said.text()), (500, "the log cannot be written\n"));
    assert!(server.error_with("warning: ").contains("the question is not logged: cannot write"));
}

#[test]
fn questions_are_in_the_log_when_the_server_has_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.jsonl");
    let mut server = Server::start(["--log".as_ref(), log.as_os_str()]);
    let held = fs::File::create(&log).expect("it can be made");
    // While another process holds the file, readers get answers and most records wait.
    held.lock().expect("a lock");
    for number in 0..50 {
        assert_eq!(server.get(&format!("/api/v1/ask?q=question+{number}")).status, 200);
    }
    kill_process(Pid::from_child(&server.child), Signal::TERM).expect("it runs");
    held.unlock().expect("it can be unlocked");
    assert_eq!(server.child.wait().expect("it ends").code(), Some(0));
    assert_eq!(records(&log, 50).len(), 50);
}

#[test]
fn the_access_log_has_no_questions_and_is_off_unless_asked_for() {
    let mut server = Server::start(["--access-log"]);
    server.get("/?q=secret");
    let line = server.error_with("GET ");
    assert!(line.starts_with("GET / 200 ") && !line.contains("secret"), "{line}");
    let mut server = built_in();
    server.get("/?q=secret");
    kill_process(Pid::from_child(&server.child), Signal::TERM).expect("it runs");
    let mut said = String::new();
    server.errors.read_to_string(&mut said).expect("it is text");
    assert_eq!(said, "");
}
