//! Servers that refuse, stop and come back.

use std::time::SystemTime;

use faqt::SearchOptions;
use faqt_cluster::{Loader, Remote};

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
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap();
    for scheme in ["clickhouse", "postgres"] {
        let address = format!("{scheme}://user:secret@{place}/d?timeout=1").parse().unwrap();
        let error = Remote::connect(&address).err().unwrap().to_string();
        assert!(error.starts_with(&format!("{place}/d did not answer within 1 s")), "{error}");
    }
}
