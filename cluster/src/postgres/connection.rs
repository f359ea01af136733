//! Connections to PostgreSQL.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use postgres::error::SqlState;
use postgres::types::{ToSql, Type};
use postgres::{Client, Config, NoTls, Row};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::address::Address;
use crate::error::ClusterError;
use crate::tables::hash_in;

const CONNECT: Duration = Duration::from_secs(5);
/// The time after which an idle connection is tested, so that one to a host that is gone does not wait for ever.
const KEEPALIVE: Duration = Duration::from_secs(10);
/// Idle connections that are kept.
const IDLE_MAX: usize = 64;

/// The connections to one server: each statement takes one of its own.
pub(super) struct Connections {
    config: Config,
    tls: Option<MakeRustlsConnect>,
    address: Address,
    idle: Mutex<Vec<Client>>,
}

/// A parameter of a statement, and its type.
pub(super) type Parameter<'a> = (&'a (dyn ToSql + Sync), Type);

impl Connections {
    pub(super) fn new(address: &Address) -> Result<Connections, ClusterError> {
        let mut config = Config::new();
        config
            .host(address.host.trim_matches(['[', ']']))
            .port(address.port)
            .user(&address.user)
            .dbname(&address.database)
            .application_name("faqt")
            .connect_timeout(CONNECT)
            .tcp_user_timeout(address.timeout + CONNECT)
            .keepalives_idle(KEEPALIVE)
            .ssl_mode(if address.is_tls {
                postgres::config::SslMode::Require
            } else {
                postgres::config::SslMode::Disable
            });
        if !address.password.is_empty() {
            config.password(&address.password);
        }
        let tls = if address.is_tls { Some(MakeRustlsConnect::new(tls(address)?)) } else { None };
        Ok(Connections { config, tls, address: address.clone(), idle: Mutex::default() })
    }

    /// Opens a connection.
    pub(super) fn open(&self) -> Result<Client, ClusterError> {
        let client = match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        };
        let mut client = client.map_err(|error| self.failed(&error))?;
        // Statements take milliseconds, which compiling them would double.
        let milliseconds = self.address.timeout.as_millis();
        let settings = format!("set jit = off; set statement_timeout = {milliseconds}");
        client.batch_execute(&settings).map_err(|error| self.failed(&error))?;
        Ok(client)
    }

    /// Opens a connection whose statements may take any time, as a load does.
    pub(super) fn open_to_load(&self) -> Result<Client, ClusterError> {
        let mut client = self.open()?;
        client.batch_execute("set statement_timeout = 0").map_err(|error| self.failed(&error))?;
        Ok(client)
    }

    /// Returns the rows of a statement that changes nothing.
    pub(super) fn select(&self, sql: &str, parameters: &[Parameter<'_>]) -> Result<Vec<Row>, ClusterError> {
        if let Some(mut client) = self.take_idle() {
            match client.query_typed(sql, parameters) {
                // The server has restarted since the connection was used; a new one is tried.
                Err(error) if is_broken(&error) => {}
                answer => return self.finished(client, answer),
            }
        }
        let mut client = self.open()?;
        let answer = client.query_typed(sql, parameters);
        self.finished(client, answer)
    }

    /// Runs statements without parameters.
    pub(super) fn run(&self, sql: &str) -> Result<(), ClusterError> {
        let mut client = self.open()?;
        client.batch_execute(sql).map_err(|error| self.failed(&error))
    }

    fn take_idle(&self) -> Option<Client> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().filter(|client| !client.is_closed())
    }

    fn finished(&self, client: Client, answer: Result<Vec<Row>, postgres::Error>) -> Result<Vec<Row>, ClusterError> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_MAX && !client.is_closed() {
            idle.push(client);
        }
        answer.map_err(|error| self.failed(&error))
    }

    /// Returns the error for a failed statement, with its remedy.
    pub(super) fn failed(&self, error: &postgres::Error) -> ClusterError {
        let server = self.address.to_string();
        let Some(reported) = error.as_db_error() else {
            let cause = with_sources(error);
            let is_of_tls = cause.starts_with("error performing TLS handshake");
            return if is_of_tls {
                ClusterError::Untrusted { server, cause }
            } else {
                ClusterError::Unreachable { server, cause }
            };
        };
        let cause = reported.message().to_owned();
        let code = reported.code();
        if *code == SqlState::UNDEFINED_TABLE {
            ClusterError::Dropped { server, hash: hash_in(&cause) }
        } else if *code == SqlState::QUERY_CANCELED {
            ClusterError::Slow { server, seconds: self.address.timeout.as_secs() }
        } else if code.code().starts_with("28") || *code == SqlState::INSUFFICIENT_PRIVILEGE {
            ClusterError::Refused { server, user: self.address.user.clone(), cause }
        } else {
            ClusterError::Server { server, cause }
        }
    }

    pub(super) fn senseless(&self, error: &dyn std::error::Error) -> ClusterError {
        ClusterError::Answer { server: self.address.to_string(), cause: error.to_string() }
    }
}

/// Returns true if the connection is of no use any more, for a reason that a new one may not meet.
fn is_broken(error: &postgres::Error) -> bool {
    match error.code() {
        Some(code) => [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN].contains(code),
        None => true,
    }
}

fn with_sources(error: &postgres::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

fn tls(address: &Address) -> Result<ClientConfig, ClusterError> {
    let mut roots = RootCertStore::empty();
    // Those of the system may hold certificates of forms that are not read; the others serve.
    roots.add_parsable_certificates(crate::tls::roots(address.ca.as_deref())?);
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| ClusterError::Tls(error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
