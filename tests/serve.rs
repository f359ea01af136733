//! `faqt serve`: pages and JSON over HTTP, and what strangers may send.
#![cfg(all(unix, feature = "serve"))]

#[path = "support/conformance.rs"]
mod conformance;
#[path = "support/http.rs"]
mod http;
#[path = "support/poison.rs"]
mod poison;
mod support;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use http::{Server, encoded};
use rustix::process::{Pid, Signal, kill_process};
use support::{content, faqt, root};

/// Starts a server of the built-in knowledge base.
fn built_in() -> Server {
    Server::start::<&str>([])
}

fn schema() -> jsonschema::Validator {
    let text = fs::read_to_string(root().join("docs/output.schema.json")).expect("the schema is there");
    jsonschema::validator_for(&serde_json::from_str(&text).expect("it is JSON")).expect("it is a schema")
}

#[test]
fn every_route_answers() {
    let server = built_in();
    for (path, status, part) in [
        ("/", 200, "<h1 tabindex=\"-1\">ICP filing</h1>"),
        ("/ask?q=ICP+transfer+Baidu", 200, "bind-baidu-domain"),
        ("/?q=ICP+transfer+Baidu", 200, "<div class=\"result answered\">"),
        ("/?q=how+do+I+cook+rice", 200, "Not covered: <q>how do I cook rice</q>"),
        ("/e/review-time", 200, "<article class=\"entry\""),
        ("/e/nothing", 404, "No entry has this id"),
        ("/e/%2e%2e", 404, "No entry has this id"),
        ("/nowhere", 404, "No page is at this address: <code>/nowhere</code>"),
        ("/contents", 200, "<h1 tabindex=\"-1\">Contents</h1>"),
        ("/keywords", 200, "Baidu"),
        ("/keywords?k=baidu", 200, "href=\"/e/bind-baidu-domain\""),
        ("/helped", 200, "Thank you"),
        ("/fragment/ask?q=ICP+transfer+Baidu", 200, "<div class=\"fragment\""),
        ("/fragment/complete?q=bai", 200, "<li role=\"option\""),
        ("/fragment/e/review-time", 200, "<article"),
        ("/assets/page.css", 200, "prefers-color-scheme"),
        ("/assets/page.js", 200, "combobox"),
        ("/assets/icon.svg", 200, "<svg"),
        ("/api/v1/openapi.json", 200, "\"openapi\""),
        ("/api/v1/output.schema.json", 200, "format_version"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        assert!(answer.text().contains(part), "{path}: {}", answer.text());
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
}

#[test]
fn a_page_names_nothing_outside_and_holds_no_script() {
    let page = built_in().get("/?q=ICP+transfer+Baidu");
    for forbidden in ["<style", " style=", "<script>", "src=\"http", "@import", " onclick"] {
        assert!(!page.text().contains(forbidden), "{forbidden}");
    }
    assert!(page.text().contains("<form id=\"ask\" role=\"search\" action=\"/\""), "{}", page.text());
}

#[test]
fn the_service_obeys_the_schema_of_the_command_line() {
    let (server, schema) = (built_in(), schema());
    for (path, field, status) in [
        ("/api/v1/ask?q=ICP+transfer+Baidu&why=true", "why", 200),
        ("/api/v1/ask?q=how+do+I+cook+rice&n=3", "candidates", 200),
        ("/api/v1/entries", "contents", 200),
        ("/api/v1/entries/review-time", "entry", 200),
        ("/api/v1/similar/review-time", "similar", 200),
        ("/api/v1/keywords", "keywords", 200),
        ("/api/v1/keywords?k=Baidu", "entries", 200),
        ("/api/v1/sections", "sections", 200),
        ("/api/v1/entries/review-tme", "nearest", 404),
        ("/api/v1/ask?q=x&section=nowhere", "error", 400),
        ("/api/v1/ask?q=x&kb=nothing", "error", 400),
        ("/api/v1/ask?q=x&limit=3", "error", 400),
        ("/api/v1/ask?q=x&n=1001", "error", 400),
        ("/api/v1/ask?q=x&n=-1", "error", 400),
        ("/api/v1/ask", "error", 400),
        ("/api/v1/entries?limit=0", "error", 400),
        ("/api/v1/entries/%ff", "error", 400),
        ("/api/v2/ask", "error", 404),
        ("/api", "error", 404),
        ("/api/", "error", 404),
    ] {
        let answer = server.get(path);
        let output = answer.json();
        assert_eq!(answer.status, status, "{path}: {output}");
        assert!(output.get(field).is_some(), "{path}: {output}");
        let errors: Vec<String> = schema.iter_errors(&output).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{path}: {errors:?}\n{output}");
    }
    let printed = faqt(["--format", "json", "ICP", "transfer", "Baidu"]).stdout;
    assert_eq!(server.get("/api/v1/ask?q=ICP%20transfer%20Baidu").text(), printed);
}

#[test]
fn a_refusal_is_an_object_below_api_and_a_line_of_text_elsewhere() {
    let (server, schema) = (built_in(), schema());
    let long = format!("?q={}", "x".repeat(9_000));
    let host = format!("Host: {}", server.address);
    let other = "Host: evil.example";
    let (much, form) = ("Content-Length: 100000000", "Content-Type: application/x-www-form-urlencoded");
    for (method, path, lines, status) in [
        ("POST", "/api/v1/ask?q=baidu", vec![host.as_str()], 405),
        ("DELETE", "/api/v1/entries/review-time", vec![&host], 405),
        ("GET", &format!("/api/v1/ask{long}"), vec![&host], 414),
        ("GET", "/api/v1/ask?q=baidu", vec![other], 421),
        ("POST", "/api/v1/ask", vec![&host, much], 413),
        ("POST", "/api/v1/nothing", vec![&host], 404),
        ("POST", "/", vec![&host], 405),
        ("GET", &format!("/ask{long}"), vec![&host], 414),
        ("GET", "/apis", vec![other], 421),
        ("POST", "/helped", vec![&host, form, much], 413),
    ] {
        let request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{}\r\n\r\n", lines.join("\r\n"));
        let answer = server.send(request.as_bytes());
        assert_eq!(answer.status, status, "{method} {path}: {answer:?}");
        if path.starts_with("/api/") {
            let object = answer.json();
            assert!(schema.is_valid(&object) && object["error"].is_string(), "{method} {path}: {object}");
        } else {
            assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/plain")), "{answer:?}");
            assert!(answer.text().len() > 10 && answer.text().ends_with('\n'), "{method} {path}: {answer:?}");
        }
        assert!(status != 405 || answer.header("allow").is_some(), "{method} {path}: {answer:?}");
    }
}

#[test]
fn lists_have_parts_and_a_link_to_the_next() {
    let server = built_in();
    let whole = server.get("/api/v1/entries");
    let ids = |list: &serde_json::Value| -> Vec<String> {
        let entries = list["contents"].as_array().expect("a list");
        entries.iter().map(|entry| entry["id"].as_str().expect("an id").to_owned()).collect()
    };
    let mut parts = Vec::new();
    let mut next = Some("/api/v1/entries?limit=8".to_owned());
    while let Some(address) = next {
        let part = server.get(&address);
        parts.extend(ids(&part.json()));
        let link = part.header("link").map(|link| link.trim_start_matches('<'));
        next = link.and_then(|link| link.strip_suffix(">; rel=\"next\"")).map(str::to_owned);
    }
    assert!(parts.len() > 16, "{parts:?}");
    assert_eq!((parts, whole.header("link")), (ids(&whole.json()), None));
    let under = server.get("/api/v1/keywords?k=service+code&limit=1");
    assert_eq!(under.json()["entries"].as_array().map(Vec::len), Some(1));
    assert_eq!(under.header("link"), Some("</api/v1/keywords?offset=1&limit=1&k=service%20code>; rel=\"next\""));
    for path in ["sections", "keywords", "keywords?k=service+code"] {
        let beyond = server.get(&format!("/api/v1/{path}{}offset=1000", if path.contains('?') { '&' } else { '?' }));
        assert_eq!((beyond.status, beyond.header("link")), (200, None), "{path}");
        let listed = beyond.json();
        let name = if path.contains('?') { "entries" } else { path };
        assert_eq!(listed[name].as_array().map(Vec::len), Some(0), "{path}: {listed}");
    }
}

#[test]
fn the_description_names_every_path_and_no_other_definition() {
    let server = built_in();
    let description = server.get("/api/v1/openapi.json");
    let text = description.text().to_owned();
    let schema = server.get("/api/v1/output.schema.json").json();
    for (at, _) in text.match_indices("#/$defs/") {
        let name: String = text[at + 8..].chars().take_while(char::is_ascii_alphabetic).collect();
        assert!(schema["$defs"].get(&name).is_some(), "{name}");
    }
    for path in description.json()["paths"].as_object().expect("an object").keys() {
        let path = path.replace("{id}", "review-time");
        assert!(matches!(server.get(&path).status, 200 | 400), "{path}");
    }
}

#[test]
fn http_conforms() {
    let place = tempfile::tempdir().expect("a folder");
    let pack = place.path().join("second.faqt").display().to_string();
    let built = faqt(["build", &conformance::content("second").display().to_string(), "-o", &pack]);
    assert_eq!(built.code, Some(0), "{built:?}");
    let (first, second) = (built_in(), Server::start(["--kb", &pack]));
    conformance::assert_conforms(|question| {
        let server = if question.kb == "second" { &second } else { &first };
        question.with_json(&server.get(&format!("/api/v1/ask?q={}", encoded(&question.query))).json())
    });
}

#[test]
fn a_former_id_and_a_help_id_lead_to_the_entry() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("reset.md", "---\nquestion: How do I reset the lamp?\nhelp_ids: [E42]\n---\nHold the button.\n"),
        ("deep/loud.md", "---\nquestion: Is it loud?\n---\nNo.\n"),
        ("faqt.toml", "[redirects]\nrestart = 'reset'\n"),
    ];
    let server = Server::start(["--kb".as_ref(), content(folder.path(), &files).as_os_str()]);
    for (path, address) in [("/e/restart", "/e/reset"), ("/e/e42", "/e/reset"), ("/e/loud", "/e/deep%2Floud")] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("location")), (302, Some(address)), "{path}");
        assert_eq!(server.get(address).status, 200, "{address}");
    }
}

