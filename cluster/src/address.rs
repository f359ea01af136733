//! The URL of a database.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use url::{Host, Url};

use crate::error::ClusterError;

/// The time that a statement may take, without `timeout=` in the URL.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The most bytes of the name of a knowledge base: the name of a table in PostgreSQL has 63, of which 32 are ours.
const NAME_MAX: usize = 31;

/// A database as a URL names it: `clickhouse://user:password@host:port/database?name=help`, `postgres://…` or `elasticsearch://…`.
///
/// | option | meaning | without it |
/// |---|---|---|
/// | `name` | the knowledge base, lower-case letters, digits and `_`, 31 bytes at most | `help` |
/// | `tls` | `on` or `off` | `off` for this machine, `on` for others |
/// | `ca` | a PEM file with the certificates that sign that of the server | those of the system |
/// | `timeout` | seconds that a statement may take | 30 |
/// | `shards` | further servers, `HOST:PORT,HOST:PORT…`, over which entries are placed | this server alone |
/// | `cluster` | ClickHouse: the cluster over which entries are distributed | this server alone |
/// | `replicated` | ClickHouse: `yes` if each shard has replicas (macros `{shard}` and `{replica}`) | `no` |
/// | `primaries`, `replicas` | Elasticsearch: the primary shards of an index, and the replicas of each | 1, 1 |
///
/// The port is 8123 (8443 with TLS) for ClickHouse, 5432 for PostgreSQL and 9200 for Elasticsearch, the database `default` or
/// `postgres`. `opensearch://` is another name of `elasticsearch://`; neither has databases. Characters
/// such as `@` and `/` stand in a password as `%40` and `%2F`. Its [`Display`](fmt::Display) and [`Debug`] show no password.
///
/// # Examples
///
/// ```
/// use faqt_cluster::Address;
///
/// let address: Address = "clickhouse://faqt:secret@db.example/support?name=lamp".parse()?;
/// assert_eq!(address.to_string(), "db.example:8443/support");
/// assert_eq!(address.name(), "lamp");
/// assert!(!format!("{address:?}").contains("secret"));
/// assert!("mysql://db.example/support".parse::<Address>().is_err());
/// # Ok::<(), faqt_cluster::ClusterError>(())
/// ```
#[derive(Clone)]
pub struct Address {
    pub(crate) engine: EngineKind,
    pub(crate) user: String,
    pub(crate) password: String,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) database: String,
    pub(crate) name: String,
    pub(crate) is_tls: bool,
    pub(crate) ca: Option<PathBuf>,
    pub(crate) timeout: Duration,
    pub(crate) shards: Vec<(String, u16)>,
    pub(crate) cluster: Option<String>,
    pub(crate) is_replicated: bool,
    pub(crate) primaries: u16,
    pub(crate) replicas: u16,
}

/// The kind of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EngineKind {
    ClickHouse,
    Elasticsearch,
    Postgres,
}

impl EngineKind {
    fn of_scheme(scheme: &str) -> Option<EngineKind> {
        match scheme {
            "clickhouse" => Some(EngineKind::ClickHouse),
            "elasticsearch" | "opensearch" => Some(EngineKind::Elasticsearch),
            "postgres" | "postgresql" => Some(EngineKind::Postgres),
            _ => None,
        }
    }
}

impl Address {
    /// Returns the name of the knowledge base.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns true if `text` begins as the URL of a database does.
    pub fn is_url(text: &str) -> bool {
        text.split_once("://").is_some_and(|(scheme, _)| EngineKind::of_scheme(scheme).is_some())
    }

    /// Returns the address of each server over which entries are placed.
    pub(crate) fn servers(&self) -> Vec<Address> {
        let first = Address { shards: Vec::new(), ..self.clone() };
        let further = |(host, port): &(String, u16)| Address { host: host.clone(), port: *port, ..first.clone() };
        std::iter::once(first.clone()).chain(self.shards.iter().map(further)).collect()
    }

