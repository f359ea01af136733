//! Connections to PostgreSQL.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rustls::{ClientConfig, RootCertStore};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Config, NoTls, Row};
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
    /// A thread that drives the connections; there until this is dropped.
    runtime: Option<Runtime>,
}

/// The reason that a statement has no result.
enum Failure {
    Postgres(tokio_postgres::Error),
    /// The server is there and does not answer.
    Silence,
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
            .ssl_mode(if address.is_tls { SslMode::Require } else { SslMode::Disable });
        if !address.password.is_empty() {
            config.password(&address.password);
        }
        let tls = if address.is_tls { Some(MakeRustlsConnect::new(tls(address)?)) } else { None };
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("faqt-postgres").enable_all().build();
        let no_thread = |error: std::io::Error| ClusterError::Unreachable {
            server: address.to_string(),
            cause: format!("no thread for connections: {error}"),
        };
        let runtime = Some(runtime.map_err(no_thread)?);
        Ok(Connections { config, tls, address: address.clone(), idle: Mutex::default(), runtime })
    }

    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("it is there until this is dropped")
    }

    /// Waits for a result as long as a statement may take; the server itself ends those that take longer.
    fn timed<T>(&self, result: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, Failure> {
        let limit = self.address.timeout + CONNECT;
        let result = self.runtime().block_on(async { tokio::time::timeout(limit, result).await });
        result.map_err(|_| Failure::Silence)?.map_err(Failure::Postgres)
    }

    /// Waits for a result of a load, which may take any time.
    pub(super) fn wait<T>(
        &self,
        result: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, ClusterError> {
        self.runtime().block_on(result).map_err(|error| self.failed(&Failure::Postgres(error)))
    }

    async fn connect(&self) -> Result<Client, tokio_postgres::Error> {
        match &self.tls {
            Some(tls) => {
                let (client, connection) = self.config.connect(tls.clone()).await?;
                tokio::spawn(connection);
                Ok(client)
            }
            None => {
                let (client, connection) = self.config.connect(NoTls).await?;
                tokio::spawn(connection);
                Ok(client)
            }
        }
    }

    fn open_with(&self, settings: &str) -> Result<Client, ClusterError> {
        let opened = self.timed(async {
            let client = self.connect().await?;
            client.batch_execute(settings).await?;
            Ok(client)
        });
        opened.map_err(|failure| self.failed(&failure))
    }

    /// Opens a connection for questions.
    fn open(&self) -> Result<Client, ClusterError> {
        // Statements take milliseconds, which compiling them would double.
        self.open_with(&format!("set jit = off; set statement_timeout = {}", self.address.timeout.as_millis()))
    }

    /// Opens a connection whose statements may take any time, as a load does.
    pub(super) fn open_to_load(&self) -> Result<Client, ClusterError> {
        self.open_with("set statement_timeout = 0")
    }

    /// Returns the rows of a statement that changes nothing.
    pub(super) fn select(&self, sql: &str, parameters: &[Parameter<'_>]) -> Result<Vec<Row>, ClusterError> {
        if let Some(client) = self.take_idle() {
            match self.timed(client.query_typed(sql, parameters)) {
                // The server has restarted since the connection was used; a new one is tried.
                Err(Failure::Postgres(error)) if is_broken(&error) => {}
                answer => return self.finished(client, answer),
            }
        }
        let client = self.open()?;
        let answer = self.timed(client.query_typed(sql, parameters));
        self.finished(client, answer)
    }

    /// Runs statements without parameters, which may take any time.
    pub(super) fn run(&self, sql: &str) -> Result<(), ClusterError> {
        let client = self.open_to_load()?;
        self.wait(client.batch_execute(sql))
    }

    fn take_idle(&self) -> Option<Client> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().filter(|client| !client.is_closed())
    }

    fn finished(&self, client: Client, answer: Result<Vec<Row>, Failure>) -> Result<Vec<Row>, ClusterError> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_MAX && !client.is_closed() && !matches!(answer, Err(Failure::Silence)) {
            idle.push(client);
        }
        answer.map_err(|failure| self.failed(&failure))
    }

    /// Returns the error for a failure, with its remedy.
    fn failed(&self, failure: &Failure) -> ClusterError {
        let server = self.address.to_string();
        let slow = |server| ClusterError::Slow { server, seconds: self.address.timeout.as_secs() };
        let Failure::Postgres(error) = failure else { return slow(server) };
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
            slow(server)
        } else if code.code().starts_with("28") || *code == SqlState::INSUFFICIENT_PRIVILEGE {
            ClusterError::Refused { server, user: self.address.user.clone(), cause }
        } else {
            ClusterError::Server { server, cause }
        }
    }

    pub(super) fn senseless(&self, cause: impl std::fmt::Display) -> ClusterError {
        ClusterError::Answer { server: self.address.to_string(), cause: cause.to_string() }
    }
}

impl Drop for Connections {
    fn drop(&mut self) {
        // Threads that run tasks of a runtime must not wait for the end of another.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Returns true if the connection is of no use any more, for a reason that a new one may not meet.
fn is_broken(error: &tokio_postgres::Error) -> bool {
    match error.code() {
        Some(code) => [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN].contains(code),
        None => true,
    }
}

fn with_sources(error: &tokio_postgres::Error) -> String {
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
