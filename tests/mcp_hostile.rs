//! `faqt mcp` and messages that are malformed, cut, endless or too many: an error of JSON-RPC or a clean end, in bounded
//! memory.
#![cfg(unix)]

#[path = "support/mcp.rs"]
mod mcp;
#[path = "support/poison.rs"]
mod poison;
mod support;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use mcp::{Revision, Session};
use serde_json::{Value, json};
use support::command;

fn started() -> Session {
    Session::start(command(["mcp"]))
}

fn opened() -> Session {
    Session::open(command(["mcp"]), Revision::Handshake)
}

/// Returns the most memory that a process has had, in KiB, where the system says so.
fn memory_max(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[test]
fn lines_that_are_no_request_are_answered_by_errors() {
    let deep = "[".repeat(200_000);
    let surrogate = r#"{"jsonrpc":"2.0","id":1,"method":"\ud800"}"#;
    for mut session in [started(), opened()] {
        for (line, code) in [
            ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/li", -32700),
            ("Content-Length: 10", -32700),
            (&*deep, -32700),
            (surrogate, -32700),
            ("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", -32600),
            ("null", -32600),
            ("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", -32600),
            ("{\"id\":1,\"method\":\"ping\"}", -32600),
            ("{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"ping\"}", -32600),
            ("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", -32600),
            ("{\"jsonrpc\":\"2.0\",\"id\":1}", -32600),
        ] {
            session.write(line);
            assert_eq!(session.read()["error"]["code"], code, "{}", &line[..line.len().min(80)]);
        }
        session.write_bytes(b"\xff\xfe{}\n");
        assert_eq!(session.read()["error"]["code"], -32700);
        // Neither is answered: an empty line, a response that nobody asked for, and notifications of any shape.
        for line in
            ["", " \r", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}"]
        {
            session.write(line);
        }
        session.write(r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":[]}}"#);
        let pong = session.request("ping", json!({}));
        assert_eq!(pong["result"], json!({}));
        assert!(session.end().0.success());
    }
}

#[test]
fn methods_and_parameters_are_checked() {
    let mut session = opened();
    for (method, parameters, code) in [
        ("tools/run", json!({}), -32601),
        ("tools/call", json!({ "arguments": {} }), -32602),
        ("tools/call", json!({ "name": 7 }), -32602),
        ("tools/call", json!({ "name": "ask", "arguments": [] }), -32602),
        ("resources/read", json!({}), -32602),
        ("initialize", json!({ "protocolVersion": 7 }), -32602),
    ] {
        let response = session.request(method, parameters);
        assert_eq!(response["error"]["code"], code, "{method}: {response}");
    }
}

#[test]
fn a_request_in_a_version_that_is_not_spoken_is_refused() {
    for version in ["2031-01-01", "", "1.0"] {
        let mut session = started();
        let response = session.request("tools/list", json!({ "_meta": mcp::meta(version) }));
        assert!(response["error"]["code"].is_i64(), "{response}");
    }
}

#[test]
fn a_message_of_50_mb_is_refused_in_bounded_memory() {
    let mut session = opened();
    let before = memory_max(session.process());
    session.write_bytes(b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"");
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..50 {
        session.write_bytes(&piece);
    }
    session.write("\"}");
    assert_eq!(session.read()["error"]["code"], -32600);
    let asked = session.data("ask", json!({ "question": "ICP transfer Baidu" }));
    assert_eq!(asked["outcome"], "answered");
    if let (Some(before), Some(after)) = (before, memory_max(session.process())) {
        assert!(after < before + (32 << 10), "{before} KiB before, {after} KiB after");
    }
}

#[test]
fn a_client_that_does_not_read_is_not_read_either() {
    const REQUESTS: usize = 6_000;
    let mut session = opened();
    let before = memory_max(session.process());
    let mut input = session.take_input();
    let (wrote, written) = mpsc::channel();
    let writer = thread::spawn(move || {
        for id in 0..REQUESTS {
            let request = json!({ "jsonrpc": "2.0", "id": id, "method": "tools/list" });
            writeln!(input, "{request}").expect("the server runs");
            wrote.send(()).expect("it is counted");
        }
    });
    // A write that takes so long waits for the server.
    let mut count = 0;
    while written.recv_timeout(Duration::from_secs(2)).is_ok() {
        count += 1;
    }
    assert!(count < REQUESTS, "all requests are taken although no answer is");
    if let (Some(before), Some(after)) = (before, memory_max(session.process())) {
        assert!(after < before + (16 << 10), "{before} KiB before, {after} KiB after {count} requests");
    }
    let mut answered = vec![false; REQUESTS];
    for _ in 0..REQUESTS {
        let id = session.read()["id"].as_u64().expect("a number");
        answered[usize::try_from(id).expect("it is small")] = true;
    }
    assert!(answered.into_iter().all(|is_answered| is_answered), "every request is answered once");
    writer.join().expect("it wrote all");
}

#[test]
fn a_question_as_long_as_a_message_may_be_is_answered() {
    let mut session = opened();
    let question = "ICP transfer Baidu ".repeat(50_000);
    assert_eq!(session.data("ask", json!({ "question": question }))["answer"]["id"], "bind-baidu-domain");
}

#[test]
fn many_requests_at_once_are_all_answered() {
    let mut session = opened();
    let question = "how long does the review take, and where is the password? ".repeat(20);
    let mut waiting = Vec::new();
    for _ in 0..100 {
        let call = json!({ "name": "ask", "arguments": { "question": question } });
        waiting.push(session.send("tools/call", call));
    }
    for _ in 0..100 {
        let id = session.read()["id"].as_u64();
        waiting.retain(|waits| Some(*waits) != id);
    }
    assert_eq!(waiting, [0_u64; 0]);
}

#[test]
fn the_end_of_the_input_ends_the_program() {
    assert_eq!(started().end().1, "");
    let mut cut = opened();
    cut.write_bytes(b"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/l");
    let (status, rest, errors) = cut.end();
    assert!(status.success() && errors.is_empty(), "{errors}");
    assert!(rest.contains("-32700"), "{rest}");
    let mut whole = opened();
    whole.write_bytes(b"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}");
    assert!(whole.end().1.contains("\"id\":7"));
}

#[test]
fn a_signal_ends_the_program_cleanly() {
    for session in [started(), opened()] {
        // The handler is there once a request is answered, and a session that has not begun answers a ping.
        let mut session = session;
        session.request("ping", json!({}));
        let process = rustix::process::Pid::from_raw(session.process().cast_signed()).expect("it runs");
        rustix::process::kill_process(process, rustix::process::Signal::TERM).expect("it is ours");
        let (status, rest, errors) = session.wait();
        assert_eq!((status.code(), rest.as_str(), errors.as_str()), (Some(0), "", ""));
    }
}

#[test]
fn a_client_that_is_gone_ends_the_program() {
    let mut session = opened();
    session.send("tools/list", json!({}));
    drop(session);
    let missing = support::faqt(["mcp", "--kb", "nowhere.faqt"]);
    assert_eq!((missing.code, missing.stdout.as_str()), (Some(2), ""));
}

#[test]
fn seeds_of_the_fuzz_target_and_their_beginnings_are_answered_by_messages() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/mcp");
    for seed in fs::read_dir(seeds).expect("there are seeds").flatten() {
        let bytes = fs::read(seed.path()).expect("it can be read");
        for end in (0..bytes.len()).step_by(97).chain([bytes.len()]) {
            let mut session = started();
            session.write_bytes(&bytes[..end]);
            let (status, rest, errors) = session.end();
            assert!(status.code().is_some_and(|code| code == 0 || code == 2), "{seed:?} {end}: {status}");
            assert!(!errors.contains("panicked"), "{seed:?} {end}: {errors}");
            for line in rest.lines() {
                let message: Value = serde_json::from_str(line).expect("each line is a message");
                assert_eq!(message["jsonrpc"], "2.0");
            }
        }
    }
}

/// Asserts that no text of a message holds a character that could deceive a reader.
fn assert_visible(value: &Value) {
    match value {
        Value::String(text) => {
            for line in text.split('\n') {
                assert_eq!(faqt::render::sanitise(line), line);
            }
        }
        Value::Array(items) => items.iter().for_each(assert_visible),
        Value::Object(fields) => fields.values().for_each(assert_visible),
        _ => {}
    }
}

#[test]
fn no_poison_reaches_a_model() {
    let place = tempfile::tempdir().expect("a folder");
    let content = poison::folder(place.path());
    let mut command = command(["mcp".as_ref(), "--kb".as_ref(), content.as_os_str()]);
    command.env("XDG_CACHE_HOME", place.path()).env("HOME", place.path());
    let mut session = Session::open(command, Revision::Inline);
    let poison = poison::POISON;
    assert_visible(&session.request("server/discover", json!({})));
    let resources = session.request("resources/list", json!({}));
    assert_visible(&resources);
    for entry in resources["result"]["resources"].as_array().expect("a list") {
        assert_visible(&session.request("resources/read", json!({ "uri": entry["uri"] })));
    }
    let listed = session.call("list", json!({}));
    assert_visible(&listed);
    for entry in listed["structuredContent"]["contents"].as_array().expect("a list") {
        for budget in [10, 10_000] {
            assert_visible(&session.call("show", json!({ "id": entry["id"], "budget": budget })));
        }
    }
    for question in ["poison", "how is poison taken", "poison of TOML", "zzz", poison] {
        for budget in [10, 10_000] {
            assert_visible(&session.call("ask", json!({ "question": question, "budget": budget, "limit": 20 })));
        }
    }
    assert_visible(&session.call("ask", json!({ "question": "x", "section": poison })));
    assert_visible(&session.call("ask", json!({ "question": "x", "language": poison })));
    assert_visible(&session.call("show", json!({ "id": poison })));
    assert_visible(&session.call("list", json!({ poison: 1 })));
    for (method, parameters) in [
        ("tools/call", json!({ "name": poison })),
        ("resources/read", json!({ "uri": format!("faqt://entry/{poison}") })),
        ("resources/list", json!({ "cursor": poison })),
        (poison, json!({})),
    ] {
        assert_visible(&session.request(method, parameters));
    }
    session.write(poison.split('\n').next().expect("there is a line"));
    let said = session.read();
    assert_visible(&said);
}