    fn of(url: &Url) -> Result<Address, ClusterError> {
        let unknown =
            || wrong(format!("`{}://` is none of clickhouse://, elasticsearch:// and postgres://", url.scheme()));
        let engine = EngineKind::of_scheme(url.scheme()).ok_or_else(unknown)?;
        let host = url.host().ok_or_else(|| wrong("the host is missing"))?;
        let (default_user, default_database) = match engine {
            EngineKind::ClickHouse => ("default", "default"),
            EngineKind::Elasticsearch => ("", ""),
            EngineKind::Postgres => ("postgres", "postgres"),
        };
        let or = |text: String, default: &str| if text.is_empty() { default.to_owned() } else { text };
        let mut address = Address {
            engine,
            user: or(decoded(url.username())?, default_user),
            password: decoded(url.password().unwrap_or_default())?,
            host: host.to_string(),
            port: 0,
            database: or(decoded(url.path().trim_start_matches('/'))?, default_database),
            name: "help".to_owned(),
            is_tls: !is_local(&host),
            ca: None,
            timeout: TIMEOUT,
            shards: Vec::new(),
            cluster: None,
            is_replicated: false,
            primaries: 1,
            replicas: 1,
        };
        if engine == EngineKind::Elasticsearch && !address.database.is_empty() {
            return Err(wrong("Elasticsearch has no databases: write `elasticsearch://HOST:PORT/?name=NAME`"));
        }
        for (key, value) in url.query_pairs() {
            address.set(&key, &value)?;
        }
        if address.cluster.is_some() && !address.shards.is_empty() {
            return Err(wrong("`shards` names servers, and `cluster` does so, too: take one of both"));
        }
        address.port = url.port().unwrap_or(match (engine, address.is_tls) {
            (EngineKind::ClickHouse, false) => 8123,
            (EngineKind::ClickHouse, true) => 8443,
            (EngineKind::Elasticsearch, _) => 9200,
            (EngineKind::Postgres, _) => 5432,
        });
        Ok(address)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), ClusterError> {
        let owner = match key {
            "cluster" | "replicated" => Some((EngineKind::ClickHouse, "clickhouse")),
            "primaries" | "replicas" => Some((EngineKind::Elasticsearch, "elasticsearch")),
            _ => None,
        };
        if let Some((_, scheme)) = owner.filter(|(engine, _)| *engine != self.engine) {
            return Err(wrong(format!("`{key}` is an option of {scheme}://")));
        }
        if key == "shards" && self.engine == EngineKind::Elasticsearch {
            return Err(wrong("Elasticsearch places entries by itself: `primaries` takes the number of shards"));
        }
        match (key, value) {
            ("name", _) if is_name(value) => value.clone_into(&mut self.name),
            ("name", _) => {
                return Err(wrong(format!("`name` takes {NAME_MAX} lower-case letters, digits and `_` at most")));
            }
            ("tls", "on" | "off") => self.is_tls = value == "on",
            ("ca", _) => self.ca = Some(value.into()),
            ("timeout", _) => match value.parse() {
                Ok(seconds) if (1..=86_400).contains(&seconds) => self.timeout = Duration::from_secs(seconds),
                _ => return Err(wrong("`timeout` takes seconds, 1 to 86400")),
            },
            ("shards", _) => {
                let shards: Option<_> = value.split(',').map(host_and_port).collect();
                self.shards = shards.ok_or_else(|| wrong("`shards` takes `HOST:PORT`, several with commas between"))?;
            }
            ("cluster", _) if is_cluster(value) => self.cluster = Some(value.to_owned()),
            ("cluster", _) => return Err(wrong("`cluster` takes a name of letters, digits, `-` and `_`")),
            ("replicated", "yes" | "no") => self.is_replicated = value == "yes",
            ("primaries", _) => self.primaries = count(key, value, 1)?,
            ("replicas", _) => self.replicas = count(key, value, 0)?,
            ("tls", _) => return Err(wrong("`tls` takes `on` or `off`")),
            ("replicated", _) => return Err(wrong("`replicated` takes `yes` or `no`")),
            _ => return Err(wrong(format!("there is no option `{key}`"))),
        }
        Ok(())
    }
}

impl std::str::FromStr for Address {
    type Err = ClusterError;

    fn from_str(text: &str) -> Result<Address, ClusterError> {
        Address::of(&Url::parse(text).map_err(wrong)?)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}", self.host, self.port, self.database)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({:?}, {self}, name={})", self.engine, self.name)
    }
}

fn wrong(cause: impl fmt::Display) -> ClusterError {
    ClusterError::Url(cause.to_string())
}

