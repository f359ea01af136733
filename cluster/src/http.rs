//! A client of HTTP, as the engines that speak it share it.

use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

use crate::address::Address;
use crate::error::ClusterError;

/// ClickHouse closes connections that were idle for 3 s.
const IDLE: Duration = Duration::from_secs(2);
const CONNECT: Duration = Duration::from_secs(5);
/// The most bytes of an answer: the rows of 1,000 entries of 1 MiB.
pub(crate) const ANSWER_BYTES: u64 = 1 << 30;
/// The bytes of a message that are shown.
pub(crate) const MESSAGE_BYTES: usize = 600;

/// Returns a client of the server at `address`, which follows no redirect and no proxy.
pub(crate) fn agent(address: &Address) -> Result<Agent, ClusterError> {
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
pub(crate) fn unreachable(address: &Address, error: &ureq::Error) -> ClusterError {
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
