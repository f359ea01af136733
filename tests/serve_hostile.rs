//! `faqt serve` and what strangers may send, and content that is poison: refused in words, and readers are served.
#![cfg(all(unix, feature = "serve"))]

#[path = "support/http.rs"]
mod http;
#[path = "support/poison.rs"]
mod poison;
mod support;

use std::fs;
use std::io::{Read as _, Write as _};

use http::{Server, built_in, encoded, schema};

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
        if number % 100 == 99 {
            assert_eq!(server.get("/api/v1/ask?q=baidu").status, 200, "behind {number}");
        }
        if number == 999 {
            before = memory(&server);
        }
    }
    let grown = memory(&server).saturating_sub(before);
    assert!(grown < 8 << 20, "{grown} bytes more than behind 1,000 connections");
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
