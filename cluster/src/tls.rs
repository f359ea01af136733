//! Certificates for TLS.

use std::path::Path;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::error::ClusterError;

/// Returns the certificates by which a server is trusted: those of a PEM file, or of the system.
///
/// # Errors
///
/// If there is none, or the file cannot be read.
pub(crate) fn roots(ca: Option<&Path>) -> Result<Vec<CertificateDer<'static>>, ClusterError> {
    let (roots, source, error) = match ca {
        Some(path) => {
            let pem = std::fs::read(path).map_err(|error| failed(&path.display().to_string(), &error.to_string()))?;
            let roots: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
            let (roots, error) = match roots {
                Ok(roots) => (roots, None),
                Err(error) => (Vec::new(), Some(error.to_string())),
            };
            (roots, path.display().to_string(), error)
        }
        None => {
            let found = rustls_native_certs::load_native_certs();
            let error = found.errors.first().map(ToString::to_string);
            (found.certs, "the system".to_owned(), error)
        }
    };
    if roots.is_empty() {
        let cause = error.unwrap_or_else(|| "no certificate (`-----BEGIN CERTIFICATE-----`)".to_owned());
        return Err(failed(&source, &cause));
    }
    Ok(roots)
}

fn failed(source: &str, cause: &str) -> ClusterError {
    ClusterError::Tls(format!("{source}: {cause}; name a PEM file with `ca=FILE` in the URL"))
}

#[cfg(test)]
mod tests {
    use super::roots;

    #[test]
    fn a_file_without_certificates_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        for text in [None, Some(""), Some("-----BEGIN CERTIFICATE-----\nAA"), Some("\0")] {
            if let Some(text) = text {
                std::fs::write(&file, text).unwrap();
            }
            let error = roots(Some(&file)).unwrap_err().to_string();
            assert!(error.contains("ca.pem") && error.contains("ca=FILE"), "{error}");
        }
    }
}
