//! A client of HTTP, as the engines that speak it share it.

use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::http::request::Builder;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

use crate::address::Address;
use crate::error::ClusterError;

/// ClickHouse closes connections that were idle for 3 s.
const IDLE: Duration = Duration::from_secs(2);
const CONNECT: Duration = Duration::from_secs(5);
/// The most bytes of an answer: the rows of 1,000 entries of 1 MiB.
const ANSWER_BYTES: u64 = 1 << 30;
/// The bytes of a message that are shown.
pub(crate) const MESSAGE_BYTES: usize = 600;

/// A client of one server, which follows no redirect and no proxy.
pub(crate) struct Client {
    agent: Agent,
    address: Address,
    /// The URL of the server, with a slash at the end.
    pub(crate) root: String,
}

impl Client {
    pub(crate) fn new(address: &Address) -> Result<Client, ClusterError> {
        let scheme = if address.is_tls { "https" } else { "http" };
        let root = format!("{scheme}://{}:{}/", address.host, address.port);
        Ok(Client { agent: agent(address)?, address: address.clone(), root })
    }

    /// Sends a request, and returns the status and the body of the answer.
    pub(crate) fn send(&self, request: Builder, body: &[u8]) -> Result<(u16, Vec<u8>), ClusterError> {
        let failed = |error| unreachable(&self.address, &error);
        let request = request.body(body).map_err(|error| failed(error.into()))?;
        let mut answer = self.agent.run(request).map_err(failed)?;
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(ANSWER_BYTES).read_to_vec().map_err(failed)?;
        Ok((status, body))
    }
}

/// Returns the first two numbers of a version.
pub(crate) fn version(text: &str) -> (u32, u32) {
    let mut numbers = text.split('.').map(|part| part.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

fn agent(address: &Address) -> Result<Agent, ClusterError> {
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
    Ok(config.build().new_agent())
}

/// Returns the error for a request without an answer.
fn unreachable(address: &Address, error: &ureq::Error) -> ClusterError {
    let server = address.to_string();
    match error {
        ureq::Error::Timeout(ureq::Timeout::Global) => {
            ClusterError::Slow { server, seconds: address.timeout.as_secs() }
        }
        error if is_of_tls(error) => ClusterError::Untrusted { server, cause: error.to_string() },
        error => ClusterError::Unreachable { server, cause: error.to_string() },
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