#[test]
fn what_a_reader_has_is_not_sent_again() {
    let server = built_in();
    for path in ["/e/review-time", "/?q=baidu", "/api/v1/entries"] {
        let first = server.get(path);
        let tag = first.header("etag").expect("a tag").to_owned();
        let again = server.get_with(path, &[&format!("If-None-Match: {tag}")]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(server.get_with(path, &["If-None-Match: W/\"other\""]).status, 200);
    }
    let asset = server.get("/assets/page.css");
    assert!(asset.header("cache-control").is_some_and(|kept| kept.contains("immutable")), "{asset:?}");
}

#[test]
fn answers_are_compressed_if_the_reader_unpacks_them() {
    let server = built_in();
    let plain = server.get("/api/v1/entries/review-time");
    let packed = server.get_with("/api/v1/entries/review-time", &["Accept-Encoding: gzip"]);
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert_eq!(packed.body[..2], [0x1f, 0x8b]);
    assert!(packed.body.len() < plain.body.len(), "{} {}", packed.body.len(), plain.body.len());
}

#[test]
fn a_name_of_another_site_is_refused() {
    let server = built_in();
    let named =
        |host: &str| server.send(format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes());
    assert_eq!(named("localhost").status, 200);
    let refused = named("evil.example");
    assert_eq!(refused.status, 421);
    assert!(refused.text().contains("--host NAME"), "{refused:?}");
    assert_eq!(server.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 421);
    let server = Server::start(["--host", "help.example"]);
    assert_eq!(server.send(b"GET / HTTP/1.1\r\nHost: help.example\r\nConnection: close\r\n\r\n").status, 200);
}

#[test]
fn more_than_a_reader_sends_is_refused() {
    let server = built_in();
    assert_eq!(server.get(&format!("/?q={}", "x".repeat(9_000))).status, 414);
    assert_eq!(server.get_with("/", &[&format!("X: {}", "x".repeat(100_000))]).status, 431);
    let many: Vec<String> = (0..500).map(|number| format!("X{number}: x")).collect();
    assert_eq!(server.get_with("/", &many.iter().map(String::as_str).collect::<Vec<_>>()).status, 431);
    let announced = format!(
        "POST /helped HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: 100000000\r\n\r\nq=",
        server.address
    );
    assert_eq!(server.send(announced.as_bytes()).status, 413);
    assert_eq!(server.send(b"\x16\x03\x01\x02\x00\x01\r\n\r\n").status, 400);
    assert_eq!(server.get(&format!("/?q={}", encoded(&"长".repeat(800)))).status, 200);
    assert_eq!(server.get("/").status, 200, "it serves on");
}

#[test]
fn readers_are_served_while_strangers_hold_connections() {
    let server = built_in();
    let mut held = Vec::new();
    for _ in 0..700 {
        let mut stream = server.connect();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ").expect("it is accepted");
        held.push(stream);
    }
    for _ in 0..20 {
        assert_eq!(server.get("/api/v1/ask?q=baidu").status, 200);
    }
    let mut first = held.swap_remove(0);
    let mut sent = Vec::new();
    let _ = first.read_to_end(&mut sent);
    assert!(sent.is_empty(), "the connection that was silent for the longest is closed: {sent:?}");
}

/// Returns the resident memory of a server in bytes.
#[cfg(target_os = "linux")]
fn memory(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.child.id())).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") << 10
}

