//! Connecting and signing in.

use std::{future::Future, sync::Arc, time::Duration};

use iam_core::port::ConnectorError;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, pem::PemObject},
};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::{
    super::Fields,
    wire::{Outcome, Wire},
};

/// How long connecting may take, TLS included.
const CONNECTING: Duration = Duration::from_secs(15);

/// S0-129: 389 without TLS, 636 with TLS.
pub const fn default_port(tls: bool) -> u16 {
    if tls { 636 } else { 389 }
}

/// What a result code means for a read.
pub(super) fn succeeded(outcome: &Outcome) -> Result<(), ConnectorError> {
    match outcome.code {
        0 => Ok(()),
        // Referrals are not followed: what lies on other servers is not part of this source.
        10 => Ok(()),
        _ => Err(refused(outcome)),
    }
}

fn refused(outcome: &Outcome) -> ConnectorError {
    let said = match outcome.message.as_str() {
        "" => format!("result code {}", outcome.code),
        message => format!("{message} (result code {})", outcome.code),
    };
    match outcome.code {
        // Time, size and administrative limits: the answer was cut.
        3 | 4 | 11 => ConnectorError::Incomplete(said),
        32 => Fields::wrong("base_dn", "is not in the directory"),
        48 | 49 | 50 | 8 | 13 => ConnectorError::Denied(said),
        51 => ConnectorError::Throttled { seconds: 5 },
        52 | 53 => ConnectorError::Unreachable(said),
        // e-syncRefreshRequired
        4096 => ConnectorError::TokenExpired,
        12 => ConnectorError::Unsupported(said),
        _ => ConnectorError::Protocol(said),
    }
}

/// Trust and, where the keystore has one, a certificate of our own.
fn tls(fields: Fields<'_>) -> Result<Arc<ClientConfig>, ConnectorError> {
    let mut roots = RootCertStore::empty();
    let mut own = None;
    if let Some(path) = fields.text("ca_file") {
        let wrong = |message: String| Fields::wrong("ca_file", message);
        let certificates = CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))?;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
            roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
        }
        if roots.is_empty() {
            return Err(wrong("has no certificate".to_owned()));
        }
    }
    if let Some(path) = fields.text("keystore") {
        let wrong = |message: String| Fields::wrong("keystore", message);
        let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let password = fields.secret("keystore_password")?.unwrap_or_default();
        let store =
            p12_keystore::KeyStore::from_pkcs12(&bytes, &password, p12_keystore::Pkcs12ImportPolicy::Relaxed)
                .map_err(|error| {
                    wrong(format!(
                        "is no PKCS #12 keystore, or the password is wrong: {error}"
                    ))
                })?;
        for (_, entry) in store.entries() {
            match entry {
                p12_keystore::KeyStoreEntry::Certificate(certificate) => {
                    roots
                        .add(CertificateDer::from(certificate.as_der().to_vec()))
                        .map_err(|error| wrong(error.to_string()))?;
                }
                p12_keystore::KeyStoreEntry::PrivateKeyChain(chain) => {
                    let certificates: Vec<CertificateDer<'static>> = chain
                        .certs()
                        .iter()
                        .map(|certificate| CertificateDer::from(certificate.as_der().to_vec()))
                        .collect();
                    // The authority that signed our certificate is one that we trust.
                    for certificate in certificates.iter().skip(1) {
                        let _ = roots.add(certificate.clone());
                    }
                    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(chain.key().as_der().to_vec()));
                    own = Some((certificates, key));
                }
                _ => {}
            }
        }
        if roots.is_empty() {
            return Err(wrong("has no certificate to trust".to_owned()));
        }
    }
    if roots.is_empty() {
        // Nothing else is said: those that the machine trusts.
        for certificate in rustls_native_certs::load_native_certs().certs {
            let _ = roots.add(certificate);
        }
    }
    let wrong = |error: rustls::Error| Fields::wrong("keystore", error.to_string());
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(wrong)?
        .with_root_certificates(roots);
    let config = match own {
        Some((certificates, key)) => builder.with_client_auth_cert(certificates, key).map_err(wrong)?,
        None => builder.with_no_client_auth(),
    };
    Ok(Arc::new(config))
}

/// In the time that connecting may take.
async fn in_time<T>(
    place: &str,
    connecting: impl Future<Output = Result<T, std::io::Error>>,
) -> Result<T, ConnectorError> {
    let said = match tokio::time::timeout(CONNECTING, connecting).await {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("no connection after {} seconds", CONNECTING.as_secs()),
    };
    Err(ConnectorError::Unreachable(format!("{place}: {said}")))
}

/// Connects, goes over to TLS, binds.
pub(super) async fn connect(fields: Fields<'_>, active_directory: bool) -> Result<Wire, ConnectorError> {
    let (use_tls, start_tls) = (fields.flag("tls", false), fields.flag("start_tls", false));
    let host = fields.required("host")?;
    if host.contains(['/', '@', '?', '#', ' ']) {
        return Err(Fields::wrong("host", "is an IP address or a host name"));
    }
    let port = match fields.integer("port") {
        Some(port) => u16::try_from(port).map_err(|_| Fields::wrong("port", "is between 1 and 65535"))?,
        None => default_port(use_tls && !start_tls),
    };
    // An IPv6 address may stand in brackets.
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let security = match use_tls || start_tls {
        true => {
            let name = ServerName::try_from(host.to_owned())
                .map_err(|_| Fields::wrong("host", "is an IP address or a host name"))?;
            Some((TlsConnector::from(tls(fields)?), name))
        }
        false => None,
    };
    let user = fields.required("bind_user")?;
    let password = fields.secret("bind_password")?.unwrap_or_default();
    if password.is_empty() {
        // RFC 4513 5.1.2: a name without a password signs nobody in, and looks as if it did.
        return Err(Fields::wrong("bind_password", "is empty"));
    }
    let user = match (active_directory, fields.text("domain")) {
        (true, Some(domain)) if !user.contains(['=', '@', '\\']) => format!("{user}@{domain}"),
        _ => user.to_owned(),
    };
    let place = match host.contains(':') {
        true => format!("[{host}]:{port}"),
        false => format!("{host}:{port}"),
    };
    let stream = in_time(&place, TcpStream::connect((host, port))).await?;
    // Requests are written as a whole.
    let _ = stream.set_nodelay(true);
    let mut wire = Wire::new(Box::new(stream));
    if let Some((connector, name)) = security {
        if start_tls {
            succeeded(&wire.start_tls().await?)?;
        }
        // What came in the clear behind the answer is nobody's answer (CVE-2011-0411 and its like).
        let stream = wire.into_stream().ok_or_else(|| {
            ConnectorError::Protocol("the directory says something between StartTLS and TLS".to_owned())
        })?;
        wire = Wire::new(Box::new(in_time(&place, connector.connect(name, stream)).await?));
    }
    match succeeded(&wire.bind(&user, &password).await?) {
        Err(ConnectorError::Denied(said)) => Err(ConnectorError::Denied(format!(
            "`bind_user` {user} with this `bind_password`: {said}"
        ))),
        other => other.map(|()| wire),
    }
}
