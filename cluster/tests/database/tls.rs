//! Connections over TLS, to servers whose certificates are signed by an authority of the test.

use std::path::Path;
use std::process::Command;

use faqt::SearchOptions;
use faqt_cluster::{Address, Loader, Remote};

use crate::content::{QUESTIONS, assert_same_findings, generated};
use crate::programs::installed;
use crate::servers::{Engine, PASSWORD, Server};
use crate::{load, opened};

/// Makes an authority with the name of the folder, and a certificate of it for 127.0.0.1 and no other name: `ca.pem`, `server.pem`,
/// `server.key`. Returns false if there is no `openssl`.
pub(crate) fn write_certificates(folder: &Path) -> bool {
    let Some(openssl) = installed("openssl") else { return false };
    let request = |words: &str| {
        let mut command = Command::new(&openssl);
        command.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]).args(words.split_whitespace());
        let output = command.current_dir(folder).output().expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let name = folder.file_name().expect("a folder has a name").to_string_lossy();
    request(&format!("-subj /CN={name} -keyout ca.key -out ca.pem"));
    request(
        "-subj /CN=server -keyout server.key -out server.pem -CA ca.pem -CAkey ca.key \
         -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE",
    );
    true
}

fn only_a_server_that_is_trusted_is_asked(engine: Engine) {
    let Some(server) = Server::start_with_tls(engine) else { return };
    let other = tempfile::tempdir().unwrap();
    write_certificates(other.path());
    let own = server.folder().join("ca.pem");
    let url = |ca: &Path| server.url(&format!("tls=on&ca={}", ca.display()));
    let address: Address = url(&own).parse().unwrap();
    let pack = generated(60);
    load(&Loader::connect(&address).unwrap(), &pack);
    assert_same_findings(&pack, &opened(&address), &QUESTIONS, &[SearchOptions::default()]);

    let unknown = url(&other.path().join("ca.pem"));
    let of_other_name = url(&own).replace("@127.0.0.1:", "@localhost:");
    for (url, place, cause) in [
        (unknown, "127.0.0.1", "UnknownIssuer"),
        (of_other_name, "localhost", "certificate not valid for name \"localhost\""),
    ] {
        let error = Remote::connect(&url.parse().unwrap()).err().unwrap().to_string();
        assert!(error.starts_with(&format!("no TLS with {place}:{}/", server.port)), "{error}");
        assert!(error.contains(cause) && error.contains("ca=FILE"), "{error}");
        assert!(!error.contains(PASSWORD) && !error.contains("p%27a"), "{error}");
    }
}

#[test]
fn only_a_server_of_postgresql_that_is_trusted_is_asked() {
    only_a_server_that_is_trusted_is_asked(Engine::Postgres);
}

#[test]
fn only_a_server_of_clickhouse_that_is_trusted_is_asked() {
    only_a_server_that_is_trusted_is_asked(Engine::ClickHouse);
}

#[test]
fn a_server_without_tls_is_not_asked_by_it() {
    for engine in [Engine::Postgres, Engine::ClickHouse] {
        let Some(server) = Server::start(engine) else { continue };
        let error = Remote::connect(&server.address("tls=on")).err().unwrap().to_string();
        assert!(error.contains(&format!("127.0.0.1:{}/", server.port)) && error.contains("tls=off"), "{error}");
        assert!(!error.contains(PASSWORD), "{error}");
    }
}