#[cfg(target_os = "linux")]
#[test]
fn ten_thousand_connections_leave_room_and_memory_for_readers() {
    const HELD: usize = 600;
    let server = built_in();
    let mut held = std::collections::VecDeque::new();
    let mut before = 0;
    for number in 0..10_000 {
        let mut stream = server.connect();
        // More than the server keeps are held; the oldest are closed by it, and here so that files do not run out.
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
        held.push_back(stream);
        if held.len() > HELD {
            held.pop_front();
        }
        if number % 1_000 == 999 {
            assert_eq!(server.get("/api/v1/ask?q=baidu").status, 200, "behind {number}");
            before = if before == 0 { memory(&server) } else { before };
        }
    }
    let grown = memory(&server).saturating_sub(before);
    assert!(grown < 8 << 20, "{grown} bytes more than behind 1,000 connections");
}

#[test]
fn a_changed_pack_is_served_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("kb.faqt");
    let put = |answer: &str| {
        let text = format!("# Is it loud?\n\n{answer}\n");
        let kept = content(folder.path(), &[("a.md", &text)]);
        let built = faqt(["build".as_ref(), kept.as_os_str(), "-o".as_ref(), pack.as_os_str()]);
        assert_eq!(built.code, Some(0), "{built:?}");
    };
    put("No.");
    let mut server = Server::start(["--watch".as_ref(), "--kb".as_ref(), pack.as_os_str()]);
    let before = server.get("/e/a");
    assert!(before.text().contains("<p>No.</p>"), "{before:?}");

    replace(folder.path(), &pack, b"no pack at all");
    let error = server.error_with("error: ");
    assert!(error.contains("kb.faqt"), "{error}");
    assert!(server.get("/e/a").text().contains("<p>No.</p>"));

    fs::remove_file(&pack).expect("it can be removed");
    put("Yes.");
    let tag = before.header("etag").expect("a tag").to_owned();
    let changed = || server.get_with("/e/a", &[&format!("If-None-Match: {tag}")]);
    let after = std::iter::repeat_with(changed).find(|answer| answer.status == 200).expect("it changes");
    assert!(after.text().contains("<p>Yes.</p>"), "{after:?}");
}

