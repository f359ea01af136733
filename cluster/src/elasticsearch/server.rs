//! The requests to a server.

use std::thread::sleep;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use ureq::http::{Method, Request};

use crate::address::Address;
use crate::error::ClusterError;
use crate::http::{self, Client, MESSAGE_BYTES};
use crate::tables::hash_in;

/// The times that a request is sent at most: a server closes idle connections, and one that has too much to do says so (429). All
/// requests are such that the second one changes nothing more.
const TRIES: u32 = 4;
/// The time before the first repetition for a busy server, and its factor for each further one.
const PAUSE: Duration = Duration::from_millis(600);
const PAUSE_FACTOR: u32 = 3;

/// A server, which stands for its cluster.
pub(crate) struct Elasticsearch {
    client: Client,
    pub(super) address: Address,
    authorization: Option<String>,
}

impl Elasticsearch {
    /// Connects to the server at `address` and checks its version.
    pub(crate) fn connect(address: &Address) -> Result<Elasticsearch, ClusterError> {
        let credentials = format!("{}:{}", address.user, address.password);
        let server = Elasticsearch {
            client: Client::new(address)?,
            authorization: (credentials != ":").then(|| format!("Basic {}", STANDARD.encode(credentials))),
            address: address.clone(),
        };
        let answer = server.send(&Method::GET, "", None)?;
        let version = answer["version"]["number"].as_str().unwrap_or_default();
        let (engine, least) = match answer["version"]["distribution"].as_str() {
            Some("opensearch") => ("OpenSearch", (1, 0)),
            _ => ("Elasticsearch", (7, 13)),
        };
        if http::version(version) < least {
            let found = format!("{engine} `{version}`");
            let wanted = "Elasticsearch 7.13 or OpenSearch 1.0";
            return Err(ClusterError::Version { server: address.to_string(), found, wanted });
        }
        Ok(server)
    }

    /// Creates an index, unless it is there. Nothing is searched before all of it was sent, so it is refreshed once.
    pub(super) fn create_index(&self, index: &str, primaries: u16, mapping: &Value) -> Result<(), ClusterError> {
        let settings = json!({
            "number_of_shards": primaries, "number_of_replicas": self.address.replicas, "refresh_interval": "-1",
        });
        let body = json!({"settings": settings, "mappings": mapping});
        match self.put(index, &body) {
            Err(ClusterError::Server { cause, .. }) if cause.starts_with("resource_already_exists_exception") => Ok(()),
            created => created,
        }
    }

    pub(super) fn put(&self, path: &str, body: &Value) -> Result<(), ClusterError> {
        self.send(&Method::PUT, path, Some(body.to_string().as_bytes())).map(drop)
    }

    /// Deletes what is there.
    pub(super) fn delete(&self, path: &str) -> Result<(), ClusterError> {
        match self.send(&Method::DELETE, path, None) {
            Err(ClusterError::Dropped { .. }) => Ok(()),
            answer => answer.map(drop),
        }
    }

    pub(super) fn refresh(&self, indices: &str) -> Result<(), ClusterError> {
        let answer = self.send(&Method::POST, &format!("{indices}/_refresh"), None)?;
        self.whole(&answer)
    }

    /// Searches an index. An answer that lacks a shard is an error.
    pub(super) fn search(&self, index: &str, query: &Value) -> Result<Value, ClusterError> {
        let seconds = self.address.timeout.as_secs();
        let path = format!("{index}/_search?allow_partial_search_results=false&timeout={seconds}s");
        let answer = self.send(&Method::POST, &path, Some(query.to_string().as_bytes()))?;
        self.whole(&answer)?;
        Ok(answer)
    }

    /// Returns the fields of documents by their ids, without those that are not there.
    pub(super) fn documents(&self, index: &str, ids: &[u64], fields: &str) -> Result<Vec<Value>, ClusterError> {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let path = format!("{index}/_mget?_source_includes={fields}");
        let mut answer = self.send(&Method::POST, &path, Some(json!({"ids": ids}).to_string().as_bytes()))?;
        let Some(documents) = answer["docs"].as_array_mut() else { return Err(self.senseless("no `docs`")) };
        if let Some(error) = documents.iter().map(|document| &document["error"]).find(|error| error.is_object()) {
            return Err(self.reported(200, error));
        }
        let found = documents.iter_mut().filter(|document| document["found"] == true);
        Ok(found.map(|document| document["_source"].take()).collect())
    }

