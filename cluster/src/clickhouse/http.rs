//! The HTTP interface of ClickHouse.

use ureq::http::Request;

use crate::address::Address;
use crate::error::ClusterError;
use crate::http::{Client, MESSAGE_BYTES};

/// The times that a statement is sent at most. A replica may be lost while a second one is.
const TRIES: usize = 3;

/// Settings of each statement: an answer is whole or an error, under any profile of the user, and arrives after it is complete.
const SETTINGS: &str = "wait_end_of_query=1&skip_unavailable_shards=0&fallback_to_stale_replicas_for_distributed_queries=0\
    &distributed_product_mode=local&insert_distributed_sync=1&timeout_overflow_mode=throw&result_overflow_mode=throw\
    &read_overflow_mode=throw&group_by_overflow_mode=throw&sort_overflow_mode=throw&set_overflow_mode=throw\
    &distinct_overflow_mode=throw&transfer_overflow_mode=throw&join_overflow_mode=throw&extremes=0&enable_http_compression=0\
    &max_query_size=268435456&max_ast_elements=100000000&max_expanded_ast_elements=100000000";

/// A client of one server.
pub(super) struct Http {
    client: Client,
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
        let seconds = address.timeout.as_secs();
        let database: String = url::form_urlencoded::byte_serialize(address.database.as_bytes()).collect();
        let client = Client::new(address)?;
        let url = format!("{}?database={database}&max_execution_time={seconds}&{SETTINGS}", client.root);
        Ok(Http { client, address: address.clone(), url })
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
        let request = Request::post(url).header("X-ClickHouse-User", &self.address.user);
        let request = request.header("X-ClickHouse-Key", &self.address.password);
        let (status, body) = self.client.send(request, body)?;
        if (200..300).contains(&status) { Ok(body) } else { Err(self.reported(&Exception::of(&body, status))) }
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