#[test]
fn a_pack_that_is_cut_short_under_the_server_answers_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("kb.faqt");
    let built = faqt(["build".as_ref(), "content".as_ref(), "-o".as_ref(), pack.as_os_str()]);
    assert_eq!(built.code, Some(0), "{built:?}");
    let server = Server::start(["--kb".as_ref(), pack.as_os_str()]);
    fs::write(&pack, "cut").expect("it can be written");
    assert!(server.get("/?q=ICP+transfer+Baidu").text().contains("<div class=\"result answered\">"));
    assert_eq!(server.get("/contents").status, 200);
}

/// Replaces a file as writers should, by renaming another.
fn replace(folder: &Path, file: &Path, bytes: &[u8]) {
    let new = folder.join("new");
    fs::write(&new, bytes).and_then(|()| fs::rename(&new, file)).expect("it can be replaced");
}

#[test]
fn several_knowledge_bases_can_be_asked_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, answer) in [("lamp", "The lamp is silent."), ("fan", "The fan hums.")] {
        fs::create_dir(folder.path().join(name)).expect("it can be made");
        let text = format!("# Is it loud?\n\n{answer}\n");
        fs::write(folder.path().join(name).join("faq.md"), text).expect("it can be written");
    }
    let kb = |name: &str| folder.path().join(name).display().to_string();
    let server = Server::start(["--kb", &kb("lamp"), "--kb", &kb("fan")]);
    assert!(server.get("/").text().contains("<select name=\"kb\">"));
    for name in ["lamp", "fan"] {
        let ids = server.get(&format!("/api/v1/ask?q=is+it+loud&kb={name}")).json();
        assert_eq!(ids["answer"]["id"], format!("{name}:faq"), "{ids}");
        let page = server.get(&format!("/?q=is+it+loud&kb={name}"));
        assert!(page.text().contains(&format!("The {name} ")), "{}", page.text());
        assert!(page.text().contains(&format!("<option value=\"{name}\" selected>")), "{}", page.text());
        let entry = server.get(&format!("/e/{name}%3Afaq"));
        assert!(entry.text().contains(&format!("The {name} ")), "{}", entry.text());
    }
    let refused = server.get("/api/v1/ask?q=loud&kb=house").json();
    assert_eq!(refused["nearest"], serde_json::json!(["lamp", "fan"]));
}

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
fn signals_end_the_server_and_open_requests_are_answered() {
    for signal in [Signal::TERM, Signal::INT] {
        let mut server = built_in();
        let mut idle = server.connect();
        idle.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it is accepted");
        let mut first = [0; 12];
        idle.read_exact(&mut first).expect("it is answered");
        assert_eq!(&first, b"HTTP/1.1 200");
        kill_process(Pid::from_child(&server.child), signal).expect("it runs");
        assert_eq!(server.child.wait().expect("it ends").code(), Some(0), "{signal:?}");
    }
}