    /// Sends lines of `_bulk`.
    pub(super) fn bulk(&self, index: &str, lines: &[u8]) -> Result<(), ClusterError> {
        for again in 1.. {
            let path = format!("{index}/_bulk?filter_path=errors,items.*.status,items.*.error");
            let answer = self.send(&Method::POST, &path, Some(lines))?;
            if answer["errors"] == false {
                return Ok(());
            }
            let items = answer["items"].as_array().into_iter().flatten().map(|item| &item["index"]);
            let failed = items.filter(|item| item["error"].is_object()).max_by_key(|item| item["status"] != 429);
            let Some(failed) = failed else { return Err(self.senseless("errors of `_bulk` without one")) };
            if failed["status"] != 429 || again == TRIES {
                let status = failed["status"].as_u64().and_then(|status| u16::try_from(status).ok());
                return Err(self.reported(status.unwrap_or(400), &failed["error"]));
            }
            pause(again);
        }
        Ok(())
    }

    fn send(&self, method: &Method, path: &str, body: Option<&[u8]>) -> Result<Value, ClusterError> {
        for again in 1..TRIES {
            match self.send_once(method, path, body) {
                Err(ClusterError::Unreachable { .. }) => {}
                Ok((429, _)) => pause(again),
                answer => return self.value(answer?),
            }
        }
        self.value(self.send_once(method, path, body)?)
    }

    fn send_once(&self, method: &Method, path: &str, body: Option<&[u8]>) -> Result<(u16, Vec<u8>), ClusterError> {
        let kind = if path.contains("/_bulk") { "application/x-ndjson" } else { "application/json" };
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.client.root));
        request = request.header("Content-Type", kind);
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        self.client.send(request, body.unwrap_or_default())
    }

    fn value(&self, (status, body): (u16, Vec<u8>)) -> Result<Value, ClusterError> {
        let value = serde_json::from_slice::<Value>(&body).ok();
        match value {
            Some(value) if (200..300).contains(&status) => Ok(value),
            Some(value) if status == 404 && value["error"].is_null() => Ok(value),
            Some(value) => Err(self.reported(status, &value["error"])),
            None if (200..300).contains(&status) => Err(self.senseless("no JSON; is this Elasticsearch?")),
            None => Err(self.reported(status, &Value::String(String::from_utf8_lossy(&body).into_owned()))),
        }
    }

    /// Returns the error for what a server reports, as `{"type": …, "reason": …, "root_cause": […]}` or as text.
    fn reported(&self, status: u16, error: &Value) -> ClusterError {
        let inner = if error["root_cause"][0].is_object() { &error["root_cause"][0] } else { error };
        let kind = inner["type"].as_str().or(error["type"].as_str()).unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let reason = text(&inner["reason"]).or_else(|| text(error)).filter(|text| !text.trim().is_empty());
        let reason = reason.unwrap_or_else(|| format!("HTTP status {status}"));
        let mut cause = if kind.is_empty() { reason } else { format!("{kind}: {reason}") };
        cause.truncate(cause.floor_char_boundary(MESSAGE_BYTES));
        let server = self.address.to_string();
        match (status, kind) {
            (401, _) | (403, "security_exception" | "") => {
                ClusterError::Refused { server, user: self.address.user.clone(), cause }
            }
            (_, "index_not_found_exception") => ClusterError::Dropped { server, hash: hash_in(&cause) },
            (503, _) | (_, "no_shard_available_action_exception") => ClusterError::ShardLost { server, cause },
            _ => ClusterError::Server { server, cause },
        }
    }

    /// Checks that all shards answered, and in time.
    fn whole(&self, answer: &Value) -> Result<(), ClusterError> {
        let server = self.address.to_string();
        if answer["timed_out"] == true {
            return Err(ClusterError::Slow { server, seconds: self.address.timeout.as_secs() });
        }
        match answer["_shards"]["failed"].as_u64() {
            Some(0) => Ok(()),
            Some(failed) => {
                let reason = &answer["_shards"]["failures"][0]["reason"]["reason"];
                Err(ClusterError::ShardLost { server, cause: format!("{failed} shards failed: {reason}") })
            }
            None => Err(self.senseless("no `_shards`")),
        }
    }

    pub(super) fn senseless(&self, cause: &str) -> ClusterError {
        ClusterError::Answer { server: self.address.to_string(), cause: cause.to_owned() }
    }
}

/// Waits after a server was too busy for the `again`th time, from 1.
fn pause(again: u32) {
    sleep(PAUSE * PAUSE_FACTOR.pow(again - 1));
}

/// Returns the hits of an answer.
pub(super) fn hits(answer: &Value) -> impl Iterator<Item = &Value> {
    answer["hits"]["hits"].as_array().into_iter().flatten()
}

/// Returns the number of all hits.
pub(super) fn total(answer: &Value) -> Option<u64> {
    answer["hits"]["total"]["value"].as_u64()
}

/// Returns the position of a document, which is its id.
pub(super) fn position(hit: &Value) -> Option<u32> {
    hit["_id"].as_str()?.parse().ok()
}

pub(super) fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}
