//! The HTTP interface of ClickHouse.

use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

use crate::address::Address;
use crate::error::ClusterError;

/// A server closes connections that were idle for 3 s.
const IDLE: Duration = Duration::from_secs(2);
const CONNECT: Duration = Duration::from_secs(5);
/// The times that a statement is sent at most. A replica may be lost while a second one is.
const TRIES: usize = 3;
/// The most bytes of an answer: the rows of 1,000 entries of 1 MiB.
const ANSWER_BYTES: u64 = 1 << 30;
/// The bytes of a message that are shown.
const MESSAGE_BYTES: usize = 600;

/// Settings of each statement: an answer is whole or an error, under any profile of the user, and arrives after it is complete.
const SETTINGS: &str = "wait_end_of_query=1&skip_unavailable_shards=0&fallback_to_stale_replicas_for_distributed_queries=0\
    &distributed_product_mode=local&insert_distributed_sync=1&timeout_overflow_mode=throw&result_overflow_mode=throw\
    &read_overflow_mode=throw&group_by_overflow_mode=throw&sort_overflow_mode=throw&set_overflow_mode=throw\
    &distinct_overflow_mode=throw&transfer_overflow_mode=throw&join_overflow_mode=throw&extremes=0&enable_http_compression=0\
    &max_query_size=268435456&max_ast_elements=100000000&max_expanded_ast_elements=100000000";

/// A client of one server.
pub(super) struct Http {
    agent: Agent,
    address: Address,
    url: String,
}

/// An error that the server reports.
struct Exception {
    code: Option<u32>,
    message: String,
}

impl Http {
    pub(super) fn new(address: &Address) -> Result<Http, ClusterError> {
        let scheme = if address.is_tls { "https" } else { "http" };
        let seconds = address.timeout.as_secs();
        let database: String = url::form_urlencoded::byte_serialize(address.database.as_bytes()).collect();
        let url = format!(
            "{scheme}://{}:{}/?database={database}&max_execution_time={seconds}&{SETTINGS}",
            address.host, address.port,
        );
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .max_idle_age(IDLE)
            .max_idle_connections_per_host(64)
            .max_idle_connections(64)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(address.timeout + CONNECT))
            .tls_config(tls(address)?);
        Ok(Http { agent: config.build().new_agent(), address: address.clone(), url })
    }

    /// Returns the answer to a statement that changes nothing.
    pub(super) fn select(&self, sql: &str) -> Result<Vec<u8>, ClusterError> {
        let mut answer = self.send(&self.url, sql.as_bytes());
        for _ in 1..TRIES {
            match answer {
                // A server that restarts, or closes an idle connection, breaks off once. A server that has begun to ask a
                // replica fails with it; asked again, it takes another one. Nothing was changed.
                Err(ClusterError::Unreachable { .. } | ClusterError::ShardLost { .. }) => {
                    answer = self.send(&self.url, sql.as_bytes());
                }
                _ => break,
            }
        }
        answer
    }

    /// Runs a statement.
    pub(super) fn run(&self, sql: &str) -> Result<(), ClusterError> {
        self.send(&self.url, sql.as_bytes()).map(drop)
    }

    /// Inserts rows in the format `RowBinary`, and waits until so many replicas have them.
    pub(super) fn insert(&self, sql: &str, rows: &[u8], quorum: Option<u64>) -> Result<(), ClusterError> {
        let sql: String = url::form_urlencoded::byte_serialize(sql.as_bytes()).collect();
        let quorum = quorum.map_or(String::new(), |replicas| format!("&insert_quorum={replicas}"));
        self.send(&format!("{}{quorum}&query={sql}", self.url), rows).map(drop)
    }

    fn send(&self, url: &str, body: &[u8]) -> Result<Vec<u8>, ClusterError> {
        let request = self.agent.post(url).header("X-ClickHouse-User", &self.address.user);
        let request = request.header("X-ClickHouse-Key", &self.address.password);
        let mut answer = request.send(body).map_err(|error| self.unreachable(&error))?;
        let status = answer.status();
        let body = answer.body_mut().with_config().limit(ANSWER_BYTES).read_to_vec();
        let body = body.map_err(|error| self.unreachable(&error))?;
        if status.is_success() { Ok(body) } else { Err(self.reported(&Exception::of(&body, status.as_u16()))) }
    }

    fn unreachable(&self, error: &ureq::Error) -> ClusterError {
        let server = self.address.to_string();
        match error {
            ureq::Error::Timeout(ureq::Timeout::Global) => {
                ClusterError::Slow { server, seconds: self.address.timeout.as_secs() }
            }
            error if is_of_tls(error) => ClusterError::Untrusted { server, cause: error.to_string() },
            error => ClusterError::Unreachable { server, cause: error.to_string() },
        }
    }

    /// Returns the error for codes of `ErrorCodes.cpp` that have a remedy.
    fn reported(&self, exception: &Exception) -> ClusterError {
        let (server, cause) = (self.address.to_string(), exception.message.clone());
        match exception.code {
            // ATTEMPT_TO_READ_AFTER_EOF, UNEXPECTED_PACKET_FROM_SERVER, SOCKET_TIMEOUT, NETWORK_ERROR,
            // ALL_CONNECTION_TRIES_FAILED.
            Some(32 | 102 | 209 | 210 | 279) => ClusterError::ShardLost { server, cause },
            // UNKNOWN_TABLE.
            Some(60) => ClusterError::Dropped { server, hash: crate::tables::hash_in(&cause) },
            // TIMEOUT_EXCEEDED.
            Some(159) => ClusterError::Slow { server, seconds: self.address.timeout.as_secs() },
            // READONLY.
            Some(164) => {
                ClusterError::Server { server, cause: format!("{cause}; the user needs the setting readonly = 0 or 2") }
            }
            // UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, ACCESS_DENIED, AUTHENTICATION_FAILED.
            Some(192..=194 | 497 | 516) => ClusterError::Refused { server, user: self.address.user.clone(), cause },
            _ => ClusterError::Server { server, cause },
        }
    }
}

impl Exception {
    /// Reads `Code: 60, e.displayText() = DB::Exception: …`, or `Code: 60. DB::Exception: …` as later versions write it.
    fn of(body: &[u8], status: u16) -> Exception {
        let text = String::from_utf8_lossy(&body[..body.len().min(MESSAGE_BYTES)]);
        let text = text.trim();
        let digits = text.strip_prefix("Code: ").unwrap_or_default();
        let code = digits.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok());
        let message = if text.is_empty() { format!("HTTP status {status}") } else { text.to_owned() };
        Exception { code, message }
    }
}

fn is_of_tls(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::Io(error) => matches!(error.get_ref(), Some(inner) if inner.is::<rustls::Error>()),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => true,
        _ => false,
    }
}

fn tls(address: &Address) -> Result<TlsConfig, ClusterError> {
    let config = TlsConfig::builder().provider(TlsProvider::Rustls);
    if !address.is_tls {
        return Ok(config.build());
    }
    let roots = crate::tls::roots(address.ca.as_deref())?;
    let roots = roots.iter().map(|root| Certificate::from_der(root).to_owned()).collect();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(config.root_certs(RootCerts::Specific(Arc::new(roots))).unversioned_rustls_crypto_provider(provider).build())
}