#[test]
fn a_port_in_use_is_an_error_with_a_remedy() {
    let server = built_in();
    let run = faqt(["serve", "--listen", &server.address]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains(&format!("error: cannot listen on {}: ", server.address)), "{run:?}");
    assert!(run.stderr.contains("hint: another program listens there"), "{run:?}");
    let run = faqt(["serve", "--listen", "nonsense"]);
    assert!(run.code == Some(2) && run.stderr.contains("hint: name an address and a port"), "{run:?}");
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

#[test]
fn poison_reaches_no_page_and_no_json() {
    let place = tempfile::tempdir().expect("a folder");
    let kb = poison::folder(place.path());
    let pack = place.path().join("kb.faqt");
    fs::write(&pack, faqt::build::Builder::new(&kb).lenient(true).build().expect("it builds").pack)
        .expect("it is written");
    let server = Server::start(["--kb".as_ref(), pack.as_os_str()]);
    let asked = encoded(&format!("poison <script>alert(1)</script>\" onclick=\"alert(1) {}", poison::POISON));
    let ids = faqt::KnowledgeBase::open(&pack).expect("it is sound");
    let mut paths: Vec<String> =
        ids.entries().map(|entry| format!("e/{}", encoded(&entry.expect("sound").id))).collect();
    paths.extend([format!("?q={asked}"), format!("keywords?k={asked}"), format!("e/{asked}"), "contents".to_owned()]);
    paths.extend([
        "keywords".to_owned(),
        format!("complete?q={asked}"),
        format!("ask?q={asked}&kb={asked}&lang={asked}"),
    ]);
    for path in paths {
        for address in
            [format!("/{path}"), format!("/fragment/{path}"), format!("/api/v1/{}", path.replace("e/", "entries/"))]
        {
            let answer = server.get(&address);
            let text = answer.text();
            let control =
                |c: char| (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!text.contains(control) && !text.contains('\u{2066}'), "{address}: {text}");
            if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
                for markup in ["<script>", "<img", "<svg", "<b ", " onclick=\"", "\"javascript:", "onerror=\""] {
                    assert!(!text.contains(markup), "{markup} in {address}: {text}");
                }
            }
        }
    }
}