/// Returns a part of a URL without percent signs.
fn decoded(part: &str) -> Result<String, ClusterError> {
    match percent_encoding::percent_decode_str(part).decode_utf8() {
        Ok(text) if !text.contains('\0') => Ok(text.into_owned()),
        _ => Err(wrong("user, password and database must be UTF-8 without NUL")),
    }
}

fn count(key: &str, value: &str, min: u16) -> Result<u16, ClusterError> {
    let count = value.parse().ok().filter(|count| (min..=1024).contains(count));
    count.ok_or_else(|| wrong(format!("`{key}` takes a number, {min} to 1024")))
}

fn host_and_port(text: &str) -> Option<(String, u16)> {
    let (host, port) = text.rsplit_once(':')?;
    let host = Host::parse(host).ok()?;
    Some((host.to_string(), port.parse().ok()?))
}

fn is_local<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        // Schemes that are unknown to the standard of URLs keep an address as text.
        Host::Domain(domain) => {
            let domain = domain.as_ref();
            domain == "localhost" || domain.parse().is_ok_and(|address: IpAddr| address.is_loopback())
        }
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

fn is_name(name: &str) -> bool {
    (1..=NAME_MAX).contains(&name.len()) && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

fn is_cluster(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[track_caller]
    fn refused(url: &str) -> String {
        url.parse::<Address>().expect_err(url).to_string()
    }

    #[test]
    fn a_password_may_hold_any_characters_and_is_never_shown() {
        let address: Address = "postgres://u%40x:p%2F%40%3A%25@h:1/d%20b?name=a_1".parse().unwrap();
        assert_eq!((address.user.as_str(), address.password.as_str()), ("u@x", "p/@:%"));
        assert_eq!((address.database.as_str(), address.name()), ("d b", "a_1"));
        assert!(!format!("{address} {address:?}").contains("p/@"));
    }

    #[test]
    fn only_this_machine_is_asked_without_tls() {
        let is_tls = |url: &str| url.parse::<Address>().unwrap().is_tls;
        for local in ["127.0.0.1", "localhost", "[::1]"] {
            assert!(!is_tls(&format!("clickhouse://{local}/")), "{local}");
        }
        assert!(is_tls("clickhouse://10.0.0.1/"));
        assert!(is_tls("postgres://localhost.example/"));
        assert!(is_tls("postgres://localhost/?tls=on"));
        assert!(!is_tls("postgres://db.example/?tls=off"));
    }

    #[test]
    fn shards_are_the_server_of_the_url_and_further_ones() {
        let address: Address = "postgres://h:1/d?shards=a:2,[::1]:3".parse().unwrap();
        let servers: Vec<String> = address.servers().iter().map(ToString::to_string).collect();
        assert_eq!(servers, ["h:1/d", "a:2/d", "[::1]:3/d"]);
    }

    #[test]
    fn wrong_urls_are_refused_with_the_part_that_is_wrong() {
        assert!(refused("mysql://h/").contains("`mysql://`"));
        assert!(refused("clickhouse:///d").contains("host"));
        assert!(refused("clickhouse://h/?name=A").contains("lower-case"));
        assert!(refused("clickhouse://h/?name=").contains("lower-case"));
        assert!(refused("clickhouse://h/?tls=maybe").contains("`on` or `off`"));
        assert!(refused("postgres://h/?cluster=c").contains("clickhouse://"));
        assert!(refused("clickhouse://h/?cluster=a'b").contains("letters"));
        assert!(refused("postgres://h/?shards=a").contains("HOST:PORT"));
        assert!(refused("postgres://h/?shards=a:1,").contains("HOST:PORT"));
        assert!(refused("clickhouse://h/?cluster=c&shards=a:1").contains("one of both"));
        assert!(refused("elasticsearch://h/?shards=a:1").contains("`primaries`"));
        assert!(refused("elasticsearch://h/?primaries=0").contains("1 to 1024"));
        assert!(refused("elasticsearch://h/d").contains("no databases"));
        assert!(refused("postgres://h/?replicas=2").contains("elasticsearch://"));
        assert!(refused("clickhouse://h/?timeout=0").contains("seconds"));
        assert!(refused("clickhouse://h/?colour=red").contains("`colour`"));
        assert!(refused("postgres://u:%00@h/").contains("NUL"));
        assert!(!refused("postgres://u:secret@h:99999/").contains("secret"));
    }
}
