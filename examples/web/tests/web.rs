//! Requests to the example as a browser and a program send them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// The running service, which ends with the test.
struct Service {
    child: Child,
    address: String,
}

impl Service {
    fn start() -> Service {
        let mut command = Command::new(env!("CARGO_BIN_EXE_example-web"));
        let mut child = command.arg("127.0.0.1:0").stdout(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("it says where it is");
        let address = line.strip_prefix("http://").and_then(|rest| rest.split('/').next()).expect("an address");
        Service { child, address: address.to_owned() }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: sketch\r\nConnection: close\r\n\r\n").expect("it reads");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("it answers");
        let (head, body) = response.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        (status, body.to_owned())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn links_lead_to_entries_whatever_their_ids() {
    let service = Service::start();
    let (status, page) = service.get("/help?q=thicker+stroke+work");
    assert_eq!(status, 200);
    assert!(page.contains("<a href=\"/help/brush%2Fsize\">How do I change the size of the brush?</a>"), "{page}");
    let (status, page) = service.get("/help/brush%2Fsize");
    assert_eq!(status, 200);
    assert!(page.starts_with("<h1>How do I change the size of the brush?</h1>"), "{page}");
}

#[test]
fn questions_are_answered_as_pages_and_as_json() {
    let service = Service::start();
    let (status, page) = service.get("/help?q=how+do+i+keep+my+work");
    assert_eq!(status, 200);
    assert!(page.starts_with("<h1>How do I save a drawing?</h1><p>Press <strong>Ctrl-S</strong>."), "{page}");
    assert!(page.contains("<a href=\"/help/export\">export</a>"), "{page}");
    assert!(service.get("/help/export").1.contains("<ol>"));
    assert_eq!(service.get("/help/import").0, 404);
    assert_eq!(service.get("/help?q=how+do+i+cook+rice").0, 404);
    let (_, json) = service.get("/help.json?q=undo");
    let found: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!((&found["outcome"], &found["hits"][0]["entry"]["id"]), (&"answered".into(), &"undo".into()));
}
