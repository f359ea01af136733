//! Servers that refuse, stop and come back.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::SystemTime;

use faqt::SearchOptions;
use faqt_cluster::{Address, Loader, Remote};

use crate::content::{assert_same, generated};
use crate::over;
use crate::servers::{Engine, PASSWORD, Server};

fn failures_name_the_server_and_no_password(engine: Engine) {
    let Some(mut server) = Server::start(engine) else { return };
    let kb = over(&server, "help", &generated(60));
    let cache = tempfile::tempdir().unwrap();
    let remote = Remote::connect(&server.address("")).unwrap().with_cache(cache.path());
    remote.knowledge_base().unwrap();
    let place = format!("127.0.0.1:{}/", server.port);
    let wrong = server.url("").replace("p%27a", "secret");
    let error = Loader::connect(&wrong.parse().unwrap()).err().unwrap().to_string();
    assert!(error.contains(&place) && error.contains("check the user and the password"), "{error}");
    assert!(!error.contains("secret"), "{error}");
    server.stop();
    let asked = kb.ask("printer").unwrap_err().to_string();
    let connected = Remote::connect(&server.address("")).err().unwrap().to_string();
    for error in [asked, connected] {
        assert!(error.contains(&place) && error.contains("is the server running"), "{error}");
        assert!(!error.contains(PASSWORD), "{error}");
    }
    // The connections of before are broken, which no question shows.
    server.run();
    let again = remote.ask(|kb| kb.search("printer", &SearchOptions::default())).unwrap();
    assert_same(kb.search("printer", &SearchOptions::default()).unwrap(), again, "after a restart");
    // A planning pack in the cache that was damaged is fetched again.
    let file = std::fs::read_dir(cache.path()).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&file).unwrap();
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 1;
    for damaged in [&bytes[..bytes.len() / 2], &flipped] {
        std::fs::write(&file, damaged).unwrap();
        let remote = Remote::connect(&server.address("")).unwrap().with_cache(cache.path());
        remote.knowledge_base().unwrap();
        assert!(std::fs::read(&file).unwrap() == bytes);
    }
    // One that is opened has the time of this use.
    std::fs::File::open(&file).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let remote = Remote::connect(&server.address("")).unwrap().with_cache(cache.path());
    remote.knowledge_base().unwrap();
    assert!(file.metadata().unwrap().modified().unwrap() > SystemTime::UNIX_EPOCH);
}

#[test]
fn failures_of_postgresql_name_the_server_and_no_password() {
    failures_name_the_server_and_no_password(Engine::Postgres);
}

#[test]
fn failures_of_clickhouse_name_the_server_and_no_password() {
    failures_name_the_server_and_no_password(Engine::ClickHouse);
}

#[test]
fn a_server_that_accepts_and_says_nothing_is_slow() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap();
    for (scheme, database) in [("clickhouse", "d"), ("elasticsearch", ""), ("postgres", "d")] {
        let address = format!("{scheme}://user:secret@{place}/{database}?timeout=1").parse().unwrap();
        let error = Remote::connect(&address).err().unwrap().to_string();
        assert!(error.starts_with(&format!("{place}/{database} did not answer within 1 s")), "{error}");
    }
}

/// Answers of one request each with a status and a body, and returns the error that follows from connecting.
fn connected_to(answers: Vec<(u16, String)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address: Address =
        format!("elasticsearch://asker:secret@{}", listener.local_addr().unwrap()).parse().expect("a URL");
    let server = std::thread::spawn(move || {
        for (status, body) in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).unwrap();
            let head = format!("HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        }
    });
    let error = Remote::connect(&address).and_then(|remote| remote.knowledge_base()).err().unwrap().to_string();
    server.join().unwrap();
    assert!(error.contains(&address.to_string()) && !error.contains("secret"), "{error}");
    error
}

#[test]
fn failures_of_elasticsearch_name_the_server_and_a_remedy() {
    let version = |number: &str| (200, format!(r#"{{"version":{{"number":"{number}"}}}}"#));
    let error = |kind: &str, reason: &str| format!(r#"{{"error":{{"type":"{kind}","reason":"{reason}"}}}}"#);
    let said = connected_to(vec![version("7.10.2")]);
    assert!(said.contains("is Elasticsearch `7.10.2`; at least Elasticsearch 7.13 or OpenSearch 1.0"), "{said}");
    let said = connected_to(vec![(200, "<html>".to_owned())]);
    assert!(said.contains("is this Elasticsearch?"), "{said}");
    let said = connected_to(vec![(401, error("security_exception", "unable to authenticate user"))]);
    assert!(said.contains("refuses the user `asker`: security_exception: unable to"), "{said}");
    let said = connected_to(vec![version("8.15.3"), (404, error("index_not_found_exception", "no such index"))]);
    assert!(said.contains("has no knowledge base `help`"), "{said}");
    let full = "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]";
    let answers = std::iter::repeat_n((429, error("cluster_block_exception", full)), 4);
    let said = connected_to([version("8.15.3")].into_iter().chain(answers).collect());
    assert!(said.contains("disk usage exceeded flood-stage watermark"), "{said}");
    let partial =
        r#"{"timed_out":false,"_shards":{"failed":1,"failures":[{"reason":{"reason":"node is gone"}}]},"hits":{}}"#;
    let said = connected_to(vec![version("8.15.3"), (200, partial.to_owned())]);
    assert!(said.contains("entries are missing: 1 shards failed: \"node is gone\""), "{said}");
    let late = r#"{"timed_out":true,"_shards":{"failed":0},"hits":{"hits":[]}}"#;
    let said = connected_to(vec![version("8.15.3"), (200, late.to_owned())]);
    assert!(said.contains("did not answer within 30 s"), "{said}");
}
